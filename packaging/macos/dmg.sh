#!/bin/sh
# Builds Tabkeeper.app and its disk image for the kind of Mac that it runs on, into dist/:
#   dmg.sh
# With MACOS_IDENTITY, the name of a "Developer ID Application" certificate in a keychain, all of it is signed for the
# hardened runtime; with NOTARY_PROFILE, which `xcrun notarytool store-credentials` has kept, Apple notarises it, too.
# Without them it is signed ad hoc, and macOS asks the person before it opens it.
set -eu

cd "$(dirname "$0")/../.."
app=build/app/Tabkeeper.app
image=dist/Tabkeeper-$(packaging/release/version.sh)-$(uname -m).dmg
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(packaging/release/epoch.sh)}
export SOURCE_DATE_EPOCH

rm -rf "$app"
"${PYTHON:-python3}" packaging/app/freeze.py
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
ditto "$app" "$stage/Tabkeeper.app"
ln -s /Applications "$stage/Applications"
mkdir -p dist
hdiutil create -quiet -ov -fs HFS+ -format ULFO -volname Tabkeeper -srcfolder "$stage" "$image"

if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --sign "$MACOS_IDENTITY" --timestamp "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
echo "$image"
