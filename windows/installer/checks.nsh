; What Windows and Outlook are, in words. Windows must fit; of Outlook the user is told, for it may be installed later.

Function checkWindows
  ${IfNot} ${AtLeastWin10}
    ${Log} "This Windows is too old: Windows 10 or Windows Server 2016 is the oldest."
    MessageBox MB_OK|MB_ICONSTOP "$(WINDOWS_TOO_OLD)" /SD IDOK
    SetErrorLevel ${EXIT_WINDOWS}
    Call closeLog
    Quit
  ${EndIf}
FunctionEnd

Var OutlookPath
Var OutlookWords
Var OutlookKind

; Fills $OutlookKind (classic, new, none) and $OutlookWords.
Function findOutlook
  StrCpy $OutlookKind "none"
  StrCpy $OutlookWords "$(OUTLOOK_NONE)"
  ReadRegStr $OutlookPath HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\OUTLOOK.EXE" ""
  ${If} $OutlookPath == ""
    SetRegView 32
    ReadRegStr $OutlookPath HKLM "Software\Microsoft\Windows\CurrentVersion\App Paths\OUTLOOK.EXE" ""
    SetRegView 64
  ${EndIf}
  ${If} $OutlookPath != ""
  ${AndIf} ${FileExists} "$OutlookPath"
    StrCpy $OutlookKind "classic"
    Call outlookVersion
    StrCpy $OutlookWords "$(OUTLOOK_FOUND)"
    ReadRegDWORD $1 HKCU "Software\Microsoft\Office\16.0\Outlook\Preferences" "UseNewOutlook"
    ${If} $1 == 1
      StrCpy $OutlookWords "$(OUTLOOK_SWITCHED)"
    ${EndIf}
  ${Else}
    Call findNewOutlook
  ${EndIf}
  ClearErrors
  ${Log} "Outlook: $OutlookKind $OutlookPath $0"
FunctionEnd

; $0: `16.0, 64-bit`
Function outlookVersion
  GetDLLVersion "$OutlookPath" $1 $2
  IntOp $3 $1 / 0x00010000
  IntOp $4 $1 & 0x0000FFFF
  StrCpy $0 "$3.$4"
  ReadRegStr $5 HKLM "Software\Microsoft\Office\$3.0\Outlook" "Bitness"
  ${If} $5 == ""
    SetRegView 32
    ReadRegStr $5 HKLM "Software\Microsoft\Office\$3.0\Outlook" "Bitness"
    SetRegView 64
  ${EndIf}
  ${If} $5 == "x64"
    StrCpy $0 "$0, 64-bit"
  ${ElseIf} $5 == "x86"
    StrCpy $0 "$0, 32-bit"
  ${EndIf}
FunctionEnd

; The new Outlook is a package of the Store; add-ins of this kind and other programs cannot reach it.
Function findNewOutlook
  StrCpy $1 0
  ${Do}
    EnumRegKey $2 HKCU "Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages" $1
    ${If} $2 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $3 $2 28
    ${If} $3 == "Microsoft.OutlookForWindows_"
      StrCpy $OutlookKind "new"
      StrCpy $OutlookWords "$(OUTLOOK_NEW)"
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
  ${Loop}
FunctionEnd

Var ChecksDialog
Var RunningLabel

Function checksPage
  Call findOutlook
  !insertmacro MUI_HEADER_TEXT "$(CHECKS_TITLE)" "$(CHECKS_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $ChecksDialog
  ${NSD_CreateLabel} 0 0 100% 10u "Windows"
  Pop $0
  Call bold
  ${NSD_CreateLabel} 10u 12u 95% 12u "$(WINDOWS_FITS)"
  Pop $0
  ${NSD_CreateLabel} 0 30u 100% 10u "Outlook"
  Pop $0
  Call bold
  ${NSD_CreateLabel} 10u 42u 95% 42u "$OutlookWords"
  Pop $0
  ${NSD_CreateLabel} 10u 86u 95% 26u ""
  Pop $RunningLabel
  ${NSD_CreateButton} 10u 116u 80u 15u "$(CHECK_AGAIN)"
  Pop $0
  ${NSD_OnClick} $0 tellRunning
  Push ""
  Call tellRunning
  nsDialogs::Show
FunctionEnd

; $0 in bold.
Function bold
  CreateFont $1 "$(^Font)" "$(^FontSize)" 700
  SendMessage $0 ${WM_SETFONT} $1 1
FunctionEnd

; Takes the button that nsDialogs pushes.
Function tellRunning
  Pop $0
  FindWindow $0 "rctrl_renwnd32"
  ${If} $0 <> 0
    ${NSD_SetText} $RunningLabel "$(OUTLOOK_RUNS)"
  ${Else}
    ${NSD_SetText} $RunningLabel "$(OUTLOOK_CLOSED)"
  ${EndIf}
FunctionEnd
