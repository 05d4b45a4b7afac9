"""The settings' file: read whatever is in it, written without losing anything a person wrote there."""

import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabkeeper.settings import SETTINGS, Setting, Settings, SettingsTrouble, Value
from tabkeeper.settings import read as read_at
from tabkeeper.settings import write as write_at

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BY_KEY = {setting.key: setting for setting in SETTINGS}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(path: Path, key: str, value: Value) -> str | None:
    return write_at(path, BY_KEY[key], value, NOW)


def written_by_hand(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_the_usual_settings_hold_and_none_is_made(path: Path) -> None:
    assert read_at(path, NOW) == (Settings(), None)
    assert not path.exists()


@pytest.mark.parametrize(
    ("setting", "value"), [(setting, setting.words[-1]) for setting in SETTINGS if setting.words]
)
def test_what_is_written_is_read_again(path: Path, setting: Setting, value: str) -> None:
    assert write_at(path, setting, value, NOW) is None
    assert read_at(path, NOW) == (Settings().chosen(setting, value), None)


def test_comments_and_unknown_keys_stay_where_they_are(path: Path) -> None:
    text = '# mine\n[appearance]\ntheme = "light" # by day\nfuture = 1\n\n[other]\nkey = [1, 2]\n'
    written_by_hand(path, text)
    write(path, "appearance.theme", "dark")
    assert path.read_text(encoding="utf-8") == text.replace('"light"', '"dark"')


def test_a_new_setting_is_written_with_what_it_means(path: Path) -> None:
    write(path, "week.hours", 40.0)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "[week]",
        "# How many hours a week is to have; 0 for no target",
        "hours = 40",
    ]


def test_a_file_that_is_no_toml_is_kept_aside_and_said(path: Path) -> None:
    written_by_hand(path, "theme = = dark")
    settings, notice = read_at(path, NOW)
    assert settings == Settings()
    assert notice is not None
    assert "settings-broken-20260304T120000.toml" in notice
    aside = path.with_name("settings-broken-20260304T120000.toml")
    assert aside.read_text() == "theme = = dark"
    assert not path.exists()


def test_a_file_broken_while_the_program_runs_is_kept_aside_before_it_is_written(path: Path) -> None:
    written_by_hand(path, "theme = = dark")
    notice = write(path, "time.clock", "24h")
    assert notice is not None
    assert path.with_name("settings-broken-20260304T120000.toml").read_text() == "theme = = dark"
    assert read_at(path, NOW) == (Settings(clock="24h"), None)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00", b"[appearance", b'a = "\xc3"'])
def test_bytes_that_are_no_text_are_kept_aside_too(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert read_at(path, NOW).notice is not None
    assert path.with_name("settings-broken-20260304T120000.toml").read_bytes() == content


def in_the_way(path: Path) -> None:
    """Let nothing be put aside."""
    path.with_name("settings-broken-20260304T120000.toml").mkdir()


def test_what_could_not_be_put_aside_is_not_said_to_be_and_not_written_over(path: Path) -> None:
    written_by_hand(path, "theme = = dark")
    in_the_way(path)
    settings, notice = read_at(path, NOW)
    assert settings == Settings()
    assert notice is not None
    assert "nor put aside (Is a directory). It is in" in notice
    with pytest.raises(SettingsTrouble, match="cannot be written"):
        write(path, "time.clock", "24h")
    assert path.read_text() == "theme = = dark"


def test_a_number_beyond_all_measure_is_said_and_left_in_the_file(path: Path) -> None:
    text = f"[week]\nhours = 1{'0' * 400}\n"
    written_by_hand(path, text)
    settings, notice = read_at(path, NOW)
    assert settings == Settings()
    assert notice is not None
    assert "week.hours is a number, 0 to 168." in notice
    assert path.read_text() == text


def test_a_number_that_is_too_long_to_be_read_is_kept_aside(path: Path) -> None:
    text = f"[week]\nhours = 1{'0' * 5_000}\n"
    aside = path.with_name("settings-broken-20260304T120000.toml")
    written_by_hand(path, text)
    assert read_at(path, NOW).notice is not None
    assert aside.read_text() == text
    written_by_hand(path, text)
    aside.unlink()
    assert write(path, "time.clock", "24h") is not None
    assert aside.read_text() == text


def test_a_value_that_cannot_be_is_said_and_left_in_the_file(path: Path) -> None:
    text = '[appearance]\ntheme = "pink"\ntray_text = false\n'
    written_by_hand(path, text)
    settings, notice = read_at(path, NOW)
    assert settings == Settings(tray_text=False)
    assert notice is not None
    assert 'appearance.theme is one of "system", "light", "dark"' in notice
    assert path.read_text() == text


def test_a_table_that_is_something_else_is_no_obstacle(path: Path) -> None:
    written_by_hand(path, "week = 40\n")
    assert read_at(path, NOW) == (Settings(), None)
    write(path, "week.hours", 40.0)
    assert read_at(path, NOW).settings.week_hours == 40


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_and_its_folder_are_private(path: Path) -> None:
    write(path, "time.clock", "24h")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_link_to_where_the_person_keeps_it_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    written_by_hand(kept, "# mine\n")
    path.parent.mkdir(parents=True)
    path.symlink_to(kept)
    write(path, "time.clock", "24h")
    assert path.is_symlink()
    assert kept.read_text().startswith("# mine\n")
    assert read_at(path, NOW).settings.clock == "24h"


def test_a_place_that_takes_no_file_is_said_in_a_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SettingsTrouble, match="cannot be written"):
        write(path, "time.clock", "24h")
    settings, notice = read_at(path, NOW)
    assert settings == Settings()
    assert notice is not None


def test_reading_loads_nothing_beyond_the_standard_library(path: Path) -> None:
    written_by_hand(path, '[time]\nclock = "24h"\n')
    script = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime; "
        "from tabkeeper.settings import read; "
        f"assert read(Path({str(path)!r}), datetime.now(UTC)).settings.clock == '24h'; "
        "print({'tomlkit', 'PySide6', 'platformdirs'} & set(sys.modules) or 'nothing')"
    )
    done = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "nothing"
