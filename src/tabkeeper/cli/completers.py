"""What a shell completes: names of projects, clients, tags and accounts, ids, and words that stand fast."""

import os
from argparse import Action, ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Client, Project, Tag
from tabkeeper.model.refusal import Refused

if TYPE_CHECKING:
    from tabkeeper.tracker import Tracker

_NEWEST = 20
"""Entries that are offered; older ones are named by their ids from a list."""

_Answer = TypeVar("_Answer")


def complete(parser: ArgumentParser) -> None:
    """Answer the shell that asks how a line goes on, and end the process."""
    import argcomplete

    argcomplete.autocomplete(parser)


def offer_projects(action: Action) -> None:
    """Complete an option with the names of projects."""
    _offer(action, lambda catalogue: catalogue.projects)


def offer_clients(action: Action) -> None:
    """Complete an option with the names of clients."""
    _offer(action, lambda catalogue: catalogue.clients)


def offer_tags(action: Action) -> None:
    """Complete an option with the names of tags."""
    _offer(action, lambda catalogue: catalogue.tags)


def offer_accounts(action: Action, *others: str) -> None:
    """Complete an option with the names of accounts, and other words."""

    def names() -> list[str]:
        from tabkeeper.accounts import Accounts
        from tabkeeper.paths import find_paths

        return [*(account.name for account in Accounts(find_paths(os.environ)).all()), *others]

    _complete_with(action, names)


def offer_words(action: Action, words: Iterable[str]) -> None:
    """Complete an option with these words, and whatever else is typed stays right."""
    _complete_with(action, lambda: list(words))


def offer_entries(action: Action) -> None:
    """Complete an option with `last`, `current` and the ends of the newest ids, each with what it says."""

    def newest() -> dict[str, str]:
        from tabkeeper.model.identity import HANDLE

        entries = _ask(lambda tracker: tracker.entries(None, None, limit=_NEWEST)) or []
        return {
            "last": "the newest that has ended",
            "current": "the one that runs",
            **{entry.id[-HANDLE:]: entry.description for entry in entries},
        }

    _complete_with(action, newest)


def _offer(action: Action, things: Callable[[Catalogue], Mapping[str, Project | Client | Tag]]) -> None:
    def names() -> list[str]:
        catalogue = _ask(lambda tracker: tracker.catalogue()) or EMPTY_CATALOGUE
        return [thing.name for thing in things(catalogue).values() if not thing.archived]

    _complete_with(action, names)


def _complete_with(action: Action, offered: Callable[[], list[str] | dict[str, str]]) -> None:
    def names(**_: object) -> list[str] | dict[str, str]:
        return offered()

    action.completer = names  # type: ignore[attr-defined]  # where argcomplete looks for it


def _ask(question: Callable[["Tracker"], _Answer]) -> _Answer | None:
    """Ask the file in use; completing a line makes no file and shows no trouble."""
    from tabkeeper.accounts import Accounts
    from tabkeeper.cli.opened import opened
    from tabkeeper.paths import find_paths
    from tabkeeper.store.trouble import StoreTrouble

    if not Accounts(find_paths(os.environ)).current().database.exists():
        return None
    try:
        with opened(tells=False) as tracker:
            return question(tracker)
    except (Refused, StoreTrouble):
        return None
