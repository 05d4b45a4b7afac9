"""Takes the folders of the computer that builds the app out of libraries: elsewhere they may be anybody's.

A Python that was built from source has such a folder in each of its modules, which Linux would search first.
"""

import subprocess
from pathlib import Path


def forget_foreign_folders(app: Path) -> None:
    """Have no library of the finished app search an absolute path; needs patchelf."""
    for library in app.rglob("*.so*"):
        if not library.is_symlink() and _search_path(library).startswith("/"):
            subprocess.run(("patchelf", "--remove-rpath", library), check=True)


def _search_path(library: Path) -> str:
    said = subprocess.run(("patchelf", "--print-rpath", library), capture_output=True, text=True, check=True)
    return said.stdout
