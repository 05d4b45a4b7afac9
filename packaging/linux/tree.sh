#!/bin/sh
# Lays the files of a package out below a folder, as they are below /usr when it is installed:
#   tree.sh FOLDER KIND     KIND is what the program calls this kind of installation: deb, rpm or tarball
# The app must be frozen before, by packaging/app/freeze.py, whose environment is used here as well; named.sh says what
# is in VERSION, SOURCE_DATE_EPOCH and PROJECT.
set -eu

cd "$(dirname "$0")/../.."
folder=$1 kind=$2
python=build/freeze/venv/bin/python
app=$folder/lib/tabkeeper
share=$folder/share

umask 022
rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/lib" "$share/applications" "$share/metainfo" "$share/doc/tabkeeper"
cp -R build/app/tabkeeper "$app"
printf '%s\n' "$kind" >"$app/_internal/tabkeeper/resources/installed-by"
if [ "$kind" != tarball ]; then
    rm "$app"/_internal/libxcb-*.so.* "$app"/_internal/libffi.so.* # here the package depends on the system's
fi
ln -s ../lib/tabkeeper/tabkeeper "$folder/bin/tabkeeper"

PYTHONPATH=src $python packaging/manual/write.py "$share"
gzip -9n "$share/man/man1/tabkeeper.1"
$python packaging/linux/icons.py "$share"
cp resources/linux/tabkeeper.desktop "$share/applications/"
metainfo=app.tabkeeper.Tabkeeper.metainfo.xml
sed -e "s/@VERSION@/$VERSION/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" -e "s|@PROJECT@|$PROJECT|" \
    resources/linux/$metainfo >"$share/metainfo/$metainfo"
$python packaging/linux/copyright.py "$app" usr/lib/tabkeeper "$PROJECT" >"$share/doc/tabkeeper/copyright"

# Nothing is run from a file that is no program, and all is of the time of the commit.
find "$folder" -type f -exec chmod 644 {} +
chmod 755 "$app/tabkeeper"
find "$folder" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
