"""Finds the command that the words name, and turns its answer or refusal into an exit code."""

import os
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from io import TextIOWrapper

from tabkeeper import __version__
from tabkeeper.cli.command import Misused
from tabkeeper.cli.commands import WORDS, command
from tabkeeper.cli.output import printable
from tabkeeper.model.refusal import NothingToDo, Refused

DONE, REFUSED, USAGE, NOTHING_TO_ACT_ON = 0, 1, 2, 3
INTERRUPTED = 130
_EPILOG = """\
Without a command, Tabkeeper starts in the tray.

exit codes:  0 done   1 refused   2 usage   3 nothing to act on   4 no display
environment: TABKEEPER_HOME=FOLDER keeps everything in that folder
"""
_TIME_OPTIONS = {"--at", "--from", "--to", "--start", "--stop", "--duration"}
_BACKWARDS = re.compile(r"-[\d:.]")


def run(words: Sequence[str]) -> int:
    """Run one command; returns 0 done, 1 refused, 2 usage, 3 nothing to act on."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started this: `tabkeeper status 2>&-`
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a letter is no reason to end; Windows' code page for pipes lacks most.
            is_windows_pipe = os.name == "nt" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if is_windows_pipe else None, errors="backslashreplace")
    try:
        code = _run([_readable(word) for word in words])
        sys.stdout.flush()
    except BrokenPipeError:  # `tabkeeper list | head -1`: who read has enough
        _silence()
        return DONE
    except OSError as error:
        _silence()
        _say(f"This did not work: {error.strerror or error}.")
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def parser(word: str) -> ArgumentParser:
    """Return a parser of the one command that `word` names, or of all where it names none."""
    top = ArgumentParser(
        prog="tabkeeper",
        description="Keep time from the command line.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"tabkeeper {__version__}")
    # With `prog` given, argparse need not look up the terminal's width before anybody asked for help.
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="tabkeeper")
    for name in [word] if word in WORDS else WORDS:
        found = command(name)
        found.options(
            commands.add_parser(name, help=found.summary, description=found.summary + ".", allow_abbrev=False)
        )
    return top


def _run(words: Sequence[str]) -> int:
    word = words[0] if words else ""
    if "_ARGCOMPLETE" in os.environ:
        from tabkeeper.cli.completers import complete

        complete(parser(word))
    try:
        given = parser(word).parse_args(list(_joined(words)))
    except SystemExit as ended:  # argparse has printed its help, or what is wrong
        return ended.code if isinstance(ended.code, int) else USAGE
    from tabkeeper.store.trouble import StoreTrouble

    try:
        command(given.command).run(given)
    except Misused as misused:
        _say(f"{misused} See: tabkeeper {given.command} --help")
        return USAGE
    except NothingToDo as nothing:
        _say(str(nothing))
        return NOTHING_TO_ACT_ON
    except (Refused, StoreTrouble) as refusal:
        _say(str(refusal))
        return REFUSED
    return DONE


def _readable(word: str) -> str:
    """Return a word read as UTF-8 where the locale's own encoding could not read it, so that none is lost."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return os.fsencode(word).decode(errors="replace")
    return word


def _joined(words: Sequence[str]) -> Iterable[str]:
    """Write `--stop -5m` as `--stop=-5m`: argparse would take the time for an option."""
    option = None
    for word in words:
        if option is not None and _BACKWARDS.match(word):
            yield f"{option}={word}"
            option = None
            continue
        if option is not None:
            yield option
        option = word if word in _TIME_OPTIONS else None
        if option is None:
            yield word
    if option is not None:
        yield option


def _say(sentence: str) -> None:
    print(printable(sentence), file=sys.stderr)


def _silence() -> None:
    """Send what is still to be written nowhere, so that Python's end does not complain about it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
