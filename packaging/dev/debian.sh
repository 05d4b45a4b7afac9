#!/bin/sh
# Runs a command that needs bare Debians, with no development packages, in folders of their own:
#   debian.sh COMMAND...     which finds debian-12 and debian-13 below DEBIAN_ROOTS, and only copies them
# They are prepared the first time, in two minutes each, and kept; where one cannot be, one line says why, and nothing
# is run.
set -eu

roots=${DEBIAN_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/tabkeeper}

stop() {
    echo "The tests of the packages were skipped: $1."
    exit 0
}

prepare() {
    root=$roots/debian-$1
    ! [ -e "$root.ready" ] || return 0
    echo "Preparing Debian $1 in $root …"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=ca-certificates "$2" "$root" >"$root.log" 2>&1 ||
        stop "Debian $1 cannot be fetched; see $root.log"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    { chroot "$root" apt-get -q update && chroot "$root" useradd --create-home person; } >>"$root.log" 2>&1 ||
        stop "Debian $1's packages cannot be listed; see $root.log"
    touch "$root.ready"
}

[ "$(id -u)" -eq 0 ] || stop 'Debians of their own are prepared and entered as root'
command -v debootstrap >/dev/null || stop 'there is no debootstrap'
prepare 12 bookworm
prepare 13 trixie
# What a test mounts goes with it, also where it is killed: a real /dev must be nowhere that is cleaned up later.
DEBIAN_ROOTS=$roots exec unshare --mount "$@"
