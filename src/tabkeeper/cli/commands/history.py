"""The commands undo and redo."""

from argparse import Namespace
from collections.abc import Callable

from tabkeeper.cli.answers import print_json, say
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import entry_line, printable
from tabkeeper.model.entry_json import entry_value
from tabkeeper.tracker import Step, Tracker


def _undo(given: Namespace) -> None:
    _step(given, "Undone", Tracker.undo)


def _redo(given: Namespace) -> None:
    _step(given, "Done again", Tracker.redo)


def _step(given: Namespace, what: str, change: Callable[[Tracker], Step]) -> None:
    """Go one step through the history; say which, and print the entry it was about as that is now."""
    with opened() as tracker:
        step = change(tracker)
        entry, catalogue, now = tracker.entry_of(step), tracker.catalogue(), tracker.now()
        which = f"{what}: {step.action} {step.subject}"
        if given.json:
            say(which)
            print_json(None if entry is None else entry_value(entry, catalogue, now))
            return
        print(printable(which))
        if entry is not None:
            print(entry_line(entry, catalogue, now, tracker.zone))


COMMANDS = {
    "undo": Command("Take back what was done last, also in the tray", json_option, _undo),
    "redo": Command("Do again what was undone last", json_option, _redo),
}
