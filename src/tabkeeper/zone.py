"""The time zone of this computer, by its IANA name."""

import os
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo


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

    return tzlocal.reload_localzone()
