#!/bin/sh
# Builds the sdist, and from it the wheel, and looks through both:
#   dist.sh [FOLDER]     dist/, where none is named
# Two builds of one commit give equal bytes: what would differ, bears the time of the commit or of SOURCE_DATE_EPOCH.
set -eu

cd "$(dirname "$0")/../.."
folder=${1:-dist}
python=$(packaging/release/tools.sh)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export SOURCE_DATE_EPOCH
mkdir -p "$folder"
rm -f "$folder"/tabkeeper-*.tar.gz "$folder"/tabkeeper-*.whl
umask 022
"$python" -m build --no-isolation --outdir "$folder" . >build/dist.log 2>&1 || {
    cat build/dist.log >&2
    exit 1
}
"$python" -m twine check --strict "$folder"/tabkeeper-*.tar.gz "$folder"/tabkeeper-*.whl
