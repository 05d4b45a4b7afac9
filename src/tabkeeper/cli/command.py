"""What a command is to the command line, and the error of one that was used in a way it does not know."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """What a command is for, which words it takes, and what it does."""

    summary: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], None]


class Misused(Exception):  # noqa: N818 - an answer to a person, not a fault of the program
    """Words that do not belong together; the text says which."""


def no_options(_: ArgumentParser) -> None:
    """Take no words."""


def json_option(parser: ArgumentParser, *, default: bool | str = False) -> None:
    """Take `--json`; the default of a part of a command is `SUPPRESS`: what was said before it stays said."""
    parser.add_argument("--json", action="store_true", default=default, help="print JSON for scripts")
