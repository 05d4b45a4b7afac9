"""Desktop entries as freedesktop.org's specification has them: what starts this program, written and read."""

import re
from pathlib import Path

from tabkeeper.desktop.own_command import own_command
from tabkeeper.paths import write_whole

_RESERVED = re.compile(r"[\s\"'\\><~|&;$*?#()`]")


def exec_line(*more: str) -> str:
    """Return the value of `Exec`: this program's command and more words, quoted."""
    return " ".join([*map(_quoted, own_command()), *more])


def entry(fields: dict[str, str]) -> str:
    """Return the text of a desktop entry for this program, with fields of its own."""
    usual = {
        "Type": "Application",
        "Name": "Tabkeeper",
        "Icon": "tabkeeper",
        "Terminal": "false",
        "TryExec": own_command()[0].replace("\\", r"\\"),  # once the program is gone, so is the entry
    }
    lines = [f"{key}={value}" for key, value in (usual | fields).items()]
    return "\n".join(["[Desktop Entry]", *lines, ""])


def write(path: Path, text: str) -> None:
    """Write an entry whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)


def fields_of(path: Path) -> dict[str, str] | None:
    """Return the fields of the entry at a path; None where there is none that can be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if not _RESERVED.search(word):
        return word
    inside = re.sub(r'(["`$\\])', r"\\\1", word)
    return '"' + inside.replace("\\", "\\\\") + '"'
