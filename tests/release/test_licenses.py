"""The licences of what the frozen app is made of: a text for each, in the app and in the .deb's copyright."""

import re
import runpy
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from tests.test_house import ROOT

LICENSES = runpy.run_path(str(ROOT / "packaging" / "app" / "licenses.py"))


def locked_here() -> list[str]:
    """Return the packages of the app's lock that this system has."""
    lock = (ROOT / "packaging" / "locks" / "app.txt").read_text(encoding="utf-8")
    here = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower() for one in metadata.distributions()}
    return [name for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE) if name in here]


def parts_of(*packages: str) -> dict[str, Any]:
    """Return the parts of an app in which these packages are, by name."""
    tops = {
        top
        for top, names in metadata.packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", name).lower() for name in names} & {*packages}
    }
    return {part.name: part for part in LICENSES["parts"](tops)}


def test_every_package_of_the_lock_has_a_license_and_its_text() -> None:
    packages = locked_here()
    found = parts_of(*packages)
    assert {*packages} - found.keys() == set()
    for part in found.values():
        assert part.license
        assert not part.page or part.page.startswith("http")
        assert all(len(text) > 100 for text in part.texts.values()), part.name
    assert "Version 3, 29 June 2007" in found["pyside6-essentials"].texts["LGPL-3.0.txt"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in found["python"].texts["LICENSE.txt"]


def test_what_is_not_in_the_app_is_not_in_its_list() -> None:
    assert "pytest" not in parts_of("httpx")
    assert parts_of("httpx")["httpx"].license == "BSD-3-Clause"


def test_the_app_has_a_list_and_a_folder_for_each_part(tmp_path: Path) -> None:
    found = parts_of("httpx", "keyring")
    LICENSES["write"](found.values(), tmp_path)
    told = (tmp_path / "README.txt").read_text(encoding="utf-8")
    for part in found.values():
        assert f"{part.name} {part.version}".strip() in told.splitlines()
        assert {path.name for path in (tmp_path / part.name).iterdir()} == part.texts.keys()
    assert "https://download.qt.io/official_releases/" in told
    assert (tmp_path / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_a_package_without_a_text_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "mute-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: mute\nVersion: 1.0\nLicense: MIT\n")
    (told / "top_level.txt").write_text("mute\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FileNotFoundError, match="mute brings no text of its licence along: add it to"):
        LICENSES["parts"]({"mute"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the format is Debian's")
def test_the_copyright_of_a_package_shows_each_text_and_names_those_that_debian_has(tmp_path: Path) -> None:
    for name in ("httpx", "h2", "argcomplete", "PySide6"):
        (tmp_path / "_internal" / name).mkdir(parents=True)
    script = ROOT / "packaging" / "linux" / "copyright.py"
    words = (sys.executable, script, tmp_path, "usr/lib/tabkeeper", "https://example.org/")
    text = subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout
    stanzas = {
        found[1]: found[0] for found in re.finditer(r"^Files: (.*)\n(?:[^\n]+\n)+", text, re.MULTILINE)
    }
    httpx = stanzas["usr/lib/tabkeeper/_internal/httpx*"]
    assert "License: BSD-3-Clause" in httpx
    assert "Redistribution and use in source and binary forms" in httpx
    assert "/usr/share/common-licenses/LGPL-3." in stanzas["usr/lib/tabkeeper/_internal/PySide6*"]
    assert "/usr/share/common-licenses/Apache-2.0." in stanzas["usr/lib/tabkeeper/_internal/argcomplete*"]
    assert "usr/lib/tabkeeper/_internal/keyring*" not in stanzas
    assert text.count("GNU LESSER GENERAL PUBLIC LICENSE") == 0
