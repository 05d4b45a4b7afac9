"""What is said to the program while it is still loading its reflexes is not lost."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot
from tests.reflexes.conftest import until

from tabkeeper.desktop.autostart.listed import ListedAutostart
from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.instants import EPOCH, utc_now
from tabkeeper.reflexes.links import LinkOpening
from tabkeeper.reflexes.start_with_session import StartWithSession
from tabkeeper.settings import SETTINGS, Settings
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.settings.choices import Choices

WITH_SESSION = next(setting for setting in SETTINGS if setting.key == "start.with_session")
NOTHING = Snapshot(None, None, (), (), EMPTY_CATALOGUE, 0, 0, EPOCH, EPOCH, None, None)


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


async def test_of_two_choices_about_links_the_later_one_holds(qtbot: QtBot) -> None:
    class SlowAtFirst(System):
        begun, later = False, Event()

        def switch(self, on: bool) -> None:
            # The older choice is still being written when the newer one comes.
            if on:
                self.later.set()
            else:
                self.begun = True
                self.later.wait(0.2)
            super().switch(on)

    system = SlowAtFirst()
    links = LinkOpening(system, Settings())
    links.follow(Settings(open_links=False))
    await until(lambda: system.begun, "the older choice to be written")
    links.follow(Settings(open_links=True))
    await links.release()
    assert system.on


async def test_a_link_that_macos_hands_over_is_proposed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    links, proposed = LinkOpening(System(), Settings()), list[str]()
    links.proposed.connect(proposed.append)
    links.begin(NOTHING)
    application = QCoreApplication.instance()
    assert application is not None
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl("tabkeeper://start?description=Review")))
    assert proposed == ["Review"]
    await links.release()
