"""Tabkeeper's window put together: header, entries, foot, keys, the clock they follow, and where it opens."""

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QSystemTrayIcon

from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.needs.page import NeedsPage
from tabkeeper.ui.projects.page import ProjectsPage
from tabkeeper.ui.projects.things import Kind
from tabkeeper.ui.reports.page import ReportsPage
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.ticking import Ticking
from tabkeeper.ui.window.entries_page import EntriesPage
from tabkeeper.ui.window.entry_actions import EntryActions
from tabkeeper.ui.window.foot import Foot
from tabkeeper.ui.window.frame import MainWindow
from tabkeeper.ui.window.header import Header
from tabkeeper.ui.window.place import WindowMemory, beside, within
from tabkeeper.ui.window.wording import done

if TYPE_CHECKING:
    from tabkeeper.updates.news import News

NO_TRAY = (
    "This desktop shows no tray, so Tabkeeper lives in this window. Closing it ends the program; "
    "a timer that runs goes on all the same."
)
_UNDO, _REDO, _SETTINGS = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo, "Ctrl+,"
_TITLE = "Tabkeeper"
_LONGEST_TITLE = 60


class ProgramWindow(QObject):
    """The main window at work. It shows what the desk publishes, and hands the desk what is to be done."""

    quit_requested = Signal()
    """The window was closed where nothing else would be left to see of the program."""
    settings_requested = Signal()

    def __init__(self, scene: Scene, memory: WindowMemory, reads: LongReads) -> None:
        super().__init__()
        snapshot, theme, self._face, self._clock, desk = scene
        self._snapshot, self._memory = snapshot, memory
        self._alone = False
        self._week_hours = 0.0
        self._ticking = Ticking(scene.clock, self)
        self.header = Header(scene)
        self.foot = Foot(theme, scene.face, scene.clock)
        self.frame = MainWindow(theme, self.header, self.foot)
        self.actions = EntryActions(snapshot, desk, self.frame.toast)
        self.entries = EntriesPage(scene, self.actions)
        self.reports = ReportsPage(scene, reads, self.actions, memory)
        self.projects = ProjectsPage(snapshot.catalogue, theme, desk.change)
        self.frame.add_page("Entries", self.entries)
        self.frame.add_page("Reports", self.reports)
        self.frame.add_page("Projects", self.projects)
        self.needs = NeedsPage(scene)
        self._undo = self.frame.add_to_menu("Undo", self.actions.undo, _UNDO)
        self._redo = self.frame.add_to_menu("Redo", self.actions.redo, _REDO)
        self._needs_row = self.frame.add_to_menu("Needs you…", self.show_needs)
        self._news: News | None = None
        self._news_row = self.frame.add_to_menu("", self.tell_news)
        self._news_row.setVisible(False)
        self.frame.add_to_menu("Settings…", self.settings_requested.emit, _SETTINGS)
        self._connect(desk)
        self.show_snapshot(snapshot)

    # What is shown

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how things stand now."""
        self._snapshot = snapshot
        for part in (self.actions, self.header, self.entries, self.reports):
            part.show_snapshot(snapshot)
        self.projects.show_catalogue(snapshot.catalogue)
        self.foot.show_sync(snapshot.sync)
        self._needs_row.setVisible(snapshot.sync.signed_in)
        self._show_or_drop_needs(snapshot)
        for row, word, step in (
            (self._undo, "Undo", snapshot.undoable),
            (self._redo, "Redo", snapshot.redoable),
        ):
            row.setEnabled(step is not None)
            row.setText(f"{word}: {done(step).replace('&', '&&')}" if step else word)
        self._tick()
        self._follow()

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        for part in (self.frame, self.header, self.entries, self.reports, self.projects, self.foot):
            part.dress(theme)

    def tell(self, text: str) -> bool:
        """Show a sentence in the window; returns whether there is somebody to see it."""
        if self.frame.isVisible():
            self.frame.toast.say(text)
        return self.frame.isVisible()

    def show_news(self, news: "News | None") -> None:
        """Have a line about a newer release in the menu, or none."""
        self._news = news
        self._news_row.setText(f"{news.line}…" if news else "")
        self._news_row.setVisible(news is not None)

    def tell_news(self) -> None:
        """Say how the newer release comes onto this computer, with its page a press away."""
        if self._news is not None:
            self.frame.toast.say(self._news.words, "Its page", partial(_open_page, self._news.page))

    def forget_offers(self) -> None:
        """Take away what could still be undone or done again with a press; a mere sentence stays."""
        if self.frame.toast.button.isVisible():
            self.frame.toast.hide()

    @Slot()
    def show_needs(self) -> None:
        """Bring the page to the front that says what needs the person."""
        if not self.frame.has_page(self.needs):
            self.frame.add_page("Needs you", self.needs)
            self.needs.show_snapshot(self._snapshot)
        self.frame.show_page(self.needs)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self._face = face
        for part in (self.header, self.entries, self.reports, self.needs, self.foot):
            part.show_times_as(face)
        self._tick()

    def aim_for(self, week_hours: float) -> None:
        """Show how far the week is on its way to so many hours; 0 for no aim."""
        self._week_hours = week_hours
        self._tick()

    # Coming and going

    def toggle(self, icon: QRect) -> None:
        """Open the window beside the tray's icon, or hide it."""
        if not self.frame.isVisible() or self.frame.isMinimized():
            self.open(icon)
        elif self._is_all_there_is():
            self.frame.showMinimized()  # to close it would end the program, which a key to hide it must not
        else:
            self.frame.close()

    def open(self, icon: QRect) -> None:
        """Show the window in front of others, where it was last on that screen, else beside the icon."""
        if not self.frame.isVisible():
            screen = _screen_at(icon)
            room = screen.availableGeometry()
            last = self._memory.state.place_on(screen)
            fresh = within(QRect(room.topLeft(), self.frame.size()), room)
            self.frame.setGeometry(
                last or (beside(icon, fresh, room) if icon.isValid() else _middle(fresh, room))
            )
        self.frame.setWindowState(self.frame.windowState() & ~Qt.WindowState.WindowMinimized)
        self.frame.show()
        self.frame.raise_()
        self.frame.activateWindow()

    def live_alone(self) -> None:
        """Be all that there is to see of the program, and say once why."""
        self._alone = True
        self._tick()
        self.open(QRect())
        if not self._memory.state.told_why_no_tray:
            self.frame.toast.say(NO_TRAY)
            self._memory.keep(self._memory.state._replace(told_why_no_tray=True))

    def keep_place(self) -> None:
        """Remember where the window is."""
        if self.frame.isVisible() and not self.frame.isMaximized() and not self.frame.isFullScreen():
            self._memory.keep(self._memory.state.placed(self.frame.screen(), self.frame.geometry()))

    @Slot()
    def _closed(self) -> None:
        if self._is_all_there_is():
            self.quit_requested.emit()

    def _is_all_there_is(self) -> bool:
        # A tray that has come since is enough to live on.
        return self._alone and not QSystemTrayIcon.isSystemTrayAvailable()

    @Slot(bool)
    def _seen(self, visible: bool) -> None:
        self._follow()
        if visible:
            self._tick()
            self.entries.tick()
            if self._snapshot.running:
                self.entries.view.setFocus()
            else:
                self.header.line.setFocus()

    # Time

    def _follow(self) -> None:
        """Look at the clock as often as there is something to see of it."""
        running, visible = self._snapshot.running, self.frame.isVisible()
        if visible and running and not self.frame.isMinimized():
            self._ticking.follow(running.start, "second")
        elif visible:
            self._ticking.follow(running.start if running else self._clock(), "minute")
        else:
            self._ticking.rest()

    @Slot()
    def _pass(self) -> None:
        self._tick()
        self.entries.tick()
        self.reports.tick()

    def _tick(self) -> None:
        self.header.tick()
        running, now = self._snapshot.running, self._clock()
        self.foot.show_week(self._snapshot.week_seconds_by(now), self._week_hours)
        title = _TITLE
        if self._alone and running:
            what = running.description[:_LONGEST_TITLE] or "No description"
            title = f"{self._face.duration(running.seconds(now))} {what} – {_TITLE}"
        if self.frame.windowTitle() != title:
            self.frame.setWindowTitle(title)

    def _connect(self, desk: Desk) -> None:
        self._ticking.passed.connect(self._pass)
        self.header.edit_wanted.connect(self._edit)
        self.header.left.connect(self.entries.view.setFocus)
        for page in (self.entries, self.reports):
            page.typed.connect(self.header.type_here)
        self.reports.told.connect(self.frame.toast.say)
        self.projects.changed.connect(self.actions.offer_undo_of)
        self.needs.edit_requested.connect(self._edit_what_needs)
        self.foot.sync.show_requested.connect(self.show_needs)
        self.foot.sync.stop_requested.connect(lambda: desk.change(lambda it: it.fetching.stop()))
        self.foot.sync.go_on_requested.connect(lambda: desk.change(lambda it: it.fetching.go_on()))
        self.frame.closing.connect(self.keep_place)
        self.frame.closed.connect(self._closed)
        self.frame.seen.connect(self._seen)
        self.frame.minimised.connect(self._follow)
        redo_too = QKeySequence(Qt.Modifier.CTRL | Qt.Modifier.SHIFT | Qt.Key.Key_Z)
        again = {QKeySequence(_REDO), redo_too}
        for keys, act in (
            (QKeySequence(_UNDO), self.actions.undo),
            *((keys, self.actions.redo) for keys in again),
            (QKeySequence("Ctrl+Return"), self.header.press_button),
            (QKeySequence("Ctrl+L"), self.header.type_here),
            (QKeySequence(_SETTINGS), self.settings_requested.emit),
        ):
            QShortcut(keys, self.frame).activated.connect(lambda act=act: act())

    def _show_or_drop_needs(self, snapshot: Snapshot) -> None:
        """Have the page while something needs the person, or while they look at it."""
        has_page = self.frame.has_page(self.needs)
        if snapshot.sync.needs_you and not has_page:
            self.frame.add_page("Needs you", self.needs)
        elif has_page and not snapshot.sync.needs_you and not self.needs.isVisible():
            self.frame.remove_page(self.needs)
        if self.frame.has_page(self.needs):
            self.needs.show_snapshot(snapshot)

    @Slot(str, str)
    def _edit_what_needs(self, kind: Literal["entry"] | Kind, thing_id: str) -> None:
        if kind == "entry":
            self._edit(thing_id)
        else:
            self.frame.show_page(self.projects)
            self.projects.edit(kind, thing_id)

    @Slot(str)
    def _edit(self, entry_id: str) -> None:
        self.frame.show_page(self.entries)
        self.entries.edit(entry_id)


def _open_page(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))


def _screen_at(icon: QRect) -> QScreen:
    at = QGuiApplication.screenAt(icon.center()) if icon.isValid() else None
    return at or QGuiApplication.primaryScreen()


def _middle(box: QRect, room: QRect) -> QRect:
    placed = QRect(box)
    placed.moveCenter(room.center())
    return placed
