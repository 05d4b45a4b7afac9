#!/bin/sh
# Builds the .deb of the frozen app: deb.sh [FOLDER], dist/ where none is named.
# What it depends on is read from what its programs and libraries link to.
set -eu

. "$(dirname "$0")/named.sh"
architecture=$(dpkg --print-architecture)
work=build/deb
root=$work/root
internal=$root/usr/lib/tabkeeper/_internal

packaging/linux/tree.sh $root/usr deb
mkdir -p $root/DEBIAN $root/usr/share/lintian/overrides
cp packaging/linux/lintian-overrides $root/usr/share/lintian/overrides/tabkeeper
printf 'tabkeeper (%s) stable; urgency=medium\n\n  * See %s/releases\n\n -- The Tabkeeper developers <developers@tabkeeper.app>  %s\n' \
    "$VERSION" "$PROJECT" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >$root/usr/share/doc/tabkeeper/changelog.gz

# GTK is loaded where the desktop has it; a desktop without it does not need it.
mkdir -p $work/debian
printf 'Source: tabkeeper\n\nPackage: tabkeeper\nArchitecture: any\n' >$work/debian/control
binaries=$(find $root/usr/lib/tabkeeper -type f \( -name '*.so' -o -name '*.so.*' -o -name tabkeeper \) \
    ! -name 'libqgtk3.so' | sed "s|^$work/||")
# shellcheck disable=SC2086  # one word a file
depends=$(cd $work && dpkg-shlibdeps --ignore-missing-info -O -l"$PWD/$internal" \
    -l"$PWD/$internal/PySide6/Qt/lib" $binaries 2>shlibdeps.log | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || {
    cat $work/shlibdeps.log >&2
    exit 1
}

cat >$root/DEBIAN/control <<CONTROL
Package: tabkeeper
Version: $VERSION
Architecture: $architecture
Maintainer: The Tabkeeper developers <developers@tabkeeper.app>
Section: utils
Priority: optional
Homepage: $PROJECT
Installed-Size: $(du -s --apparent-size -k $root/usr | cut -f 1)
Depends: $depends, tzdata
Recommends: ca-certificates, default-dbus-session-bus | dbus-session-bus, gnome-keyring | kwalletmanager, xdg-utils
Description: timer in the tray that keeps your time
 One click, one key or one word starts it, and everything is kept in one file
 on your computer, with no account. It survives crashes and power cuts; every
 change can be undone. There are reports, reminders, a command line, and sync
 with a server for those who want one.
CONTROL
(cd $root && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums)
find $root -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build $root "$target/tabkeeper_${VERSION}_$architecture.deb"
