"""A choice holds at once and is in the file when the program ends."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.model.instants import utc_now
from tabkeeper.settings import SETTINGS, Settings, read, write
from tabkeeper.ui.settings.choices import Choices

BY_KEY = {setting.key: setting for setting in SETTINGS}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def choices(qtbot: QtBot, path: Path) -> Iterator[Choices]:
    choices = Choices(Settings(), path, utc_now)
    yield choices
    choices.close()


def written(path: Path) -> Settings:
    return read(path, datetime.now(UTC)).settings


def test_a_choice_holds_at_once_and_is_kept(choices: Choices, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(choices.changed) as changed:
        choices.choose(BY_KEY["appearance.theme"], "dark")
    assert changed.args == [Settings(theme="dark")]
    choices.choose(BY_KEY["week.hours"], 38.5)
    choices.close()
    assert written(path) == Settings(theme="dark", week_hours=38.5) == choices.settings


def test_the_last_of_many_choices_is_the_one_in_the_file(choices: Choices, path: Path) -> None:
    for theme in ("dark", "light", "system", "dark", "light"):
        choices.choose(BY_KEY["appearance.theme"], theme)
    choices.close()
    assert written(path).theme == "light"


def test_what_holds_already_is_neither_announced_nor_written(choices: Choices, path: Path) -> None:
    announced: list[Settings] = []
    choices.changed.connect(announced.append)
    choices.choose(BY_KEY["appearance.theme"], "system")
    choices.close()
    assert not announced
    assert not path.exists()


def test_a_value_that_cannot_be_changes_nothing(choices: Choices) -> None:
    with pytest.raises(ValueError, match=r"week\.hours"):
        choices.choose(BY_KEY["week.hours"], 200)
    assert choices.settings == Settings()


def test_a_choice_that_cannot_be_written_is_said_and_holds(
    choices: Choices, path: Path, qtbot: QtBot
) -> None:
    path.mkdir(parents=True)
    with qtbot.waitSignal(choices.told) as told:
        choices.choose(BY_KEY["appearance.theme"], "dark")
    assert told.args
    assert "cannot be written" in told.args[0]
    assert choices.settings.theme == "dark"


def test_what_another_program_writes_holds_at_once(choices: Choices, path: Path, qtbot: QtBot) -> None:
    write(path, BY_KEY["idle.minutes"], 3, utc_now())
    with qtbot.waitSignal(choices.changed) as changed:
        choices.look_again()
    assert changed.args == [Settings(idle_minutes=3.0)] == [choices.settings]


def test_a_choice_made_while_the_file_is_read_is_not_lost(choices: Choices, path: Path, qtbot: QtBot) -> None:
    write(path, BY_KEY["idle.minutes"], 3, utc_now())
    choices.look_again()
    choices.choose(BY_KEY["appearance.theme"], "dark")
    qtbot.waitUntil(lambda: choices.settings == Settings(theme="dark", idle_minutes=3.0))
    choices.close()
    assert written(path) == choices.settings
