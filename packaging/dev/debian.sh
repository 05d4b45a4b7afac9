#!/bin/sh
# Runs a command that needs a bare Debian 12, with no development packages, in a folder of its own:
#   debian.sh COMMAND...     which finds that folder in DEBIAN_ROOT, and only copies it
# It is prepared the first time, in two minutes, and kept; where it cannot be, one line says why, and nothing is run.
set -eu

root=${DEBIAN_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/tabkeeper/debian-12}

stop() {
    echo "The tests of the packages were skipped: $1."
    exit 0
}

[ "$(id -u)" -eq 0 ] || stop 'a Debian of its own is prepared and entered as root'
if ! [ -e "$root.ready" ]; then
    command -v debootstrap >/dev/null || stop 'there is no debootstrap'
    echo "Preparing Debian 12 in $root …"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 ||
        stop "Debian 12 cannot be fetched; see $root.log"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    { chroot "$root" apt-get -q update && chroot "$root" useradd --create-home person; } >>"$root.log" 2>&1 ||
        stop "Debian 12's packages cannot be listed; see $root.log"
    touch "$root.ready"
fi
DEBIAN_ROOT=$root exec "$@"
