"""The file is found, backed up, gone back to after a question, and written out for other programs."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tabkeeper.model.entry import Draft
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.settings.data_page import DataLine, DataPage
from tabkeeper.ui.settings.dialog import SettingsDialog
from tabkeeper.ui.theme import Theme

NOW = datetime(2026, 11, 24, 14, 2, 5, tzinfo=UTC)


class Bench:
    """The page in its dialog over a real file with one entry, and a clock that stands until it is moved."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.now, self.file = qtbot, NOW, folder / "tabkeeper.db"
        self.desk = Desk((StoreTrouble,))
        self.desk.open(self._workplace)
        self.track("Review")
        self.reads = LongReads(lambda: self.desk.workplace, (StoreTrouble,))
        self.page = DataPage(self.desk, self.reads, lambda: Clockface(UTC), self.clock)
        self.dialog = SettingsDialog(Theme(dark=False, families=("Inter",)))
        self.dialog.add_page("Data", self.page)
        self.dialog.add_page("Another", QLabel())
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.qtbot.waitUntil(lambda: self.page.place.hint.text() == str(self.file))

    def clock(self) -> datetime:
        return self.now

    @contextmanager
    def _workplace(self) -> Iterator[Tracker]:
        store = Store.open(self.file, clock=self.clock)
        yield Tracker(store, UTC, self.clock)
        store.close()

    def track(self, description: str) -> None:
        start = self.now - timedelta(hours=1)
        with self.qtbot.waitSignal(self.desk.changed):
            self.desk.change(lambda tracker: tracker.add(Draft(description), start, self.now))

    def tracked(self) -> list[str]:
        found: list[list[str]] = []
        self.desk.ask(
            "test", lambda tracker: [entry.description for entry in tracker.entries(None, None)], found.append
        )
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def press(self, line: DataLine, button: int = 0) -> None:
        line.buttons[button].click()

    def offered(self) -> list[str]:
        """Return what the menu offers when it opens."""
        self.page.menu.aboutToShow.emit()
        return [action.text() for action in self.page.menu.actions() if action.text()]

    def back_up(self) -> None:
        before = len(self.offered())
        self.press(self.page.backing_up)
        self.qtbot.waitUntil(lambda: len(self.offered()) == before + 1)

    def choose_first(self) -> None:
        """Choose the newest backup in the menu."""
        self.page.menu.aboutToShow.emit()
        self.page.menu.actions()[0].trigger()

    def answer(self, choice: str) -> QMessageBox:
        """Press a button of the question, once it is asked."""
        self.qtbot.waitUntil(lambda: any(box.isVisible() for box in self.page.findChildren(QMessageBox)))
        box = next(box for box in self.page.findChildren(QMessageBox) if box.isVisible())
        next(button for button in box.findChildren(QPushButton) if button.text() == choice).click()
        return box


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path)
    yield bench
    bench.reads.close()
    bench.desk.close()


def test_the_path_of_the_file_is_copied(bench: Bench) -> None:
    bench.press(bench.page.place, 1)
    assert QGuiApplication.clipboard().text() == str(bench.file)


def test_a_backup_is_made_at_a_press_and_offered_by_its_time(bench: Bench) -> None:
    bench.back_up()
    assert bench.offered() == ["Today, 14:02", "From a file…"]
    assert len(list((bench.file.parent / "backups").glob("*.db"))) == 1


def test_a_backup_is_gone_back_to_once_that_is_confirmed_and_the_present_is_kept(bench: Bench) -> None:
    bench.back_up()
    bench.now += timedelta(days=1)
    bench.track("Later")
    with bench.qtbot.waitSignal(bench.page.restored):
        bench.choose_first()
        assert bench.answer("Restore").text() == "Replace all entries by those of Yesterday, 14:02?"
    assert bench.tracked() == ["Review"]
    assert "What was there before is first in the list" in bench.page.restoring.hint.text()
    bench.qtbot.waitUntil(lambda: bench.offered()[0] == "Today, 14:02")
    with bench.qtbot.waitSignal(bench.page.restored):
        bench.choose_first()
        bench.answer("Restore")
    assert bench.tracked() == ["Later", "Review"]


def test_who_thinks_again_loses_nothing(bench: Bench) -> None:
    bench.back_up()
    bench.track("Later")
    bench.choose_first()
    bench.answer("Cancel")
    assert bench.tracked() == ["Later", "Review"]
    assert bench.offered() == ["Today, 14:02", "From a file…"]


def test_a_file_that_is_no_backup_is_refused_and_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("something else")
    bench.page.restore(other, other.name)
    bench.answer("Restore")
    bench.qtbot.waitUntil(lambda: "Nothing was changed" in bench.page.restoring.hint.text())
    assert bench.page.restoring.hint.property("tone") == "warning"
    assert bench.tracked() == ["Review"]


def test_all_entries_are_saved_as_csv_and_as_json(bench: Bench, tmp_path: Path) -> None:
    bench.track("Later")
    for form in ("csv", "json"):
        bench.page.export(tmp_path / f"all.{form}", form)
        bench.qtbot.waitUntil(lambda form=form: bench.page.exporting.hint.text().endswith(f"all.{form}."))
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as file:
        assert [row["Description"] for row in csv.DictReader(file)] == ["Review", "Later"]
    assert [entry["description"] for entry in json.loads((tmp_path / "all.json").read_text())] == [
        "Review",
        "Later",
    ]


def test_a_place_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    bench.page.export(tmp_path / "nowhere" / "all.csv", "csv")
    bench.qtbot.waitUntil(lambda: "could not be written" in bench.page.exporting.hint.text())


def test_why_no_backup_was_made_is_said_until_the_next_try(bench: Bench) -> None:
    hint, in_the_way = bench.page.backing_up.hint, bench.file.parent / "backups"
    in_the_way.write_text("no folder")
    bench.press(bench.page.backing_up)
    bench.qtbot.waitUntil(lambda: hint.property("tone") == "warning")
    why = hint.text()
    bench.track("Later")
    bench.tracked()
    assert hint.text() == why
    in_the_way.unlink()
    bench.back_up()
    assert hint.property("tone") == "muted"
    assert hint.text().startswith("Last one: Today, 14:02. ")


def test_what_came_of_an_export_is_there_after_a_look_at_another_page(bench: Bench, tmp_path: Path) -> None:
    dialog, hint = bench.dialog, bench.page.exporting.hint
    meaning = hint.text()
    for path, said in ((tmp_path / "all.csv", "Saved as"), (tmp_path / "no" / "all.csv", "not be written")):
        bench.page.export(path, "csv")
        bench.qtbot.waitUntil(lambda said=said: said in hint.text())
        dialog.show_page("Another")
        dialog.show_page("Data")
        assert said in hint.text()
    dialog.close()
    dialog.show()
    assert "not be written" in hint.text(), "what has failed is still to be seen to"
    bench.page.export(tmp_path / "all.csv", "csv")
    bench.qtbot.waitUntil(lambda: "Saved as" in hint.text())
    dialog.close()
    dialog.show()
    assert hint.text() == meaning


@pytest.mark.parametrize(("folder", "said"), [(".", "Saved as"), ("nowhere", "could not be written")])
def test_what_comes_of_an_export_is_told_where_the_page_is_not_seen(
    bench: Bench, tmp_path: Path, folder: str, said: str
) -> None:
    told: list[str] = []
    bench.desk.told.connect(told.append)
    bench.dialog.close()
    bench.page.export(tmp_path / folder / "all.csv", "csv")
    bench.qtbot.waitUntil(lambda: bool(told))
    assert said in told[0]
