#!/bin/sh
# Checks the source on the system that it runs on: all of `make test` under Linux; elsewhere those tests that ask for
# nothing of Linux's, with exactly the locked packages, in .venv.
set -eu

cd "$(dirname "$0")/../.."
if [ "$(uname)" = Linux ]; then
    packaging/release/needs.sh packaging/dev/needs-run.txt packaging/dev/needs-test.txt
    exec make test
fi
"${PYTHON:-python}" -m venv --clear .venv
python=.venv/bin/python
[ -e $python ] || python=.venv/Scripts/python.exe # so Windows calls it
pip="$python -m pip -qq --disable-pip-version-check --no-input install --no-deps"
$pip --require-hashes -r packaging/locks/dev.txt -r packaging/locks/build.txt
$pip --no-build-isolation --editable .
exec $python -m pytest -q tests/model tests/settings tests/tracker tests/updates tests/test_update_watch.py
