; Ends the Tabkeeper that runs from this folder before its files are replaced or removed, by its own command, and
; starts it again. What else is started from here, such as a tray for another folder of data, is waited for.

!define STILL_RUNNING "Tabkeeper is still running, so nothing was changed.$\n$\nQuit it in its icon's menu, \
and end its commands in open terminals; then try again."
!define LOOKS 150 ; a tenth of a second apart

Var WasRunning

!macro RunningFunctions UN
; Returns when nothing runs from here any more; otherwise the person is told, and this program ends with 3.
Function ${UN}EndProgram
  StrCpy $WasRunning 0
  ${IfNot} ${FileExists} "${COMMAND}"
    Return
  ${EndIf}
  nsExec::Exec /TIMEOUT=60000 '"${COMMAND}" quit'
  Pop $0
  ${If} $0 == 0
  ${OrIf} $0 == 1 ; it was asked, and goes on
    StrCpy $WasRunning 1
  ${EndIf}
  again:
  ${For} $1 1 ${LOOKS}
    Call ${UN}LookForHolders
    ${If} $0 = 0
      Return
    ${EndIf}
    Sleep 100
  ${Next}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${STILL_RUNNING}" /SD IDCANCEL IDRETRY again
  RMDir /r "${NEW}"
  Call ${UN}StartAgain
  SetErrorLevel 3
  Quit
FunctionEnd

; $0 is then 1 where a program runs from here: Windows lets nobody write into the file of one.
Function ${UN}LookForHolders
  StrCpy $0 0
  ClearErrors
  FileOpen $2 "${COMMAND}" a
  FileClose $2
  FileOpen $2 "${TRAY}" a
  FileClose $2
  ${If} ${Errors}
    StrCpy $0 1
  ${EndIf}
FunctionEnd

Function ${UN}StartAgain
  ${If} $WasRunning = 1
    Exec '"${TRAY}"'
  ${EndIf}
FunctionEnd
!macroend

!insertmacro RunningFunctions ""
!insertmacro RunningFunctions "un."
