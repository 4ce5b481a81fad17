; The installer for Windows: docs/decisions/0002-nsis-installer.md says why it is one of NSIS.
;
;   makensis -DVERSION=0.1.0 -DFOLDER=dist/program -DOUT=ULT-Desktop-0.1.0-setup.exe packaging/installer.nsi
;
; By command line: setup.exe /S ROLE=kiosk|counter|display DATABASE=\\server\share\office.db COUNTER=2 PIN=1379 PRINTER=… UPDATEKEY=file
; /D=C:\folder comes last and without quotes; /BACK lets an older version replace a newer one; /LOG=file, in
; quotes where it has blanks, keeps what is said.
; Exit status: 0 done, 1 cancelled, 2 a program of this PC does not end, 3 a property is wrong,
; 4 the files could not be written (what was there before still works), 5 a newer version is installed,
; 6 installed, but the system refused rights or settings: the words say which.
;
; Files go to `program.new` first. Then the new program checks the properties and asks running stations to end,
; and two renames exchange it for `program`: there is the old version, or the new one, and never some of each.
; Where there is no old version the program is started once only, which checks the properties before it sets the PC up.

; NSIS of Debian packs installers of 64 bits; NSIS for Windows has what an installer of 32 bits begins with alone.
!if /FileExists "${NSISDIR}\Stubs\lzma_solid-amd64-unicode"
  Target amd64-unicode
!else
  Target x86-unicode
!endif
Unicode True
ManifestSupportedOS Win10
ManifestDPIAware true
!ifdef FAST
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!include MUI2.nsh
!include x64.nsh
!include WinVer.nsh
!include FileFunc.nsh
!include WordFunc.nsh

!define PRODUCT "ULT Desktop"
!define OWN_KEY "Software\${PRODUCT}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!ifndef SUPPORT
  !define SUPPORT "" ; an address that "Apps" shows
!endif
!ifndef CONTACT
  !define CONTACT "Petugas TI kantor"
!endif
!define LEAST_BUILD 17763 ; Windows 10 1809, the oldest that Qt runs on
!define PATIENCE_S 15
!define TRIES 4

Name "${PRODUCT}"
BrandingText "${PRODUCT} ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${PRODUCT}"
RequestExecutionLevel admin
!define MUI_ICON "${FOLDER}\app\icons\counter.ico"
!define MUI_UNICON "${FOLDER}\app\icons\counter.ico"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_LICENSE "${FOLDER}\app\THIRD-PARTY.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$(DONE)"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif
!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1057 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=1057 "FileDescription" "Pemasang ${PRODUCT}"
VIAddVersionKey /LANG=1057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1057 "LegalCopyright" "MIT"

LangString DONE 1057 "${PRODUCT} terpasang untuk semua akun PC ini. Bukalah dari menu Start."
LangString DONE 1033 "${PRODUCT} is installed for all accounts of this PC. Open it from the Start menu."
LangString TOO_OLD 1057 "${PRODUCT} memerlukan Windows 10 versi 1809 atau lebih baru, 64 bit."
LangString TOO_OLD 1033 "${PRODUCT} needs Windows 10 version 1809 or newer, 64 bit."
LangString NEWER_THERE 1057 "Di PC ini terpasang versi yang lebih baru. Tidak ada yang diganti."
LangString NEWER_THERE 1033 "A newer version is installed on this PC. Nothing was replaced."
LangString NOT_WRITTEN 1057 "Berkas program tidak dapat ditulis: disk penuh, atau dipakai program lain. Versi yang lama tidak berubah."
LangString NOT_WRITTEN 1033 "The program's files could not be written: the disk is full, or another program uses them. The old version is as it was."
LangString NO_ROOM 1057 "Disk ini terlalu penuh untuk ${PRODUCT}. Tidak ada yang berubah. Kosongkan ruang, lalu ulangi."
LangString NO_ROOM 1033 "This disk is too full for ${PRODUCT}. Nothing was changed. Free some room, then try again."
LangString IN_USE 1057 "${PRODUCT} masih berjalan di PC ini dan tidak diganti. Tutup semua jendelanya, juga di akun lain, lalu ulangi."
LangString IN_USE 1033 "${PRODUCT} still runs on this PC and was not replaced. Close all its windows, in other accounts too, then try again."
LangString PURPOSE 1057 "Antrean dan meja layanan"
LangString PURPOSE 1033 "Queue and service desk"

Var Said
Var Status
Var LogFile

; Adds a line to the file that /LOG names, as UTF-16. The command line is not told: it holds the kiosk's PIN.
!macro Note WORDS
  ${If} $LogFile != ""
    FileOpen $R9 "$LogFile" a
    FileSeek $R9 0 END
    FileWriteUTF16LE /BOM $R9 "${WORDS}$\r$\n"
    FileClose $R9
  ${EndIf}
!macroend
!define Note "!insertmacro Note"

!macro BeginLog
  ${GetParameters} $R8
  ClearErrors
  ${WordFind2X} '$R8' '"/LOG=' '"' "E+1" $LogFile
  ${If} ${Errors}
    ClearErrors
    ${WordFind2X} '$R8' '/LOG="' '"' "E+1" $LogFile
  ${EndIf}
  ${If} ${Errors}
    ${GetOptions} $R8 "/LOG=" $LogFile ; all up to the next slash
    ${WordFind} "$LogFile" " " "+1" $LogFile
  ${EndIf}
  ${GetTime} "" "L" $0 $1 $2 $3 $4 $5 $6
  ${Note} "$2-$1-$0 $4:$5 ${PRODUCT} ${VERSION}"
!macroend

!macro Refuse STATUS WORDS
  DetailPrint "${WORDS}"
  ${Note} "${STATUS}: ${WORDS}"
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

; Run a command of the program without a console: $Status and $Said are what it answered.
; nsExec reads bytes in the code page of Windows, but knows UTF-16, in which every word arrives.
!macro Ask PROGRAM WORDS
  System::Call 'kernel32::SetEnvironmentVariable(t "ULT_ENCODING", t "utf-16-le")'
  nsExec::ExecToStack '"${PROGRAM}" ${WORDS}'
  Pop $Status
  Pop $Said
  DetailPrint "$Said"
  ${Note} "$Status: $Said"
!macroend
!define Ask "!insertmacro Ask"

; Waits until nobody runs the two programs: a running one can be renamed, but not opened for writing.
!macro DefineAwaitClosed UN
Function ${UN}AwaitClosed
  Push $0
  Push $1
  Push $2
  StrCpy $0 0
  ${Do}
    StrCpy $Status 0
    ${For} $1 0 1
      StrCpy $2 "$INSTDIR\program\ult-desktop.exe"
      ${If} $1 = 1
        StrCpy $2 "$INSTDIR\program\ult-desktopw.exe"
      ${EndIf}
      ${If} ${FileExists} $2
        ClearErrors
        FileOpen $2 $2 a
        ${If} ${Errors}
          StrCpy $Status 1
        ${Else}
          FileClose $2
        ${EndIf}
      ${EndIf}
    ${Next}
    ${If} $Status = 0
    ${OrIf} $0 >= ${PATIENCE_S}
      ${Break}
    ${EndIf}
    Sleep 1000
    IntOp $0 $0 + 1
  ${Loop}
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
!macroend
!insertmacro DefineAwaitClosed ""
!insertmacro DefineAwaitClosed "un."

; A program that has just ended may be held for a moment: by Windows, by a virus scanner.
!macro RemoveProgram
  ${For} $R1 1 20
    RMDir /r "$INSTDIR\program"
    ${IfNot} ${FileExists} "$INSTDIR\program\*.*"
      ${Break}
    ${EndIf}
    Sleep 200
  ${Next}
!macroend

; The program's command asks the stations to end. One that began while it looked is asked the next time.
!macro EndStations UN PROGRAM WORDS
  ${For} $R1 1 ${TRIES}
    ${Ask} "${PROGRAM}" "${WORDS}"
    ${If} $Status <> 0
      ${Break}
    ${EndIf}
    Call ${UN}AwaitClosed
    ${If} $Status = 0
      ${Break}
    ${EndIf}
    StrCpy $Said "$(IN_USE)"
  ${Next}
!macroend
!define EndStations "!insertmacro EndStations"

Function un.onInit
  !insertmacro BeginLog
FunctionEnd

Function .onInit
  !insertmacro BeginLog
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${LEAST_BUILD}
    ${Refuse} 1 "$(TOO_OLD)"
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $0 HKLM "${OWN_KEY}" "Folder" ; InstallDirRegKey would look among the keys of programs of 32 bits
  ${If} $0 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\${PRODUCT}" ; no other was named
    StrCpy $INSTDIR $0
  ${EndIf}
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${GetParameters} $2
    ClearErrors
    ${GetOptions} $2 "/BACK" $3
    ${If} $1 = 1
    ${AndIf} ${Errors}
      ${Refuse} 5 "$(NEWER_THERE)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; The disk became full while files were written, which ends the section.
Function .onInstFailed
  SetOutPath "$TEMP" ; nobody's folder is removed
  RMDir /r "$INSTDIR\program.new"
  RMDir "$INSTDIR" ; stays where a version is
  ${Refuse} 4 "$(NOT_WRITTEN)"
FunctionEnd

Section "Program" Main
  SectionIn RO
  RMDir /r "$INSTDIR\program.old" ; a broken-off exchange left it
  ${IfNot} ${FileExists} "$INSTDIR\program\ult-desktop.exe"
  ${AndIf} ${FileExists} "$INSTDIR\program.new\ult-desktop.exe"
    RMDir /r "$INSTDIR\program.new"
  ${EndIf}
  RMDir /r "$INSTDIR\program.new"
  Call RequireRoom
  ClearErrors
  SetOutPath "$INSTDIR\program.new"
  SetOverwrite try ; the folder is new: nothing is asked about what a file was before
  SetDateSave off
  File /r "${FOLDER}\*" ; on Windows NSIS splits a path at \ alone
  SetOverwrite on
  SetOutPath "$INSTDIR"
  File "restart.cmd"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\program.new"
    ${Refuse} 4 "$(NOT_WRITTEN)"
  ${EndIf}

  ${GetParameters} $R0
  StrCpy $R2 "first"
  ${If} ${FileExists} "$INSTDIR\program\*"
    StrCpy $R2 ""
    ${EndStations} "" "$INSTDIR\program.new\ult-desktop.exe" "station install --prepare $R0"
    ${If} $Status <> 0
      RMDir /r "$INSTDIR\program.new"
      ${If} $Status = 2
        ${Refuse} 3 "$Said"
      ${EndIf}
      ${Refuse} 2 "$Said"
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\program" "$INSTDIR\program.old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\program.new"
      ${Refuse} 2 "$(IN_USE)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    RMDir /r "$INSTDIR\program.new"
    ${Refuse} 4 "$(NOT_WRITTEN)"
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"

  ${Ask} "$INSTDIR\program\ult-desktop.exe" "station install $R0"
  ${If} $R2 == "first"
  ${AndIf} $Status = 2 ; nothing is set yet
    SetOutPath "$TEMP"
    !insertmacro RemoveProgram
    Delete "$INSTDIR\restart.cmd"
    RMDir "$INSTDIR"
    ${Refuse} 3 "$Said"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${OWN_KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "ult-desktop"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\program\ult-desktop.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  ; With _?= it runs in place, so that what started it waits for its end and learns its status.
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Contact" "${CONTACT}"
  !if "${SUPPORT}" != ""
    WriteRegStr HKLM "${UNINSTALL_KEY}" "HelpLink" "${SUPPORT}"
    WriteRegStr HKLM "${UNINSTALL_KEY}" "URLInfoAbout" "${SUPPORT}"
  !endif
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
  SectionGetSize ${Main} $0
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" $0
  CreateDirectory "$SMPROGRAMS\${PRODUCT}"
  !macro Shortcut NAME MODE
    CreateShortcut "$SMPROGRAMS\${PRODUCT}\${NAME}.lnk" "$INSTDIR\program\ult-desktopw.exe" "run ${MODE}" \
      "$INSTDIR\program\app\icons\${MODE}.ico" 0 "" "" "$(PURPOSE)"
  !macroend
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk" "$INSTDIR\program\ult-desktopw.exe" "" \
    "$INSTDIR\program\app\icons\counter.ico" 0 "" "" "$(PURPOSE)" ; what this PC is, or the first set-up
  !insertmacro Shortcut "Kios – ambil nomor" "kiosk"
  !insertmacro Shortcut "Loket – memanggil dan melayani" "counter"
  !insertmacro Shortcut "Layar – TV ruang tunggu" "display"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\Rekap antarkantor.lnk" "$INSTDIR\program\ult-desktopw.exe" "summary window" \
    "$INSTDIR\program\app\icons\counter.ico" 0 "" "" "$(PURPOSE)"
  ; The window stays, and takes further commands.
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\Periksa PC ini.lnk" "$SYSDIR\cmd.exe" \
    '/k ""$INSTDIR\program\ult-desktop.exe" doctor"' "$INSTDIR\program\app\icons\counter.ico" 0 "" "" "$(PURPOSE)"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\Lisensi.lnk" "$INSTDIR\program\app\THIRD-PARTY.txt"

  ${If} $Status <> 0
    ${Refuse} 6 "$Said"
  ${EndIf}
  ${Note} "0: $INSTDIR"
SectionEnd

; Silently nobody is asked for another disk: where the new version has no room beside the old one, nothing is begun.
Function RequireRoom
  SectionGetSize ${Main} $0
  IntOp $0 $0 / 1024 ; KB; as MB the room of large disks is a number that NSIS can hold
  ${GetRoot} "$INSTDIR" $1
  ClearErrors
  ${DriveSpace} "$1\" "/D=F /S=M" $2
  ${IfNot} ${Errors}
  ${AndIf} $2 <= $0
    ${Refuse} 4 "$(NO_ROOM)"
  ${EndIf}
FunctionEnd

Section "un.Program"
  SetRegView 64
  SetShellVarContext all
  SetOutPath "$TEMP"
  ${EndStations} "un." "$INSTDIR\program\ult-desktop.exe" "station remove"
  ${If} $Status <> 0
    ${Refuse} 2 "$Said"
  ${EndIf}
  !insertmacro RemoveProgram
  RMDir /r "$INSTDIR\pembaruan"
  Delete "$INSTDIR\pembaruan.pub"
  Delete "$INSTDIR\restart.cmd"
  ${If} $EXEDIR == $INSTDIR ; it runs in place: a running program can be renamed, but not deleted
    GetTempFileName $0
    Delete $0
    Rename "$INSTDIR\uninstall.exe" $0
    Delete /REBOOTOK $0
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays where somebody put files there
  RMDir /r "$SMPROGRAMS\${PRODUCT}"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${OWN_KEY}"
  MessageBox MB_OK|MB_ICONINFORMATION "$Said" /SD IDOK ; the office's data and this PC's settings stay
SectionEnd
