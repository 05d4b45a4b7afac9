#!/bin/sh
# Tells whether the packages were tested as they are now. Testing them takes minutes and seldom tells anything new:
#   package-state.sh record      keeps the state, when the tests have passed: commit the file packaging/tested
#   package-state.sh is-tested   succeeds where nothing of it has changed since
# The state is the sum of what is committed of all that decides what is in a package and how it is tested.
set -eu

cd "$(dirname "$0")/../.."
state() {
    git ls-files --stage -- packaging/app packaging/linux packaging/manual packaging/locks/app.txt \
        packaging/locks/freeze.txt resources tests/package src/tabkeeper/desktop/renewal.py | sha256sum | cut -d ' ' -f 1
}
case ${1:-} in
    record) state >packaging/tested ;;
    is-tested) [ "$(state)" = "$(cat packaging/tested 2>/dev/null)" ] ;;
    *) echo 'usage: package-state.sh record|is-tested' >&2; exit 2 ;;
esac
