#!/bin/sh
# Installs Tabkeeper from this folder, and takes it away again; your times are never touched.
#   ./install.sh --user                   for you alone, into ~/.local
#   ./install.sh --prefix /usr/local      for everybody, as root
#   ./install.sh --uninstall --user       and the same with --prefix; a copy of this script is in lib/tabkeeper
# One that is installed again while Tabkeeper runs lets it begin anew by itself, and the timer go on.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix='' action=install
usage() {
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
while [ $# -gt 0 ]; do
    case $1 in
        --user) prefix=$HOME/.local ;;
        --prefix) [ $# -gt 1 ] || usage; prefix=$2; shift ;;
        --uninstall) action=uninstall ;;
        *) usage ;;
    esac
    shift
done
[ -n "$prefix" ] || usage
app=$prefix/lib/tabkeeper

# Lets menus and the desktop's list of who opens what take notice, where there are the tools.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$prefix/share/applications" 2>/dev/null || true
    fi
    if command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache -qtf "$prefix/share/icons/hicolor" 2>/dev/null || true
    fi
}

check_libraries() {
    missing=$(find "$here/lib/tabkeeper" -type f \( -name '*.so*' -o -name tabkeeper \) ! -name 'libqgtk3.so' \
        -exec env LD_LIBRARY_PATH="$here/lib/tabkeeper/_internal:$here/lib/tabkeeper/_internal/PySide6/Qt/lib" ldd {} + 2>/dev/null |
        awk '/not found/ { print $1 }' | sort -u | tr '\n' ' ')
    [ -z "$missing" ] || echo "Installed, but this system lacks libraries that it needs: $missing" >&2
}

install_all() {
    [ -d "$here/lib/tabkeeper" ] || { echo 'This copy only uninstalls: call it with --uninstall.' >&2; exit 1; }
    umask 022
    mkdir -p "$prefix/bin" "$prefix/lib"
    rm -rf "$app.new"
    cp -R "$here/lib/tabkeeper" "$app.new"
    cp "$here/install.sh" "$app.new/"
    (cd "$here" && find share -type f) >"$app.new/installed-files"
    rm -rf "$app.old"
    [ ! -d "$app" ] || mv "$app" "$app.old"
    mv "$app.new" "$app"
    rm -rf "$app.old"
    while read -r file; do
        mkdir -p "$prefix/$(dirname "$file")"
        cp "$here/$file" "$prefix/$file"
    done <"$app/installed-files"
    # Desktops look for programs in their own PATH, which seldom has ~/.local/bin in it.
    place=$(printf %s "$app" | sed 's/[&|\\]/\\&/g')
    sed -i -e "s|^Exec=tabkeeper|Exec=\"$(printf %s "$place" | sed 's/%/%%/g')/tabkeeper\"|" \
        -e "s|^TryExec=.*|TryExec=$place/tabkeeper|" \
        "$prefix/share/applications/tabkeeper.desktop"
    ln -sfn ../lib/tabkeeper/tabkeeper "$prefix/bin/tabkeeper"
    refresh
    check_libraries
    echo "Installed $("$app/tabkeeper" --version) in $prefix."
    case :$PATH: in
        *:"$prefix/bin":*) ;;
        *) echo "The command is $prefix/bin/tabkeeper; put that folder into your PATH to call it by its name." ;;
    esac
}

uninstall_all() {
    [ -e "$app/installed-files" ] || { echo "Tabkeeper is not installed in $prefix." >&2; exit 1; }
    if [ "$prefix" = "$HOME/.local" ]; then
        "$app/tabkeeper" quit >/dev/null 2>&1 || true # what runs of others is theirs to end
    fi
    while read -r file; do
        rm -f "$prefix/$file"
        (cd "$prefix" && rmdir -p --ignore-fail-on-non-empty "$(dirname "$file")") 2>/dev/null || true
    done <"$app/installed-files"
    rm -f "$prefix/bin/tabkeeper"
    if [ "$prefix" = "$HOME/.local" ]; then
        rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/tabkeeper.desktop"
    fi
    rm -rf "$app"
    refresh
    cache=$prefix/share/applications/mimeinfo.cache
    if [ -e "$cache" ] && [ "$(wc -l <"$cache")" -le 1 ]; then
        rm "$cache" # nothing else is listed in it
    fi
    (cd "$prefix" && rmdir -p --ignore-fail-on-non-empty bin lib share/applications) 2>/dev/null || true
    echo "Uninstalled. Your times are where they were."
}

${action}_all
