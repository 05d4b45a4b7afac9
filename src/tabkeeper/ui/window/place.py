"""Where the window was last, for each screen; kept in a small file that is written beside the interface."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect, QThreadPool
from PySide6.QtGui import QScreen

from tabkeeper.paths import make_private, write_whole
from tabkeeper.ui.theme import Space

_log = logging.getLogger(__name__)
_BESIDE = int(Space.SMALL)


class WindowState(NamedTuple):
    """What the window remembers. `places` are left, top, width and height by screen.

    `report` is what was chosen in the report that was seen last; what it means is the reports' own.
    """

    places: Mapping[str, tuple[int, int, int, int]] = {}
    told_why_no_tray: bool = False
    report: Mapping[str, Any] = {}

    def place_on(self, screen: QScreen) -> QRect | None:
        """Return where the window was last on a screen, as far as it fits there."""
        place = self.places.get(screen_name(screen))
        return None if place is None else within(QRect(*place), screen.availableGeometry())

    def placed(self, screen: QScreen, place: QRect) -> "WindowState":
        """Return the state with a place on a screen."""
        box = (place.x(), place.y(), place.width(), place.height())
        return self._replace(places={**self.places, screen_name(screen): box})


def screen_name(screen: QScreen) -> str:
    """Return what tells one screen from another: its connection, and its size."""
    size = screen.geometry().size()
    return f"{screen.name()} {size.width()}x{size.height()}"


def within(box: QRect, room: QRect) -> QRect:
    """Return the box made to fit into the room, moved as little as it takes."""
    fitting = QRect(box.topLeft(), box.size().boundedTo(room.size()))
    left = min(max(fitting.left(), room.left()), room.left() + room.width() - fitting.width())
    top = min(max(fitting.top(), room.top()), room.top() + room.height() - fitting.height())
    fitting.moveTopLeft(QPoint(left, top))
    return fitting


def beside(icon: QRect, box: QRect, room: QRect) -> QRect:
    """Return the box next to the tray's icon: centred over or under it, inside the room."""
    placed = QRect(box)
    placed.moveCenter(icon.center())
    below = icon.center().y() < room.center().y()
    if below:
        placed.moveTop(max(icon.bottom(), room.top()) + _BESIDE)
    else:
        placed.moveBottom(min(icon.top(), room.bottom()) - _BESIDE)
    return within(placed, room)


def read_state(path: Path) -> WindowState:
    """Return what was remembered; what cannot be read counts as nothing."""
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
        places = {
            str(name): (int(left), int(top), int(width), int(height))
            for name, (left, top, width, height) in kept["places"].items()
        }
        return WindowState(places, bool(kept["told_why_no_tray"]), dict(kept.get("report", {})))
    except FileNotFoundError:
        return WindowState()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        _log.warning("What the window remembered could not be read: %s", trouble)
        return WindowState()


def write_state(path: Path, state: WindowState) -> None:
    """Remember a state; the file is private, whole or not there, and losing it loses no time."""
    try:
        make_private(path.parent)
        write_whole(path, json.dumps(state._asdict()))
    except OSError as trouble:
        _log.warning("Where the window was could not be kept: %s", trouble)


class WindowMemory:
    """The state with its file: read before the window is made, written on another thread."""

    def __init__(self, path: Path, state: WindowState) -> None:
        self.state = state
        self._path = path
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)

    def keep(self, state: WindowState) -> None:
        """Remember another state from now on."""
        if state != self.state:
            self.state = state
            self._pool.start(lambda: write_state(self._path, state))

    def finish(self) -> None:
        """Wait until what is to be remembered is on disk."""
        self._pool.waitForDone()
