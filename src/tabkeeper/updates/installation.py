"""How this program came onto this computer, and so how a newer one does.

A package says it in a file `installed-by` among the resources, with one word: `deb`, `rpm`, `tarball`,
`windows` or `dmg`. Of everything else the surroundings tell.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tabkeeper.resources import resource

KINDS = {
    "deb": "Its page has a .deb; install that with: sudo apt install ./tabkeeper_*.deb",
    "rpm": "Its page has an .rpm; install that with: sudo dnf install ./tabkeeper-*.rpm",
    "tarball": "Its page has a tarball; unpack it and run its install.sh again.",
    "windows": "Its page has an installer, which takes the place of this one when you run it.",
    "dmg": "Its page has a disk image; drag Tabkeeper from it to Applications.",
    "brew": "Upgrade with: brew upgrade --cask tabkeeper",
    "flatpak": "Upgrade with: flatpak update {flatpak}",
    "pipx": "Its page has a wheel; install that with: pipx install --force ./tabkeeper-*.whl",
    "uv": "Its page has a wheel; install that with: uv tool install --force ./tabkeeper-*.whl",
    "pip": "Its page has a wheel; install that with: {python} -m pip install --upgrade ./tabkeeper-*.whl",
    "source": "This one runs from its source: git pull there, and start it again.",
}
"""The kinds of installation, each with how it is upgraded."""
_CASKS = (Path("/opt", "homebrew", "Caskroom", "tabkeeper"), Path("/usr/local/Caskroom/tabkeeper"))
"""Where Homebrew keeps note of an app that it has put among the others."""


def kind(environment: Mapping[str, str]) -> str:
    """Return which kind of installation this is, one word."""
    if environment.get("FLATPAK_ID"):
        return "flatpak"
    said = _said_by_the_package()
    if said == "dmg" and any(cask.is_dir() for cask in _CASKS):
        return "brew"
    if said:
        return said
    if not (Path(__file__).parents[1] / "resources").is_dir():
        return "source"
    for note, tool in (("pipx_metadata.json", "pipx"), ("uv-receipt.toml", "uv")):
        if Path(sys.prefix, note).exists():
            return tool
    return "pip"


def way_to_upgrade(environment: Mapping[str, str]) -> str:
    """Return how the person upgrades this installation, in a sentence after one that names the release."""
    return KINDS[kind(environment)].format(
        flatpak=environment.get("FLATPAK_ID", ""), python=os.path.basename(sys.executable)
    )


def _said_by_the_package() -> str:
    try:
        word = resource("installed-by").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return word if word in KINDS else ""
