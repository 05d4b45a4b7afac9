"""Writes the manual page and the completions of bash, zsh and fish, as the command line itself tells them.

    .venv/bin/python packaging/manual/write.py FOLDER

FOLDER is laid out as a package's /usr/share. The page bears the day of SOURCE_DATE_EPOCH, where that is set,
so that two builds of one release give equal bytes.
"""

import os
import re
import sys
from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ["NO_COLOR"] = "1"

from argcomplete.shell_integration import shellcode

from tabkeeper import __version__
from tabkeeper.cli.main import parser
from tabkeeper.paths import find_paths
from tabkeeper.settings import SETTINGS

COMPLETIONS = {
    "bash": "bash-completion/completions/tabkeeper",
    "zsh": "zsh/site-functions/_tabkeeper",
    "fish": "fish/vendor_completions.d/tabkeeper.fish",
}
_HEADINGS = {"exit codes": "EXIT STATUS", "environment": "ENVIRONMENT"}
"""What the lines under the command line's help begin with, and the section that each is in a manual page."""


def main(folder: Path) -> None:
    """Write all files into `folder`."""
    files = {name: shellcode(["tabkeeper"], shell=shell) + "\n" for shell, name in COMPLETIONS.items()}
    files["man/man1/tabkeeper.1"] = "\n".join(manual_page(_day())) + "\n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def manual_page(day: str) -> Iterator[str]:
    """Yield the page's lines."""
    top = parser("")
    about, _, rest = (top.epilog or "").partition("\n\n")
    yield f'.TH TABKEEPER 1 "{day}" "Tabkeeper {__version__}" "User Commands"'
    yield from (".nh", ".ad l")  # no word is hyphenated: what is shown can be typed
    yield from (".SH NAME", r"tabkeeper \- keep time in the tray and from the command line")
    yield from (".SH SYNOPSIS", ".B tabkeeper", ".br", r".B tabkeeper \fICOMMAND\fR [\fIoption\fR ...]")
    yield from (".SH DESCRIPTION", _text(f"{top.description} {about}"))
    yield from _options(top)
    yield ".SH COMMANDS"
    for command in _subcommands(top):
        yield from _command(command)
    yield from _settings()
    for line in rest.splitlines():
        name, _, text = line.partition(":")
        yield from (f".SH {_HEADINGS[name]}", *_verbatim(re.sub(r" {3,}", "\n", text.strip())))
    yield from _files()


def _command(command: ArgumentParser) -> Iterator[str]:
    yield f".SS {_text(command.prog)}"
    yield _text(command.description or command.prog)
    yield from (".PP", _text(" ".join(command.format_usage().split()[1:])))
    yield from _options(command)
    for paragraph in (command.epilog or "").split("\n\n"):
        yield from _verbatim(paragraph) if "  " in paragraph else (".PP", _text(" ".join(paragraph.split())))
    for action in _subcommands(command):
        yield from _command(action)


def _subcommands(of: ArgumentParser) -> Iterator[ArgumentParser]:
    for action in of._actions:
        if isinstance(action, _SubParsersAction):
            for name, command in action.choices.items():
                summary = next(
                    choice.help or name for choice in action._choices_actions if choice.dest == name
                )
                command.description = command.description or f"{summary[0].upper()}{summary[1:]}."
                yield command


def _options(of: ArgumentParser) -> Iterator[str]:
    formatter = of._get_formatter()
    for action in of._actions:
        if isinstance(action, _SubParsersAction) or action.dest == "help":
            continue
        yield from (".TP", _named(action))
        if action.help:
            yield _text(formatter._expand_help(action))


def _named(action: Action) -> str:
    """Return an option or word as it is written: `-p NAME, --project NAME`, with what is meant in italics."""
    name = action.dest.upper() if action.option_strings else action.dest
    words = action.metavar or ("|".join(map(str, action.choices)) if action.choices else name)
    value = rf"\fI{_text(str(words))}\fR"
    if not action.option_strings:
        return value
    takes = f" {value}" if action.nargs != 0 else ""
    return ", ".join(rf"\fB{_text(name)}\fR{takes}" for name in action.option_strings)


def _settings() -> Iterator[str]:
    yield from (".SH SETTINGS", _text("Chosen in the window or with tabkeeper config set KEY VALUE."))
    for setting in SETTINGS:
        default = str(setting.default).lower() if isinstance(setting.default, bool) else setting.default
        shown = f"{default:g}" if isinstance(default, float) else default or "none"
        yield from (".TP", rf"\fB{_text(setting.key)}\fR", _text(f"{setting.meaning}; {setting.expected}."))
        yield _text(f"Default: {shown}.")


def _files() -> Iterator[str]:
    home = str(Path.home())
    paths = find_paths({})
    yield ".SH FILES"
    for path, meaning in {
        paths.database: "the time of a person without an account; each account has such a file beside it",
        paths.settings: "the settings",
        paths.log: "the log of the program in the tray",
    }.items():
        yield from (".TP", rf"\fI{_text(str(path).replace(home, '~'))}\fR", _text(meaning))


def _verbatim(text: str) -> Iterator[str]:
    yield from (".PP", ".nf", *(_text(line) for line in text.strip("\n").splitlines()), ".fi")


def _text(words: str) -> str:
    """Return words as roff prints them: hyphens that can be copied, no line that is a request."""
    plain = words.replace("\\", r"\(rs").replace("-", r"\-").replace("'", r"\(aq").replace("~", r"\(ti")
    return rf"\&{plain}" if plain.startswith((".", "\\(aq")) else plain


def _day() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return f"{datetime.fromtimestamp(int(epoch), UTC):%Y-%m-%d}" if epoch else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
