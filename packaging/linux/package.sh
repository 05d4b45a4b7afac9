#!/bin/sh
# Freezes the app and builds all that can be built under Linux: package.sh [FOLDER], dist/ where none is named.
set -eu

. "$(dirname "$0")/named.sh"
"${PYTHON:-.venv/bin/python}" packaging/app/freeze.py
for kind in deb rpm tarball; do
    packaging/linux/$kind.sh "$target"
done
