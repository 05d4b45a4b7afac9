#!/bin/sh
# Drafts a release of a tag with the files of a folder, and the changelog's words; a person looks at it and publishes:
#   draft.sh vVERSION FOLDER       with GitHub's own command line, gh, signed in
set -eu

tag=$1 folder=$2
notes=$("$(dirname "$0")/notes.sh" "$tag")
find "$folder" -maxdepth 1 -type f -exec \
    gh release create "$tag" --draft --verify-tag --title "Tabkeeper ${tag#v}" --notes "$notes" {} +
