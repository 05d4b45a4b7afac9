#!/bin/sh
# Makes what dmg.sh signs with available on a Mac that is thrown away afterwards, such as a runner, from
#   MACOS_CERTIFICATE (a .p12 in base64), MACOS_CERTIFICATE_PASSWORD,
#   NOTARY_APPLE_ID, NOTARY_TEAM_ID and NOTARY_PASSWORD (an app-specific one),
# and prints the lines for the environment of dmg.sh, and nothing else. Where there is no certificate, it prints none.
set -eu

[ -n "${MACOS_CERTIFICATE:-}" ] || exit 0
exec 3>&1 >&2 # security says what it has done, and a runner takes every line for a variable
keychain=$HOME/Library/Keychains/tabkeeper-signing.keychain-db
password=$(openssl rand -hex 24)
certificate=$(mktemp)
trap 'rm -f "$certificate"' EXIT
printf '%s' "$MACOS_CERTIFICATE" | base64 --decode >"$certificate"

security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$certificate" -f pkcs12 -P "$MACOS_CERTIFICATE_PASSWORD" -k "$keychain" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple:,codesign: -s -k "$password" "$keychain"
# The keychains that were searched before stay so.
# shellcheck disable=SC2046  # a path a word
security list-keychains -d user -s "$keychain" $(security list-keychains -d user | tr -d '"')
identity=$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID Application.*\)"/\1/p' |
    head -n 1)
[ -n "$identity" ] || { echo 'The certificate is none of a Developer ID Application.'; exit 1; }
echo "MACOS_IDENTITY=$identity" >&3

if [ -n "${NOTARY_PASSWORD:-}" ]; then
    xcrun notarytool store-credentials tabkeeper --apple-id "$NOTARY_APPLE_ID" --team-id "$NOTARY_TEAM_ID" \
        --password "$NOTARY_PASSWORD"
    echo 'NOTARY_PROFILE=tabkeeper' >&3
fi
