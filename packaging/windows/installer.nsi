; Installs the frozen app for one person, without an administrator's rights, and takes it away again; the person's
; times are never touched. `pack.sh` calls makensis with what is not known here: VERSION and NUMBERS (the same as four
; numbers), APP (the frozen folder), PICTURES (a folder of them), PAGE (the project's address), KILOBYTES, FILE, which
; is the installer, and SIGN, where there is a command that signs the file it is given.
;
;   tabkeeper-VERSION-setup.exe /S [/AUTOSTART] [/D=FOLDER]    asks nothing; an upgrade keeps what was chosen, and
;                                                              FOLDER gets one of its own, Tabkeeper
;   uninstall-tabkeeper.exe /S
; Both end with 3 where Tabkeeper runs and does not end: nothing has changed then.

Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
Name "Tabkeeper"
OutFile "${FILE}"
BrandingText " "
AllowSkipFiles off
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tabkeeper"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define SWITCHED_OFF "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define LINKS "Software\Classes\tabkeeper"
!define COMMAND "$INSTDIR\tabkeeper.exe"
!define TRAY "$INSTDIR\tabkeeper-tray.exe"
!define UNINSTALLER "$INSTDIR\uninstall-tabkeeper.exe"
!define NEW "$INSTDIR\new"

InstallDir "$LOCALAPPDATA\Programs\Tabkeeper"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"

VIProductVersion "${NUMBERS}"
VIAddVersionKey "CompanyName" "The Tabkeeper developers"
VIAddVersionKey "FileDescription" "Installs Tabkeeper"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Tabkeeper developers, MIT license"
VIAddVersionKey "ProductName" "Tabkeeper"
VIAddVersionKey "ProductVersion" "${VERSION}"

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "packaging\windows\path.nsh"
!include "packaging\windows\running.nsh"

!define MUI_ICON "${PICTURES}\tabkeeper.ico"
!define MUI_UNICON "${PICTURES}\tabkeeper.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}\side.bmp"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_PAGE_HEADER_TEXT "Install Tabkeeper ${VERSION}"
!define MUI_PAGE_HEADER_SUBTEXT "For you alone; no administrator is needed."
!define MUI_COMPONENTSPAGE_TEXT_TOP "A timer in the tray that keeps your time in one file on this computer."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST " "
!define MUI_FINISHPAGE_RUN "${TRAY}"
!define MUI_FINISHPAGE_RUN_TEXT "Start Tabkeeper"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhereItRuns
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var IsUpgrade

Section "Tabkeeper"
  SectionIn RO
  ; The former version works until the new one is there whole, whatever the disk or the person says meanwhile.
  RMDir /r "${NEW}"
  SetOutPath "${NEW}"
  File /r "${APP}\*"
  SetOutPath "$PROFILE" ; what is started from here begins there, and so keeps no folder from being removed
  Call EndProgram
  Delete "${COMMAND}"
  Delete "${TRAY}"
  Call MoveIn
  WriteUninstaller "${UNINSTALLER}"
  CreateShortcut "$SMPROGRAMS\Tabkeeper.lnk" "${TRAY}"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Tabkeeper"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${TRAY}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Tabkeeper developers"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "${PAGE}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ${If} $IsUpgrade = 0 ; later these are the person's, who may have taken them out
    StrCpy $0 1
    Call ChangePath
    ; As the program writes it, too: desktop/links/windows.py
    WriteRegStr HKCU "${LINKS}" "" "URL:Tabkeeper"
    WriteRegStr HKCU "${LINKS}" "URL Protocol" ""
    WriteRegStr HKCU "${LINKS}\shell\open\command" "" '"${TRAY}" open "%1"'
  ${EndIf}
SectionEnd

Section /o "Start with Windows" AUTOSTART
  WriteRegStr HKCU "${RUN}" "Tabkeeper" '"${TRAY}"' ; as the program does: desktop/autostart/windows.py
SectionEnd

Section "-The end"
  ${IfNot} ${SectionIsSelected} ${AUTOSTART}
    DeleteRegValue HKCU "${RUN}" "Tabkeeper"
  ${EndIf}
  Call StartAgain
SectionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  Call un.EndProgram
  Delete "${COMMAND}"
  Delete "${TRAY}"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "${NEW}"
  Delete "$SMPROGRAMS\Tabkeeper.lnk"
  StrCpy $0 0
  Call un.ChangePath
  ; Where another Tabkeeper has taken these over, such as one of a Python's packages, they are its own.
  ReadRegStr $0 HKCU "${RUN}" "Tabkeeper"
  ${If} $0 == '"${TRAY}"'
  ${OrIf} $0 == '${TRAY}'
    DeleteRegValue HKCU "${RUN}" "Tabkeeper"
    DeleteRegValue HKCU "${SWITCHED_OFF}" "Tabkeeper"
  ${EndIf}
  ReadRegStr $0 HKCU "${LINKS}\shell\open\command" ""
  ${If} $0 == '"${TRAY}" open "%1"'
  ${OrIf} $0 == '${TRAY} open "%1"'
    DeleteRegKey HKCU "${LINKS}"
  ${EndIf}
  DeleteRegKey HKCU "${UNINSTALL}"
  Delete "${UNINSTALLER}"
  RMDir "$INSTDIR" ; where nothing else is in it
SectionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "Tabkeeper needs a 64-bit Windows 10 of 2018 (1809), or a newer one." /SD IDOK
    SetErrorLevel 1
    Quit
  ${EndIf}
  ; A folder of its own, whatever /D says: beside others' files some of theirs might have the names of ours.
  ${GetFileName} $INSTDIR $0
  ${If} $0 != "Tabkeeper"
    StrCpy $INSTDIR "$INSTDIR\Tabkeeper"
  ${EndIf}
  StrCpy $IsUpgrade 0
  ${If} ${FileExists} "${COMMAND}"
    StrCpy $IsUpgrade 1
  ${EndIf}
  ReadRegStr $0 HKCU "${RUN}" "Tabkeeper"
  ${If} $0 != "" ; ticked is what holds
    !insertmacro SelectSection ${AUTOSTART}
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${AUTOSTART}
  ${EndIf}
FunctionEnd

; The new version takes the place of the former. What looks for viruses may hold new files for a moment.
Function MoveIn
  ${For} $1 1 ${LOOKS}
    ${If} ${FileExists} "${NEW}\_internal\*.*"
      RMDir /r "$INSTDIR\_internal"
      Rename "${NEW}\_internal" "$INSTDIR\_internal"
    ${Else}
      Rename "${NEW}\tabkeeper-tray.exe" "${TRAY}"
      Rename "${NEW}\tabkeeper.exe" "${COMMAND}"
    ${EndIf}
    ClearErrors
    RMDir "${NEW}" ; goes when it is empty
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 100
  ${Next}
  MessageBox MB_OK|MB_ICONSTOP "Something keeps the new version from its place in $INSTDIR, and Tabkeeper does not \
    start as it is. Your times are safe. Start this installer again in a minute." /SD IDOK
  SetErrorLevel 2
  Quit
FunctionEnd

Function SkipWhereItRuns
  ${If} $WasRunning = 1
    Abort
  ${EndIf}
FunctionEnd
