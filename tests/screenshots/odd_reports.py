"""Reports of what seldom happens: very many projects, very long and foreign names, one day, ten years."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import wait_until
from tests.screenshots.reporting import FIRST_GROUPING, TAB, click, draw, open_panel
from tests.screenshots.stage import Stage

from tabkeeper.model.days import local_day, local_midnight
from tabkeeper.model.entry import Draft
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.zone import system_zone

PROJECTS, YEARS = 400, 10
LONG = "The one with the name that somebody pasted out of a contract, with all of its clauses, "
FROM_FIELD, TO_FIELD = (120, 199), (120, 233)
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def odd_years(program: Program, home: Path) -> None:
    """Fill a file with ten years on 400 projects, some of them with names, colours and rates of their own."""
    store = Store.open(find_paths({"TABKEEPER_HOME": str(home)}).database)
    tracker = Tracker(store, system_zone())
    odd = [
        tracker.add_project((LONG * 3)[:200], client="Acme & Sons", hourly_rate=Decimal(95), currency="EUR"),
        tracker.add_project("תחזוקת אתר", client="סטודיו כהן", hourly_rate=Decimal(320), currency="ILS"),
        tracker.add_project(
            "Favours", client="Family", hourly_rate=Decimal(0), currency="EUR", color="#DB2777"
        ),
        tracker.add_project("Game", client="Ателье Сова", hourly_rate=Decimal(9800), currency="JPY"),
    ]
    tracker.edit_project(odd[-1].id, color=None)
    many = [tracker.add_project(f"Ticket {number:03}").id for number in range(len(odd), PROJECTS)]
    today = local_midnight(local_day(tracker.now(), tracker.zone), tracker.zone)
    weeks = [today - 7 * number * _DAY for number in range(1, YEARS * 52)]
    plans = [
        (
            Draft(f"Week {at:%W}", odd[number % len(odd)].id, billable=number % 3 > 0),
            at + 600 * _MINUTE,
            number % 40,
        )
        for number, at in enumerate(weeks)
    ]
    # Last week: a day each for the odd ones, and a minute or two for each of the many.
    monday = today - (today.weekday() + 7) * _DAY
    plans += [
        (
            Draft(project.name[:20], project.id, billable=True),
            monday + day * _DAY + 540 * _MINUTE,
            50 * (day + 1),
        )
        for day, project in enumerate(odd)
    ]
    plans += [
        (
            Draft(project_id=project),
            monday + (number % 5) * _DAY + (800 + number // 5) * _MINUTE,
            number % 3 + 1,
        )
        for number, project in enumerate(many)
    ]
    tracker.add_all((draft, start, start + minutes * _MINUTE) for draft, start, minutes in plans)
    store.close()


def odd_reports(stage: Stage) -> None:
    """Draw last week with its names, the end of its many rows, one of its days, and ten years."""
    screen = stage.screen
    opened = stage.program.open_window()
    click(stage, TAB)
    stage.look_away()
    stage.still(opened)
    draw(stage, "reports-odd-names", lambda: screen.press("alt+Left"))
    click(stage, FIRST_GROUPING)
    draw(stage, "reports-400-projects", lambda: screen.press("Down", "End"))
    draw(stage, "reports-ten-years", partial(_choose_days, stage, "2016-12-01", "2026-11-30"))
    today = date.today()
    monday = str(today - timedelta(days=today.weekday() + 7))
    draw(stage, "reports-one-day", partial(_choose_days, stage, monday, monday))
    draw(stage, "reports-future", partial(_choose_days, stage, "2031-01-01", "2031-03-31"))


def _choose_days(stage: Stage, first: str, last: str) -> None:
    panel = open_panel(stage)
    for field, text in ((FROM_FIELD, first), (TO_FIELD, last)):
        stage.click(panel, *field)
        stage.screen.press("ctrl+a")
        stage.screen.write(text)
    stage.screen.press("Return")
    wait_until(lambda: len(stage.program.windows()) == 1, "the panel to close")
