"""The page about the file itself: where it is, its backups and the way back to one, all entries as a copy."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.tracker import Tracker
from tabkeeper.tracker.backups import Backup
from tabkeeper.tracker.exporting import Form, save
from tabkeeper.ui.clockface import Clockface, day_name
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads, Wanted
from tabkeeper.ui.plain import in_menu
from tabkeeper.ui.settings.line import Hint, lay_out
from tabkeeper.ui.theme import Space

_KEPT_FIRST = "What is in the file now is backed up first."
_EXPORT = "All of them, oldest first: CSV for spreadsheets, or JSON."
_FORMS: dict[Form, str] = {"csv": "CSV", "json": "JSON"}


class DataLine(QWidget):
    """Something about the file, with what can be done; what came of it stands in the hint."""

    def __init__(self, name: str, *buttons: str, meaning: str = "") -> None:
        super().__init__()
        self._meaning = meaning
        self._outcome: Literal["", "done", "failed"] = ""
        self.hint = Hint()
        self.hint.say(meaning)
        self.buttons = [QPushButton(text) for text in buttons]
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for button in self.buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        lay_out(self, name, self.hint, beside)

    def mean(self, text: str) -> None:
        """Say this where nothing was done."""
        self._meaning = text
        if not self._outcome:
            self.hint.say(text)

    def begin(self) -> None:
        """Say what it means again: something is about to be done."""
        self._outcome = ""
        self.hint.say(self._meaning)

    def end(self, text: str, *, failed: bool = False) -> None:
        """Say what came of it."""
        self._outcome = "failed" if failed else "done"
        self.hint.say(text, "warning" if failed else "muted")

    def settle(self) -> None:
        """Speak no more of what was done; what has failed stays."""
        if self._outcome == "done":
            self.begin()


class DataPage(QWidget):
    """Asks the desk what there is, whenever the page is seen and something has changed."""

    restored = Signal()
    """Other entries are in the file than before."""

    def __init__(
        self, desk: Desk, reads: LongReads, face: Callable[[], Clockface], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._desk, self._reads, self._face, self._clock = desk, reads, face, now
        self._file: Path | None = None
        self._copies: list[Backup] = []
        self.place = DataLine("Your file", "Open folder", "Copy path")
        self.backing_up = DataLine("Backups", "Back up now")
        self.restoring = DataLine("Go back to a backup", "Restore", meaning=_KEPT_FIRST)
        self.exporting = DataLine(
            "Entries for other programs", *(f"Save as {name}…" for name in _FORMS.values()), meaning=_EXPORT
        )
        self._lines = (self.place, self.backing_up, self.restoring, self.exporting)
        self.menu = QMenu(self)
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Show how things stand now."""
        super().showEvent(event)
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Speak no more of what was done once the dialog is closed; who looks at another page comes back."""
        super().hideEvent(event)
        if not self.window().isVisible():
            for line in self._lines:
                line.settle()

    @Slot()
    def look(self) -> None:
        """Ask which backups there are; nobody asks for a page that is not seen."""
        if self.isVisible():
            self._desk.ask("backups", _found, self._show)

    def restore(self, copy: Path, name: str) -> None:
        """Ask whether the file is to be as a copy is."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Restore")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Replace all entries by those of {name}?")
        box.setInformativeText(f"{_KEPT_FIRST} You can go back to it in the same way.")
        box.addButton(QMessageBox.StandardButton.Cancel).setIcon(QIcon())
        box.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(lambda: self._go_back(copy, name))
        box.open()

    def export(self, path: Path, form: Form) -> None:
        """Write all entries into a file."""

        def write(tracker: Tracker, _: Wanted) -> str:
            save(tracker, path, form)
            return f"Saved as {path}."

        self._reads.ask(f"export {path}", write, *self._ends_of(self.exporting))

    def _show(self, found: tuple[Path, list[Backup]]) -> None:
        self._file, self._copies = found
        self.place.mean(str(self._file))
        last = f"Last one: {self._name(self._copies[0])}. " if self._copies else ""
        self.backing_up.mean(f"{last}One is made on each day on which something changes.")

    @Slot()
    def _fill_menu(self) -> None:
        self.menu.clear()
        for copy in self._copies:
            name = self._name(copy)
            self.menu.addAction(in_menu(name), partial(self.restore, copy.path, name))
        self.menu.addSeparator()
        self.menu.addAction("From a file…", self._choose_copy)

    def _name(self, copy: Backup) -> str:
        face = self._face()
        return f"{day_name(face.day(copy.made), face.day(self._clock()))}, {face.time(copy.made)}"

    @Slot()
    def _back_up(self) -> None:
        _, failed = self._ends_of(self.backing_up)
        # One that was made is said by what the line means from then on.
        self._desk.change(lambda tracker: tracker.backups.make(), refused=failed)

    def _go_back(self, copy: Path, name: str) -> None:
        say, failed = self._ends_of(self.restoring)

        def done(_: Backup) -> None:
            say(f"Restored: {name}. What was there before is first in the list.")
            self.restored.emit()

        self._desk.change(lambda tracker: tracker.backups.restore(copy), done, failed)

    def _ends_of(self, line: DataLine) -> tuple[Callable[[str], None], Callable[[str], None]]:
        """Begin with what a line is for; returns how it is said that it was done, and that it failed."""
        line.begin()

        def end(text: str, *, failed: bool = False) -> None:
            line.end(text, failed=failed)
            if not self.isVisible():
                self._desk.tell(text)

        return end, partial(end, failed=True)

    @Slot()
    def _choose_copy(self) -> None:
        dialog = QFileDialog(self, "Restore a backup")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Backups (*.db)")
        dialog.fileSelected.connect(lambda name: self.restore(Path(name), Path(name).name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_place(self, form: Form) -> None:
        dialog = QFileDialog(self, "Save all entries")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{_FORMS[form]} (*.{form})")
        dialog.setDefaultSuffix(form)
        dialog.selectFile(f"tabkeeper {self._face().day(self._clock())}.{form}")
        dialog.fileSelected.connect(lambda name: self.export(Path(name), form))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))

    @Slot()
    def _copy_path(self) -> None:
        if self._file is not None:
            QGuiApplication.clipboard().setText(str(self._file))
            self.place.end(f"Copied: {self._file}")

    def _connect(self) -> None:
        self._desk.changed.connect(self.look)
        for button, act in zip(self.place.buttons, (self._open_folder, self._copy_path), strict=True):
            button.clicked.connect(act)
        self.backing_up.buttons[0].clicked.connect(self._back_up)
        self.restoring.buttons[0].setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)
        for button, form in zip(self.exporting.buttons, _FORMS, strict=True):
            button.clicked.connect(partial(self._choose_place, form))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        whole.setSpacing(Space.LARGE)
        for line in self._lines:
            whole.addWidget(line)
        whole.addStretch(1)


def _found(tracker: Tracker) -> tuple[Path, list[Backup]]:
    return tracker.backups.database, tracker.backups.all()
