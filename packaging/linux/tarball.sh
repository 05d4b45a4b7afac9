#!/bin/sh
# Builds the tarball of the frozen app, which installs itself: tarball.sh [FOLDER], dist/ where none is named.
set -eu

. "$(dirname "$0")/named.sh"
name=tabkeeper-$VERSION-linux-$(uname -m)

packaging/linux/tree.sh "build/tarball/$name" tarball
rm -r "build/tarball/$name/bin"
install -m 755 packaging/linux/install.sh "build/tarball/$name/"
tar --create --directory build/tarball --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@$SOURCE_DATE_EPOCH" "$name" | xz -6 --threads=0 >"$target/$name.tar.xz"
rm -r build/tarball
echo "$target/$name.tar.xz"
