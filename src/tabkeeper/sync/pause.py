"""The pause that a server asks for (429): kept in the file, over a restart and for whoever else syncs it."""

from tabkeeper.store import sync_state
from tabkeeper.sync.session import Session

_LONGEST = 16 * 60.0
"""Seconds; a little more than the client believes a server: what seems longer is a clock that was changed."""


def keep(session: Session, seconds: float) -> None:
    """Let nobody ask anything for so long; raises `StoreTrouble`."""
    with session.writing() as connection:
        sync_state.put(connection, "not_before", session.at() + round(seconds * 1000))


def is_over(session: Session) -> None:
    """Forget it: it was waited out, whatever a clock that was changed says; raises `StoreTrouble`."""
    with session.writing() as connection:
        sync_state.put(connection, "not_before", None)


def left(session: Session) -> float:
    """Return for how many more seconds nothing is to be asked; raises `StoreTrouble`."""
    with session.reading() as connection:
        not_before = sync_state.get(connection, "not_before") or 0
    seconds = (not_before - session.at()) / 1000
    return seconds if 0 < seconds <= _LONGEST else 0.0
