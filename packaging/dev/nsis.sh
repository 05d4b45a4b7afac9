#!/bin/sh
# Runs a command that needs NSIS, with what makes 64-bit installers, for that Wine runs no others:
#   nsis.sh COMMAND...
# Where it is not and cannot be installed, one line says so, and nothing is run.
set -eu

stop() {
    echo "What needs NSIS was skipped: $1."
    exit 0
}

if ! command -v makensis >/dev/null; then
    command -v apt-get >/dev/null || stop 'there is no makensis'
    [ "$(id -u)" -eq 0 ] || stop "it takes the system's package nsis"
    echo "Installing from the system's packages: nsis"
    log=${XDG_CACHE_HOME:-$HOME/.cache}/tabkeeper/nsis.log
    mkdir -p "$(dirname "$log")"
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends nsis; } \
        </dev/null >"$log" 2>&1 || stop "it cannot be installed; see $log"
fi
echo 'Section
SectionEnd' | makensis -V0 '-XTarget amd64-unicode' '-XOutFile /dev/null' - ||
    stop 'this makensis makes no 64-bit installers'
exec "$@"
