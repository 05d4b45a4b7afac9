"""Puts Python's and others' modules of the finished app into one compressed file, which Python loads from.

On Windows, which has no packages to depend on, they would take 10 MB as files. What has data or libraries of
its own beside its modules is left as it is, and so are our own packages.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

ARCHIVE = "base_library.zip"
"""PyInstaller's name for what Python begins with: the first place where modules are looked for."""
_LEFT = frozenset({"tabkeeper"})
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same sources give the same bytes."""


def pack_modules(folder: Path) -> None:
    """Move the modules in a folder, which is the app's `_internal`, into the file."""
    moved = sorted(path for top in folder.iterdir() if _is_pure(top) for path in _files(top))
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in moved:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _WHEN)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
            path.unlink()
    for emptied in sorted({path.parent for path in moved} - {folder}, reverse=True):
        emptied.rmdir()


def _is_pure(top: Path) -> bool:
    """Return whether this is a module, or a package with nothing but modules in it.

    One without a first module is spread over several places, which Python does not put together there.
    """
    if top.name in _LEFT or (top.is_dir() and not (top / "__init__.pyc").exists()):
        return False
    return all(path.suffix == ".pyc" for path in _files(top))


def _files(top: Path) -> Iterator[Path]:
    return filter(Path.is_file, top.rglob("*")) if top.is_dir() else iter((top,))
