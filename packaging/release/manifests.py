"""Fills in what Homebrew and winget are told of a release, from the release's own files.

    python packaging/release/manifests.py FOLDER

FOLDER holds the files of the release, and the manifests are put beside them. A system whose files are missing
gets none. In the templates stand `@VERSION@`, `@DATE@` (today's in UTC, or SOURCE_DATE_EPOCH's),
`@PROJECT@` (its address), and `@NAME *.exe@` and `@SHA256 *.exe@` of the one file with such a name.
"""

import hashlib
import os
import re
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = {
    "homebrew": PROJECT / "packaging" / "macos",
    "winget": PROJECT / "packaging" / "windows" / "winget",
}


class Missing(Exception):  # noqa: N818 - says what there is too little or too much of
    """There is not exactly one file of a name in the release."""


def main(release: Path) -> None:
    """Write all manifests whose files are in the release."""
    source = (PROJECT / "src" / "tabkeeper" / "__init__.py").read_text(encoding="utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seconds = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    words = {
        "VERSION": version,
        "DATE": f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}",
        "PROJECT": project["urls"]["Repository"],
    }
    for system, templates in TEMPLATES.items():
        try:
            filled = {
                path.stem: filled_in(path.read_text(encoding="utf-8"), words, release)
                for path in sorted(templates.glob("*.in"))
            }
        except Missing as missing:
            print(f"No manifest for {system}: {missing}", file=sys.stderr)
            continue
        for name, text in filled.items():
            (release / name).write_text(text, encoding="utf-8", newline="\n")


def filled_in(template: str, words: dict[str, str], release: Path) -> str:
    """Return a template with its words; raises `Missing`."""

    def word(found: re.Match[str]) -> str:
        key, _, pattern = found[1].partition(" ")
        if not pattern:
            return words[key]
        [*files] = sorted(release.glob(pattern))
        if len(files) != 1:
            raise Missing(f"{release} has {len(files)} files of the name {pattern}, and not one.")
        return files[0].name if key == "NAME" else hashlib.sha256(files[0].read_bytes()).hexdigest()

    return re.sub(r"@([A-Z0-9]+(?: [\w.*-]+)?)@", word, template)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
