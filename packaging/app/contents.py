"""What is in the frozen app, and by which names it starts: each platform's data, and the rule that reads it.

`tabkeeper.spec` asks here about every file that PyInstaller has found. What of Qt is not named here stays
out, so that a new version of it adds nothing unseen; under Linux so do the system's libraries.
"""

import re
from pathlib import PurePosixPath
from typing import NamedTuple


class Program(NamedTuple):
    """One executable; all of them run the same program, and share all else."""

    name: str
    console: bool


class Contents(NamedTuple):
    """What one platform's app consists of, besides Python and our packages."""

    programs: tuple[Program, ...]
    qt_plugins: frozenset[str]
    system_libraries: tuple[str, ...] = ("",)
    """Beginnings of the names of those that come along: all, where a system has no packages to depend on."""
    strip: bool = False
    loose_modules: bool = False
    """Keep Python's modules as files instead of in an archive. That takes 8 MB more on the disk and less in a
    package; with it a command starts in 66 ms instead of 79 (of a processor's time; from source it is 72)."""
    packed_modules: bool = False
    """Put loose modules of others into one file (`modules.py`) instead of an archive in each program."""
    without: tuple[str, ...] = ()
    """Modules that only another system's part asks for."""


_EVERYWHERE = frozenset({"iconengines/qsvgicon", "imageformats/qsvg"})

CONTENTS = {
    "linux": Contents(
        programs=(Program("tabkeeper", console=True),),
        qt_plugins=_EVERYWHERE
        | {
            "platforms/qxcb",
            "platforms/qwayland",
            "platformthemes/qgtk3",  # loads GTK where the desktop has it, and only there
            "platformthemes/qxdgdesktopportal",
            "platforminputcontexts/composeplatforminputcontextplugin",
            "platforminputcontexts/ibusplatforminputcontextplugin",
            "wayland-shell-integration/xdg-shell",
            "wayland-decoration-client/adwaita",
            "wayland-decoration-client/bradient",
            "networkinformation/qglib",
            "networkinformation/qnetworkmanager",
        },
        # Besides what makes up Python and Qt, only small ones that few desktops have installed.
        system_libraries=(
            *("python3", "pyside6", "shiboken6", "icudata", "icui18n", "icuuc", "ffi"),
            *("xcb-cursor", "xcb-icccm", "xcb-image", "xcb-keysyms", "xcb-render-util", "xcb-util"),
        ),
        strip=True,
        loose_modules=True,
    ),
    # Windows opens a console for a program that may print, so there the tray has a program of its own.
    "win32": Contents(
        programs=(Program("tabkeeper", console=True), Program("tabkeeper-tray", console=False)),
        qt_plugins=_EVERYWHERE | {"platforms/qwindows", "networkinformation/qnetworklistmanager"},
        loose_modules=True,
        packed_modules=True,
        without=("plistlib", "pyexpat", "xml"),
    ),
    "darwin": Contents(
        programs=(Program("tabkeeper", console=False),),
        qt_plugins=_EVERYWHERE | {"platforms/qcocoa", "networkinformation/qscnetworkreachability"},
    ),
}

PYTHON_WITHOUT = [
    *("_bz2", "_lzma", "_multiprocessing", "_posixshmem", "_pydecimal", "_uuid", "readline"),
    *(
        "_multibytecodec",
        "_codecs_cn",
        "_codecs_hk",
        "_codecs_iso2022",
        "_codecs_jp",
        "_codecs_kr",
        "_codecs_tw",
    ),
    *("distutils", "doctest", "lib2to3", "multiprocessing", "pydoc", "tkinter", "unittest", "xmlrpc"),
    *("pkg_resources", "setuptools", "anyio._backends._trio", "httpx._main", "PySide6.QtDBus"),
]
"""Modules that others import if they are there, and for nothing that this program does."""

_QT_MODULES = frozenset({"Core", "Gui", "Widgets", "Network", "Svg", "DBus", "XcbQpa", "WaylandClient"})
_QT_FOLDERS = frozenset({"translations", "qml", "resources", "libexec", "metatypes"})
_QT_PART = re.compile(r"(?:lib)?Qt6?(?P<module>[A-Z]\w*)(?:\.|$)")
_METADATA = frozenset({"METADATA", "entry_points.txt"})
"""All that the program reads about its packages: versions, and which keychains keyring knows."""
_NOWHERE = frozenset({"opengl32sw.dll", "cacert.pem", "py.typed", "tzdata.zi"})
"""Nothing is drawn by OpenGL, whom to trust is the system's to say, nobody checks types here, and each
zone has a file of its own."""

_IN_MEMORY_BEFORE = frozenset(
    {"PySide6/VCRUNTIME140.dll", "shiboken6/VCRUNTIME140.dll", "PySide6/MSVCP140.dll"}
)
"""Copies that Windows would not load: Python's own of the one and shiboken6's of the other are in memory."""


def belongs(destination: str, platform: str) -> bool:
    """Return whether a file that PyInstaller has found is in the app, by the place it would have there."""
    path = PurePosixPath(destination.replace("\\", "/"))
    folders = path.parts[:-1]
    if path.name in _NOWHERE or str(path) in _IN_MEMORY_BEFORE:
        return False
    if folders and folders[0].endswith(".dist-info"):
        return path.name in _METADATA
    if "plugins" in folders:
        return f"{folders[-1]}/{path.name.removeprefix('lib').split('.')[0]}" in CONTENTS[platform].qt_plugins
    if of_qt := [found["module"] for part in path.parts if (found := _QT_PART.match(part))]:
        return _QT_MODULES.issuperset(of_qt)
    if "PySide6" in folders and _QT_FOLDERS.intersection(folders):
        return False
    is_library = path.name.startswith("lib") and ".so" in path.name
    return not is_library or path.name.removeprefix("lib").startswith(CONTENTS[platform].system_libraries)
