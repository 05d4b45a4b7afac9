#!/bin/sh
# Freezes the app and builds all that can be built under Linux: package.sh [FOLDER], dist/ where none is named.
set -eu

cd "$(dirname "$0")/../.."
target=${1:-dist}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export SOURCE_DATE_EPOCH

desktop-file-validate resources/linux/tabkeeper.desktop
.venv/bin/python packaging/app/freeze.py
for kind in deb rpm tarball; do
    packaging/linux/$kind.sh "$target"
done
