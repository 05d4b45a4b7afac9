#!/bin/sh
# Packs a frozen app into an installer, by NSIS:
#   pack.sh APP PICTURES KIND FILE     PICTURES is the folder in which those lie that freezing has drawn; KIND is
#                                      the installer's own, not the program's: x86-unicode or amd64-unicode
# Where WINDOWS_SIGN is a command that signs the files it is given, programs, uninstaller and installer are signed.
set -eu

cd "$(dirname "$0")/../.."
app=$1 pictures=$2 kind=$3 file=$4
version=${VERSION:-$(packaging/release/version.sh)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export SOURCE_DATE_EPOCH
sign=${WINDOWS_SIGN:-}
# shellcheck disable=SC2086  # a program and its words
[ -z "$sign" ] || $sign "$app"/*.exe
makensis -V2 -NOCD -WX "-XTarget $kind" \
    "-DVERSION=$version" \
    "-DNUMBERS=$(echo "$version.0.0.0" | sed 's/[^0-9.]\{1,\}/./g' | cut -d . -f 1-4)" \
    "-DAPP=$app" \
    "-DPICTURES=$pictures" \
    "-DPAGE=$(packaging/release/project.sh)" \
    "-DKILOBYTES=$(du -s --apparent-size -k "$app" | cut -f 1)" \
    "-DFILE=$file" \
    ${sign:+"-DSIGN=$sign"} packaging/windows/installer.nsi
# shellcheck disable=SC2086
[ -z "$sign" ] || $sign "$file"
