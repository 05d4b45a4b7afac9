# Read by the scripts that make a package, first of all: goes to the project's folder, and says what they all name:
# target (their first word, or dist/), PROJECT (its address), and where they are not given already, VERSION and
# SOURCE_DATE_EPOCH.
# shellcheck shell=sh
cd "$(dirname "$0")/../.."
target=${1:-dist}
VERSION=${VERSION:-$(packaging/release/version.sh)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
PROJECT=$(packaging/release/project.sh)
export VERSION SOURCE_DATE_EPOCH PROJECT
mkdir -p "$target"
