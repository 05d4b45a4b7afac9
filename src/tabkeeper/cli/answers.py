"""Prints the answers of commands: JSON that any script can read, CSV, or lines for people."""

import json
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from typing import Any, TypeVar

from tabkeeper.cli.output import entry_line, printable
from tabkeeper.model.catalogue import Client, Project, folded
from tabkeeper.model.entry import Entry
from tabkeeper.model.entry_json import entry_value
from tabkeeper.tracker import Tracker

_Named = TypeVar("_Named", Project, Client)


def print_json(value: Any) -> None:
    """Print a value as one line of JSON, in ASCII where what reads it may expect no UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or ""
    print(json.dumps(value, ensure_ascii=not encoding.lower().startswith("utf")))


def print_csv(text: str) -> None:
    """Print CSV with its line ends as they are: Windows would put a second carriage return into each."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    print(text, end="")


def say(sentence: str) -> None:
    """Tell the person something beside the answer, on stderr."""
    print(printable(sentence), file=sys.stderr)


def show(entry: Entry, tracker: Tracker, *, as_json: bool) -> None:
    """Print an entry that a command changed."""
    catalogue, now = tracker.catalogue(), tracker.now()
    if as_json:
        print_json(entry_value(entry, catalogue, now))
    else:
        print(entry_line(entry, catalogue, now, tracker.zone))


def show_all(entries: Sequence[Entry], tracker: Tracker, *, as_json: bool) -> None:
    """Print entries: a JSON array, or a line each."""
    catalogue, now = tracker.catalogue(), tracker.now()
    if as_json:
        print_json([entry_value(entry, catalogue, now) for entry in entries])
    for entry in () if as_json else entries:
        print(entry_line(entry, catalogue, now, tracker.zone))


def say_what_is_new(before: Mapping[str, _Named], after: Mapping[str, _Named], kind: str) -> None:
    """Say what a command has made by naming it, and what may have been meant instead."""
    if before.keys() == after.keys():
        return
    names = [known.name for known in before.values() if not known.archived]
    for thing in (thing for key, thing in after.items() if key not in before):
        say(f"Created the {kind} {thing.name}.{close_to(thing.name, names)}")


def close_to(name: str, known: Sequence[str]) -> str:
    """Return the question whether the closest of the known names was meant, or an empty text."""
    from difflib import get_close_matches

    spelled = {folded(other): other for other in known}
    close = get_close_matches(folded(name), spelled, n=1)
    return f" Did you mean {spelled[close[0]]}?" if close else ""
