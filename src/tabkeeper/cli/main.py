"""Finds the command that the words name, and turns its answer or refusal into an exit code."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from tabkeeper import __version__
from tabkeeper.cli.commands import COMMANDS
from tabkeeper.cli.output import printable
from tabkeeper.model.refusal import NothingToDo, Refused

DONE, REFUSED, USAGE, NOTHING_TO_ACT_ON = 0, 1, 2, 3


def run(words: Sequence[str]) -> int:
    """Run one command; returns 0 done, 1 refused, 2 usage, 3 nothing to act on."""
    try:
        given = parser(words[0]).parse_args(words)
    except SystemExit as ended:  # argparse has printed its help, or what is wrong
        return ended.code if isinstance(ended.code, int) else USAGE
    from tabkeeper.store.trouble import StoreTrouble

    try:
        COMMANDS[given.command].run(given)
    except NothingToDo as nothing:
        print(printable(str(nothing)), file=sys.stderr)
        return NOTHING_TO_ACT_ON
    except (Refused, StoreTrouble) as refusal:
        print(printable(str(refusal)), file=sys.stderr)
        return REFUSED
    return DONE


def parser(word: str) -> ArgumentParser:
    """Return a parser of the one command that `word` names, or of all where it names none."""
    top = ArgumentParser(prog="tabkeeper", description="Keep time from the command line.")
    top.add_argument("--version", action="version", version=f"tabkeeper {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [word] if word in COMMANDS else COMMANDS:
        command = COMMANDS[name]
        command.options(commands.add_parser(name, help=command.summary, description=command.summary))
    return top
