"""How the tray tells about sync: a dot at the icon, a line in the tooltip, a row of the menu."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot
from tests.clock import Clock

from tabkeeper.model.sync_status import SyncStatus, Trouble
from tabkeeper.store.file import Store
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.tray import Tray

NOON = datetime(2026, 11, 25, 12, 4, tzinfo=UTC)
FINE = SyncStatus(signed_in=True, synced_at=NOON)


class Bench:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.clock = Clock(NOON)
        self.tray = Tray(snapshot, Theme(dark=False, families=("Inter",)), UTC, self.clock)
        self.icon: Any = self.tray.findChild(QSystemTrayIcon)

    def show(self, sync: SyncStatus) -> None:
        self.tray.show(self.snapshot._replace(sync=sync))

    @property
    def trouble(self) -> str:
        assert self.tray._face
        return self.tray._face.trouble

    def lines(self) -> list[str]:
        return [row.text() for row in self.icon.contextMenu().actions() if row.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    store = Store.open(tmp_path / "times.db")
    bench = Bench(Tracker(store, UTC, lambda: NOON).snapshot())
    yield bench
    bench.tray.hide()
    store.close()


def test_without_an_account_nothing_is_said_of_sync(bench: Bench) -> None:
    assert "\n" not in bench.icon.toolTip()
    assert not [line for line in bench.lines() if "computer" in line]
    assert bench.trouble == "none"


def test_the_line_stands_in_tooltip_and_menu(bench: Bench) -> None:
    bench.show(FINE._replace(waiting=3))
    assert bench.icon.toolTip().endswith("\nSynced 12:04 · 3 waiting")
    assert "Synced 12:04 · 3 waiting" in bench.lines()


def test_a_time_of_another_day_says_which(bench: Bench) -> None:
    bench.clock.pass_by(days=1)
    bench.show(FINE)
    assert bench.icon.toolTip().endswith("\nSynced Wed 25 Nov")
    assert "Synced Wed 25 Nov" in bench.lines()


def test_the_row_of_the_menu_opens_what_there_is_to_see(bench: Bench, qtbot: QtBot) -> None:
    bench.show(FINE)
    row = next(row for row in bench.icon.contextMenu().actions() if row.text() == "Synced 12:04")
    with qtbot.waitSignal(bench.tray.sync_requested):
        row.trigger()


@pytest.mark.parametrize(
    ("sync", "trouble"),
    [
        (FINE, "none"),
        (FINE._replace(waiting=3), "none"),
        (FINE._replace(trouble=Trouble.OFFLINE), "offline"),
        (FINE._replace(trouble=Trouble.SERVER), "offline"),
        (FINE._replace(refused=1), "needs_you"),
        (FINE._replace(held=40), "needs_you"),
        (FINE._replace(trouble=Trouble.OFFLINE, refused=1), "needs_you"),
        (FINE._replace(trouble=Trouble.TOKEN_REFUSED), "needs_you"),
        (FINE._replace(trouble=Trouble.OTHER_ACCOUNT), "needs_you"),
        (FINE._replace(trouble=Trouble.KEYCHAIN), "needs_you"),
    ],
)
def test_the_dot_is_grey_where_time_may_help_and_amber_where_only_the_person_can(
    bench: Bench, sync: SyncStatus, trouble: str
) -> None:
    bench.show(sync)
    assert bench.trouble == trouble
