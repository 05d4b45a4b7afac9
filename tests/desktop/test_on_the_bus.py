"""The running program on the session bus, asked by systemd's own tool as a bar would."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from tests.desktop.program import Program
from tests.desktop.screen import end, launch, wait_until

IN_A_ZONE = """
import sys
from pathlib import Path
from tabkeeper import zone
zone.LINK = Path(sys.argv[1])
from tabkeeper.app import main
sys.exit(main())
"""
ON_A_DAY = """
import sys
from datetime import timedelta
from pathlib import Path
from tabkeeper.model import instants
now, later = instants.utc_now, Path(sys.argv[1])
instants.utc_now = lambda: now() + timedelta(hours=float(later.read_text()))
from tabkeeper.desktop import calendar_watch
calendar_watch._BETWEEN_LOOKS = 100
from tabkeeper.app import main
sys.exit(main())
"""
ZONES = Path("/usr/share/zoneinfo")
ADDRESS = ("app.tabkeeper", "/app/tabkeeper", "app.tabkeeper.Timer")


def busctl(program: Program, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ("busctl", "--user", *words),
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def call(program: Program, method: str, *words: str) -> dict[str, Any]:
    done = busctl(program, "--json=short", "call", *ADDRESS, method, *words)
    assert done.returncode == 0, done.stderr
    return {name: value["data"] for name, value in json.loads(done.stdout)["data"][0].items()}


@pytest.fixture
def served(program: Program) -> Program:
    program.start()
    program.icon()
    wait_until(lambda: busctl(program, "status", "app.tabkeeper").returncode == 0, "the name on the bus")
    return program


def test_a_bar_starts_stops_and_asks(served: Program) -> None:
    assert call(served, "Status") == {"running": False, "today_seconds": 0}
    started = call(served, "Start", "s", "Review")
    assert (started["running"], started["description"], started["tags"]) == (True, "Review", [])
    assert served.ask("status")["entry"]["id"] == started["id"]
    assert call(served, "Toggle")["running"] is False
    assert call(served, "Continue")["description"] == "Review"
    assert call(served, "Stop")["running"] is False


def test_a_refusal_is_an_error_with_the_sentence_a_person_would_read(served: Program) -> None:
    done = busctl(served, "call", *ADDRESS, "Stop")
    assert done.returncode != 0
    assert "No timer is running." in done.stderr
    for words in (("Start", "i", "7"), ("Start",), ("Toggle", "s", "x")):
        otherwise = busctl(served, "call", *ADDRESS, *words)
        assert otherwise.returncode != 0
        assert "It takes" in otherwise.stderr
    assert served.ask("list") == []


def test_a_script_that_asks_without_end_delays_neither_the_window_nor_the_end(served: Program) -> None:
    served.ask("start", "Review")
    with open_dbus_connection(bus=served.environment["DBUS_SESSION_BUS_ADDRESS"]) as script:
        for _ in range(1_500):
            script.send(new_method_call(DBusAddress(ADDRESS[1], ADDRESS[0], ADDRESS[2]), "Toggle"))
        served.open_window()
        served.end()
    assert served.process
    assert (served.process.returncode, served.log.read_text()) == (0, "")
    assert sum(entry["stop"] is None for entry in served.ask("list")) <= 1


def test_what_it_offers_can_be_looked_up(served: Program) -> None:
    shown = busctl(served, "introspect", *ADDRESS[:2]).stdout
    assert all(name in shown for name in (".Start", ".Stop", ".Toggle", ".Continue", ".Status", ".Changed"))


def test_each_change_is_told_whoever_makes_it(served: Program) -> None:
    log = served.log.with_suffix(".signals")
    rule = "type='signal',interface='app.tabkeeper.Timer'"
    words = ("dbus-monitor", "--session", rule)
    with log.open("w") as told:
        monitor = launch(words, served.environment, log.with_suffix(".err"), told.fileno())
        wait_until(lambda: "NameAcquired" in log.read_text(), "the monitor")
        served.ask("start", "From the command line")
        wait_until(lambda: "From the command line" in log.read_text(), "the signal")
        end(monitor)
    assert "member=Changed" in log.read_text()


def zone_where_it_is(hour: int) -> str:
    """Return the zone in which clocks show this hour now."""
    offset = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-offset:+d}"


def test_today_is_that_of_the_zone_in_which_the_computer_is_now(program: Program, tmp_path: Path) -> None:
    link, fresh = tmp_path / "localtime", tmp_path / "fresh"
    program.environment.pop("TZ", None)
    program.ask("add", "Review", "--from", "13h ago", "--duration", "1h")
    link.symlink_to(ZONES / zone_where_it_is(22))
    program.process = launch((sys.executable, "-c", IN_A_ZONE, str(link)), program.environment, program.log)
    wait_until(lambda: busctl(program, "status", "app.tabkeeper").returncode == 0, "the name on the bus")
    assert call(program, "Status")["today_seconds"] == 3600
    fresh.symlink_to(ZONES / zone_where_it_is(2))
    fresh.replace(link)
    # Whatever is done makes the program look.
    program.ask("tags", "add", "travel")
    wait_until(lambda: call(program, "Status")["today_seconds"] == 0, "another today")


def test_a_day_that_begins_is_today_although_nobody_does_anything(program: Program, tmp_path: Path) -> None:
    later, fresh = tmp_path / "later", tmp_path / "fresh"
    later.write_text("0")
    program.environment["TZ"] = zone_where_it_is(12)
    program.ask("add", "Review", "--from", "2h ago", "--duration", "1h")
    program.ask("start", "Drafting")
    program.process = launch((sys.executable, "-c", ON_A_DAY, str(later)), program.environment, program.log)
    wait_until(lambda: busctl(program, "status", "app.tabkeeper").returncode == 0, "the name on the bus")
    assert call(program, "Status")["today_seconds"] >= 3600
    fresh.write_text("24")
    fresh.replace(later)
    wait_until(lambda: call(program, "Status")["today_seconds"] == 0, "another today")
    assert call(program, "Status")["seconds"] >= 24 * 3600, "what runs belongs to the day it began on"
