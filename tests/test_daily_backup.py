"""The day's backup in the tray program: made after a change, and said once where it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from pytestqt.qtbot import QtBot

from tabkeeper.daily_backup import DailyBackup
from tabkeeper.model.entry import Draft
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.desk import Desk


def test_a_backup_that_cannot_be_made_is_said_once_and_again_after_one_was_made(
    qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    answers: list[str] = []
    folder = tmp_path / "backups"
    folder.write_text("a file where the folder should be")

    @contextmanager
    def workplace() -> Iterator[Tracker]:
        store = Store.open(tmp_path / "tabkeeper.db")
        yield Tracker(store, UTC)
        store.close()

    def change() -> None:
        number = len(answers)
        desk.change(lambda tracker: tracker.start(Draft(f"Thing {number}")))
        # Behind the change; and behind the backup that it brings, once the change was shown.
        with qtbot.waitSignal(desk.changed):
            pass
        desk.ask("test", lambda tracker: "seen", answers.append)
        qtbot.waitUntil(lambda: len(answers) == number + 1)

    desk = Desk()
    desk.open(workplace)
    desk.told.connect(told.append)
    DailyBackup(desk)
    try:
        for _ in range(3):
            change()
        assert len(told) == 1
        assert "Today's backup was not made" in told[0]
        assert "Your times are saved" in told[0]
        folder.unlink()
        change()
        [copy] = folder.iterdir()
        copy.unlink()
        folder.rmdir()
        folder.write_text("again")
        change()
        assert len(told) == 2
    finally:
        desk.close()
