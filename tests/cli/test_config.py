"""Settings are listed, read and written from the command line; what cannot be is refused with what can."""

import json
import tomllib
from collections.abc import Callable

import pytest
from tests.cli.conftest import CommandLine

from tabkeeper.settings import SETTINGS, Setting


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_the_list_names_every_setting_with_its_value_and_meaning(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("config", "list") == 0
    lines = said(capsys)[0].splitlines()
    assert [line.split()[0] for line in lines] == [setting.key for setting in SETTINGS]
    assert all(setting.meaning in line for setting, line in zip(SETTINGS, lines, strict=True))


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.key for setting in SETTINGS])
def test_every_setting_refuses_what_it_cannot_be_and_says_what_it_can(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str], setting: Setting
) -> None:
    for wrong in ("no such thing", "-0.5", "1e999", "Ctrl+", "\x00"):
        assert here("config", "set", setting.key, "--", wrong) == 1
        assert f"{setting.key} is {setting.expected}" in said(capsys)[1]
    assert here("config", "get", setting.key, "--json") == 0
    assert json.loads(said(capsys)[0])["value"] == setting.default


def test_a_file_that_is_no_toml_is_kept_aside_and_said_by_whoever_reads_it_first(
    tabkeeper: CommandLine,
) -> None:
    tabkeeper.home.mkdir()
    (tabkeeper.home / "settings.toml").write_text("[time\n")
    done = tabkeeper.run("list", "--week")
    assert (done.returncode, done.stdout) == (0, "")
    assert "could not be understood" in done.stderr
    [aside] = tabkeeper.home.glob("settings-broken-*.toml")
    assert aside.name in done.stderr
    assert aside.read_text() == "[time\n"


def test_what_is_set_is_in_the_file_and_read_again(tabkeeper: CommandLine) -> None:
    assert tabkeeper.ask("config", "set", "idle.minutes", "3")["value"] == 3
    assert tabkeeper.run("config", "set", "hotkey.toggle", "shift+ctrl+t").stdout == "Ctrl+Shift+T\n"
    assert tabkeeper.run("config", "get", "hotkey.toggle").stdout == "Ctrl+Shift+T\n"
    file = tomllib.loads((tabkeeper.home / "settings.toml").read_text())
    assert file == {"idle": {"minutes": 3}, "hotkey": {"toggle": "Ctrl+Shift+T"}}


@pytest.mark.parametrize(("typed", "kept"), [("on", True), ("No", False), ("false", False)])
def test_yes_and_no_are_understood_as_people_say_them(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str], typed: str, kept: bool
) -> None:
    assert here("config", "set", "appearance.tray_text", typed, "--json") == 0
    assert json.loads(said(capsys)[0])["value"] is kept


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("appearance.theme", "pink", 'one of "system", "light", "dark"'),
        ("idle.minutes", "soon", "a number, 0 to 240"),
        ("idle.minutes", "-1", "a number, 0 to 240"),
        ("idle.minutes", "nan", "a number, 0 to 240"),
        ("appearance.tray_text", "perhaps", "true or false"),
        ("hotkey.toggle", "Ctrl+Foo", 'no key "Foo"'),
        ("hotkey.toggle", "T", "typed in every program"),
        ("work.starts", "25", "written as 09:00"),
        ("idle.minute", "3", "Did you mean idle.minutes?"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_those_that_can(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str], key: str, value: str, words: str
) -> None:
    assert here("config", "set", key, value) == 1
    out, error = said(capsys)
    assert out == ""
    assert words in error
    assert here("config", "list", "--json") == 0
    assert all(each["value"] == each["default"] for each in json.loads(said(capsys)[0]))


def test_two_hotkeys_cannot_have_the_same_keys(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("config", "set", "hotkey.toggle", "Ctrl+Alt+T") == 0
    assert here("config", "set", "hotkey.window", "alt+ctrl+t") == 1
    assert "Ctrl+Alt+T is hotkey.toggle already" in said(capsys)[1]
    assert here("config", "set", "hotkey.toggle", "") == 0
    assert here("config", "set", "hotkey.window", "alt+ctrl+t") == 0


def test_a_key_that_is_no_setting_is_refused(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("config", "get", "theme") == 1
    assert "tabkeeper config list names them all" in said(capsys)[1]
