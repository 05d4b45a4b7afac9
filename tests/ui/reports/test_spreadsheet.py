"""A saved report in a real spreadsheet: LibreOffice reads each cell as it was written, and runs none."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.ui.reports.conftest import HOUR
from tests.ui.window.conftest import NOW, ZONE

from tabkeeper.model.entry import Draft
from tabkeeper.model.report import Grouping, Question
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.reports.taking_away import text_of

NAMES = (
    *("=1+1", "+49 30 123", "-2+3", "@SUM(A1:A9)", '=HYPERLINK("https://acme.test","Acme")', "|calc", "%x"),
    *("Größe & Übermut", "Straße; 12, links", 'He said "no, never"', "'quoted'", "two\nlines", "tab\there"),
    *("חנות", "متجر ٢٠٢٤", "漢字", "🎉 Release", "x" * 200, "a  b", "TRUE", "12 / 3"),
)
NUMBERS = ("Hours", "Billable hours", "Amount EUR", "Amount JPY", "Amount USD", "Entries")
OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text")
)
# Commas, double quotes, UTF-8: without a window nobody looks at the byte order mark.
_AS_ITS_DIALOG_PROPOSES = "CSV:44,34,76"


@pytest.fixture
def tracker(store: Store) -> Tracker:
    """Somebody who works on projects and for clients of such names, in three currencies."""
    tracker = Tracker(store, ZONE, lambda: NOW)
    for number, name in enumerate(NAMES):
        rate = {"hourly_rate": Decimal("33.3333") + number, "currency": ("EUR", "USD", "JPY")[number % 3]}
        project = tracker.names.add_project(name, client=name[::-1], billable=True, **rate)
        start = NOW - (40 + number) * HOUR
        draft = Draft(project_id=project.id, billable=number % 5 > 0)
        tracker.add(draft, start, start + (30 if number == 1 else number / 7) * HOUR)
    return tracker


@pytest.mark.parametrize(("by", "lines"), [("project", len(NAMES)), ("day", 1)])
def test_libreoffice_reads_every_cell_as_it_was_written_and_runs_none(
    tracker: Tracker, by: Grouping, lines: int, tmp_path: Path
) -> None:
    saved = tmp_path / "report.csv"
    report = tracker.report(Question(NOW - 100 * HOUR, NOW, by))
    saved.write_bytes(text_of(report, None, "csv").encode())
    head, *rows = csv.reader(io.StringIO(saved.read_text("utf-8-sig"), newline=""))
    assert len(rows) == lines
    assert {*NUMBERS} <= {*head}
    meant = [
        [Decimal(cell) if name in NUMBERS else cell for name, cell in zip(head, row, strict=True)]
        for row in rows
    ]
    assert opened_by_libreoffice(saved) == [head, *meant]


def opened_by_libreoffice(file: Path) -> list[list[str | Decimal]]:
    """Return the cells of a file as LibreOffice opens it: numbers and texts; there must be no formula."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (Debian's package is named libreoffice-calc-nogui)")
    folder = file.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    where = ("--convert-to", "fods", "--outdir", str(folder), str(file))
    words = ("soffice", profile, "--headless", f"--infilter={_AS_ITS_DIALOG_PROPOSES}", *where)
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    root = ElementTree.parse(file.with_suffix(".fods")).getroot()
    assert not [cell for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]
    return [list(_cells(row)) for row in root.iter(f"{TABLE}table-row")]


def _cells(row: ElementTree.Element) -> Iterator[str | Decimal]:
    for cell in row.iter(f"{TABLE}table-cell"):
        number, time = cell.get(f"{OFFICE}value"), cell.get(f"{OFFICE}time-value")
        if time is not None:
            hours, *rest = re.findall(r"\d+", time)
            value: str | Decimal = ":".join([str(int(hours)), *rest])
        else:
            value = Decimal(number) if number else cell.get(f"{OFFICE}date-value") or _text(cell)
        yield from [value] * int(cell.get(f"{TABLE}number-columns-repeated", 1))


def _text(cell: ElementTree.Element) -> str:
    """Return a cell's text; OpenDocument writes spaces in a row as elements."""
    for space in cell.iter(f"{TEXT}s"):
        space.text = " " * int(space.get(f"{TEXT}c", 1))
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{TEXT}p"))
