; For this user, which needs no rights, or for all users of the computer, which needs an administrator's.

Var ScopeDialog
Var ForMe
Var ForAll
; What /D= gave; empty for nothing.
Var GivenFolder

; By the command line, else as it is installed already, else for this user. /D= goes before the customary folder.
Function readScope
  StrCpy $AllUsers "user"
  StrCpy $Given ""
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers "all"
    StrCpy $Given "all"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/CURRENTUSER" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers "user"
    StrCpy $Given "user"
  ${EndIf}
  ClearErrors
  ${If} $Given == ""
    ReadRegStr $1 HKLM "${KEY}" "InstallDir"
    ${If} $1 != ""
    ${AndIf} ${FileExists} "$1\${AGENT}"
      StrCpy $AllUsers "all"
    ${EndIf}
  ${EndIf}
  StrCpy $GivenFolder $INSTDIR
  Call useScope
  ${If} $AllUsers == "all"
    Call needAdmin
  ${EndIf}
FunctionEnd

Function useScope
  ${If} $AllUsers == "all"
    SetShellVarContext all
    StrCpy $INSTDIR "$PROGRAMFILES64\BlueMind Connector"
    ReadRegStr $1 HKLM "${KEY}" "InstallDir"
    ReadRegStr $Installed HKLM "${UNKEY}" "DisplayVersion"
  ${Else}
    SetShellVarContext current
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\BlueMind Connector"
    ReadRegStr $1 HKCU "${KEY}" "InstallDir"
    ReadRegStr $Installed HKCU "${UNKEY}" "DisplayVersion"
  ${EndIf}
  ${If} $1 != ""
    StrCpy $INSTDIR $1
  ${EndIf}
  ${If} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${EndIf}
  ClearErrors
FunctionEnd

Function isAdmin
  UserInfo::GetAccountType
  Pop $0
FunctionEnd

; Asks Windows for the rights by starting anew; a silent one ends with its own code.
Function needAdmin
  Call isAdmin
  ${If} $0 == "Admin"
    Return
  ${EndIf}
  ${Log} "Installing for all users needs an administrator's rights."
  Call closeLog
  ${IfNot} ${Silent}
    StrCpy $1 "en"
    ${If} $LANGUAGE == ${LANG_FRENCH}
      StrCpy $1 "fr"
    ${EndIf}
    ExecShell "runas" "$EXEPATH" "/ALLUSERS /LANG=$1"
    Quit
  ${EndIf}
  SetErrorLevel ${EXIT_ADMIN}
  Quit
FunctionEnd

; An older version is not put over a newer one: it would not understand that one's memory.
Function checkVersion
  ${If} $Installed == ""
    Return
  ${EndIf}
  ${VersionCompare} "${VERSION}" "$Installed" $0
  ${Log} "Installed already: $Installed."
  ${If} $0 != 2
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORCE" $1
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ClearErrors
  ${Log} "This is older; /FORCE installs it all the same."
  MessageBox MB_OK|MB_ICONSTOP "$(OLDER)" /SD IDOK
  SetErrorLevel ${EXIT_OLDER}
  Call closeLog
  Quit
FunctionEnd

Function scopePage
  ${If} $Given != ""
  ${OrIf} $Installed != ""
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(SCOPE_TITLE)" "$(SCOPE_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $ScopeDialog
  ${NSD_CreateRadioButton} 0 0 100% 12u "$(FOR_ME)"
  Pop $ForMe
  ${NSD_CreateLabel} 12u 14u 94% 22u "$(FOR_ME_MORE)"
  Pop $0
  ${NSD_CreateRadioButton} 0 44u 100% 12u "$(FOR_ALL)"
  Pop $ForAll
  ${NSD_CreateLabel} 12u 58u 94% 22u "$(FOR_ALL_MORE)"
  Pop $0
  ${If} $AllUsers == "all"
    ${NSD_Check} $ForAll
  ${Else}
    ${NSD_Check} $ForMe
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function scopeLeave
  ${NSD_GetState} $ForAll $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $AllUsers "all"
    Call needAdmin
  ${Else}
    StrCpy $AllUsers "user"
  ${EndIf}
  Call useScope
  Call checkVersion
FunctionEnd
