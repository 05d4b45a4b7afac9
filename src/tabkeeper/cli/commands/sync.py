"""The command about sync: do a round now, say how it stands, and answer what needs the person."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from tabkeeper.cli.answers import print_json
from tabkeeper.cli.command import Command, Misused, json_option
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import printable
from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.identity import HANDLE
from tabkeeper.model.instants import from_milliseconds, rfc3339
from tabkeeper.model.lost_values import said, value_of
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.model.sync_status import SyncStatus, sync_line
from tabkeeper.model.text import quoted
from tabkeeper.model.typed_time import format_time
from tabkeeper.tracker import Tracker
from tabkeeper.tracker.needs import OVERRULED_AT_ONCE, Answer, Needs, Overruled, Parked

_ANSWERS: dict[str, Answer] = {"try-again": "try again", "keep": "keep", "discard": "discard"}
_OF_THE_GONE = ("keep-gone", "remove-gone")
_OVERRULED_SHOWN = 5
_ACTS = f"""\
answers to what needs you, which --status lists with an ID for each:
  {"try-again ID".ljust(16)} send the change once more
  {"keep ID".ljust(16)} keep what is here; where the server has it no longer, send it anew
  {"discard ID".ljust(16)} drop the change, and take what the server has
  {"keep-gone".ljust(16)} send the entries anew that the server has no longer
  {"remove-gone".ljust(16)} remove them here, too"""


def _options(parser: ArgumentParser) -> None:
    from argparse import RawDescriptionHelpFormatter

    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _ACTS
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--now", action="store_true", help="send and fetch now; what is done without words")
    what.add_argument(
        "--status", action="store_true", help="say how sync stands, what needs you, and what was overruled"
    )
    parser.add_argument("answer", nargs="?", metavar="ANSWER", choices=(*_ANSWERS, *_OF_THE_GONE))
    parser.add_argument("id", nargs="?", metavar="ID", help="which change the answer is for")
    json_option(parser)


def _run(given: Namespace) -> None:
    if given.answer is not None and (given.now or given.status):
        raise Misused("Choose --now, --status or an answer.")
    if given.answer in _ANSWERS and given.id is None:
        raise Misused("Say which change this is for.")
    if given.answer is None and not given.status:
        from tabkeeper.cli.syncing import sync_now

        sync_now()
    with opened() as tracker:
        if not tracker.sync_status().signed_in:
            raise NothingToDo("You are not signed in; everything stays on this computer.")
        if given.answer is not None:
            _answer(tracker, given.answer, given.id)
        _show(tracker, as_json=given.json, in_full=given.status)


def _answer(tracker: Tracker, answer: str, typed: str | None) -> None:
    if answer in _OF_THE_GONE:
        done = tracker.needs.keep_held() if answer == "keep-gone" else tracker.needs.remove_held()
        if not done:
            raise NothingToDo("No entries are in question.")
        return
    found = [one for one in tracker.needs.all().parked if typed and one.id.endswith(typed)]
    if len(found) != 1:
        raise Refused(
            f"No change that needs you has the ID {quoted(typed or '')}. See: tabkeeper sync --status"
        )
    tracker.needs.answer(found[0], _ANSWERS[answer])


def _show(tracker: Tracker, *, as_json: bool, in_full: bool) -> None:
    status = tracker.sync_status()
    needs = tracker.needs.all(overruled_at_most=None if in_full else OVERRULED_AT_ONCE)
    if as_json:
        print_json(_value(status, needs, tracker.catalogue()))
        return
    print(printable(sync_line(status, tracker.now(), tracker.zone)))
    if status.words:
        print(printable(status.words))
    for change in needs.parked:
        print(printable(f"{change.id[-HANDLE:]}  {change.subject or '(no description)'}  {change.words}"))
    if needs.parked:
        print(f"Choose: {_ways_to_answer(needs.parked)}.")
    if needs.held:
        are = "entry is" if needs.held == 1 else "entries are"
        print(
            f"{needs.held:,} {are} not on the server any more; nothing was removed here. "
            "Choose: tabkeeper sync keep-gone, or tabkeeper sync remove-gone."
        )
    if in_full and needs.overruled:
        print(*_overruled_lines(needs.overruled, tracker.catalogue(), tracker.zone), sep="\n")


def _ways_to_answer(changes: Sequence[Parked]) -> str:
    """Return the commands that answer these: what the server lacks can be kept, the rest be sent again."""
    keep, again = (any(change.can_keep is can for change in changes) for can in (True, False))
    words = [*(["keep ID"] if keep else []), *(["try-again ID"] if again else []), "discard ID"]
    return " or ".join(f"tabkeeper sync {word}" for word in words)


def _overruled_lines(overruled: Sequence[Overruled], catalogue: Catalogue, zone: tzinfo) -> Iterator[str]:
    """Yield what lost in a conflict of late: it asks for nothing, and JSON has the rest."""

    def time(instant: datetime) -> str:
        return format_time(instant, zone)

    yield "Overruled lately:"
    for one in overruled[:_OVERRULED_SHOWN]:
        at = from_milliseconds(one.at).astimezone(zone)
        lost = said(one.reason, one.fields, catalogue, time)
        yield printable(f"{at:%Y-%m-%d %H:%M}  {one.subject or '(no name)'}  {lost}")
    if len(overruled) > _OVERRULED_SHOWN:
        yield f"and {len(overruled) - _OVERRULED_SHOWN} more: tabkeeper sync --status --json"


def _value(status: SyncStatus, needs: Needs, catalogue: Catalogue) -> dict[str, Any]:
    """Return how sync stands as JSON has it."""
    return {
        "state": status.state,
        "synced_at": rfc3339(status.synced_at) if status.synced_at is not None else None,
        "failing_since": rfc3339(status.failing_since) if status.failing_since is not None else None,
        "words": status.words,
        "waiting": status.waiting,
        "read": status.read,
        "to_read": status.to_read,
        "stopped": status.stopped,
        "clock_ahead_seconds": status.clock_ahead_seconds,
        "gone": needs.held,
        "needs_you": [_change_value(change) for change in needs.parked],
        "overruled": [_overruled_value(one, catalogue) for one in needs.overruled],
    }


def _change_value(change: Parked) -> dict[str, Any]:
    return change._asdict()


def _overruled_value(one: Overruled, catalogue: Catalogue) -> dict[str, Any]:
    at = rfc3339(from_milliseconds(one.at))
    return one._asdict() | {"at": at, "fields": value_of(one.fields, catalogue)}


COMMANDS = {"sync": Command("Send and fetch now, or say how sync stands", _options, _run)}
