#!/bin/sh
# Writes SHA256SUMS beside the files of a release, by name:
#   sums.sh FOLDER         and a person checks what was fetched: sha256sum --check --ignore-missing SHA256SUMS
set -eu

cd "$1"
rm -f SHA256SUMS
sums=$(sha256sum -- *)
printf '%s\n' "$sums" >SHA256SUMS
