"""How sync stands, as one small value, and the words for it that tray, window and command line share."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from tabkeeper.model.days import local_day
from tabkeeper.model.durations import short
from tabkeeper.model.typed_time import day_date, format_time

CLOCK_OFF_SECONDS = 120
"""From here on a clock that differs from the server's is worth a word."""


class Trouble(StrEnum):
    """Why sync does not get on."""

    OFFLINE = "offline"
    TOKEN_REFUSED = "token refused"  # noqa: S105 - a state, no secret
    OTHER_ACCOUNT = "other account"
    NO_TOKEN = "no token"  # noqa: S105 - a state, no secret
    KEYCHAIN = "keychain locked"
    SERVER = "server trouble"
    FILE = "file trouble"


WANTING_A_TOKEN = frozenset({Trouble.TOKEN_REFUSED, Trouble.OTHER_ACCOUNT, Trouble.NO_TOKEN})
"""What only another token helps against."""
WANTING_THE_PERSON = WANTING_A_TOKEN | {Trouble.KEYCHAIN}
"""What does not pass by itself."""


class SyncStatus(NamedTuple):
    """How sync stands. Instants are aware UTC; counts are of things, not of fields.

    `waiting` have not reached the server yet, `refused` it would not take, and `held` are entries that it
    has no longer, in such number that the person is asked first. `words` say more about `trouble`. Of older
    entries, `read` have come of the `to_read` that there are; `stopped` says that the person wants no more
    of them for now.
    """

    signed_in: bool = False
    synced_at: datetime | None = None
    failing_since: datetime | None = None
    trouble: str | None = None
    words: str = ""
    waiting: int = 0
    refused: int = 0
    held: int = 0
    read: int = 0
    to_read: int = 0
    stopped: bool = False
    clock_ahead_seconds: int = 0

    @property
    def needs_you(self) -> int:
        """How many things wait for the person: refused changes, and one question about all that is held."""
        return self.refused + (1 if self.held else 0)

    @property
    def reading(self) -> bool:
        """Whether older entries are still being fetched."""
        return self.read < self.to_read and not self.stopped

    @property
    def state(self) -> str:
        """The state in one or two fixed words, for scripts."""
        if not self.signed_in:
            return "signed out"
        if self.trouble is not None:
            return self.trouble
        if self.waiting:
            return "waiting"
        return "fetching" if self.reading else "idle"


def sync_line(status: SyncStatus, now: datetime, zone: tzinfo, *, twelve_hour: bool = False) -> str:
    """Return the line about sync: `Synced 12:04 · 3 waiting · offline since 11:40 · 1 needs you`.

    What was not today has its day instead of a time: with both, two of them are more than the window holds.
    """
    if not status.signed_in:
        return "Everything stays on this computer"

    def time(instant: datetime) -> str:
        day, today = local_day(instant, zone), local_day(now, zone)
        return format_time(instant, zone, twelve_hour) if day == today else day_date(day, today)

    return " · ".join(filter(None, (_standing(status, time), *_details(status, time))))


def _standing(status: SyncStatus, time: Callable[[datetime], str]) -> str:
    if status.trouble == Trouble.TOKEN_REFUSED:
        return "The server refused the token: sign in again"
    if status.trouble == Trouble.OTHER_ACCOUNT:
        return "This token is another account's: sign in again"
    if status.trouble == Trouble.NO_TOKEN:
        return "Sign in again to sync"
    if status.trouble == Trouble.KEYCHAIN:
        return "Unlock your keychain to sync"
    if status.reading:
        return f"Fetching {status.read:,} of {status.to_read:,}"
    if status.stopped and status.to_read:
        return f"Fetched {status.read:,} of {status.to_read:,}"
    if status.synced_at is None:
        return "Not synced yet"
    return f"Synced {time(status.synced_at)}"


def _details(status: SyncStatus, time: Callable[[datetime], str]) -> tuple[str, ...]:
    since = "" if status.failing_since is None else f" since {time(status.failing_since)}"
    named = {Trouble.OFFLINE, Trouble.SERVER, Trouble.FILE}
    ahead = status.clock_ahead_seconds
    return (
        f"{status.waiting:,} waiting" if status.waiting else "",
        f"{status.trouble}{since}" if status.trouble in named else "",
        _needing_you(status.needs_you),
        f"this clock is {short(abs(ahead))} {'ahead' if ahead > 0 else 'behind'}"
        if abs(ahead) >= CLOCK_OFF_SECONDS
        else "",
    )


def _needing_you(count: int) -> str:
    return f"{count:,} {'needs' if count == 1 else 'need'} you" if count else ""
