#!/bin/sh
# Freezes the app and packs it into an installer for Windows.
# Under Windows it runs in the bash of Git with NSIS's makensis in the PATH, and puts it into dist/. Under Linux it is
# a command of packaging/dev/wine.sh, and puts into build/windows/ what serves tests only: a 64-bit installer, for that
# Wine runs no other, while NSIS for Windows makes 32-bit ones, of the same 64-bit program.
set -eu

cd "$(dirname "$0")/../.."
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export SOURCE_DATE_EPOCH

freeze_under_wine() {
    # In a copy of that Windows, for it writes there.
    prefix=$PWD/build/windows/prefix
    rm -rf "$prefix" "$app"
    mkdir -p build/windows
    cp -a "$WINEPREFIX" "$prefix"
    # Its output has to be a pipe, which forgets how it ended.
    WINEPREFIX=$prefix PYTHONHASHSEED=0 "$WINE" "$WINDOWS_PYTHON" -m PyInstaller --noconfirm --log-level ERROR \
        --distpath build/windows/app --workpath "$work" packaging/app/tabkeeper.spec </dev/null 2>&1 | cat
    WINEPREFIX=$prefix "$WINESERVER" -k || true # it may have ended by itself
    rm -rf "$prefix"
    [ -e "$app/tabkeeper.exe" ]
}

if [ "$(uname)" = Linux ]; then
    app=build/windows/app/tabkeeper work=build/windows/work folder=build/windows kind=amd64-unicode
    freeze_under_wine
else
    app=build/app/tabkeeper work=build/freeze/work folder=dist kind=x86-unicode
    "${PYTHON:-python}" packaging/app/freeze.py
fi
mkdir -p "$folder"
installer=$folder/tabkeeper-$(packaging/release/version.sh)-setup.exe
packaging/windows/pack.sh "$app" "$work/tabkeeper" "$kind" "$installer"
echo "$installer"
