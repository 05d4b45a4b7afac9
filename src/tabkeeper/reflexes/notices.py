"""Says reminders as the system's notifications, and does what their buttons say."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.notifications import Notice, Notifications
from tabkeeper.model.durations import words
from tabkeeper.model.entry import Entry
from tabkeeper.reflexes.reminding import Reminder
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk

_LONGEST_NAME, _LONGEST_ON_A_BUTTON = 60, 20
_ABOUT_A_TIMER = ("long", "break", "end_of_day")
_ABOUT_NONE = ("not_tracking", "back")
_OPEN, _KEEP = ("default", "Open Tabkeeper"), ("keep", "Go on")


class Notices(QObject):
    """Knows how things stand, to name them; a notice goes when what it is about has ended."""

    wants_line = Signal()
    wants_window = Signal()
    break_taken = Signal()

    def __init__(
        self,
        notifications: Notifications,
        desk: Desk,
        face: Callable[[], Clockface],
        clock: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        super().__init__()
        self._notifications, self._desk, self._face, self._clock = notifications, desk, face, clock
        self._settings = settings
        self._snapshot: Snapshot | None = None
        self._asked_about: dict[str, str] = {}
        notifications.chosen.connect(self._act)

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Name lengths as they are chosen now."""
        self._settings = settings

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Name what runs now, and take away what was said about something else."""
        before, self._snapshot = self._snapshot, snapshot
        running = snapshot.running.id if snapshot.running else ""
        if before is not None and running != (before.running.id if before.running else ""):
            for key in _ABOUT_A_TIMER if not running else (*_ABOUT_A_TIMER, *_ABOUT_NONE):
                self._notifications.withdraw(key)

    @Slot(object)
    def say(self, reminder: Reminder) -> None:
        """Show the notice of a reminder."""
        if self._snapshot is None:
            return
        running = self._snapshot.running
        if running is not None:
            self._asked_about[reminder.kind] = running.id
            title, text, actions = self._about_timer(reminder, running)
        else:
            title, text, actions = self._about_none(reminder)
        self._notifications.show(Notice(reminder.kind, title, text, (_OPEN, *actions)))

    def _about_timer(
        self, reminder: Reminder, running: Entry
    ) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        name, face = _quoted(running.description or "The timer"), self._face()
        lasted = _unbroken(running.seconds(self._clock()))
        stop = ("stop", "Stop")
        if reminder.kind == "break":
            rest = _unbroken(int(self._settings.pomodoro_break * 60))
            return f"{lasted} of {name}", f"Time for a break of {rest}?", (("break", "Take a break"), _KEEP)
        if reminder.kind == "end_of_day":
            text = f"{name} is still running."
            return f"{face.time(reminder.at)}: the end of your day", text, (stop, _KEEP)
        since = face.since(running.start, self._clock())
        text = f"{since[:1].upper()}{since[1:]}. Is that right?"
        return f"{name} has been running for {lasted}", text, (stop, ("keep", "It is right"))

    def _about_none(self, reminder: Reminder) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        last = self._snapshot.last if self._snapshot else None
        name = last.description if last else ""
        known = _quoted(name, _LONGEST_ON_A_BUTTON) if name else "the last thing"
        go_on = (("continue", f"Go on with {known}"),) if last else ()
        if reminder.kind == "back":
            return "The break is over", "", go_on
        return "No timer is running", "You are at work and track nothing.", (("start", "Start…"), *go_on)

    @Slot(str, str)
    def _act(self, key: str, action: str) -> None:
        entry_id = self._asked_about.get(key, "")
        if action == "stop":
            self._desk.change(lambda tracker: tracker.stop(entry_id=entry_id))
        elif action == "break":
            self._desk.change(lambda tracker: tracker.stop(entry_id=entry_id), self._rest)
        elif action == "continue":
            self._desk.change(lambda tracker: tracker.continue_last())
        elif action == "start":
            self.wants_line.emit()
        elif action == "default":
            self.wants_window.emit()

    def _rest(self, _: Entry) -> None:
        self.break_taken.emit()


def _unbroken(seconds: int) -> str:
    """Return a length that stays in one line of a narrow notice."""
    return words(seconds).replace(" ", "\N{NO-BREAK SPACE}")


def _quoted(name: str, longest: int = _LONGEST_NAME) -> str:
    short = name if len(name) <= longest else name[:longest].rstrip() + "…"
    return f"“{short}”"
