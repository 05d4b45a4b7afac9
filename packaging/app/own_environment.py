"""Runs before the frozen program, so that what it starts loads the system's libraries, not this folder's.

That includes itself, in a newer version: it would take PyInstaller's own marks for those of a parent.
"""

import os

if "LD_LIBRARY_PATH_ORIG" in os.environ:
    os.environ["LD_LIBRARY_PATH"] = os.environ.pop("LD_LIBRARY_PATH_ORIG")
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
for name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[name]
