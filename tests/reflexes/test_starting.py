"""What is said to the program while it is still loading its reflexes is not lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.reflexes.conftest import until

from tabkeeper.desktop.autostart.listed import ListedAutostart
from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.instants import utc_now
from tabkeeper.reflexes.links import LinkOpening
from tabkeeper.reflexes.start_with_session import StartWithSession
from tabkeeper.settings import SETTINGS, Settings
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.settings.choices import Choices

WITH_SESSION = next(setting for setting in SETTINGS if setting.key == "start.with_session")
NOTHING = Snapshot(None, None, (), (), EMPTY_CATALOGUE, 0, 0, None, None)


class System:
    """A system's list of programs to start, and of programs that open links."""

    def __init__(self, on: bool = False) -> None:
        self.on = on

    def is_on(self) -> bool:
        return self.on

    def switch(self, on: bool) -> None:
        self.on = on


@pytest.fixture
def choices(qtbot: QtBot, tmp_path: Path) -> Iterator[Choices]:
    choices = Choices(Settings(), tmp_path / "settings.toml", utc_now)
    yield choices
    choices.close()


async def test_a_choice_made_before_the_reflexes_began_is_carried_out(choices: Choices) -> None:
    system = System()
    reflex = StartWithSession(ListedAutostart(system), choices)
    choices.choose(WITH_SESSION, True)
    reflex.begin()
    await until(lambda: system.on, "the switch")
    await reflex.release()
    assert choices.settings.start_with_session


async def test_what_the_system_says_at_the_start_holds(choices: Choices) -> None:
    reflex = StartWithSession(ListedAutostart(System(on=True)), choices)
    reflex.begin()
    await until(lambda: choices.settings.start_with_session, "the choice")
    await reflex.release()


async def test_a_link_that_came_before_the_reflexes_began_is_opened_then(qtbot: QtBot) -> None:
    links, proposed = LinkOpening(System(), Settings()), list[str]()
    links.proposed.connect(proposed.append)
    links.open("tabkeeper://start?description=Review")
    assert not proposed
    links.begin(NOTHING)
    assert proposed == ["Review"]
    await links.release()
