"""The files by which a Linux desktop knows the program are sound, and agree with it and each other."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.test_house import ROOT

from tabkeeper import __version__
from tabkeeper.desktop import desktop_entry
from tabkeeper.updates import releases

DESKTOP = ROOT / "resources" / "linux" / "tabkeeper.desktop"
METAINFO = ROOT / "resources" / "linux" / "app.tabkeeper.Tabkeeper.metainfo.xml"
PROJECT = f"https://github.com/{releases.PROJECT}"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the tools are Linux's")


def test_the_menu_entry_is_valid() -> None:
    done = subprocess.run(("desktop-file-validate", DESKTOP), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_page_for_software_centres_is_valid(tmp_path: Path) -> None:
    filled = tmp_path / METAINFO.name
    text = METAINFO.read_text().replace("@VERSION@", __version__).replace("@DATE@", "2026-11-25")
    filled.write_text(text.replace("@PROJECT@", PROJECT))
    words = ("appstreamcli", "validate", "--no-net", filled)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_name_one_program() -> None:
    entry = desktop_entry.fields_of(DESKTOP) or {}
    page = ElementTree.parse(METAINFO).getroot()  # our own file
    assert page.findtext("launchable") == DESKTOP.name
    assert page.findtext("summary") == entry["Comment"]
    assert page.findtext("provides/mediatype") == entry["MimeType"].rstrip(";")
