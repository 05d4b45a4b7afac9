#!/bin/sh
# Installs what build.sh has made for this system, as a person does, and tries it there; it takes it away again.
set -eu

cd "$(dirname "$0")/../.."
case $(uname) in
    Linux)
        as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)
        $as_root apt-get -q install --yes --no-install-recommends xvfb xauth ./dist/*.deb
        xvfb-run --auto-servernum "${PYTHON:-python3}" packaging/release/smoke.py tabkeeper
        $as_root apt-get -q purge --yes tabkeeper
        ;;
    Darwin)
        image=$(echo dist/Tabkeeper-*.dmg)
        volume=$(hdiutil attach -nobrowse -readonly "$image" | sed -n 's|.*\(/Volumes/.*\)|\1|p')
        installed=$(mktemp -d)
        trap 'hdiutil detach -quiet "$volume"; rm -rf "$installed"' EXIT
        ditto "$volume/Tabkeeper.app" "$installed/Tabkeeper.app"
        "${PYTHON:-python3}" packaging/release/smoke.py "$installed/Tabkeeper.app/Contents/MacOS/tabkeeper"
        ;;
    *)
        # Two slashes, for Git's shell takes one for the beginning of a path.
        ./dist/tabkeeper-*-setup.exe //S
        app=$LOCALAPPDATA/Programs/Tabkeeper
        "${PYTHON:-python}" packaging/release/smoke.py "$app/tabkeeper.exe" --tray "$app/tabkeeper-tray.exe"
        "$app/uninstall-tabkeeper.exe" //S
        ;;
esac
