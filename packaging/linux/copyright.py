"""Prints a package's copyright file, in Debian's format, from the licences of the frozen app's parts:

    python packaging/linux/copyright.py APP PLACE ADDRESS

APP is the app's folder, PLACE where it will be installed, and ADDRESS the project's. It is run by the Python
whose packages are in the app.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))

from licenses import FREEZER, PROJECT, Part, parts, top

COMMENT = """\
The program comes with its own Python, Qt and Python packages, unchanged, except that Qt's ICU data has less
in it. Qt and PySide6 are separate libraries, which can be replaced in the program's folder. Their sources are
at https://download.qt.io/official_releases/, and Qt's own parts are told at
https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
COMMON = {
    "Apache-2.0": "Version 2.0, January 2004",
    "GPL-2": "GNU GENERAL PUBLIC LICENSE\n                       Version 2",
    "GPL-3": "GNU GENERAL PUBLIC LICENSE\n                       Version 3",
    "LGPL-3": "GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3",
    "MPL-2.0": "Mozilla Public License Version 2.0",
}
"""Texts that every Debian has, and the words by which they are known; such are not repeated."""
_WHERE = {
    "python": "_internal/*",
    "pyinstaller": "tabkeeper",
    "icu": "_internal/PySide6/Qt/lib/libicu*",
    "lucide": "_internal/tabkeeper/resources/icons/*",
}
"""The files of what is not found by the names at the top of the app."""


def main(app: Path, place: str, address: str) -> None:
    """Print all of it."""
    there = sorted(path.name for path in (app / "_internal").iterdir())
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print(f"Upstream-Name: Tabkeeper\nSource: {address}\nComment:\n{_indented(COMMENT)}")
    own = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    print(_stanza(["*"], "MIT", [own]))
    for part in parts({FREEZER, *map(top, there)}):
        print(
            _stanza([f"{place}/{files}" for files in _files(part, there)], part.license, part.texts.values())
        )
    print(_stanza([f"{place}/_internal/tabkeeper/*.pyc"], "MIT", [own]))


def _files(part: Part, there: list[str]) -> list[str]:
    if part.name in _WHERE:
        return [_WHERE[part.name]]
    return [f"_internal/{name}*" for name in there if top(name) in part.tops]


def _stanza(files: list[str], license_name: str, texts: Iterable[str]) -> str:
    """Return what the format says of some files."""
    texts = [*texts]
    holders = re.findall(r"^\W*copyright +(?:(?:\(c\)|©) *)?(.*\d{4}.*)$", "\n".join(texts), re.I | re.M)
    holders = [line for line in holders if "<copyright" not in line and "[name" not in line]
    said = "\n\n".join(_reference(text) for text in texts)
    fields = {
        "Files": "\n ".join(files),
        "Copyright": "\n ".join(dict.fromkeys(holders)) or "see the license",
        "License": f"{license_name}\n{_indented(said)}",
    }
    return "\n" + "\n".join(f"{name}: {value}" for name, value in fields.items())


def _reference(text: str) -> str:
    """Return a text, or where every Debian has it."""
    for name, words in COMMON.items():
        if words in text and len(text) > 5000:
            return f"On Debian systems, the text is in /usr/share/common-licenses/{name}."
    return text


def _indented(text: str) -> str:
    """Return a text as the format wants it: each line after a space, and an empty one as a dot."""
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in text.strip().splitlines())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
