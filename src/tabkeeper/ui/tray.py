"""The icon in the tray: shows what runs, toggles it on a middle click, and opens the menu of `tray_menu`.

It is given a snapshot after each change and counts on from it by itself; it asks nobody.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QRect, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from tabkeeper.model.durations import DurationForm
from tabkeeper.model.sync_status import WANTING_THE_PERSON, SyncStatus, sync_line
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.panel import Ink, Panel, likely_ink
from tabkeeper.ui.plain import SENTENCE, in_tooltip
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.ticking import Pace, Ticking
from tabkeeper.ui.tray_icon import TrayFace, tray_icon
from tabkeeper.ui.tray_menu import TrayMenu, draft_text

if TYPE_CHECKING:
    from tabkeeper.updates.news import News

_INKS: dict[str, Ink | None] = {"auto": None, "light": "dark", "dark": "light"}
"""What is written with on the panel that a person says they have."""
_PACES: dict[DurationForm, Pace] = {"minutes": "minute", "decimal": "six seconds", "seconds": "second"}
"""When to look at the clock where durations are written so: hundredths of an hour turn at 18 s, 54 s …"""


class Tray(QObject):
    """The tray icon with its tooltip and menu; what the person chooses comes out as signals."""

    chosen = Signal(object)
    """A change for the desk: a callable that is given the tracker."""
    open_requested = Signal()
    toggle_requested = Signal()
    """The icon was clicked: the window opens beside it, or goes."""
    settings_requested = Signal()
    sync_requested = Signal()
    """The line about sync was chosen."""
    news_requested = Signal()
    """The line about a newer release was chosen."""
    quit_requested = Signal()

    def __init__(
        self,
        snapshot: Snapshot,
        theme: Theme,
        zone: tzinfo,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._snapshot, self._theme, self._clock = snapshot, theme, clock
        self._clockface = Clockface(zone)
        self._face: TrayFace | None = None
        self._icon = QSystemTrayIcon(self)
        self._menu = TrayMenu(self._clockface, clock, self)
        self._panel = Panel(self._icon, self)
        self._settings = Settings()
        self._system_is_dark = theme.dark
        self._likely_ink: Ink = likely_ink(theme.dark)
        self._ticking = Ticking(clock, self)
        self._ticking.passed.connect(self.count)
        self._menu.chosen.connect(self.chosen)
        self._menu.open_requested.connect(self.open_requested)
        self._menu.settings_requested.connect(self.settings_requested)
        self._menu.sync_requested.connect(self.sync_requested)
        self._menu.news_requested.connect(self.news_requested)
        self._menu.quit_requested.connect(self.quit_requested)
        self._panel.changed.connect(self._panel_changed)
        self._icon.activated.connect(self._activated)
        self._icon.setContextMenu(self._menu.menu)
        self.show(snapshot)
        self._icon.show()
        self._panel.watch()

    @Slot(object)
    def show(self, snapshot: Snapshot) -> None:
        """Show how things stand now."""
        self._snapshot = snapshot
        self._fill_menu()
        self.count()

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self._fill_menu()

    @Slot(dict)
    def show_keys(self, outcomes: Mapping[str, tuple[str, str]]) -> None:
        """Show the hotkeys that the system has given: by the setting, the keys and a refusal."""
        self._menu.show_keys({setting: keys for setting, (keys, _) in outcomes.items() if keys})
        self._fill_menu()

    @Slot(object)
    def show_news(self, news: "News | None") -> None:
        """Have a line about a newer release in the menu, or none."""
        self._menu.show_news(news.line if news else "")
        self._fill_menu()

    def follow(self, settings: Settings, system_is_dark: bool) -> None:
        """Draw and word it as chosen; where that is up to the panel and nobody sees it, as the system."""
        self._settings = settings
        self._system_is_dark = system_is_dark
        self._likely_ink = likely_ink(system_is_dark)
        self._clockface = self._clockface.following(settings)
        self._menu.show_times_as(self._clockface)
        self._fill_menu()
        self.count()

    @Slot(str)
    def tell(self, text: str) -> None:
        """Show a sentence beside the tray for a while."""
        self._icon.showMessage("Tabkeeper", in_tooltip(text, SENTENCE), application_icon())

    def place(self) -> QRect:
        """Return where the icon is on the screen; an empty box where the desktop does not say."""
        return self._icon.geometry()

    def hide(self) -> None:
        """Take the icon out of the tray."""
        self._ticking.rest()
        self._icon.hide()

    @Slot()
    def count(self) -> None:
        """Show the time that has passed, and come back when icon or tooltip have to show another one."""
        running = self._snapshot.running
        seconds = running.seconds(self._clock()) if running else None
        self._icon.setToolTip(self._tooltip(seconds))
        self._paint(seconds)
        if running:
            self._ticking.follow(running.start, _PACES[self._clockface.durations])
        else:
            self._ticking.rest()

    def _paint(self, seconds: int | None) -> None:
        running, catalogue = self._snapshot.running, self._snapshot.catalogue
        face = TrayFace(
            minutes=seconds // 60 if seconds is not None else None,
            colour=catalogue.colour_of(running.project_id) if running else None,
            ink=_INKS[self._settings.panel] or self._panel.seen_ink or self._likely_ink,
            trouble=_trouble(self._snapshot.sync),
            show_text=self._settings.tray_text,
            template=sys.platform == "darwin",
        )
        if face == self._face:
            return
        self._face = face
        self._icon.setIcon(tray_icon(face))
        # Which of the earlier times the menu can offer changes with the minutes, too.
        self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.show(self._snapshot, self._theme, self._panel.embeds_qt)

    @Slot()
    def _panel_changed(self) -> None:
        self._likely_ink = likely_ink(self._system_is_dark)
        self._fill_menu()
        self.count()

    def _tooltip(self, seconds: int | None) -> str:
        running, sync = self._snapshot.running, self._snapshot.sync
        what = "Tabkeeper · no timer is running"
        if running is not None and seconds is not None:
            draft = draft_text(running.draft, self._snapshot.catalogue)
            what = f"{self._clockface.duration(seconds)} · {draft}"
        if not sync.signed_in:
            return in_tooltip(what)
        face = self._clockface
        line = sync_line(sync, self._clock(), face.zone, twelve_hour=face.twelve_hour)
        return f"{in_tooltip(what)}\n{in_tooltip(line)}"

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.chosen.emit(lambda tracker: tracker.toggle())
        elif reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.toggle_requested.emit()


def _trouble(sync: SyncStatus) -> Literal["none", "offline", "needs_you"]:
    """Return which dot the icon has: amber where only the person can help, grey where time may."""
    if sync.needs_you or sync.trouble in WANTING_THE_PERSON:
        return "needs_you"
    return "offline" if sync.trouble else "none"
