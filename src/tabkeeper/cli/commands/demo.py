"""The command that fills a throw-away file with half a year of believable time."""

import os
import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tabkeeper.cli.answers import print_json
from tabkeeper.cli.command import Command, json_option
from tabkeeper.model.refusal import Refused
from tabkeeper.paths import find_paths
from tabkeeper.zone import system_zone


def _options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", metavar="DIR", help="a folder without a Tabkeeper file; else a temporary one"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number, other entries")
    json_option(parser)


def _run(given: Namespace) -> None:
    from tabkeeper.demo import fill
    from tabkeeper.store.file import Store
    from tabkeeper.tracker import Tracker

    folder = _throw_away(given.folder)
    store = Store.open(find_paths({"TABKEEPER_HOME": str(folder)}).database)
    try:
        entries = fill(Tracker(store, system_zone()), given.seed)
    finally:
        store.close()
    if given.json:
        print_json({"folder": str(folder), "entries": entries})
        return
    print(f"{entries:,} entries are in {folder}; your own file is as it was. Look at them with")
    for words in ("", " list --week"):
        print(f"  {_setting(folder)} tabkeeper{words}")
    print("and delete the folder when you have seen enough.")


def _throw_away(typed: str | None) -> Path:
    """Return the folder to fill; raises `Refused` where somebody's time is kept, or would be."""
    if typed is None:
        import tempfile

        return Path(tempfile.mkdtemp(prefix="tabkeeper-demo-"))
    folder = Path(typed).expanduser().absolute()
    database = find_paths({"TABKEEPER_HOME": str(folder)}).database
    if database.exists():
        raise Refused(
            f"There is a Tabkeeper file in {folder} already. It was left as it is; name another folder."
        )
    own = find_paths({**os.environ, "TABKEEPER_HOME": ""}).database
    if database.resolve() == own.resolve():
        raise Refused(f"{folder} is where your own time is kept. Name another folder.")
    return folder


def _setting(folder: Path) -> str:
    """Return how a shell of this platform sets the folder for the command after it."""
    if sys.platform == "win32":
        return f"$env:TABKEEPER_HOME = '{folder}';"
    return f"TABKEEPER_HOME={shlex.quote(os.fspath(folder))}"


COMMANDS = {"demo": Command("Fill a throw-away file with half a year of time", _options, _run)}
