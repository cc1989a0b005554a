; All keys that the installer writes, and the uninstaller removes. SHCTX is HKCU, or HKLM for all users. Outlook of 32 bits reads
; classes below Wow6432Node, which is named: SetRegView would write over the other key where Windows does not part them.

!define ADDIN "Software\Microsoft\Office\Outlook\Addins\${PROGID}"

Function writeKeys
  ; In a folder per user the version of the installer decides; the other view only matters for all users.
  SetRegView 64
  WriteRegStr SHCTX "${KEY}" "InstallDir" "$INSTDIR"
  ; The add-in starts the agent by these two.
  WriteRegStr SHCTX "${KEY}" "Agent" "$INSTDIR\${AGENT}"
  WriteRegStr SHCTX "${KEY}" "AgentArguments" "agent"
  WriteRegStr SHCTX "${KEY}" "Version" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Language" "$LANGUAGE"
  WriteRegStr SHCTX "${RUNKEY}" "${RUNNAME}" '"$INSTDIR\${AGENT}" agent'
  !ifdef PROGID
    Call writeAddIn
  !endif
  WriteRegStr SHCTX "${UNKEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNKEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNKEY}" "DisplayIcon" "$INSTDIR\${AGENT}"
  WriteRegStr SHCTX "${UNKEY}" "Publisher" "BlueMind"
  WriteRegStr SHCTX "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNKEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNKEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNKEY}" "EstimatedSize" $0
  WriteRegDWORD SHCTX "${UNKEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNKEY}" "NoRepair" 1
  ClearErrors
FunctionEnd

!ifdef PROGID
!macro class branch dll
  WriteRegStr SHCTX "Software\Classes\${branch}CLSID\${CLSID}" "" "${NAME}"
  WriteRegStr SHCTX "Software\Classes\${branch}CLSID\${CLSID}\ProgID" "" "${PROGID}"
  WriteRegStr SHCTX "Software\Classes\${branch}CLSID\${CLSID}\InprocServer32" "" "$INSTDIR\${dll}"
  WriteRegStr SHCTX "Software\Classes\${branch}CLSID\${CLSID}\InprocServer32" "ThreadingModel" "Apartment"
!macroend

!macro addin key
  WriteRegStr SHCTX "${key}" "FriendlyName" "${NAME}"
  WriteRegStr SHCTX "${key}" "Description" "$(ADDIN_DOES)"
  WriteRegDWORD SHCTX "${key}" "LoadBehavior" 3
!macroend

!macro eachOffice what
  !insertmacro ${what} "14.0"
  !insertmacro ${what} "15.0"
  !insertmacro ${what} "16.0"
!macroend

!macro keepOn office
  WriteRegDWORD HKCU "Software\Microsoft\Office\${office}\Outlook\Resiliency\DoNotDisableAddinList" "${PROGID}" 1
!macroend

Function writeAddIn
  WriteRegStr SHCTX "Software\Classes\${PROGID}" "" "${NAME}"
  WriteRegStr SHCTX "Software\Classes\${PROGID}\CLSID" "" "${CLSID}"
  !insertmacro class "" "${ADDIN64}"
  !insertmacro class "Wow6432Node\" "${ADDIN32}"
  !insertmacro addin "${ADDIN}"
  ${If} $AllUsers == "all"
    !insertmacro addin "Software\Wow6432Node\Microsoft\Office\Outlook\Addins\${PROGID}"
  ${EndIf}
  ; Outlook switches slow add-ins off by itself; this one answers at once, and the user may still switch it off.
  !insertmacro eachOffice keepOn
  ClearErrors
FunctionEnd

; What Outlook notes of an add-in by itself goes too.
!macro forget office
  DeleteRegValue HKCU "Software\Microsoft\Office\${office}\Outlook\Resiliency\DoNotDisableAddinList" "${PROGID}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Office\${office}\Outlook\Resiliency\DoNotDisableAddinList"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Office\${office}\Outlook\Resiliency"
  DeleteRegKey HKCU "Software\Microsoft\Office\${office}\Outlook\Addins\${PROGID}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Office\${office}\Outlook\Addins"
  DeleteRegValue HKCU "Software\Microsoft\Office\${office}\Outlook\AddInLoadTimes" "${PROGID}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Office\${office}\Outlook"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Office\${office}"
!macroend
!endif

; Keys above ours, where Outlook has left nothing in them.
!macro emptied hive office
  DeleteRegKey /ifempty ${hive} "${office}\Outlook\Addins"
  DeleteRegKey /ifempty ${hive} "${office}\Outlook"
  DeleteRegKey /ifempty ${hive} "${office}"
!macroend

Function un.removeKeys
  SetRegView 64
  !ifdef PROGID
    DeleteRegKey SHCTX "Software\Classes\${PROGID}"
    DeleteRegKey SHCTX "Software\Classes\CLSID\${CLSID}"
    DeleteRegKey SHCTX "Software\Classes\Wow6432Node\CLSID\${CLSID}"
    DeleteRegKey SHCTX "${ADDIN}"
    DeleteRegKey HKCU "${ADDIN}"
    ${If} $AllUsers == "all"
      DeleteRegKey SHCTX "Software\Wow6432Node\Microsoft\Office\Outlook\Addins\${PROGID}"
    ${EndIf}
    !insertmacro eachOffice forget
    !insertmacro emptied SHCTX "Software\Microsoft\Office"
    !insertmacro emptied SHCTX "Software\Wow6432Node\Microsoft\Office"
    !insertmacro emptied HKCU "Software\Microsoft\Office"
  !endif
  DeleteRegValue SHCTX "${RUNKEY}" "${RUNNAME}"
  DeleteRegKey SHCTX "${UNKEY}"
  DeleteRegKey SHCTX "${KEY}"
  ; The agent writes there too, whoever installed it.
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey /ifempty HKCU "Software\BlueMind"
  DeleteRegKey /ifempty SHCTX "Software\BlueMind"
  ClearErrors
FunctionEnd
