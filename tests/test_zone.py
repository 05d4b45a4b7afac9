"""The zone of this computer, also where the system has rules for it and no name."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tabkeeper import zone as zone_module
from tabkeeper.model.days import from_local, local_day, local_midnight
from tabkeeper.model.refusal import Refused
from tabkeeper.zone import ChangingZone, system_zone

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no TZ")
NEW_YORK = ZoneInfo("America/New_York")
BY_RULES = "EST5EDT,M3.2.0,M11.1.0"  # as New York has them


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def named(variable: pytest.MonkeyPatch, name: str) -> None:
    variable.setenv("TZ", name)
    time.tzset()


def test_rules_show_what_the_zone_of_these_rules_shows(variable: pytest.MonkeyPatch) -> None:
    named(variable, BY_RULES)
    zone = system_zone()
    # Around both changes of the clocks of 2026, in steps of half an hour.
    for around in (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)):
        for step in range(96):
            instant = around + timedelta(minutes=30 * step, microseconds=7)
            here, there = instant.astimezone(zone), instant.astimezone(NEW_YORK)
            assert here.replace(tzinfo=None) == there.replace(tzinfo=None)
            assert (here.fold, here.utcoffset()) == (there.fold, there.utcoffset())
            assert here.astimezone(UTC) == instant


def test_days_by_rules_are_as_long_as_they_are(variable: pytest.MonkeyPatch) -> None:
    named(variable, BY_RULES)
    zone = system_zone()
    lengths = [
        local_midnight(day + timedelta(days=1), zone) - local_midnight(day, zone)
        for day in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1))
    ]
    assert lengths == [timedelta(hours=hours) for hours in (24, 23, 25)]
    one = timedelta(hours=1, minutes=30)
    first, second = (from_local(date(2026, 11, 1), one, zone, second=later) for later in (False, True))
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize("name", ["Nonsense/Zone", "<+14>-14", "../../etc/passwd"])
def test_a_name_that_nobody_knows_is_no_obstacle(variable: pytest.MonkeyPatch, name: str) -> None:
    named(variable, name)
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert local_day(now, system_zone()) == datetime.fromtimestamp(now.timestamp()).date()


def test_the_ends_of_the_calendar_are_refused_by_rules_too(variable: pytest.MonkeyPatch) -> None:
    named(variable, BY_RULES)
    with pytest.raises(Refused):
        local_midnight(date.min, system_zone())


@pytest.fixture
def link(tmp_path: Path, variable: pytest.MonkeyPatch) -> Path:
    """What stands for /etc/localtime."""
    variable.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    variable.setattr(zone_module, "LINK", link)
    return link


def point(link: Path, name: str) -> None:
    """Set the computer to a zone, as timedatectl does."""
    fresh = link.with_suffix(".new")
    fresh.symlink_to(f"/usr/share/zoneinfo/{name}")
    fresh.replace(link)


def test_a_link_to_a_zone_that_the_system_knows_nothing_of_is_no_obstacle(link: Path) -> None:
    point(link, "Nonsense/Zone")
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert local_day(now, ChangingZone()) == datetime.fromtimestamp(now.timestamp()).date()


def test_a_zone_follows_the_computer_to_another_one(link: Path) -> None:
    point(link, "Europe/Berlin")
    zone = ChangingZone()
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert not zone.look()
    assert local_day(late, zone) == date(2026, 11, 25)
    point(link, "America/New_York")
    assert local_day(late, zone) == date(2026, 11, 25)
    assert zone.look()
    assert not zone.look()
    assert local_day(late, zone) == date(2026, 11, 24)


def test_a_changing_zone_shows_what_its_zone_shows_around_the_changes_of_the_clocks(link: Path) -> None:
    point(link, "America/New_York")
    zone = ChangingZone()
    for around in (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)):
        for step in range(96):
            instant = around + timedelta(minutes=30 * step)
            here, there = instant.astimezone(zone), instant.astimezone(NEW_YORK)
            assert here.replace(tzinfo=None) == there.replace(tzinfo=None)
            assert (here.fold, here.utcoffset(), here.tzname()) == (
                there.fold,
                there.utcoffset(),
                there.tzname(),
            )
            assert here.astimezone(UTC) == instant


def test_a_zone_of_rules_stays_the_one_it_is(variable: pytest.MonkeyPatch) -> None:
    named(variable, BY_RULES)
    assert not ChangingZone().look()
