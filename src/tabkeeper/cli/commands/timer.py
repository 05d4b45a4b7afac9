"""The commands about the timer that runs: start, stop, toggle, continue, status."""

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace, RawTextHelpFormatter
from datetime import datetime, timedelta

from tabkeeper.cli.answers import print_json, say, say_what_is_new, show
from tabkeeper.cli.command import Command, Misused, json_option
from tabkeeper.cli.completers import offer_entries, offer_projects, offer_tags
from tabkeeper.cli.moments import with_typed_stop
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import FORMAT_FIELDS, entry_line, printable, status_fields, status_value
from tabkeeper.cli.which import entry_named
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.identity import HANDLE
from tabkeeper.model.typed_time import format_time, parse_ago, parse_instant
from tabkeeper.tracker import Tracker, remark_on, why_it_does_not_run


def content_options(parser: ArgumentParser) -> None:
    """Take what a new entry says: description, project, tags, billable."""
    parser.add_argument("description", nargs="*", help="what you do")
    offer_projects(parser.add_argument("-p", "--project", metavar="NAME", help="made where there is none"))
    offer_tags(
        parser.add_argument("-t", "--tag", action="append", default=[], metavar="NAME", help="again for more")
    )
    parser.add_argument(
        "--billable", action=BooleanOptionalAction, default=None, help="instead of what the project says"
    )


def content(given: Namespace) -> Draft:
    """Return what a new entry says."""
    return Draft(" ".join(given.description), None, tuple(given.tag), given.billable)


def _start_options(parser: ArgumentParser) -> None:
    content_options(parser)
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument("--ago", metavar="DURATION", help="started that long ago: 10m")
    moment.add_argument("--at", metavar="TIME", help="started at that time: 9:30, yesterday 22:00")
    json_option(parser)


def _start(given: Namespace) -> None:
    with opened() as tracker:
        at = _moment(given, tracker)
        known = tracker.catalogue()
        entry = tracker.start(content(given), at, project=given.project)
        say_what_is_new(known.projects, tracker.catalogue().projects, "project")
        show(entry, tracker, as_json=given.json)
        _say_if_it_began_before_what_runs(entry, tracker)


def _say_if_it_began_before_what_runs(entry: Entry, tracker: Tracker) -> None:
    """Tell the person why what was started does not run."""
    if why := why_it_does_not_run(entry, tracker.running(), lambda at: format_time(at, tracker.zone)):
        say(why)


def _moment(given: Namespace, tracker: Tracker) -> datetime | None:
    if given.ago is not None:
        return tracker.now() - timedelta(seconds=parse_ago(given.ago))
    return parse_instant(given.at, tracker.now(), tracker.zone) if given.at is not None else None


def _stop_options(parser: ArgumentParser) -> None:
    parser.add_argument("--at", metavar="TIME", help="stopped at that time: 16:30, 10m ago")
    json_option(parser)


def _stop(given: Namespace) -> None:
    with opened() as tracker:
        running, at, now = tracker.running(), None, tracker.now()
        if given.at is not None and running is not None:
            at = with_typed_stop(running, given.at, now, tracker.zone).stop
        stopped = tracker.stop(at)
        show(stopped, tracker, as_json=given.json)
        _say_if_the_clock_was_set_back(stopped, now)


def _toggle(given: Namespace) -> None:
    with opened() as tracker:
        entry = tracker.toggle()
        show(entry, tracker, as_json=given.json)
        _say_if_the_clock_was_set_back(entry, tracker.now())


def _say_if_the_clock_was_set_back(entry: Entry, now: datetime) -> None:
    """Tell the person why a timer that ran for hours has ended with nothing, and how to put it right."""
    if remark := remark_on(entry, now):
        handle = entry.id[-HANDLE:]
        say(f"{remark} Put its times right: tabkeeper edit {handle} --start TIME --stop TIME")


def _continue_options(parser: ArgumentParser) -> None:
    offer_entries(
        parser.add_argument(
            "id", nargs="?", metavar="ID", help="an entry from the list; without it the last one"
        )
    )
    json_option(parser)


def _continue(given: Namespace) -> None:
    with opened() as tracker:
        if given.id is None:
            entry = tracker.continue_last()
        else:
            entry = tracker.continue_entry(entry_named(given.id, tracker).id)
        show(entry, tracker, as_json=given.json)


def _status_options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawTextHelpFormatter
    fields = "\n".join(f"  {{{name}}}".ljust(18) + meaning for name, meaning in FORMAT_FIELDS.items())
    parser.epilog = f"fields of --format, empty where no timer runs:\n{fields}"
    json_option(parser)
    parser.add_argument(
        "--format", type=_format, metavar="TEXT", help="a line for a bar: '{elapsed} {project}'"
    )


def _format(text: str) -> str:
    """Return a text of `--format` that can be filled in."""
    try:
        for filled in (FORMAT_FIELDS, dict.fromkeys(FORMAT_FIELDS, "")):
            text.format_map(filled)
    except KeyError as error:
        known = ", ".join(FORMAT_FIELDS)
        raise ArgumentTypeError(f"there is no field {error}; the fields are {known}") from error
    except (IndexError, ValueError, AttributeError, TypeError) as error:
        raise ArgumentTypeError(
            "a brace is no field; write fields as {elapsed}, and {{ for a brace"
        ) from error
    return text


def _status(given: Namespace) -> None:
    if given.json and given.format is not None:
        raise Misused("Choose --json or --format.")
    with opened() as tracker:
        entry, catalogue, now = tracker.running(), tracker.catalogue(), tracker.now()
        today, sync = tracker.today_seconds(), tracker.sync_status().state
        if given.json:
            print_json(status_value(entry, catalogue, now, today, sync))
        elif given.format is not None:
            fields = status_fields(entry, catalogue, now, today, sync, tracker.zone)
            print(printable(given.format.format_map(fields)))
        elif entry is None:
            print("No timer is running.")
        else:
            print(entry_line(entry, catalogue, now, tracker.zone))


COMMANDS = {
    "start": Command("Start a timer; one that runs is stopped", _start_options, _start),
    "stop": Command("Stop the timer", _stop_options, _stop),
    "toggle": Command("Stop the timer, or go on with the last thing", json_option, _toggle),
    "continue": Command("Start the last thing again, or what an entry says", _continue_options, _continue),
    "status": Command("Say what runs", _status_options, _status),
}
