; The log: UTF-16, each line with its time; %TEMP%\BlueMind-Connector-Setup.log, or as /LOG= says. An older one is written over.
!macro log text
  Push "${text}"
  !ifdef __UNINSTALL__
    Call un.logLine
  !else
    Call logLine
  !endif
!macroend
!define Log "!insertmacro log"

!macro logFunctions un
Function ${un}openLog
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LOG=" $LogFile
  ${If} ${Errors}
    StrCpy $LogFile "$TEMP\BlueMind-Connector-Setup.log"
  ${EndIf}
  ClearErrors
  FileOpen $Log "$LogFile" w
  ${If} ${Errors}
    StrCpy $Log ""
  ${Else}
    FileWriteUTF16LE /BOM $Log ""
  ${EndIf}
  ClearErrors
  Push "${NAME} ${VERSION}, command line: $0"
  Call ${un}logLine
FunctionEnd

; Takes the text from the stack; keeps the error flag and the registers.
Function ${un}logLine
  Exch $9
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  Push $6
  ${If} ${Errors}
    Push 1
  ${Else}
    Push 0
  ${EndIf}
  ${If} $Log != ""
    ${GetTime} "" "L" $0 $1 $2 $3 $4 $5 $6
    FileWriteUTF16LE $Log "$2-$1-$0 $4:$5:$6 $9$\r$\n"
  ${EndIf}
  Pop $0
  ${If} $0 == 1
    SetErrors
  ${Else}
    ClearErrors
  ${EndIf}
  Pop $6
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
  Pop $9
FunctionEnd

Function ${un}closeLog
  ${If} $Log != ""
    FileClose $Log
    StrCpy $Log ""
  ${EndIf}
FunctionEnd
!macroend
!insertmacro logFunctions ""
!insertmacro logFunctions "un."
