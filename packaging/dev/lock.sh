#!/bin/sh
# Writes packaging/locks anew from pyproject.toml. Versions stay as they are unless the project file or
# --upgrade asks for others. Every lock holds for all systems, and its hashes are what setup.sh insists on.
set -eu

cd "$(dirname "$0")/../.."
tool=build/lock-tool
if ! [ -x $tool/bin/uv ]; then
    .venv/bin/python -m venv --clear $tool
    $tool/bin/python -m pip -qq --disable-pip-version-check install uv
fi

compile() {
    output=packaging/locks/$1.txt
    shift
    $tool/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url --output-file "$output" "$@"
}

# The widest one first; the others take their versions from it, so that all three agree.
compile dev --extra dev "$@" pyproject.toml
compile app --constraints packaging/locks/dev.txt pyproject.toml
compile server --extra server --constraints packaging/locks/dev.txt pyproject.toml

# What turns the checkout into an installed package; `editables` is what hatchling asks for besides itself.
.venv/bin/python -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb"))
print(*project["build-system"]["requires"], "editables", sep="\n")' >build/build-requirements.in
compile build --constraints packaging/locks/dev.txt "$@" build/build-requirements.in
