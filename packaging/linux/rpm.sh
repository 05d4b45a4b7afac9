#!/bin/sh
# Builds the .rpm of the frozen app: rpm.sh [FOLDER], dist/ where none is named.
# What it requires is read by rpm itself from what its programs and libraries link to.
set -eu

. "$(dirname "$0")/named.sh"

packaging/linux/tree.sh build/rpm/usr rpm
rpmbuild -bb --quiet --define "_topdir $PWD/build/rpm/work" --define "version $VERSION" --define "tree $PWD/build/rpm/usr" \
    --define "project $PROJECT" --define "_rpmdir $PWD/build/rpm/made" --define '_rpmfilename tabkeeper.rpm' packaging/linux/tabkeeper.spec
mv build/rpm/made/tabkeeper.rpm "$target/tabkeeper-$VERSION-1.$(uname -m).rpm"
rm -r build/rpm
echo "$target/tabkeeper-$VERSION-1.$(uname -m).rpm"
