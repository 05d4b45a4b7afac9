; Puts the folder of the program into the person's own Path, so that terminals find the command, and takes it out.
; NSIS's texts end after 1023 letters and a Path may have more, so it is worked on in memory that Windows gives. What
; else is in it, and whether it has variables in it, stays as it is.

!define PATH 'p 0x80000001, w "Environment", w "Path"' ; of HKEY_CURRENT_USER
!define AS_IT_IS 0x10000006 ; a text, and not what the variables in it say: RRF_NOEXPAND

!macro PathFunctions UN
; $0 is 1 to put it in and 0 to take it out; $0 to $7 are used.
Function ${UN}ChangePath
  System::Call 'advapi32::RegGetValueW(${PATH}, i ${AS_IT_IS}, *i .r1, p 0, *i .r2) i .r3'
  ${If} $3 = 2 ; there is none yet
    StrCpy $1 2 ; REG_EXPAND_SZ
    StrCpy $2 0
  ${ElseIf} $3 <> 0
    Return ; whatever that is, it is no Path
  ${EndIf}
  StrLen $3 $INSTDIR
  IntOp $4 $3 * 4
  IntOp $4 $4 + $2
  IntOp $4 $4 + 16
  System::Alloc $4
  Pop $4
  ${If} $4 P= 0
    Return
  ${EndIf}
  ; With a separator before and after it, each folder in it is found in the same way.
  System::Call 'kernel32::lstrcpyW(p r4, w ";")'
  IntPtrOp $5 $4 + 2
  ${If} $2 > 0
    System::Call 'advapi32::RegGetValueW(${PATH}, i ${AS_IT_IS}, p 0, p r5, *i r2)'
  ${EndIf}
  System::Call 'kernel32::lstrlenW(p r5) i .r2'
  ${If} $2 > 0
    System::Call 'kernel32::lstrcatW(p r4, w ";")'
  ${EndIf}
  System::Call 'shlwapi::StrStrIW(p r4, w ";$INSTDIR;") p .r6'
  ${If} $0 = 1
  ${AndIf} $6 P= 0
    System::Call 'kernel32::lstrcatW(p r4, w "$INSTDIR")'
    Call ${UN}WritePath
  ${ElseIf} $0 = 0
  ${AndIf} $6 P<> 0
    ${While} $6 P<> 0
      IntOp $7 $3 * 2
      IntPtrOp $7 $6 + $7
      IntPtrOp $7 $7 + 2
      System::Call 'kernel32::lstrlenW(p r7) i .r2'
      IntOp $2 $2 * 2
      IntOp $2 $2 + 2
      System::Call 'kernel32::RtlMoveMemory(p r6, p r7, p r2)'
      System::Call 'shlwapi::StrStrIW(p r4, w ";$INSTDIR;") p .r6'
    ${EndWhile}
    ; The separator that was put after it goes again.
    System::Call 'kernel32::lstrlenW(p r4) i .r2'
    IntOp $2 $2 * 2
    IntPtrOp $7 $4 + $2
    IntPtrOp $7 $7 - 2
    System::Call '*$7(&i2 0)'
    Call ${UN}WritePath
  ${EndIf}
  System::Free $4
FunctionEnd

; Writes what is in memory at $5 as the type $1, and tells the programs that start others.
Function ${UN}WritePath
  System::Call 'kernel32::lstrlenW(p r5) i .r2'
  ${If} $2 = 0
    DeleteRegValue HKCU "Environment" "Path"
  ${Else}
    IntOp $2 $2 * 2
    IntOp $2 $2 + 2
    System::Call 'shlwapi::SHSetValueW(${PATH}, i r1, p r5, i r2)'
  ${EndIf}
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
FunctionEnd
!macroend

!insertmacro PathFunctions ""
!insertmacro PathFunctions "un."
