"""Builds the frozen app of this platform: `python packaging/app/freeze.py` makes build/app/tabkeeper.

The Python it is run with goes into the app. Its packages come from the locks, in an environment of their own
that is kept for the next time. Under Linux, the programs in `packaging/linux/needs-build.txt` must be there.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path
from zlib import crc32

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = [PROJECT / "packaging" / "locks" / name for name in ("app.txt", "freeze.txt")]
BUILD = PROJECT / "build"
ENVIRONMENT = BUILD / "freeze" / "venv"
WORK = BUILD / "freeze" / "work"
APP = BUILD / "app"
SPEC = PROJECT / "packaging" / "app" / "tabkeeper.spec"


def main() -> int:
    """Build it; returns PyInstaller's exit code."""
    python = _prepared()
    # The same sources give the same bytes: no order of a set, and no time, gets into what is built.
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0")}
    words = ("--noconfirm", "--log-level", "ERROR", "--distpath", APP, "--workpath", WORK, SPEC)
    return subprocess.call((python, "-m", "PyInstaller", *words), cwd=PROJECT, env=os.environ | fixed)


def _prepared() -> Path:
    """Return the Python with exactly the locked packages."""
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, sum_of_locks = ENVIRONMENT / "stamp", str(crc32(b"".join(lock.read_bytes() for lock in LOCKS)))
    if not stamp.exists() or stamp.read_text() != sum_of_locks:
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
        wanted = [word for lock in LOCKS for word in ("--requirement", lock)]
        pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install")
        subprocess.run((*pip, "--no-deps", "--require-hashes", *wanted), check=True)
        stamp.write_text(sum_of_locks)
    return python


if __name__ == "__main__":
    sys.exit(main())
