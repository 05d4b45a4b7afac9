#!/bin/sh
# Installs the system's packages that lists such as packaging/dev/needs-run.txt name, as root or by sudo:
#   needs.sh LIST...
set -eu

as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
$as_root apt-get -q update
# shellcheck disable=SC2046  # one word a package
$as_root apt-get -q install --yes --no-install-recommends $(awk '!/^#/ && NF { print $3 }' "$@" | sort -u)
