#!/bin/sh
# Runs a command that needs a Debian 13 with KDE Plasma 6's compositor and portal, in a folder of its own:
#   plasma.sh COMMAND...     which finds that folder in PLASMA_ROOT
# It is prepared the first time, in some minutes, and kept; where it cannot be, one line says why, and nothing is run.
# One at a time works in it.
set -eu

root=${PLASMA_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/tabkeeper/plasma-6}
packages='kwin-wayland xdg-desktop-portal xdg-desktop-portal-kde kglobalacceld qt6-wayland libegl-mesa0
    libgl1-mesa-dri dbus-bin dbus-daemon libglib2.0-bin'

stop() {
    echo "The tests under Wayland were skipped: $1."
    exit 0
}

[ "$(id -u)" -eq 0 ] || stop 'a Plasma of its own is prepared and entered as root'
if ! command -v debootstrap >/dev/null; then
    command -v apt-get >/dev/null || stop 'there is no debootstrap'
    apt-get -q update >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends debootstrap >/dev/null 2>&1 ||
        stop 'debootstrap cannot be installed'
fi

enter() {
    DEBIAN_FRONTEND=noninteractive chroot "$root" "$@" </dev/null >>"$root.log" 2>&1
}

bind() {
    for folder in proc dev dev/shm; do
        mountpoint -q "$root/$folder" || mount --bind "/$folder" "$root/$folder" 2>>"$root.log" || return 1
    done
}

unbind() {
    for folder in dev/shm dev proc; do
        umount --lazy "$root/$folder" 2>/dev/null || true
    done
}

prepare() {
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=ca-certificates trixie "$root" >"$root.log" 2>&1 ||
        stop "Debian 13 cannot be fetched; see $root.log"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    bind || stop "nothing can be mounted here; see $root.log"
    enter apt-get -q update || stop "Debian 13's packages cannot be listed; see $root.log"
    # shellcheck disable=SC2086  # one word a package
    enter apt-get -q install --yes --no-install-recommends $packages ||
        { enter dpkg --configure -a && enter apt-get -q --yes -f install; } ||
        stop "Plasma cannot be installed; see $root.log"
    touch "$root/ready"
}

mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9
trap unbind EXIT
unbind
if ! [ -e "$root/ready" ]; then
    echo "Preparing Plasma 6 in $root …"
    prepare
fi
bind || stop "nothing can be mounted here; see $root.log"
PLASMA_ROOT=$root "$@" 9>&-
