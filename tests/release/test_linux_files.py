"""The files by which a Linux desktop knows the program are sound, and agree with it and each other."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.test_house import ROOT

from tabkeeper import __version__
from tabkeeper.desktop import desktop_entry

DESKTOP = ROOT / "resources" / "linux" / "tabkeeper.desktop"
METAINFO = ROOT / "resources" / "linux" / "app.tabkeeper.Tabkeeper.metainfo.xml"
FLATPAK = ROOT / "packaging" / "linux" / "flatpak" / "app.tabkeeper.Tabkeeper.yaml"


def need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program}; make package brings it")


def test_the_menu_entry_is_valid() -> None:
    need("desktop-file-validate")
    done = subprocess.run(("desktop-file-validate", DESKTOP), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_page_for_software_centres_is_valid(tmp_path: Path) -> None:
    need("appstreamcli")
    filled = tmp_path / METAINFO.name
    filled.write_text(METAINFO.read_text().replace("@VERSION@", __version__).replace("@DATE@", "2026-11-25"))
    words = ("appstreamcli", "validate", "--no-net", filled)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_name_one_program() -> None:
    entry = desktop_entry.fields_of(DESKTOP) or {}
    page = ElementTree.parse(METAINFO).getroot()  # our own file
    assert page.findtext("launchable") == DESKTOP.name
    assert page.findtext("summary") == entry["Comment"]
    assert page.findtext("provides/mediatype") == entry["MimeType"].rstrip(";")
    assert f"tabkeeper-{__version__}-linux" in FLATPAK.read_text()
