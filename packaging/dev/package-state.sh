#!/bin/sh
# Tells whether packages were tested as they are now. Testing them takes minutes and seldom tells anything new:
#   package-state.sh SYSTEM record      keeps the state, when its tests have passed: commit packaging/tested/SYSTEM
#   package-state.sh SYSTEM is-tested   succeeds where nothing of it has changed since
# SYSTEM is linux or windows. The state is the sum of the files as they lie in the tree, committed or not, of all that
# the packages are made from and tested by. Left out are the program itself, which has tests of its own (but for its
# version, its first lines, and how it notices a newer one), what another system's packages or a release's drafts
# alone are made from, and the screen and hands of the tests, which all tests of the desktop use.
set -eu

cd "$(dirname "$0")/../.."
usage() {
    echo 'usage: package-state.sh linux|windows record|is-tested' >&2
    exit 2
}

state() {
    index=$(mktemp -d)
    trap 'rm -r "$index"' EXIT
    GIT_INDEX_FILE=$index/index
    export GIT_INDEX_FILE
    # An index of their own, which begins empty, knows the files as they are now. One word a path.
    # shellcheck disable=SC2086
    git add -- pyproject.toml resources packaging/app packaging/release/version.sh packaging/release/epoch.sh \
        packaging/release/project.sh src/tabkeeper/__init__.py src/tabkeeper/__main__.py \
        src/tabkeeper/updates/installation.py $own
    git ls-files --stage | sha256sum | cut -d ' ' -f 1
}

case ${1:-} in
    linux)
        own='packaging/linux packaging/manual packaging/locks/app.txt packaging/locks/freeze.txt
            packaging/dev/debian.sh src/tabkeeper/desktop/renewal.py tests/package :!packaging/linux/flatpak'
        ;;
    windows)
        own='packaging/windows packaging/locks/windows.txt packaging/locks/windows-python.txt packaging/dev/wine.sh
            packaging/dev/icuuc.c packaging/dev/nsis.sh
            src/tabkeeper/desktop/single_instance.py src/tabkeeper/desktop/nudge.py
            src/tabkeeper/cli/commands/windows.py tests/package_windows
            :!packaging/windows/winget'
        ;;
    *) usage ;;
esac
recorded=packaging/tested/$1
now=$(state) # on a line of its own, so that where there is no sum, nothing is recorded and nothing is tested
case ${2:-} in
    record)
        mkdir -p packaging/tested
        printf '%s\n' "$now" >"$recorded"
        ;;
    is-tested) [ "$now" = "$(cat "$recorded" 2>/dev/null)" ] ;;
    *) usage ;;
esac
