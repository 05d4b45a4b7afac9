"""How a kind of installation is known, and that each is told a way to upgrade which is its own."""

import sys
from pathlib import Path

import pytest

from tabkeeper.updates import installation
from tabkeeper.updates.installation import kind, way_to_upgrade

HERE = Path(installation.__file__)


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources of an installed package, with nothing in them."""
    package = tmp_path / "site-packages" / "tabkeeper"
    (package / "resources").mkdir(parents=True)
    monkeypatch.setattr(installation, "__file__", str(package / "updates" / "installation.py"))
    monkeypatch.setattr(installation, "resource", lambda name: package / "resources" / name)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return package / "resources"


def test_these_tests_run_from_the_source() -> None:
    assert kind({}) == "source"
    assert "git pull" in way_to_upgrade({})


@pytest.mark.parametrize(
    ("word", "way"),
    [("deb", "sudo apt install ./"), ("rpm", "sudo dnf install ./"), ("tarball", "install.sh"),
     ("windows", "installer"), ("dmg", "Applications")],
)  # fmt: skip
def test_a_package_says_what_it_is(resources: Path, word: str, way: str) -> None:
    (resources / "installed-by").write_text(f"{word}\n")
    assert kind({}) == word
    assert way in way_to_upgrade({})


@pytest.mark.parametrize("nonsense", [b"", b"toaster\n", b"\xff\xfe", b"pip install evil"])
def test_a_package_that_says_nonsense_has_said_nothing(resources: Path, nonsense: bytes) -> None:
    (resources / "installed-by").write_bytes(nonsense)
    assert kind({}) == "pip"


@pytest.mark.parametrize(
    ("note", "word", "way"),
    [
        ("pipx_metadata.json", "pipx", "pipx install --force"),
        ("uv-receipt.toml", "uv", "uv tool install --force"),
    ],
)
def test_a_tool_that_keeps_programs_apart_is_known_by_its_note(
    resources: Path, note: str, word: str, way: str
) -> None:
    Path(sys.prefix, note).touch()
    assert kind({}) == word
    assert way in way_to_upgrade({})


def test_pip_is_told_for_the_python_that_has_it(resources: Path) -> None:
    assert f"{Path(sys.executable).name} -m pip install --upgrade" in way_to_upgrade({})


def test_a_flatpak_is_updated_by_its_own_name(resources: Path) -> None:
    (resources / "installed-by").write_text("tarball\n")
    assert way_to_upgrade({"FLATPAK_ID": "app.tabkeeper.Tabkeeper"}) == (
        "Upgrade with: flatpak update app.tabkeeper.Tabkeeper"
    )


def test_an_app_that_homebrew_has_put_there_is_homebrew_s(
    resources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (resources / "installed-by").write_text("dmg\n")
    monkeypatch.setattr(installation, "_CASKS", (tmp_path / "Caskroom",))
    assert kind({}) == "dmg"
    (tmp_path / "Caskroom").mkdir()
    assert way_to_upgrade({}) == "Upgrade with: brew upgrade --cask tabkeeper"
