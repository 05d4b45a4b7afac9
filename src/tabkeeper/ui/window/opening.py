"""Opens the windows when each is first wanted: a start that shows only the tray builds nothing of them."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from tabkeeper.model.entry import Entry
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.window.place import WindowMemory

if TYPE_CHECKING:
    from tabkeeper.ui.away import AwayQuestion
    from tabkeeper.ui.quick_add import QuickAdd
    from tabkeeper.ui.reports.workspace_reads import Workspace
    from tabkeeper.ui.window.program_window import ProgramWindow
    from tabkeeper.updates.news import News

TRAY_LOOKS = 6
"""How often a tray is looked for before the program does without one: desktops start it beside others."""
BETWEEN_LOOKS = 500
"""Milliseconds."""


class WindowOpener(QObject):
    """Holds what the windows are made of, and each once somebody has wanted to see it."""

    quit_requested = Signal()
    settings_requested = Signal()
    made = Signal(object)
    """The window was built: a `ProgramWindow`."""

    def __init__(
        self,
        snapshot: Snapshot,
        source: ThemeSource,
        zone: tzinfo,
        clock: Callable[[], datetime],
        desk: Desk,
        memory: WindowMemory,
        reads: LongReads,
    ) -> None:
        super().__init__()
        self._snapshot, self._source, self._clock = snapshot, source, clock
        self._face, self._week_hours = Clockface(zone), 0.0
        self._desk, self._memory, self._reads = desk, memory, reads
        self._window: ProgramWindow | None = None
        self._workspace: Workspace | None = None
        self._news: News | None = None
        self._quick_add: QuickAdd | None = None
        self._question: AwayQuestion | None = None
        self._looks = 0
        desk.changed.connect(self._show_snapshot)

    @property
    def face(self) -> Clockface:
        """Return how this person reads a time of day."""
        return self._face

    @property
    def window(self) -> "ProgramWindow | None":
        """Return the window, where it has been open."""
        return self._window

    def toggle(self, icon: QRect) -> None:
        """Open the window beside the tray's icon, or hide it."""
        self._made().toggle(icon)

    def open(self, icon: QRect) -> None:
        """Bring the window to the front."""
        self._made().open(icon)

    def open_quick_add(self, proposed: str = "") -> None:
        """Open the line to type in over whatever program is in front, with what is proposed in it."""
        if self._quick_add is None:
            from tabkeeper.ui.quick_add import QuickAdd

            self._quick_add = QuickAdd(self._scene())
            self._source.changed.connect(self._quick_add.dress)
        self._quick_add.open(proposed)

    def ask_about_absence(self, since: datetime, until: datetime, entry: Entry) -> None:
        """Ask what the time was in which nobody was here and an entry ran."""
        if self._question is None:
            from tabkeeper.ui.away import AwayQuestion

            self._question = AwayQuestion(self._scene())
            self._source.changed.connect(self._question.dress)
        self._question.ask(since, until, entry)

    def tell(self, text: str) -> bool:
        """Show a sentence in the window; returns whether there is somebody to see it."""
        return self._window is not None and self._window.tell(text)

    def follow(self, settings: Settings) -> None:
        """Show times, and how far the week is, as the person has chosen."""
        self._face = self._face.following(settings)
        self._week_hours = settings.week_hours
        for shown in (self._window, self._quick_add, self._question):
            if shown is not None:
                shown.show_times_as(self._face)
        if self._window is not None:
            self._window.aim_for(self._week_hours)

    @Slot()
    def look_for_a_tray(self) -> None:
        """Open the window where there is no tray even after a while."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._looks += 1
        if self._looks > TRAY_LOOKS:
            self._made().live_alone()
        else:
            QTimer.singleShot(BETWEEN_LOOKS, self, self.look_for_a_tray)

    def open_needs(self, icon: QRect) -> None:
        """Bring the window to the front, with what needs the person."""
        window = self._made()
        window.open(icon)
        window.show_needs()

    def offer_workspace(self, workspace: "Workspace | None") -> None:
        """Let the reports be of this workspace, too, or only of this computer."""
        self._workspace = workspace
        if self._window is not None:
            self._window.reports.offer_workspace(workspace)

    @Slot(object)
    def show_news(self, news: "News | None") -> None:
        """Have a line about a newer release in the window's menu, or none."""
        self._news = news
        if self._window is not None:
            self._window.show_news(news)

    def open_news(self, icon: QRect) -> None:
        """Bring the window to the front, with what there is to say of the newer release."""
        window = self._made()
        window.open(icon)
        window.tell_news()

    def forget_offers(self) -> None:
        """Offer nothing to be undone any more, and filter by nothing: another file is shown."""
        if self._window is not None:
            self._window.forget_offers()
            self._window.reports.forget_filter()

    def finish(self) -> None:
        """Remember where the window is, and take it away."""
        if self._window is not None:
            self._window.keep_place()
            self._window.frame.hide()
        for shown in (self._quick_add, self._question):
            if shown is not None:
                shown.hide()
        self._memory.finish()

    @Slot(object)
    def _show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        for shown in (self._window, self._quick_add, self._question):
            if shown is not None:
                shown.show_snapshot(snapshot)

    def _scene(self) -> Scene:
        return Scene(self._snapshot, self._source.theme, self._face, self._clock, self._desk)

    def _made(self) -> "ProgramWindow":
        if self._window is None:
            from tabkeeper.ui.window.program_window import ProgramWindow

            self._window = ProgramWindow(self._scene(), self._memory, self._reads)
            self._window.aim_for(self._week_hours)
            self._window.reports.offer_workspace(self._workspace)
            self._window.show_news(self._news)
            self._window.quit_requested.connect(self.quit_requested)
            self._window.settings_requested.connect(self.settings_requested)
            self._source.changed.connect(self._window.dress)
            self.made.emit(self._window)
        return self._window
