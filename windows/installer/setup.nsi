Target amd64-unicode
; The installer of the BlueMind Connector for Outlook. tools/windows/build-installer.ts gives it, as definitions:
;   VERSION, VERSION4 (four numbers), PROGRAM (folder of the program), PICTURES, LICENCES, LISTS (generated lists of files), OUT,
;   PROGID and CLSID of the add-in, PACKED (best, quick or none), SIGN (a command that signs the uninstaller).
; docs/admin.md tells its switches, exit codes and keys; a test holds both together.
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetDateSave off

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include nsDialogs.nsh

!define NAME "BlueMind Connector for Outlook"
!define AGENT "BlueMindConnector.exe"
!define KEY "Software\BlueMind\Connector for Outlook"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\BlueMindConnector"
!define RUNKEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define RUNNAME "BlueMindConnector"

; The exit codes; 0 is done, 1 cancelled by the user, 2 stopped by a fault.
!define EXIT_WINDOWS 10
!define EXIT_OLDER 11
!define EXIT_ADMIN 12
!define EXIT_FILES 13

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!if "${PACKED}" == "none"
  SetCompress off
!else if "${PACKED}" == "quick"
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

VIProductVersion "${VERSION4}"
VIFileVersion "${VERSION4}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} - Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

; all: installed for all users. Given: what the command line says of it (all, user or nothing).
Var AllUsers
Var Given
; The version that is installed, in the scope at hand; empty for none.
Var Installed
Var LogFile
Var Log

!include log.nsh

!define MUI_ICON "${PICTURES}\connector.ico"
!define MUI_UNICON "${PICTURES}\connector.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}\welcome.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURES}\welcome.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${PICTURES}\header.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${PICTURES}\header.bmp"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_ABORT cancelled
!define MUI_LANGDLL_ALWAYSSHOW
; Before a language is chosen, both are spoken.
!define MUI_LANGDLL_WINDOWTITLE "Language / Langue"
!define MUI_LANGDLL_INFO "Please choose a language.$\r$\nVeuillez choisir une langue."

!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "$(LICENCE)"
Page custom checksPage
Page custom scopePage scopeLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_TEXT "$(FINISHED)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(CONNECT_NOW)"
!define MUI_FINISHPAGE_RUN_FUNCTION openConnect
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.dataPage un.dataLeave
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"
LicenseLangString LICENCE ${LANG_ENGLISH} "${LICENCES}\licence-en.txt"
LicenseLangString LICENCE ${LANG_FRENCH} "${LICENCES}\licence-fr.txt"
!include words-en.nsh
!include words-fr.nsh
!insertmacro MUI_RESERVEFILE_LANGDLL

!include checks.nsh
!include scope.nsh
!include keys.nsh

Function .onInit
  SetRegView 64
  Call openLog
  Call chooseLanguage
  Call checkWindows
  Call readScope
  Call checkVersion
FunctionEnd

; /LANG=en or fr; else a silent one speaks Windows' language, and a visible one asks.
Function chooseLanguage
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LANG=" $1
  ${If} $1 == "fr"
    StrCpy $LANGUAGE ${LANG_FRENCH}
  ${ElseIf} $1 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${ElseIfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  ClearErrors
FunctionEnd

Function cancelled
  ${Log} "Cancelled by the user."
  Call closeLog
FunctionEnd

; Windows does not let a program that runs be written over, but renamed: so an update need not wait for Outlook, which holds the add-in,
; or for another user's agent. The old file goes with the next installation. $0: the file.
Function makeRoom
  ${IfNot} ${FileExists} "$0"
    Return
  ${EndIf}
  Push $1
  ClearErrors
  Delete "$0"
  ${If} ${Errors}
    System::Call "kernel32::GetTickCount() i .r1"
    ClearErrors
    Rename "$0" "$0.$1.old"
    ${Log} "In use, put aside: $0."
  ${EndIf}
  Pop $1
FunctionEnd

!macro makeRoom file
  StrCpy $0 "${file}"
  Call makeRoom
!macroend

Section "Program"
  ${Log} "Installing ${VERSION} into $INSTDIR (for all users: $AllUsers)."
  Call stopAgent
  SetDetailsPrint both
  DetailPrint "$(COPYING)"
  SetDetailsPrint none
  ; Files of earlier versions have other names.
  RMDir /r "$INSTDIR\resources"
  Delete "$INSTDIR\*.old"
  Delete "$INSTDIR\native\*.old"
  ClearErrors
  !include "${LISTS}\install.nsh"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${Log} "A file could not be written into $INSTDIR."
    SetDetailsPrint both
    DetailPrint "$(CANNOT_WRITE)"
    MessageBox MB_OK|MB_ICONSTOP "$(CANNOT_WRITE)" /SD IDOK
    SetErrorLevel ${EXIT_FILES}
    Call closeLog
    Quit
  ${EndIf}
  Call writeKeys
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${AGENT}"
  Call startAgent
  ${Log} "Installed."
  Call closeLog
SectionEnd

; A running agent ends after its batch at hand; one that does not is ended after a while. Its account and memory are not in $INSTDIR.
Function stopAgent
  ${IfNot} ${FileExists} "$INSTDIR\connector.exe"
    Return
  ${EndIf}
  DetailPrint "$(STOPPING)"
  nsExec::Exec '"$INSTDIR\connector.exe" stop --wait 30 --force'
  Pop $0
  ${Log} "Asked the agent to end: $0."
FunctionEnd

; Not for the system account, as which software is deployed: each user's agent starts at logon.
Function startAgent
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NOSTART" $1
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ClearErrors
  ${If} $AllUsers == "all"
    Return
  ${EndIf}
  ${Log} "Starting the agent."
  Exec '"$INSTDIR\${AGENT}" agent'
FunctionEnd

; Without arguments it opens its window: Connect where no account is connected. By way of the desktop where this runs as administrator:
; an agent with more rights than Outlook would not find it.
Function openConnect
  ${If} $AllUsers == "all"
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${AGENT}"'
  ${Else}
    Exec '"$INSTDIR\${AGENT}"'
  ${EndIf}
FunctionEnd

!include uninstall.nsh
