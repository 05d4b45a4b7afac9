#!/bin/sh
# Installs the server alone: install.sh FOLDER makes a virtual environment there with exactly the locked
# packages, less what only the desktop program uses.
set -eu

folder=${1:?Say where to: install.sh FOLDER}
source=$(cd "$(dirname "$0")/../.." && pwd)
desktop='^(pyside6-essentials|shiboken6|qasync|keyring|secretstorage|jeepney|cryptography|cffi|pycparser)=='

"${PYTHON:-python3}" -m venv "$folder"
awk -v desktop="$desktop" '/^[a-z]/ { wanted = $0 !~ desktop } wanted' \
    "$source/packaging/locks/server.txt" >"$folder/packages.txt"
pip="$folder/bin/python -m pip --disable-pip-version-check --quiet install --no-deps"
$pip --require-hashes --requirement "$folder/packages.txt"
$pip "$source"
echo "Installed $("$folder/bin/tabkeeper-server" --version) in $folder."
