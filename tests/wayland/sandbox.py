"""A Flatpak's sandbox, as far as a portal looks: this machine's files, with `/.flatpak-info` among them.

It shuts nothing in. A portal looks at the root folder of who calls it, then into the folder of the session.
"""

from pathlib import Path

APP = "app.tabkeeper"
_INSTANCE = "4711"
_INFO = f"""\
[Application]
name={APP}
runtime=runtime/org.example/x86_64/1
[Instance]
instance-id={_INSTANCE}
"""
_ENTER = """
folder=$1 runtime=$2 instance=$3; shift 3
root=$folder/root
mount -t tmpfs tmpfs "$folder/layers"
mkdir "$folder/layers/over" "$folder/layers/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layers/over,workdir=$folder/layers/work" "$root"
cp "$folder/info" "$root/.flatpak-info"
printf '{"child-pid": %s}' $$ >"$instance/bwrapinfo.json"
for shared in /proc /dev /sys /tmp "$runtime"; do mount --rbind "$shared" "$root$shared"; done
exec chroot "$root" "$@"
"""


def sandboxed(folder: Path, runtime: Path, *words: str) -> tuple[str, ...]:
    """Return the command that runs another in a sandbox made in `folder`; `runtime` is the session's own."""
    instance = runtime / ".flatpak" / _INSTANCE
    for needed in (folder / "layers", folder / "root", instance):
        needed.mkdir(parents=True, exist_ok=True)
    (folder / "info").write_text(_INFO)
    places = (str(folder), str(runtime), str(instance))
    return ("unshare", "--mount", "sh", "-euc", _ENTER, "sh", *places, *words)
