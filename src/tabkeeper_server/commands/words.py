"""The words of the command line. What they do is imported when a command runs, not before."""

import argparse
import asyncio
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from inspect import iscoroutine
from pathlib import Path
from typing import Any

_ROLES = ("member", "admin", "owner")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command; `command` of what it reads carries the rest of it out."""
    parser = argparse.ArgumentParser(
        prog="tabkeeper-server", description="The Time Tracker API on a machine of your own."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('tabkeeper')}")
    groups = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_run(groups)
    _add_setup(groups)
    _add_user(groups)
    _add_token(groups)
    _add_project(groups)
    _add_client(groups)
    backup = _command(groups, "backup", "Copy the database to a file while the server runs", "backup.back_up")
    backup.add_argument("target", type=Path, metavar="FILE", help="must not exist yet")
    return parser


def _add_run(groups: Any) -> None:
    run = _command(groups, "run", "Serve until stopped", "run.run")
    run.add_argument("--host", help="address to listen on (default: TABKEEPER_SERVER_HOST, else 127.0.0.1)")
    run.add_argument(
        "--port", type=int, help="0 takes any free one (default: TABKEEPER_SERVER_PORT, else 8080)"
    )
    run.add_argument(
        "--rate-limit",
        type=int,
        metavar="N",
        help="requests a minute for each token, 0 for no limit "
        "(default: TABKEEPER_SERVER_RATE_LIMIT, else 1200)",
    )


def _add_setup(groups: Any) -> None:
    setup = _command(groups, "setup", "Make a workspace, its owner and the first token", "people.setup")
    setup.add_argument("--workspace", required=True, metavar="NAME")
    setup.add_argument("--owner-email", required=True, metavar="EMAIL")
    setup.add_argument("--owner-name", metavar="NAME")
    setup.add_argument("--timezone", default="UTC", metavar="ZONE", help="the owner's, such as Europe/Zurich")
    setup.add_argument("--currency", default="USD", metavar="CODE", help="of ISO 4217 (default: USD)")
    setup.add_argument("--week-start", default="monday", choices=_WEEKDAYS, metavar="WEEKDAY")


def _add_user(groups: Any) -> None:
    commands = _group(groups, "user", "The people of a workspace")
    add = _command(commands, "add", "Add a person, and print their first token", "people.add_user")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name")
    add.add_argument("--role", choices=_ROLES, default="member")
    add.add_argument("--timezone", default="UTC", metavar="ZONE", help="such as Europe/Zurich")
    _in_workspace(add)
    change = _command(commands, "change", "Change what is said of a person", "people.change_user")
    change.add_argument("email", metavar="EMAIL")
    change.add_argument("--name")
    change.add_argument("--role", choices=_ROLES)
    change.add_argument("--timezone", metavar="ZONE", help="such as Europe/Zurich")
    _in_workspace(change)
    _in_workspace(_command(commands, "list", "Print who there is", "people.list_users"))


def _add_token(groups: Any) -> None:
    commands = _group(groups, "token", "The tokens of a workspace")
    create = _command(commands, "create", "Make a token and print it, once", "people.create_token")
    create.add_argument("email", metavar="EMAIL")
    create.add_argument("--label", default="command line", help="what it is for")
    _in_workspace(create)
    _in_workspace(_command(commands, "list", "Print what is known of each token", "people.list_tokens"))
    revoke = _command(commands, "revoke", "Make a token invalid at once", "people.revoke_token")
    revoke.add_argument("prefix", metavar="PREFIX", help="as `token list` shows it")
    _in_workspace(revoke)


def _add_project(groups: Any) -> None:
    commands = _group(groups, "project", "What no endpoint does to projects")
    members = _command(commands, "members", "Say who alone sees a project", "catalogue.change_members")
    members.add_argument("name", metavar="NAME")
    members.add_argument("--add", action="append", default=[], metavar="EMAIL")
    members.add_argument("--remove", action="append", default=[], metavar="EMAIL")
    _in_workspace(members)
    _add_archive(commands, "catalogue.archive_project")


def _add_client(groups: Any) -> None:
    _add_archive(_group(groups, "client", "What no endpoint does to clients"), "catalogue.archive_client")


def _add_archive(commands: Any, does: str) -> None:
    archive = _command(commands, "archive", "Take it out of the lists; its time stays", does)
    archive.add_argument("name", metavar="NAME")
    archive.add_argument("--restore", action="store_true", help="bring it back instead")
    _in_workspace(archive)


def _group(groups: Any, name: str, summary: str) -> Any:
    parser = groups.add_parser(name, help=summary, description=f"{summary}.")
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _command(groups: Any, name: str, summary: str, does: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = groups.add_parser(name, help=summary, description=f"{summary}.")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:////folder/file.sqlite or postgresql://user:password@host/name (default: "
        "TABKEEPER_SERVER_DATABASE, else a file in TABKEEPER_SERVER_HOME or the platform's data folder)",
    )
    parser.set_defaults(command=_later(does))
    return parser


def _in_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", metavar="NAME", help="needed only where there are several")


def _later(does: str) -> Callable[..., None]:
    """Return what imports a function of this package, named `module.function`, and runs it to its end."""
    module, _, function = does.partition(".")

    def carry_out(**words: Any) -> None:
        done = getattr(import_module(f"tabkeeper_server.commands.{module}"), function)(**words)
        if iscoroutine(done):
            asyncio.run(done)

    return carry_out
