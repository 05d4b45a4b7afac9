"""The commands about entries of the past: list, add, edit, delete."""

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from datetime import datetime
from typing import Any

from tabkeeper.cli.answers import print_json, say, say_what_is_new, show, show_all
from tabkeeper.cli.command import Command, Misused, json_option
from tabkeeper.cli.commands.timer import content, content_options
from tabkeeper.cli.completers import offer_entries, offer_projects, offer_tags
from tabkeeper.cli.moments import (
    day_span,
    typed_end,
    typed_near,
    weeks_begin_on,
    with_typed_start,
    with_typed_stop,
)
from tabkeeper.cli.opened import opened
from tabkeeper.cli.which import entry_named
from tabkeeper.model.days import local_day, moved, week_start
from tabkeeper.model.durations import parse_duration
from tabkeeper.model.edits import with_duration
from tabkeeper.model.entry import Entry
from tabkeeper.model.entry_json import entry_value
from tabkeeper.model.typed_time import parse_instant
from tabkeeper.tracker import Tracker

_MOST = 2**63 - 1
"""The largest number that SQLite knows."""


def _list_options(parser: ArgumentParser) -> None:
    days = parser.add_mutually_exclusive_group()
    days.add_argument("--today", action="store_true", help="only what began today")
    days.add_argument("--week", action="store_true", help="only what began this week")
    days.add_argument("--from", dest="begin", metavar="TIME", help="from then on: monday, 2026-11-24, 9:30")
    parser.add_argument("--to", dest="end", metavar="TIME", help="before then; of a day, up to its end")
    parser.add_argument("-n", "--limit", type=int, metavar="N", help="at most so many, the newest")
    json_option(parser)


def _list(given: Namespace) -> None:
    if given.end is not None and (given.today or given.week):
        raise Misused("--to belongs to --from.")
    if given.limit is not None and given.limit < 0:
        raise Misused("--limit is a number from 0 up.")
    with opened() as tracker:
        limit = None if given.limit is None else min(given.limit, _MOST)
        entries = tracker.entries(*_span(given, tracker), limit=limit)
        show_all(entries, tracker, as_json=given.json)
        if not entries and not given.json:
            say("No entries.")


def _span(given: Namespace, tracker: Tracker) -> tuple[datetime | None, datetime | None]:
    now, zone = tracker.now(), tracker.zone
    today = local_day(now, zone)
    if given.today:
        return day_span(today, 1, zone)
    if given.week:
        return day_span(week_start(today, weeks_begin_on()), 7, zone)
    begin = parse_instant(given.begin, now, zone) if given.begin is not None else None
    return begin, typed_end(given.end, now, zone) if given.end is not None else None


def _add_options(parser: ArgumentParser) -> None:
    content_options(parser)
    parser.add_argument(
        "--from", dest="begin", required=True, metavar="TIME", help="began then: 9:00, yesterday 16:30"
    )
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--to", dest="end", metavar="TIME", help="ended then: 9:15, or +15m after the start")
    end.add_argument("--duration", metavar="DURATION", help="lasted so long: 15m")
    json_option(parser)


def _add(given: Namespace) -> None:
    with opened() as tracker:
        now, zone = tracker.now(), tracker.zone
        start = parse_instant(given.begin, now, zone)
        if given.end is not None:
            # `+15m` is after the start; so long after now, nothing has passed yet.
            until = start if given.end.lstrip().startswith("+") else None
            stop = with_typed_stop(Entry("", start, until), given.end, now, zone).stop or now
        else:
            stop = moved(start, parse_duration(given.duration))
        known = tracker.catalogue()
        entry = tracker.add(content(given), start, stop, project=given.project)
        say_what_is_new(known.projects, tracker.catalogue().projects, "project")
        show(entry, tracker, as_json=given.json)


def _edit_options(parser: ArgumentParser) -> None:
    offer_entries(
        parser.add_argument("id", metavar="ID|last|current", help="an id from the list, or its end")
    )
    parser.add_argument("--description", metavar="TEXT")
    offer_projects(parser.add_argument("-p", "--project", metavar="NAME", help="'' takes it away"))
    tags = parser.add_mutually_exclusive_group()
    offer_tags(
        tags.add_argument(
            "-t", "--tag", action="append", metavar="NAME", help="these instead; again for more"
        )
    )
    tags.add_argument("--no-tags", action="store_true", help="take all tags away")
    parser.add_argument("--billable", action=BooleanOptionalAction)
    parser.add_argument("--start", metavar="TIME", help="9:30, or -5m for earlier; the stop stays")
    parser.add_argument("--stop", metavar="TIME", help="9:30, or +15m for later; the start stays")
    parser.add_argument(
        "--duration",
        metavar="DURATION",
        help="1h20, or +15m for longer; the start stays, or moves if it runs",
    )
    json_option(parser)


def _edit(given: Namespace) -> None:
    texts = (given.description, given.project, given.tag, given.billable, given.no_tags or None)
    times = (given.start, given.stop, given.duration)
    if all(word is None for word in texts + times):
        raise Misused("Say what to change.")
    if None not in times:
        raise Misused("Two of --start, --stop and --duration decide the third.")
    with opened() as tracker:
        entry = entry_named(given.id, tracker)
        fields = _fields(given) | _times(entry, given, tracker)
        known = tracker.catalogue()
        changed = tracker.edit(entry.id, project=given.project or None, **fields)
        say_what_is_new(known.projects, tracker.catalogue().projects, "project")
        show(changed, tracker, as_json=given.json)


def _fields(given: Namespace) -> dict[str, Any]:
    """Return what of an entry's content changes."""
    fields: dict[str, Any] = {}
    if given.description is not None:
        fields["description"] = given.description
    if given.project == "":
        fields["project_id"] = None
    if given.tag is not None or given.no_tags:
        fields["tags"] = tuple(given.tag or ())
    if given.billable is not None:
        fields["billable"] = given.billable
    return fields


def _times(entry: Entry, given: Namespace, tracker: Tracker) -> dict[str, Any]:
    """Return what of an entry's times changes: one keeps the sensible other, two decide both."""
    now, zone, changed = tracker.now(), tracker.zone, entry
    seconds = None if given.duration is None else parse_duration(given.duration, entry.seconds(now))
    if given.start is not None:
        if given.stop is None and seconds is None:
            changed = with_typed_start(entry, given.start, now, zone)
        else:
            changed = entry._replace(start=typed_near(given.start, entry.start, now, zone))
    if given.stop is not None:
        if seconds is None:
            changed = with_typed_stop(changed, given.stop, now, zone)
        else:
            stop = typed_near(given.stop, entry.stop or now, now, zone, not_before=entry.start)
            changed = entry._replace(start=moved(stop, -seconds), stop=stop)
    elif seconds is not None and given.start is not None:
        changed = changed._replace(stop=moved(changed.start, seconds))
    elif seconds is not None:
        changed = with_duration(entry, seconds, now)
    before, after = entry._asdict(), changed._asdict()
    return {name: after[name] for name in ("start", "stop") if after[name] != before[name]}


def _delete_options(parser: ArgumentParser) -> None:
    offer_entries(
        parser.add_argument(
            "id", nargs="+", metavar="ID|last|current", help="an id from the list, or its end; again for more"
        )
    )
    json_option(parser)


def _delete(given: Namespace) -> None:
    with opened() as tracker:
        entries = tracker.delete([entry_named(word, tracker).id for word in given.id])
        if given.json and len(entries) == 1:
            print_json(entry_value(entries[0], tracker.catalogue(), tracker.now()))
        else:
            show_all(entries, tracker, as_json=given.json)


COMMANDS = {
    "list": Command("List entries, newest first", _list_options, _list),
    "add": Command("Add time that has passed", _add_options, _add),
    "edit": Command("Change an entry", _edit_options, _edit),
    "delete": Command("Delete entries; undo brings them back", _delete_options, _delete),
}
