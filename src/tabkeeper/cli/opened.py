"""Opens the current account's file for one command; what changed is told to the tray, and backed up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tabkeeper.accounts import Accounts
from tabkeeper.cli.answers import say
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.zone import system_zone


@contextmanager
def opened(*, tells: bool = True) -> Iterator[Tracker]:
    """Open the tracker on the file in use, and close the file at the end; raises `StoreTrouble`.

    What the person must be told waits for another one that `tells` it, where nobody would see it here.
    """
    paths = find_paths(os.environ)
    current = Accounts(paths).current()
    store = Store.open(current.database)
    changes = []
    try:
        for notice in filter(None, (current.notice, store.take_notice()) if tells else ()):
            say(notice)
        tracker = Tracker(store, system_zone())
        tracker.subscribe(lambda: changes.append(True))
        yield tracker
    finally:
        try:
            if changes:
                from tabkeeper.desktop.nudge import nudge

                nudge(paths.socket, "changed")
                _back_up(store)
        finally:
            store.close()


def _back_up(store: Store) -> None:
    """Make the day's backup, for people who never start the tray program; what was asked is done already."""
    try:
        store.back_up_daily()
    except StoreTrouble as trouble:
        say(str(trouble))
