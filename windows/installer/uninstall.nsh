; The uninstaller: removes all that the installer wrote. Of the user's data (account, history, settings) it asks; a silent one keeps them
; unless /PURGE. What the connector has put into Outlook stays there.

Var Purge
Var PurgeBox

Function un.onInit
  SetRegView 64
  Call un.openLog
  StrCpy $AllUsers "user"
  SetShellVarContext current
  ReadRegStr $0 HKLM "${KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers "all"
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      Call un.needAdmin
    ${EndIf}
  ${EndIf}
  ReadRegStr $0 SHCTX "${KEY}" "Language"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
  StrCpy $Purge 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $Purge 1
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.needAdmin
  ${Log} "Removing for all users needs an administrator's rights."
  Call un.closeLog
  ${IfNot} ${Silent}
    ExecShell "runas" "$INSTDIR\uninstall.exe"
    Quit
  ${EndIf}
  SetErrorLevel ${EXIT_ADMIN}
  Quit
FunctionEnd

Function un.dataPage
  !insertmacro MUI_HEADER_TEXT "$(UN_TITLE)" "$(UN_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 34u "$(UN_WORDS)"
  Pop $0
  ${NSD_CreateCheckbox} 0 42u 100% 12u "$(UN_PURGE)"
  Pop $PurgeBox
  ${NSD_CreateLabel} 12u 56u 94% 34u "$(UN_PURGE_MORE)"
  Pop $0
  ${If} $Purge == 1
    ${NSD_Check} $PurgeBox
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(UN_REMOVE)"
  nsDialogs::Show
FunctionEnd

Function un.dataLeave
  ${NSD_GetState} $PurgeBox $Purge
FunctionEnd

; Until its program can be written: one that is just starting cannot be asked yet, and its file could not be removed.
Function un.endAgent
  StrCpy $1 0
  ${Do}
    nsExec::Exec '"$INSTDIR\connector.exe" stop --wait 30 --force'
    Pop $0
    ${Log} "Asked the agent to end: $0."
    ClearErrors
    FileOpen $2 "$INSTDIR\${AGENT}" a
    ${IfNot} ${Errors}
      FileClose $2
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    Sleep 500
  ${LoopUntil} $1 >= 20
  ClearErrors
FunctionEnd

Section "Uninstall"
  ${Log} "Removing ${VERSION} from $INSTDIR (for all users: $AllUsers, the data too: $Purge)."
  Call un.endAgent
  ${If} $Purge == 1
    nsExec::Exec '"$INSTDIR\connector.exe" purge --yes'
    Pop $0
    ${Log} "Removed the data: $0."
  ${EndIf}
  Call un.removeKeys
  Delete "$SMPROGRAMS\${NAME}.lnk"
  !include "${LISTS}\remove.nsh"
  Delete "$INSTDIR\native\*.old"
  RMDir "$INSTDIR\native"
  Delete "$INSTDIR\*.old"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${Log} "Removed."
  Call un.closeLog
SectionEnd
