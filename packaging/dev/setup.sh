#!/bin/sh
# Sets a checkout up: the system's packages, then .venv with exactly the locked dependencies.
#   setup.sh run        what the app needs        setup.sh test    what the tests need as well
#   setup.sh package    what building the packages for Linux needs besides the app
#   setup.sh test-package    what testing these needs besides the tests
# Safe to call again at any time; when nothing is missing it is done in a blink.
set -eu

cd "$(dirname "$0")/../.."
purpose=${1:-run}
case $purpose in
    run) lock=app needs='packaging/dev/needs-run.txt' ;;
    test) lock=dev needs='packaging/dev/needs-run.txt packaging/dev/needs-test.txt' ;;
    package) lock=app needs='packaging/dev/needs-run.txt packaging/linux/needs-build.txt' ;;
    test-package)
        lock=dev
        needs='packaging/dev/needs-run.txt packaging/dev/needs-test.txt packaging/linux/needs-test.txt'
        ;;
    *) echo "usage: setup.sh run|test|package|test-package" >&2; exit 2 ;;
esac

stop() {
    printf 'Tabkeeper cannot be set up: %s\n' "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if is_new_enough "$python"; then
            return
        fi
    done
    python=''
}

# With apt and the right to use it, installs the named packages; otherwise names them and stops.
install() {
    if ! command -v apt-get >/dev/null; then
        stop "the system lacks what Debian calls $*.
Install what your system calls them and call again. What was looked for: $(missing | awk '{ printf "%s ", $2 }')"
    elif [ "$(id -u)" -ne 0 ]; then
        stop "the system lacks some packages. Install them and call again:
    sudo apt-get install $*"
    fi
    echo "Installing from the system's packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    if ! { apt-get -q update && apt-get -q install --yes --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        stop "apt-get could not install $*. Its own words are above."
    fi
    rm "$log"
}

# Prints the lines of the needs lists that this system does not fulfil.
missing() {
    if [ -z "$python" ] || [ "$(uname)" != Linux ]; then
        return # without a Python nobody can look, and elsewhere Qt brings all it needs
    fi
    # shellcheck disable=SC2086  # the list is meant to be split
    "$python" - $needs <<'PYTHON'
import ctypes, pathlib, shutil, sys

def is_here(kind, what):
    if kind == "lib":
        try:
            return ctypes.CDLL(what)
        except OSError:
            return False
    return shutil.which(what) if kind == "program" else pathlib.Path(what).exists()

for needs in sys.argv[1:]:
    for line in pathlib.Path(needs).read_text().splitlines():
        if line and not line.startswith("#") and not is_here(*line.split()[:2]):
            print(line)
PYTHON
}

prepare_python() {
    find_python
    if [ -z "$python" ] && ! command -v "${PYTHON:-python3}" >/dev/null; then
        if [ -n "${PYTHON:-}" ]; then
            stop "there is no $PYTHON."
        fi
        install python3 python3-venv
        find_python
    fi
    if [ -z "$python" ]; then
        stop "it needs Python 3.11 or newer, and ${PYTHON:-python3} is $("${PYTHON:-python3}" -V 2>&1 || true).
Install a newer one and name it: make run PYTHON=/path/to/python3.12"
    fi
}

prepare_system() {
    packages=$(missing | awk '{ print $3 }' | sort -u)
    if ! .venv/bin/python -c '' 2>/dev/null && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        packages="$packages $(basename "$python")-venv"
    fi
    if [ -n "$packages" ]; then
        # shellcheck disable=SC2086  # one word a package
        install $packages
    fi
}

prepare_venv() {
    if ! .venv/bin/python -c '' 2>/dev/null; then
        "$python" -m venv --clear .venv
    fi
}

# A stamp holds the sum of all that decides what is in .venv, so that a changed lock is noticed.
fingerprint() {
    cat "packaging/locks/$1.txt" packaging/locks/build.txt pyproject.toml packaging/dev/setup.sh | cksum
}

is_stamped() {
    [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

prepare_dependencies() {
    if is_stamped "$lock"; then
        return
    fi
    echo "Setting up .venv ($lock) …"
    pip='.venv/bin/python -m pip -qq --disable-pip-version-check --no-input install --no-deps'
    $pip --require-hashes -r "packaging/locks/$lock.txt" -r packaging/locks/build.txt
    $pip --no-build-isolation --editable .
    fingerprint "$lock" >".venv/stamp-$lock"
    if [ "$lock" = dev ]; then
        fingerprint app >.venv/stamp-app # what tests need includes what the app needs
    fi
}

prepare_python
prepare_system
prepare_venv
prepare_dependencies
