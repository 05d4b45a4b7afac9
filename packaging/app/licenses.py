"""Gathers the licences of the frozen app's parts: for each a folder with its texts, and a list of them all.

The texts come from the packages that are installed where the app is frozen, from Python's own folder, and for
libraries of the system from what Debian says of them. Those that a part does not bring are in `licenses/`.
"""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """Something that others have made, under one licence."""

    name: str
    version: str
    license: str
    page: str
    tops: tuple[str, ...]
    """The names that its files and folders have at the top of the app, without endings."""
    texts: dict[str, str]


PROJECT = Path(__file__).resolve().parents[2]
_TEXTS = Path(__file__).with_name("licenses")
_NOT_BROUGHT_ALONG = dict.fromkeys(("pyside6-essentials", "shiboken6"), ("LGPL-3.0.txt", "GPL-3.0.txt"))
"""Packages whose texts are ours to add; Qt is in the first of them."""
_EXPRESSION = re.compile(r"[\w.+-]+(?: (?:OR|AND|WITH) [\w.+-]+)*")
_CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-or-later WITH Bootloader-exception",
}
_IS_A_TEXT = re.compile(r"(?:licen[cs]e|copying|notice)", re.IGNORECASE)


_AND_QT = """\
Qt is in pyside6-essentials, and of the same version. The sources of both are at
https://download.qt.io/official_releases/, and Qt's own parts are told at
https://doc.qt.io/qt-6/licenses-used-in-qt.html.
A package for a system leaves out those parts that the system has itself."""

FREEZER = "PyInstaller"
"""The top of what a piece of is in each program of an app, but not by its name."""


def top(place: str) -> str:
    """Return the name that a file or a module has at the top of the app: `httpx` of `httpx/_client.pyc`."""
    return re.split(r"[./\\]", place, maxsplit=1)[0]


def parts(tops: Iterable[str], libraries: Iterable[Path] = ()) -> list[Part]:
    """Return what others have made of an app with such names at its top and such libraries of the system."""
    known = metadata.packages_distributions()
    places: dict[str, list[str]] = {}
    for one in sorted(tops):
        for name in {*known.get(one, ())} - {"tabkeeper"}:
            places.setdefault(name, []).append(one)
    packages = [_package(name, tuple(there)) for name, there in places.items()]
    return [
        _python(),
        *([_icu()] if sys.platform == "linux" else []),
        _icons(),
        *sorted(packages, key=lambda part: part.name.lower()),
        *_of_the_system(libraries),
    ]


def write(all_parts: Iterable[Part], folder: Path) -> None:
    """Write the list, and each part's texts into a folder of its name."""
    lines = [
        "Tabkeeper is under the MIT license, in LICENSE. It consists also of these parts, under their own:",
        "",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LICENSE").write_bytes((PROJECT / "LICENSE").read_bytes())
    for part in all_parts:
        lines += [" ".join(filter(None, (part.name, part.version)))]
        lines += ["    " + ", ".join(filter(None, (part.license, part.page)))]
        for name, text in part.texts.items():
            target = folder / part.name / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    text = "\n".join([*lines, "", _AND_QT, ""])
    (folder / "README.txt").write_text(text, encoding="utf-8", newline="\n")


def _package(name: str, tops: tuple[str, ...]) -> Part:
    """Return a Python package by what is installed of it."""
    found = metadata.distribution(name)
    plain = re.sub(r"[-_.]+", "-", name).lower()
    texts = {file.name: _TEXTS / file for file in map(Path, _NOT_BROUGHT_ALONG.get(plain, ()))}
    for file in found.files or ():
        if ".dist-info" in file.parts[0] and _IS_A_TEXT.match(file.name):
            texts[file.name] = Path(str(found.locate_file(file)))
    if not texts:
        raise FileNotFoundError(
            f"{name} brings no text of its licence along: add it to packaging/app/licenses."
        )
    return Part(
        plain,
        found.version,
        _license(found),
        _page(found),
        tops,
        {key: path.read_text(encoding="utf-8", errors="replace") for key, path in texts.items()},
    )


def _license(package: metadata.Distribution) -> str:
    """Return a licence's short name, which packages say in three ways."""
    for key in ("License-Expression", "License"):
        if _EXPRESSION.fullmatch(said := _told(package, key)):
            return said
    classes = [line.rpartition(" :: ")[2] for line in package.metadata.get_all("Classifier", [])]
    for one in classes:
        if one in _CLASSIFIERS:
            return _CLASSIFIERS[one]
    raise LookupError(f"{package.metadata['Name']} names its licence in no way known here: {classes}")


def _page(package: metadata.Distribution) -> str:
    """Return where a package is at home, as far as it says so."""
    lines: list[str] = package.metadata.get_all("Project-URL", [])
    said = {label.lower(): address for label, _, address in (line.partition(", ") for line in lines)}
    for label in ("homepage", "home", "source", "source code", "repository", "github"):
        if label in said:
            return said[label]
    return _told(package, "Home-page") or next(iter(said.values()), "")


def _told(package: metadata.Distribution, key: str) -> str:
    """Return what a package says in a field, which is nothing where it has none."""
    return next(iter(package.metadata.get_all(key, [])), "")


def _python() -> Part:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    text = next(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").exists())
    version = ".".join(map(str, sys.version_info[:3]))
    texts = {text.name: text.read_text(encoding="utf-8", errors="replace")}
    return Part("python", version, "PSF-2.0", "https://www.python.org/", ("libpython",), texts)


def _icu() -> Part:
    text = "Unicode-DFS-2016.txt"
    texts = {text: (_TEXTS / text).read_text(encoding="utf-8")}
    return Part("icu", "", "Unicode-DFS-2016", "https://icu.unicode.org/", (), texts)


def _icons() -> Part:
    text = PROJECT / "resources" / "icons" / "LICENSE-lucide.txt"
    texts = {text.name: text.read_text(encoding="utf-8")}
    return Part("lucide", "", "ISC", "https://lucide.dev/", (), texts)


def _of_the_system(libraries: Iterable[Path]) -> Iterator[Part]:
    """Yield Debian's packages that libraries are from."""
    names = {path.resolve().name for path in libraries}
    if not names:
        return
    words = ("dpkg-query", "--search", *(f"*/{name}" for name in sorted(names)))
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    for package in sorted({line.partition(":")[0] for line in said.splitlines()}):
        text = Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8")
        yield Part(
            package, "", "see there", f"https://packages.debian.org/{package}", (), {"copyright": text}
        )
