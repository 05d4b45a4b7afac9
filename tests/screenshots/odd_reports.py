"""Reports of what seldom happens: very many projects, very long and foreign names, one day, ten years."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import wait_until
from tests.screenshots.reporting import FIRST_GROUPING, TAB, click, open_panel
from tests.screenshots.stage import Stage

from tabkeeper.model.days import from_local, local_day
from tabkeeper.model.entry import Draft
from tabkeeper.model.instants import utc_now
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.zone import system_zone

PROJECTS, YEARS = 400, 10
LONG = "The one with the name that somebody pasted out of a contract, with all of its clauses, "
FROM_FIELD, TO_FIELD = (120, 199), (120, 233)
_Spent = tuple[Draft, datetime, datetime]
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def odd_years(program: Program, home: Path) -> None:
    """Fill a file with ten years on 400 projects, some of them with names, colours and rates of their own."""
    store = Store.open(find_paths({"TABKEEPER_HOME": str(home)}).database)
    tracker = Tracker(store, system_zone())
    odd = [
        tracker.names.add_project(name, client=client, hourly_rate=Decimal(rate), currency=currency).id
        for name, client, rate, currency in (
            ((LONG * 3)[:200], "Acme & Sons", 95, "EUR"),
            ("תחזוקת אתר", "סטודיו כהן", 320, "ILS"),
            ("Favours", "Family", 0, "EUR"),
            ("Game", "Ателье Сова", 9800, "JPY"),
        )
    ]
    tracker.names.edit_project(odd[-1], color=None)
    many = [tracker.names.add_project(f"Ticket {number:03}").id for number in range(len(odd), PROJECTS)]
    tracker.add_all(_planned(tracker, odd, many))
    store.close()


def _planned(tracker: Tracker, odd: list[str], many: list[str]) -> Iterator[_Spent]:
    """Yield a little each week, and last week a day each for the odd ones and some minutes for all others."""
    today = local_day(tracker.now(), tracker.zone)

    def spent(day: date, minute: int, length: int, project: str, billable: bool = True) -> _Spent:
        start = from_local(day, minute * _MINUTE, tracker.zone)
        return Draft(project_id=project, billable=billable), start, start + length * _MINUTE

    for week in range(1, YEARS * 52):
        yield spent(today - 7 * week * _DAY, 600, week % 40, odd[week % len(odd)], billable=week % 3 > 0)
    monday = _last_monday(today)
    for place, project in enumerate(odd):
        yield spent(monday + place * _DAY, 540, 50 * (place + 1), project)
    for place, project in enumerate(many):
        yield spent(monday + place % 5 * _DAY, 800 + place // 5, place % 3 + 1, project, billable=False)


def _last_monday(today: date) -> date:
    """Return the Monday of last week."""
    return today - timedelta(days=today.weekday() + 7)


def odd_reports(stage: Stage) -> None:
    """Draw last week with its names, the end of its many rows, one of its days, and ten years."""
    screen = stage.screen
    opened = stage.program.open_window()
    click(stage, TAB)
    stage.look_away()
    stage.still(opened)
    stage.draw("reports-odd-names", lambda: screen.press("alt+Left"))
    click(stage, FIRST_GROUPING)
    stage.draw("reports-400-projects", lambda: screen.press("Down", "End"))
    stage.draw("reports-ten-years", partial(_choose_days, stage, "2016-12-01", "2026-11-30"))
    monday = str(_last_monday(local_day(utc_now(), system_zone())))
    stage.draw("reports-one-day", partial(_choose_days, stage, monday, monday))
    stage.draw("reports-future", partial(_choose_days, stage, "2031-01-01", "2031-03-31"))


def _choose_days(stage: Stage, first: str, last: str) -> None:
    panel = open_panel(stage)
    for field, text in ((FROM_FIELD, first), (TO_FIELD, last)):
        stage.click(panel, *field)
        stage.screen.press("ctrl+a")
        stage.screen.write(text)
    stage.screen.press("Return")
    wait_until(lambda: len(stage.program.windows()) == 1, "the panel to close")
