#!/bin/sh
# Checks the source on the system that it runs on: all of `make test` under Linux; elsewhere those tests that ask for
# nothing of Linux's, and those of that system, with exactly the locked packages, in .venv.
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
tests='tests/model tests/settings tests/tracker tests/updates tests/test_update_watch.py'
if [ "$(uname)" = Darwin ]; then
    # Of Tabkeeper on a desktop those that need no X, and what a Mac is told of the bundle.
    tests="$tests tests/desktop/test_other_systems.py tests/desktop/test_autostart.py tests/release/test_manifests.py
        tests/release/test_app_contents.py"
fi
# shellcheck disable=SC2086  # one word a path
exec $python -m pytest -q $tests
