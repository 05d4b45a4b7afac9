"""The command doctor: where things are, which versions run, and what needs to be seen to."""

import os
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tabkeeper import __version__
from tabkeeper.accounts import Accounts
from tabkeeper.cli.answers import print_json
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.output import printable
from tabkeeper.model.refusal import Refused
from tabkeeper.paths import Paths, find_paths

if TYPE_CHECKING:
    from tabkeeper.cli.finding import Finding

_SIGNS = {"ok": "ok", "note": "note", "fault": "LOOK"}


def _doctor(given: Namespace) -> None:
    from tabkeeper.cli.checkup import findings

    paths = find_paths(os.environ)
    found = findings(paths, os.environ)
    faults = [finding for finding in found if finding.state == "fault"]
    if given.json:
        checks = [finding._asdict() for finding in found]
        print_json(
            {"ok": not faults, "versions": _versions(), "paths": _places(paths), "checks": checks},
        )
    else:
        _print(_versions(), _places(paths), found)
    if faults:
        names = ", ".join(finding.what for finding in faults)
        raise Refused(f"This needs to be seen to: {names}.")


def _print(versions: dict[str, Any], places: dict[str, str], found: Sequence["Finding"]) -> None:
    for name, value in (versions | places).items():
        print(printable(f"{name:<10}{value if value is not None else 'not installed'}"))
    for finding in found:
        print(printable(f"{finding.what:<10}{_SIGNS[finding.state]:<6}{finding.detail}"))


def _versions() -> dict[str, Any]:
    """Return versions, Qt's from what was installed: loading it takes longer than all the rest."""
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    try:
        qt = version("PySide6-Essentials")
    except PackageNotFoundError:
        qt = None
    return {
        "tabkeeper": __version__,
        "python": platform.python_version(),
        "qt": qt,
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(terse=True),
    }


def _places(paths: Paths) -> dict[str, str]:
    current = Accounts(paths).current()
    return {
        "data": str(current.database),
        "settings": str(paths.settings),
        "log": str(paths.log),
        "socket": str(paths.socket),
    }


COMMANDS = {"doctor": Command("Say where things are and what needs to be seen to", json_option, _doctor)}
