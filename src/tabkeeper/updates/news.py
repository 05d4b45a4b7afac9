"""What is known of newer releases: kept in a small file, asked for anew when a day has passed."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tabkeeper import __version__
from tabkeeper.paths import make_private, write_whole
from tabkeeper.updates import releases
from tabkeeper.updates.installation import way_to_upgrade

_BETWEEN_QUESTIONS = timedelta(days=1)
_log = logging.getLogger(__name__)


class Known(NamedTuple):
    """When somebody answered last, and the newest release that was ever named."""

    asked: datetime | None = None
    newest: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to ask; a time that has not come yet is a clock that was set back."""
        return self.asked is None or not timedelta() <= now - self.asked < _BETWEEN_QUESTIONS

    @property
    def is_news(self) -> bool:
        """Whether that release is newer than this program."""
        newest, own = releases.version(self.newest), releases.version(__version__)
        return newest is not None and own is not None and newest > own


class News(NamedTuple):
    """A newer release as a person is told of it."""

    line: str
    words: str
    page: str


def kept_in(data: Path) -> Path:
    """Return the file that holds what is known."""
    return data / "updates.json"


def read(path: Path) -> Known:
    """Return what is known; of a file that is missing or damaged, nothing."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        asked = datetime.fromisoformat(kept["asked"])
        return Known(asked, str(kept["newest"])) if asked.tzinfo else Known()
    return Known()


def look(path: Path, now: datetime, address: str) -> Known:
    """Return what is known, having asked before where that is due. Waits for the network; raises nothing."""
    known = read(path)
    if not known.is_due(now):
        return known
    try:
        known = Known(now, ".".join(map(str, releases.newest(address))))
    except releases.NotReached:
        return known
    except releases.NoAnswer as trouble:
        _log.info("Nothing was heard of newer releases: %s", trouble)
        known = known._replace(asked=now)
    with suppress(OSError):
        make_private(path.parent)
        write_whole(path, json.dumps({"asked": now.isoformat(), "newest": known.newest}))
    return known


def news(known: Known, environment: Mapping[str, str]) -> News | None:
    """Return what there is to tell, or None."""
    if not known.is_news:
        return None
    line = f"Tabkeeper {known.newest} is out"
    return News(line, f"{line}; this is {__version__}. {way_to_upgrade(environment)}", releases.PAGE)
