#!/bin/sh
# Builds all that a release has for the system that it runs on, into dist/, with a list of the app's parts.
set -eu

cd "$(dirname "$0")/../.."
case $(uname) in
    Linux)
        packaging/release/needs.sh packaging/dev/needs-run.txt packaging/linux/needs-build.txt
        make dist package
        system=linux
        ;;
    Darwin)
        packaging/macos/dmg.sh
        system=macos
        ;;
    *)
        # GitHub's Windows has no NSIS. This package fetches it by its sum.
        PATH="$PATH:/c/Program Files (x86)/NSIS"
        command -v makensis >/dev/null || choco install --yes --no-progress nsis --version=3.11
        packaging/windows/package.sh
        system=windows
        ;;
esac
frozen=build/freeze/venv/bin/python
[ -e $frozen ] || frozen=build/freeze/venv/Scripts/python.exe # so Windows calls it
mkdir -p dist
packaging/release/sbom.sh $frozen \
    "dist/tabkeeper-$(packaging/release/version.sh)-$system-$(uname -m).cdx.json"
