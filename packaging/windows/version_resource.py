"""Writes what Windows shows of a program's version, in its file's properties and its list of what runs.

PyInstaller takes it as a file with an expression of its own.
"""

import re
from pathlib import Path

_TEMPLATE = """\
VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
    kids=[
        StringFileInfo([StringTable("040904B0", [{strings}])]),
        VarFileInfo([VarStruct("Translation", [1033, 1200])]),
    ],
)
"""
"""American English, in Unicode."""


def write_version_resource(version: str, target: Path) -> None:
    """Write it for all programs of a version: each is the whole of Tabkeeper, and is called so."""
    strings = {
        "CompanyName": "The Tabkeeper developers",
        "FileDescription": "Tabkeeper",
        "FileVersion": version,
        "LegalCopyright": "The Tabkeeper developers, MIT license",
        "ProductName": "Tabkeeper",
        "ProductVersion": version,
    }
    written = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    target.write_text(_TEMPLATE.format(numbers=four_numbers(version), strings=written), encoding="utf-8")


def four_numbers(version: str) -> tuple[int, ...]:
    """Return the version as Windows counts: always four numbers."""
    return (*map(int, re.findall(r"\d+", version)), 0, 0, 0, 0)[:4]
