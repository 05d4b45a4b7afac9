"""The time zone of this computer: by its IANA name, or by the system's own rules where it has none."""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - UTC, without saying so


def system_zone() -> tzinfo:
    """Return the zone that the system's clock shows; asked anew at each call, for it changes on the road."""
    return _linked_zone(Path("/etc/localtime")) or _looked_up_zone()


def _linked_zone(link: Path) -> tzinfo | None:
    """Read the zone's name from the link that Linux and macOS keep; tzlocal's search costs ten times that."""
    if "TZ" in os.environ or not link.is_symlink():
        return None
    _, _, name = os.path.realpath(link).rpartition("zoneinfo/")
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return None


def _looked_up_zone() -> tzinfo:
    import tzlocal

    try:
        return tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError):
        return _SystemRules()


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


def _as_the_system_has_it(local: datetime) -> datetime:
    try:
        return local.replace(tzinfo=None).astimezone()
    except ValueError as error:
        raise OverflowError("this is beyond what the system's calendar holds") from error
