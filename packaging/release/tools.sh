#!/bin/sh
# Prepares what a release is built and looked through with, in build/release-tools, exactly as locked, and prints the
# path of its Python. When nothing is missing it is done in a blink.
set -eu

cd "$(dirname "$0")/../.."
tools=build/release-tools
locks='packaging/locks/build.txt packaging/locks/release.txt'
# shellcheck disable=SC2086  # one word a file
wanted=$(cat $locks | cksum)
if [ "$(cat $tools/stamp 2>/dev/null)" != "$wanted" ]; then
    for python in ${PYTHON:-.venv/bin/python .venv/Scripts/python.exe python3 python}; do
        "$python" -c 'import venv' 2>/dev/null && break
    done
    "$python" -m venv --clear $tools
fi
python=$tools/bin/python
[ -e $python ] || python=$tools/Scripts/python.exe # so Windows calls it
if [ "$(cat $tools/stamp 2>/dev/null)" != "$wanted" ]; then
    $python -m pip -qq --disable-pip-version-check --no-input install --no-deps --require-hashes \
        -r packaging/locks/build.txt -r packaging/locks/release.txt
    echo "$wanted" >$tools/stamp
fi
echo "$PWD/$python"
