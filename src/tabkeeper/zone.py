"""The time zone of this computer: by its IANA name, or by the system's own rules where it has none."""

import os
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

LINK = Path("/etc/localtime")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - UTC, without saying so


def system_zone() -> tzinfo:
    """Return the zone that the system's clock shows; asked anew at each call, for it changes on the road."""
    return _linked_zone(LINK) or _looked_up_zone()


class ChangingZone(tzinfo):
    """The zone of this computer for a program that runs for weeks: `look` lets it be another one."""

    def __init__(self) -> None:
        self._zone = system_zone()

    def look(self) -> bool:
        """Ask the system, which is quickly done; return whether its clock shows another zone than before."""
        found = system_zone()
        if found == self._zone:
            return False
        if hasattr(time, "tzset"):
            time.tzset()  # what asks the C library, as `astimezone()` does, follows too
        self._zone = found
        return True

    def utcoffset(self, instant: datetime | None) -> timedelta | None:
        return self._zone.utcoffset(instant)

    def dst(self, instant: datetime | None) -> timedelta | None:
        return self._zone.dst(instant)

    def tzname(self, instant: datetime | None) -> str | None:
        return self._zone.tzname(instant)

    def fromutc(self, instant: datetime) -> datetime:
        zone = self._zone
        return zone.fromutc(instant.replace(tzinfo=zone)).replace(tzinfo=self)


def _linked_zone(link: Path) -> tzinfo | None:
    """Read the zone's name from the link that Linux and macOS keep; tzlocal's search costs ten times that."""
    if "TZ" in os.environ or not link.is_symlink():
        return None
    _, _, name = os.path.realpath(link).rpartition("zoneinfo/")
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # a small system may have the link, and no list of zones
        return None


def _looked_up_zone() -> tzinfo:
    import tzlocal

    try:
        return tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError):
        return _RULES


class _SystemRules(tzinfo):
    """Shows what the system's clock shows; TZ may hold rules instead of a name: EST5EDT,M3.2.0,M11.1.0."""

    def utcoffset(self, instant: datetime | None) -> timedelta | None:
        return None if instant is None else _as_the_system_has_it(instant).utcoffset()

    def dst(self, instant: datetime | None) -> timedelta | None:
        return None

    def tzname(self, instant: datetime | None) -> str | None:
        return None if instant is None else _as_the_system_has_it(instant).tzname()

    def fromutc(self, instant: datetime) -> datetime:
        seconds = (instant.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)
        local = datetime.fromtimestamp(seconds)  # noqa: DTZ006 - with the fold, which astimezone() leaves out
        return local.replace(microsecond=instant.microsecond, tzinfo=self)


_RULES = _SystemRules()


def _as_the_system_has_it(local: datetime) -> datetime:
    try:
        return local.replace(tzinfo=None).astimezone()
    except ValueError as error:
        raise OverflowError("this is beyond what the system's calendar holds") from error
