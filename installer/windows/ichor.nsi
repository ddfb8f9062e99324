; makensis -DVERSION=1.2.3 -DSTAGE=dir -DICONS=dir -DOUT=setup.exe -DMEGABYTES=n [-DFAST] [-DSIGN=command] ichor.nsi
; /S installs without questions, /NOCACHE without the run that makes later starts faster, /D=C:\folder (last, unquoted)
; chooses where. Exit codes: 0 good, 2 not this Windows,
; 3 Ichor is running, 4 too little room, 5 no rights.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
!include MUI2.nsh
!include x64.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Ichor"
Name "Ichor"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Ichor"
InstallDirRegKey HKLM "${KEY}" "InstallLocation"
RequestExecutionLevel admin
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
; Files get the time of the installation: Java compares its jars' with those its start cache was made from.
SetDateSave off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "Ichor ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Ichor"
VIAddVersionKey CompanyName "Ichor"
VIAddVersionKey FileDescription "Ichor setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"

!define MUI_ICON "${ICONS}/ichor.ico"
!define MUI_UNICON "${ICONS}/ichor.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONS}/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${ICONS}/side.bmp"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_BITMAP "${ICONS}/top.bmp"
!define MUI_HEADERIMAGE_RIGHT
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start Ichor now"
!define MUI_FINISHPAGE_RUN_FUNCTION StartUnelevated
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${STAGE}/LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!macro Stop CODE TEXT
  MessageBox MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; The launcher holds the Java machine, so a running program, in whose session ever, keeps its file from being written.
!macro RefuseWhileRunning UN
Function ${UN}RefuseWhileRunning
  again:
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\ichor.exe"
    FileOpen $0 "$INSTDIR\ichor.exe" a
    FileClose $0
  ${EndIf}
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$INSTDIR\ichor-cli.exe"
    FileOpen $0 "$INSTDIR\ichor-cli.exe" a
    FileClose $0
  ${EndIf}
  ${If} ${Errors}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Ichor is running, here or in another user's session. Close it, then press Retry." /SD IDCANCEL IDRETRY again
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

!macro Netsh ARGUMENTS
  nsExec::Exec '"$SYSDIR\netsh.exe" advfirewall firewall ${ARGUMENTS}'
  Pop $0
!macroend
!macro Rule EXE PROTOCOL PORTS PROFILES
  !insertmacro Netsh 'add rule name="Ichor" dir=in action=allow enable=yes profile=${PROFILES} program="$INSTDIR\${EXE}" protocol=${PROTOCOL} localport=${PORTS} remoteip=localsubnet edge=no'
!macroend
; DHCP, PXE and TFTP (whose transfers the firewall lets through as answers to what we send); HTTP; what nodes say of themselves.
!macro Rules PROFILES
  !insertmacro Rule ichor.exe UDP 67,69,4011 ${PROFILES}
  !insertmacro Rule ichor.exe TCP 8080,19500-19700 ${PROFILES}
  !insertmacro Rule ichor-cli.exe UDP 67,69,4011 ${PROFILES}
  !insertmacro Rule ichor-cli.exe TCP 8080,19500-19700 ${PROFILES}
  ${If} $0 != 0
    DetailPrint "The firewall rules could not be added ($0). Allow Ichor when Windows asks."
  ${EndIf}
!macroend
!macro DropRules
  !insertmacro Netsh 'delete rule name="Ichor"'
!macroend
!macro DropFiles
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\app"
  Delete "$INSTDIR\ichor.exe"
  Delete "$INSTDIR\ichor-cli.exe"
  Delete "$INSTDIR\*.txt"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro Stop 2 "Ichor needs 64-bit Windows 10 or 11."
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    !insertmacro Stop 5 "Ichor is installed for all users of this PC, which only an administrator may do. Start the setup again and confirm Windows' question."
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
FunctionEnd
Function un.onInit
  SetRegView 64
  SetShellVarContext all
FunctionEnd

; What is there already will make room, but only once it is gone: so it is not counted.
Function RefuseWithoutRoom
  ${GetRoot} "$INSTDIR" $1
  ${DriveSpace} "$1\" "/D=F /S=M" $0
  ${If} $0 < ${MEGABYTES}
    !insertmacro Stop 4 "Ichor needs ${MEGABYTES} MB on drive $1, and $0 MB are free. Nothing was changed."
  ${EndIf}
FunctionEnd

; The setup runs elevated; the Explorer starts the program with the user's own rights.
Function StartUnelevated
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\ichor.exe"'
FunctionEnd

Section "Ichor (required)" SecMain
  SectionIn RO
  Call RefuseWhileRunning
  Call RefuseWithoutRoom
  !insertmacro DropFiles
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Ichor.lnk" "$INSTDIR\ichor.exe" "" "$INSTDIR\ichor.exe" 0
  WriteRegStr HKLM "${KEY}" DisplayName "Ichor"
  WriteRegStr HKLM "${KEY}" DisplayVersion "${VERSION}"
  WriteRegStr HKLM "${KEY}" Publisher "Ichor"
  WriteRegStr HKLM "${KEY}" DisplayIcon "$INSTDIR\ichor.exe,0"
  WriteRegStr HKLM "${KEY}" InstallLocation "$INSTDIR"
  WriteRegStr HKLM "${KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${KEY}" NoModify 1
  WriteRegDWORD HKLM "${KEY}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${KEY}" EstimatedSize $0
SectionEnd
Section "Faster start" SecCache
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NOCACHE" $1
  ${If} ${Errors}
    DetailPrint "Learning to start faster..."
    nsExec::Exec /TIMEOUT=90000 '"$INSTDIR\ichor-cli.exe" --make-cache'
    Pop $0
    Delete "$INSTDIR\app\ichor.aot.config"
  ${EndIf}
SectionEnd
Section "Desktop icon" SecDesk
  CreateShortcut "$DESKTOP\Ichor.lnk" "$INSTDIR\ichor.exe" "" "$INSTDIR\ichor.exe" 0
SectionEnd
Section "Firewall" SecFw
  !insertmacro DropRules
  !insertmacro Rules private,domain
SectionEnd
Section /o "Firewall, public" SecPublic
  !insertmacro Rules public
SectionEnd
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecMain} "The program, its own Java and the boot loaders."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecCache} "Runs the demo once, without a window, and keeps what Java learns from it."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesk} "An icon on every user's desktop."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecFw} "Lets machines of your own network reach Ichor where Windows calls the network private."
  !insertmacro MUI_DESCRIPTION_TEXT ${SecPublic} "The same where Windows calls the network public. Only for a network that is yours."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "Uninstall"
  Call un.RefuseWhileRunning
  !insertmacro DropRules
  !insertmacro DropFiles
  Delete "$SMPROGRAMS\Ichor.lnk"
  Delete "$DESKTOP\Ichor.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "${KEY}"
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\Ichor"
  ${If} ${FileExists} "$APPDATA\Ichor\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Your clusters are still in $APPDATA\Ichor, with the keys that rule them. Delete them, too? Nobody can bring those keys back." /SD IDNO IDNO keep
    RMDir /r "$APPDATA\Ichor"
    keep:
  ${EndIf}
SectionEnd
