"""Cuts Qt's ICU data down to what Qt asks it for: 32 MB for all languages become 4.4 MB.

Qt has formats and names of languages of its own. From ICU it takes how words are sorted, time zones by their
ids, and the letters' cases, which need no data. What is lost: the names of time zones in other languages, and
the character sets that Qt does not know itself. This program asks for neither.
"""

import subprocess
from pathlib import Path

KEPT = (
    *("coll/", "root.res", "pool.res", "res_index", "icuver", "supplementalData", "likelySubtags"),
    *("keyTypeData", "metaZones", "timezoneTypes", "windowsZones", "zoneinfo64"),
    *("numberingSystems", "cnvalias"),
)
"""Beginnings of the names of the items that stay."""

_LIBRARY = "libicudata.so."
_Files = list[tuple[str, str, str]]
"""PyInstaller's: where a file goes, where it is, and of what kind it is."""
_ASSEMBLY = """\
    .section .rodata
    .balign 16
    .global {symbol}
    .type {symbol}, @object
{symbol}:
    .incbin "{data}"
    .size {symbol}, . - {symbol}
    .section .note.GNU-stack, "", @progbits
"""


def with_less_icu(files: _Files, work: Path) -> _Files:
    """Return the files with a smaller library in the place of ICU's data."""
    return [
        (place, str(_smaller(Path(source), work / "icu")), kind)
        if Path(place).name.startswith(_LIBRARY) and kind == "BINARY"
        else (place, source, kind)
        for place, source, kind in files
    ]


def _smaller(library: Path, folder: Path) -> Path:
    """Make the library anew in a folder, with less in it."""
    version = library.name.removeprefix(_LIBRARY)
    whole, cut = folder / f"icudt{version}l.dat", folder / "cut" / f"icudt{version}l.dat"
    cut.parent.mkdir(parents=True, exist_ok=True)
    _run("objcopy", "--dump-section", f".rodata={whole}", library, folder / "not-needed.so")
    unwanted = [item for item in _run("icupkg", "-l", whole).split() if not item.startswith(KEPT)]
    (folder / "unwanted.txt").write_text("\n".join(unwanted))
    _run("icupkg", "-r", folder / "unwanted.txt", whole, cut)
    assembly, made = folder / "data.s", folder / library.name
    assembly.write_text(_ASSEMBLY.format(symbol=f"icudt{version}_dat", data=cut))
    _run("gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", made, assembly)
    return made


def _run(*words: str | Path) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
