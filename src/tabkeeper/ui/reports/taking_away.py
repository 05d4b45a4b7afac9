"""What can be taken away of a report: copied to the clipboard, or saved as CSV or JSON."""

import json
from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue
from tabkeeper.model.report import Group, Report
from tabkeeper.model.report_forms import as_csv, as_summary, as_text, total_text
from tabkeeper.model.spreadsheet import BYTE_ORDER_MARK
from tabkeeper.model.summing import days_of
from tabkeeper.paths import write_whole
from tabkeeper.tracker import Tracker
from tabkeeper.ui.long_reads import LongReads, Wanted

_FILTERS = {"csv": "CSV (*.csv)", "json": "JSON (*.json)"}


def copy_rows(report: Report, groups: Sequence[Group]) -> None:
    """Copy rows as text with tabs, which spreadsheets and mails take."""
    QGuiApplication.clipboard().setText(as_text(report, groups))


def copy_table(report: Report) -> None:
    """Copy all rows and the total."""
    QGuiApplication.clipboard().setText(as_text(report, report.groups) + "\n" + total_text(report))


class Saving:
    """Asks where to, and writes the file on the thread of the long reads."""

    def __init__(self, parent: QWidget, reads: LongReads, tell: Callable[[str], None]) -> None:
        self._parent, self._reads, self._tell = parent, reads, tell

    def save(self, report: Report, catalogue: Catalogue | None, form: str, zone: tzinfo) -> None:
        """Ask where a report on days in `zone` is to be saved as `csv` or `json`."""
        dialog = QFileDialog(self._parent, "Save the report")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_FILTERS[form])
        dialog.setDefaultSuffix(form)
        whose = "" if catalogue is not None else "workspace "
        dialog.selectFile(f"tabkeeper {whose}{file_name(report, zone)}.{form}")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), report, catalogue, form))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path, report: Report, catalogue: Catalogue | None, form: str) -> None:
        """Write a report to a file; it is whole or not there."""

        def write(tracker: Tracker, wanted: Wanted) -> str:
            try:
                write_whole(path, text_of(report, catalogue, form))
            except OSError as error:
                return f"{path} could not be written ({error.strerror or error}). Choose another place."
            return f"Saved {path.name}"

        self._reads.ask(f"save {path}", write, self._tell, self._tell)


def text_of(report: Report, catalogue: Catalogue | None, form: str) -> str:
    """Return a report as the content of a file."""
    if form == "csv":
        return BYTE_ORDER_MARK + as_csv(report)
    return json.dumps(as_summary(report, catalogue or EMPTY_CATALOGUE), ensure_ascii=False, indent=2) + "\n"


def file_name(report: Report, zone: tzinfo) -> str:
    """Return what a file of a report is called, without whose it is and its suffix."""
    days = days_of(report.question, zone)
    return f"{days.first} {days.last} by {report.question.by}"
