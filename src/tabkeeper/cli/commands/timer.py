"""The commands about the timer that runs: start, stop, status."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tabkeeper.cli.output import entry_line, entry_value, printable, status_value
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.typed_time import parse_ago, parse_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tabkeeper.tracker import Tracker


def json_option(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")


def start_options(parser: ArgumentParser) -> None:
    """Add the words of `start`."""
    parser.add_argument("description", nargs="?", default="")
    parser.add_argument("-p", "--project", metavar="NAME")
    parser.add_argument("-t", "--tag", action="append", default=[], metavar="NAME")
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--ago", metavar="DURATION", help="started that long ago: 10m")
    moment.add_argument("--at", metavar="TIME", help="started at that time: 9:30")
    json_option(parser)


def stop_options(parser: ArgumentParser) -> None:
    """Add the words of `stop`."""
    parser.add_argument("--at", metavar="TIME", help="stopped at that time: 16:30")
    json_option(parser)


def start(given: Namespace) -> None:
    """Start a timer."""
    with opened() as tracker:
        at = typed_instant(given.at, tracker)
        if given.ago is not None:
            at = datetime.now(UTC) - timedelta(seconds=parse_ago(given.ago))
        project_id = project_for(given.project, tracker) if given.project is not None else None
        show(tracker.start(Draft(given.description, project_id, tuple(given.tag)), at), tracker, given.json)


def stop(given: Namespace) -> None:
    """Stop the timer."""
    with opened() as tracker:
        show(tracker.stop(typed_instant(given.at, tracker)), tracker, given.json)


def status(given: Namespace) -> None:
    """Say what runs."""
    with opened() as tracker:
        entry, catalogue, now = tracker.running(), tracker.catalogue(), datetime.now(UTC)
        if given.json:
            print(
                json.dumps(status_value(entry, catalogue, now, tracker.today_seconds()), ensure_ascii=False)
            )
        elif entry is None:
            print("No timer is running.")
        else:
            print(entry_line(entry, catalogue, now, tracker.zone))


@contextmanager
def opened() -> "Iterator[Tracker]":
    """Open the tracker on the person's own file, and close the file at the end."""
    from tabkeeper.paths import find_paths
    from tabkeeper.store.file import Store
    from tabkeeper.tracker import Tracker
    from tabkeeper.zone import system_zone

    store = Store.open(find_paths(os.environ).database)
    try:
        if store.notice is not None:
            print(printable(store.notice), file=sys.stderr)
        yield Tracker(store, system_zone())
    finally:
        store.close()


def typed_instant(text: str | None, tracker: "Tracker") -> datetime | None:
    """Return the instant that was typed, or None where none was."""
    return parse_instant(text, datetime.now(UTC), tracker.zone) if text is not None else None


def project_for(name: str, tracker: "Tracker") -> str:
    """Return the id of the project of that name; a new one is created, and stderr says so."""
    from difflib import get_close_matches

    known = tracker.catalogue()
    if (project := known.project_named(name)) is not None:
        return project.id
    close = get_close_matches(name, [project.name for project in known.active_projects()], n=1)
    created = tracker.add_project(name)
    hint = f" Did you mean {close[0]}?" if close else ""
    print(printable(f"Created the project {created.name}.{hint}"), file=sys.stderr)
    return created.id


def show(entry: Entry, tracker: "Tracker", as_json: bool) -> None:
    """Print an entry that a command changed."""
    catalogue, now = tracker.catalogue(), datetime.now(UTC)
    if as_json:
        print(json.dumps(entry_value(entry, catalogue, now), ensure_ascii=False))
    else:
        print(entry_line(entry, catalogue, now, tracker.zone))
