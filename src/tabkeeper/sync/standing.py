"""How sync stands after each attempt, written down for whoever shows it: tray, window, `tabkeeper status`."""

from datetime import timedelta

from tabkeeper.api import ApiFailure, Offline, RateLimited, TimedOut, Unauthorized, UnexpectedAnswer
from tabkeeper.model.sync_status import CLOCK_OFF_SECONDS, Trouble
from tabkeeper.store import sync_state
from tabkeeper.store.sync_state import AnotherAccount
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.sync.session import Session

_FAULT = "Something went wrong inside Tabkeeper. Everything is kept here; sync goes on by itself."


def write_down(session: Session, failure: Exception | None) -> None:
    """Keep what the last attempt came to: None for a round that went through."""
    trouble = None if failure is None else _trouble(failure)
    values = {
        "trouble": trouble,
        "words": None if failure is None else _words(failure),
        "clock_ahead": _clock_ahead(session),
    }
    with session.writing() as connection:
        if failure is None:
            values |= {"synced_at": session.at(), "failing_since": None, "not_before": None}
        elif sync_state.get(connection, "failing_since") is None:
            values["failing_since"] = session.at()
        for name, value in values.items():
            sync_state.put(connection, name, value)


def note_clock(session: Session) -> bool:
    """Keep how far this clock is off, where the last answer has news of that; returns whether it had."""
    ahead = _clock_ahead(session)
    with session.reading() as connection:
        known = sync_state.get(connection, "clock_ahead")
    if abs((ahead or 0) - (known or 0)) < CLOCK_OFF_SECONDS:
        return False
    with session.writing() as connection:
        sync_state.put(connection, "clock_ahead", ahead)
    return True


def _trouble(failure: Exception) -> str:
    if isinstance(failure, Unauthorized):
        return Trouble.TOKEN_REFUSED
    if isinstance(failure, AnotherAccount):
        return Trouble.OTHER_ACCOUNT
    if isinstance(failure, Offline | TimedOut | UnexpectedAnswer):
        return Trouble.OFFLINE
    return Trouble.FILE if isinstance(failure, StoreTrouble) else Trouble.SERVER


def _words(failure: Exception) -> str:
    if isinstance(failure, RateLimited):
        return "The server asks for a pause. Everything is kept here until then."
    known = isinstance(failure, ApiFailure | StoreTrouble)
    return str(failure) if known else _FAULT


def _clock_ahead(session: Session) -> int | None:
    """Return by how many seconds this clock is ahead of the server's (negative: behind), where it matters."""
    exchange = session.client.last_exchange
    if exchange is None or exchange.skew is None:
        return None
    off = abs(exchange.skew) - exchange.skew_uncertainty
    return None if off < timedelta(seconds=CLOCK_OFF_SECONDS) else -round(exchange.skew.total_seconds())
