#!/bin/sh
# Writes what a frozen app is made of, as a CycloneDX document:
#   sbom.sh PYTHON FILE    PYTHON is that of the environment which was frozen, installed from packaging/locks
# Equal environments give equal bytes.
set -eu

frozen=$1 file=$2
release=$(cd "$(dirname "$0")" && pwd)
root=$release/../..
tool=$("$release/tools.sh")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$("$release/epoch.sh")}
export SOURCE_DATE_EPOCH
# The tool reads the project file, in which the version does not stand.
described=$root/build/described.toml
sed "s/^dynamic = .*/version = \"$("$release/version.sh")\"/" "$root/pyproject.toml" >"$described"
"$tool" -m cyclonedx_py environment --pyproject "$described" --output-reproducible --validate \
    --output-file "$file" "$frozen"
"$tool" "$release/shipped.py" "$file" "$("$frozen" -c 'import platform; print(platform.python_version())')"
