"""What a session lacks stands in the settings where it would be chosen, until it comes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from pytestqt.qtbot import QtBot
from tests.desktop.buses import Portal, session_bus
from tests.reflexes.conftest import SaidIdle, until
from tests.ui.settings.conftest import Bench

from tabkeeper.desktop.bus import Bus
from tabkeeper.desktop.lacking import NO_TRAY
from tabkeeper.desktop.notifications.freedesktop import FreedesktopNotifications
from tabkeeper.desktop.session_bus import SCREEN_READERS
from tabkeeper.reflexes.shortcomings import Shortcomings
from tabkeeper.ui.settings.keys_page import KeysPage
from tabkeeper.ui.settings.page import SettingsPage

NAME = "org.freedesktop.Notifications"


class Session(Bench):
    """The settings in a session that the test makes poorer or richer."""

    def __init__(self, qtbot: QtBot, folder: Path, bus: str) -> None:
        super().__init__(qtbot, folder / "settings.toml")
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": bus}
        self.idle = SaidIdle()
        self.notifications = FreedesktopNotifications()
        self.shortcomings = self._shortcomings("")
        self.opener.add_page("Keys", lambda theme: KeysPage(self.choices, theme, {}))

    def _shortcomings(self, silent: str) -> Shortcomings:
        made = Shortcomings(self.idle, self.notifications, silent, self.environment)
        self.opener.opened.connect(made.look)
        made.found.connect(self.opener.warn)
        return made

    def begin_without(self, silent: str) -> None:
        """Be a program that has begun without who on the bus was silent."""
        self.opener.opened.disconnect(self.shortcomings.look)
        self.shortcomings = self._shortcomings(silent)

    async def said(self, title: str) -> str:
        """Open the settings at a page, and return what it warns of."""
        dialog = self.open(title)
        await until(lambda: self.shortcomings._looking.done(), "the look")
        page = dialog.page(title)
        assert isinstance(page, SettingsPage | KeysPage)
        assert page.notice.isVisible() == bool(page.notice.text())
        return page.notice.text()


@pytest_asyncio.fixture
async def session(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Session]:
    with session_bus(monkeypatch) as address:
        session = Session(qtbot, tmp_path, address)
        yield session
        session.shortcomings.release()
        await session.notifications.release()
        session.choices.close()


async def test_a_session_that_does_not_tell_when_nobody_is_there_is_said_on_the_page_about_being_away(
    session: Session,
) -> None:
    session.idle.idle = None
    assert "does not tell when nobody is there" in await session.said("Away")
    session.idle.idle = 0.0
    assert await session.said("Away") == ""


async def test_missing_notifications_are_said_beside_the_reminders_until_they_come(session: Session) -> None:
    assert "Reminders stand beside the icon" in await session.said("Reminders")
    service = await Bus.open()

    async def capabilities() -> tuple[str, tuple[list[str]]]:
        return "as", (["actions"],)

    service.serve("/org/freedesktop/Notifications", NAME, "GetCapabilities", capabilities)
    await service.own(NAME)
    assert await session.said("Reminders") == ""
    await service.close()


async def test_where_the_desktop_gives_programs_no_keys_the_commands_to_bind_stand_above_them_until_it_does(
    session: Session,
) -> None:
    session.environment["WAYLAND_DISPLAY"] = "wayland-0"
    said = await session.said("Keys")
    assert said.startswith("This desktop offers no hotkeys to programs. Bind tabkeeper toggle, ")
    portal = await Portal.open()
    assert await session.said("Keys") == ""
    await portal.bus.close()


async def test_a_missing_tray_is_said_where_the_icon_is_chosen_until_one_comes(session: Session) -> None:
    assert "takes its place" in await session.said("Appearance")
    host = await Bus.open()

    async def is_registered(_: str, __: str) -> tuple[str, tuple[tuple[str, bool]]]:
        return "v", (("b", True),)

    properties = "org.freedesktop.DBus.Properties"
    host.serve("/StatusNotifierWatcher", properties, "Get", is_registered)
    await host.own("org.kde.StatusNotifierWatcher")
    assert await session.said("Appearance") == ""
    await host.close()


async def test_who_did_not_answer_at_the_beginning_is_said_for_as_long_as_the_program_does_without(
    session: Session,
) -> None:
    session.begin_without(SCREEN_READERS)
    for _ in range(2):
        said = await session.said("Appearance")
        assert said.startswith("The service of screen readers did not answer when Tabkeeper began")
        assert said.endswith(NO_TRAY), "another thing, for which another service is asked"
