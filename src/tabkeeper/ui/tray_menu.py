"""The tray's menu: a fixed set of rows that is filled while the menu is closed, so that it never flickers.

What a row does is said to the desk; the rules of it are the tracker's.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QMenu

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.sync_status import sync_line
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.column_menu import ColumnMenu
from tabkeeper.ui.plain import in_menu
from tabkeeper.ui.theme import Size, Theme, Weight, dot_icon, stop_icon

RECENTS = 8
FAVOURITES = 8
MINUTES_AGO = (5, 10, 15, 30)
_LONGEST_LINE = 80
_COLUMN = 20
"""Letters of a project's name where it stands in a column of its own."""

Change = Callable[[Tracker], object]


class TrayMenu(QObject):
    """Owns the menu; `show` says how things stand, and what is chosen comes out as a change to carry out."""

    chosen = Signal(object)
    """A `Change` for the desk."""
    open_requested = Signal()
    settings_requested = Signal()
    sync_requested = Signal()
    news_requested = Signal()
    """The line about a newer release was chosen."""
    quit_requested = Signal()

    def __init__(self, face: Clockface, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = ColumnMenu()
        self._face, self._clock = face, clock
        self._shown: Snapshot | None = None
        self._waiting: tuple[Snapshot, Theme, bool] | None = None
        self._in_columns = False
        self._keys: Mapping[str, str] = {}
        self._news_line = ""
        self._pinned: list[Draft] = []
        self._recent: list[Draft] = []
        self._open = False
        self._build()
        # The signals and not isVisible: where the desktop draws the menu, Qt's own is never visible.
        self.menu.aboutToShow.connect(self._opened)
        self.menu.aboutToHide.connect(self._closing)

    def show(self, snapshot: Snapshot, theme: Theme, in_columns: bool = False) -> None:
        """Fill the rows with how things stand; an open menu is filled when it has closed.

        `in_columns` where Qt draws the menu and can set something at a row's right: a desktop cannot.
        """
        if self._open:
            self._waiting = (snapshot, theme, in_columns)
            return
        self._shown, self._in_columns = snapshot, in_columns
        self._dress(theme)
        self._fill_now(snapshot, theme)
        self._fill_earlier(snapshot)
        self._sync.setVisible(snapshot.sync.signed_in)
        line = sync_line(snapshot.sync, self._clock(), self._face.zone, twelve_hour=self._face.twelve_hour)
        self._sync.setText(in_menu(line, limit=_LONGEST_LINE))
        self._news.setVisible(bool(self._news_line))
        self._news.setText(f"{in_menu(self._news_line)}…")
        self._pinned[:] = [favourite.draft for favourite in snapshot.favourites][:FAVOURITES]
        self._recent[:] = _offered(snapshot, self._pinned)
        for heading, rows, drafts in (
            (self._favourites_heading, self._favourites, self._pinned),
            (self._recents_heading, self._recents, self._recent),
        ):
            heading.setVisible(bool(drafts))
            for row in rows[len(drafts) :]:
                row.setVisible(False)
            for row, draft in zip(rows, drafts, strict=False):
                row.setText(self._draft_text(draft, snapshot.catalogue))
                row.setIcon(dot_icon(snapshot.catalogue.colour_of(draft.project_id), theme))
                row.setVisible(True)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise when the rows are filled next."""
        self._face = face

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show these hotkeys beside what they do, by the settings' keys."""
        self._keys = keys

    def show_news(self, line: str) -> None:
        """Show this line about a newer release when the rows are filled next; none where it is empty."""
        self._news_line = line

    def _build(self) -> None:
        menu = self.menu
        self._heading = _heading(menu)
        self._what = menu.addAction("", self.open_requested.emit)
        self._stop = menu.addAction("Stop", lambda: self.chosen.emit(lambda tracker: tracker.stop()))
        self._continue = menu.addAction(
            "Continue", lambda: self.chosen.emit(lambda tracker: tracker.continue_last())
        )
        self._earlier = menu.addMenu("Started earlier…")
        self._minutes = [self._minutes_row(minutes) for minutes in MINUTES_AGO]
        self._at_the_end = self._row(self._earlier, "", self._start_at_the_end)
        menu.addSeparator()
        self._favourites_heading = _heading(menu, "Favourites")
        self._favourites = [self._start_row(self._pinned, place) for place in range(FAVOURITES)]
        self._recents_heading = _heading(menu, "Recent")
        self._recents = [self._start_row(self._recent, place) for place in range(RECENTS)]
        menu.addSeparator()
        self._sync = menu.addAction("", self.sync_requested.emit)
        self._news = menu.addAction("", self.news_requested.emit)
        self._open_row = menu.addAction("Open Tabkeeper", self.open_requested.emit)
        menu.addAction("Settings…", self.settings_requested.emit)
        menu.addAction("Quit", self.quit_requested.emit)

    def _dress(self, theme: Theme) -> None:
        self.menu.dress(theme)
        caption = theme.font(Size.CAPTION, Weight.STRONG)
        caption.setCapitalization(QFont.Capitalization.AllUppercase)
        for heading in (self._heading, self._favourites_heading, self._recents_heading):
            heading.setFont(caption)
        self._what.setFont(theme.font(weight=Weight.STRONG))
        self._stop.setIcon(stop_icon(theme))

    def _row(self, menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
        row = QAction(text, menu)
        row.triggered.connect(lambda: act())
        menu.addAction(row)
        return row

    def _start_row(self, drafts: list[Draft], place: int) -> QAction:
        return self._row(self.menu, "", lambda: self._start(drafts[place]))

    def _minutes_row(self, minutes: int) -> QAction:
        ago = timedelta(minutes=minutes)
        return self._row(
            self._earlier, f"{minutes} minutes ago", lambda: self._start_earlier(self._clock() - ago)
        )

    def _fill_now(self, snapshot: Snapshot, theme: Theme) -> None:
        running, last = snapshot.running, snapshot.last
        self._heading.setText(
            f"Running since {self._time(running.start)}" if running else "No timer is running"
        )
        if running:
            self._what.setText(self._running_text(running, snapshot.catalogue))
            self._what.setIcon(dot_icon(snapshot.catalogue.colour_of(running.project_id), theme))
        self._what.setVisible(running is not None)
        self._stop.setVisible(running is not None)
        self._stop.setText(self._with_keys("Stop", "hotkey.toggle"))
        self._open_row.setText(self._with_keys("Open Tabkeeper", "hotkey.window"))
        self._continue.setVisible(running is None and last is not None)
        if last:
            self._continue.setText(f"Continue {self._draft_text(last.draft, snapshot.catalogue)}")
            self._continue.setIcon(dot_icon(snapshot.catalogue.colour_of(last.project_id), theme))

    def _fill_earlier(self, snapshot: Snapshot) -> None:
        """Offer only times before the start that the entry has already."""
        running, last, now = snapshot.running, snapshot.last, self._clock()
        before = running.start if running else now
        for row, minutes in zip(self._minutes, MINUTES_AGO, strict=True):
            row.setVisible(now - timedelta(minutes=minutes) < before)
        last_stop = last.stop if last else None
        self._at_the_end.setVisible(last_stop is not None and last_stop < before)
        if last_stop:
            self._at_the_end.setText(f"At {self._time(last_stop)}, the end of the last entry")
        offered = any(row.isVisible() for row in (*self._minutes, self._at_the_end))
        self._earlier.menuAction().setVisible(offered and (running or last) is not None)

    def _with_keys(self, text: str, setting: str) -> str:
        keys = self._keys.get(setting, "") if self._in_columns else ""
        return f"{text}\t{in_menu(keys)}" if keys else text

    def _running_text(self, running: Entry, catalogue: Catalogue) -> str:
        elapsed = self._face.duration(running.seconds(self._clock()))
        if self._in_columns:
            return f"{in_menu(running.description or draft_text(running.draft, catalogue))}\t{elapsed}"
        return f"{in_menu(draft_text(running.draft, catalogue))} · {elapsed}"

    def _draft_text(self, draft: Draft, catalogue: Catalogue) -> str:
        project = catalogue.project(draft.project_id)
        if not (self._in_columns and draft.description and project):
            return in_menu(draft_text(draft, catalogue))
        return f"{in_menu(draft.description)}\t{in_menu(project.name, _COLUMN)}"

    def _time(self, instant: datetime) -> str:
        day, time = self._face.day(instant), self._face.time(instant)
        return time if day == self._face.day(self._clock()) else f"{day:%a} {time}"

    def _start(self, draft: Draft) -> None:
        self.chosen.emit(lambda tracker: tracker.start(draft))

    def _start_at_the_end(self) -> None:
        if self._shown and self._shown.last and self._shown.last.stop:
            self._start_earlier(self._shown.last.stop)

    def _start_earlier(self, at: datetime) -> None:
        """Move the start of what runs; where nothing runs, take the last thing up from that time on."""
        running, last = (self._shown.running, self._shown.last) if self._shown else (None, None)
        if running:
            self.chosen.emit(lambda tracker: tracker.edit(running.id, start=at))
        elif last:
            self.chosen.emit(lambda tracker: tracker.start(last.draft, at))

    @Slot()
    def _opened(self) -> None:
        self._open = True
        if self._shown and self._shown.running:
            self._what.setText(self._running_text(self._shown.running, self._shown.catalogue))

    @Slot()
    def _closing(self) -> None:
        # Qt hides a menu before it says what was chosen; the rows must still mean what the person saw.
        QTimer.singleShot(0, self, self._closed)

    @Slot()
    def _closed(self) -> None:
        self._open = False
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            self.show(*waiting)


def _offered(snapshot: Snapshot, pinned: list[Draft]) -> list[Draft]:
    """Return the recents that the menu does not show above them already."""
    shown = {(draft.description, draft.project_id) for draft in pinned}
    if snapshot.running:
        shown.add((snapshot.running.description, snapshot.running.project_id))
    offered = [draft for draft in snapshot.recents if (draft.description, draft.project_id) not in shown]
    return offered[:RECENTS]


def draft_text(draft: Draft, catalogue: Catalogue) -> str:
    """Return `Drafting · Acme` as menus and tooltips name a thing to do; never an empty text."""
    project = catalogue.project(draft.project_id)
    parts = (draft.description, project.name if project else "")
    return " · ".join(part for part in parts if part) or "No description"


def _heading(menu: QMenu, text: str = "") -> QAction:
    heading = QAction(text, menu)
    heading.setEnabled(False)
    menu.addAction(heading)
    return heading
