"""What windows and pages are built from: how things stand and look at that moment, and who changes them."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.theme import Theme


class Scene(NamedTuple):
    """One moment of the program. What is otherwise later is said to each part by a method of its own."""

    snapshot: Snapshot
    theme: Theme
    face: Clockface
    clock: Callable[[], datetime]
    desk: Desk
