"""Starting with the session as a sandbox asks for it: a portal that agrees, refuses, hangs or goes."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from pytestqt.qtbot import QtBot
from tests.desktop.buses import Portal, session_bus
from tests.reflexes.conftest import until

from tabkeeper.desktop.autostart import chosen
from tabkeeper.desktop.autostart.portal import PortalAutostart
from tabkeeper.desktop.own_command import own_command
from tabkeeper.model.instants import utc_now
from tabkeeper.reflexes.start_with_session import StartWithSession
from tabkeeper.settings import SETTINGS, Settings
from tabkeeper.ui.settings.choices import Choices

WITH_SESSION = next(setting for setting in SETTINGS if setting.key == "start.with_session")


class Bench:
    """The setting at work in a sandbox, with what the person is told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / ".flatpak-info").touch()
        monkeypatch.setattr(chosen, "SANDBOX", folder / ".flatpak-info")
        self.choices = Choices(Settings(), folder / "settings.toml", utc_now)
        self.reflex = StartWithSession(chosen.autostart_of_this_system(), self.choices)
        self.told: list[str] = []
        self.reflex.told.connect(self.told.append)
        self.reflex.begin()

    @property
    def on(self) -> bool:
        return self.choices.settings.start_with_session

    def choose(self, on: bool) -> None:
        self.choices.choose(WITH_SESSION, on)

    async def settled(self) -> None:
        await until(lambda: not self.reflex._work, "the portal's answer")


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(monkeypatch) as address:
        yield address


@pytest_asyncio.fixture
async def bench(
    address: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path, monkeypatch)
    yield bench
    await bench.reflex.release()
    bench.choices.close()


@pytest_asyncio.fixture
async def portal(address: str) -> AsyncIterator[Portal]:
    portal = await Portal.open()
    yield portal
    await portal.bus.close()


async def test_in_a_sandbox_the_portal_is_asked_to_start_this_program(bench: Bench, portal: Portal) -> None:
    bench.choose(True)
    await bench.settled()
    bench.choose(False)
    await bench.settled()
    assert [asked["autostart"] for asked in portal.autostarts] == [True, False]
    assert portal.autostarts[0]["commandline"] == [*own_command()]
    assert not bench.told


async def test_what_was_chosen_holds_at_the_next_start_for_the_portal_does_not_tell(
    bench: Bench, portal: Portal
) -> None:
    bench.choose(True)
    await bench.settled()
    again = StartWithSession(PortalAutostart(), bench.choices)
    again.begin()
    await again.release()
    assert bench.on
    assert len(portal.autostarts) == 1


async def test_a_desktop_that_does_not_allow_it_is_said_and_the_choice_goes_back(
    bench: Bench, portal: Portal
) -> None:
    portal.response = 1
    bench.choose(True)
    await until(lambda: bench.told, "words")
    assert bench.told == ["The desktop has not allowed it, so the start with your session stays as it was."]
    await bench.settled()
    assert not bench.on


async def test_without_a_portal_the_choice_goes_back(bench: Bench) -> None:
    bench.choose(True)
    await until(lambda: bench.told, "words")
    assert "stays as it was" in bench.told[0]
    await bench.settled()
    assert not bench.on


async def test_a_portal_that_goes_while_it_asks_is_no_yes(bench: Bench, portal: Portal) -> None:
    portal.answers = False
    bench.choose(True)
    await until(lambda: portal.taken, "the wish")
    await portal.bus.close()
    await until(lambda: bench.told, "words")
    assert "The portal has gone" in bench.told[0]
    await bench.settled()
    assert not bench.on


async def test_a_question_that_nobody_answers_does_not_keep_the_program_from_ending(
    bench: Bench, portal: Portal
) -> None:
    portal.answers = False
    bench.choose(True)
    await until(lambda: portal.autostarts, "the wish")
    await bench.reflex.release()
    await bench.settled()
    assert bench.on
