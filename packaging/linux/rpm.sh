#!/bin/sh
# Builds the .rpm of the frozen app: rpm.sh [FOLDER], dist/ where none is named.
# What it requires is read by rpm itself from what its programs and libraries link to.
set -eu

cd "$(dirname "$0")/../.."
target=${1:-dist}
VERSION=${VERSION:-$(packaging/release/version.sh)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export VERSION SOURCE_DATE_EPOCH

packaging/linux/tree.sh build/rpm/usr rpm
mkdir -p "$target"
rpmbuild -bb --quiet --define "_topdir $PWD/build/rpm/work" --define "version $VERSION" --define "tree $PWD/build/rpm/usr" \
    --define "_rpmdir $PWD/build/rpm/made" --define '_rpmfilename tabkeeper.rpm' packaging/linux/tabkeeper.spec
mv build/rpm/made/tabkeeper.rpm "$target/tabkeeper-$VERSION-1.$(uname -m).rpm"
rm -r build/rpm
echo "$target/tabkeeper-$VERSION-1.$(uname -m).rpm"
