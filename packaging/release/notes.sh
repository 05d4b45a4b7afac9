#!/bin/sh
# Prints what CHANGELOG.md says of a release:
#   notes.sh [VERSION]     the version in the source, where none is named; with or without a tag's leading v
# Fails where nothing is said of it, so that no release goes out without its words, nor under another number.
set -eu

cd "$(dirname "$0")/../.."
source=$(packaging/release/version.sh)
version=${1:-$source}
version=${version#v}
if [ "$version" != "$source" ]; then
    echo "The source is version $source and not $version: change src/tabkeeper/__init__.py, or the tag." >&2
    exit 1
fi
notes=$(awk -v heading="## [$version]" '/^## /{ found = index($0, heading) == 1; next } found' CHANGELOG.md |
    sed '/./,$!d')
if [ -z "$notes" ]; then
    echo "CHANGELOG.md says nothing of $version: give its section the heading '## [$version] - YYYY-MM-DD'." >&2
    exit 1
fi
printf '%s\n' "$notes"
