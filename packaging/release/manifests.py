"""Fills in what Homebrew, winget and Flatpak are told of a release, from the release's own files.

    python packaging/release/manifests.py FOLDER [--only SYSTEM]

FOLDER holds the files of the release, and the manifests are put beside them. SYSTEM is homebrew, winget or
flatpak. Where a file that one of them is told of is missing, that is said, and none is written. In the
templates stand `@VERSION@`, `@DATE@` (today's in UTC, or SOURCE_DATE_EPOCH's), `@PROJECT@` (its address), and
`@NAME *.exe@` and `@SHA256 *.exe@` of the one file with such a name.
"""

import hashlib
import os
import re
import sys
import time
import tomllib
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = {
    "homebrew": PROJECT / "packaging" / "macos",
    "winget": PROJECT / "packaging" / "windows" / "winget",
    "flatpak": PROJECT / "packaging" / "linux" / "flatpak",
}


class Missing(Exception):  # noqa: N818 - says what there is too little or too much of
    """There is not exactly one file of a name in the release."""


def main(words: Sequence[str]) -> int:
    """Write all manifests that are asked for, or none; returns the exit code."""
    parser = ArgumentParser(description="Write what package managers are told of a release beside its files.")
    parser.add_argument("release", metavar="FOLDER", type=Path)
    parser.add_argument("--only", metavar="SYSTEM", action="append", choices=TEMPLATES)
    asked = parser.parse_args(words)
    known, filled, missing = words_of_the_release(), {}, []
    for system in asked.only or TEMPLATES:
        try:
            for template in sorted(TEMPLATES[system].glob("*.in")):
                filled[template.stem] = filled_in(template.read_text(encoding="utf-8"), known, asked.release)
        except Missing as lack:
            missing.append(f"There is nothing to tell {system} of: {lack}")
    if missing:
        print(*missing, "No manifest was written.", sep="\n", file=sys.stderr)
        return 1
    for name, text in filled.items():
        (asked.release / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def words_of_the_release() -> dict[str, str]:
    """Return what stands for a release's words in the templates."""
    source = (PROJECT / "src" / "tabkeeper" / "__init__.py").read_text(encoding="utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seconds = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    return {
        "VERSION": version,
        "DATE": f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}",
        "PROJECT": project["urls"]["Repository"],
    }


def filled_in(template: str, words: dict[str, str], release: Path) -> str:
    """Return a template with its words; raises `Missing`."""

    def word(found: re.Match[str]) -> str:
        key, _, pattern = found[1].partition(" ")
        if not pattern:
            return words[key]
        [*files] = sorted(release.glob(pattern))
        if len(files) != 1:
            found_there = f"{len(files)} files" if files else "no file"
            raise Missing(f"{release} has {found_there} named {pattern}, and one is needed.")
        return files[0].name if key == "NAME" else hashlib.sha256(files[0].read_bytes()).hexdigest()

    return re.sub(r"@([A-Z0-9]+(?: [\w.*-]+)?)@", word, template)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
