"""A reminder in real notification daemons, and clicks on it and on its buttons."""

from collections.abc import Iterator

import pytest
from tests.desktop.buses import session_bus
from tests.desktop.notices import notices_with_buttons
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, end, launch, wait_until
from tests.session_bus import wait_for_name

STOP = (-152, -39)
"""Where a button is, from the lower right corner of the notice that it is on."""


@pytest.fixture
def dunst(screen: Screen) -> Iterator[None]:
    """The daemon, unless somebody's question has already made the bus begin one."""
    daemon = launch(("dunst",), screen.environment, screen.folder / "dunst.log")
    wait_for_name("org.freedesktop.Notifications", screen.environment["DBUS_SESSION_BUS_ADDRESS"], daemon)
    yield
    end(daemon)


def notices(screen: Screen) -> list[Window]:
    """Return the notices that can be seen and stand still: the daemon moves them while it fills them."""
    before, after = _seen(screen), _seen(screen)
    return before if before == after else []


def _seen(screen: Screen) -> list[Window]:
    return [window for window in screen.visible("--class", "Dunst") if window.height > 8]


def test_a_timer_that_runs_too_long_is_said_and_a_click_on_it_opens_the_window(
    program: Program, dunst: None
) -> None:
    program.ask("start", "Review", "--ago", "11h")
    program.start()
    program.icon()
    notice = wait_until(lambda: notices(program.screen), "the notice")[0]
    program.screen.click(notice)
    assert program.window().title == "Tabkeeper"
    assert program.ask("status")["running"]


def test_a_button_on_what_is_said_stops_the_timer(
    program: Program, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.ask("start", "Review", "--ago", "11h")
    with session_bus(monkeypatch) as address:
        program.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with notices_with_buttons(screen, program.environment) as shown:
            program.start()
            said = shown.one()
            screen.click(said, at=(said.width + STOP[0], said.height + STOP[1]))
            program.wait_for_stop()
        program.end()
