"""What a person sees of the tray program first: the icon, showing the file. Nothing else is loaded for it.

Windows, accounts, sync and reflexes follow once it is on the screen (`program`).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from tabkeeper import settings
from tabkeeper.accounts import Accounts, Current
from tabkeeper.desktop.ending import Ending
from tabkeeper.desktop.single_instance import SingleInstance
from tabkeeper.model.instants import utc_now
from tabkeeper.paths import Paths
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.tray import Tray
from tabkeeper.zone import ChangingZone

_LONGEST_WAIT = 150
"""Milliseconds until the rest is loaded although no icon was painted: where the desktop draws it, or none."""


class Held:
    """Keeps what a signal says until there is somebody to hear it."""

    def __init__(self, signal: SignalInstance) -> None:
        self._signal = signal
        self._said: list[tuple[Any, ...]] = []
        self._holding = signal.connect(lambda *values: self._said.append(values))

    def hand_over(self, receiver: Callable[..., object]) -> None:
        """Tell the receiver what was said so far, and let it hear what is said from now on."""
        self._signal.disconnect(self._holding)
        self._signal.connect(receiver)
        for values in self._said:
            receiver(*values)


class IconAsks(NamedTuple):
    """What the icon and its menu were asked for that is loaded later."""

    toggle: Held
    open: Held
    sync: Held
    settings: Held
    quit: Held


class FirstSight(NamedTuple):
    """The program while it is no more than its icon."""

    paths: Paths
    zone: ChangingZone
    chosen: settings.Reading
    accounts: Accounts
    current: Current
    workplace: Callable[[Path], AbstractContextManager[Tracker]]
    desk: Desk
    snapshot: Snapshot
    source: ThemeSource
    tray: Tray
    told: Held
    heard: Held
    """The words of other processes."""
    answers: dict[str, Callable[[], str]]
    """What their questions are answered with."""
    links: Held
    choices_made: Held
    """What was chosen in the icon's menu."""
    asked_to_end: Held
    asks: IconAsks


@contextmanager
def first_sight(application: QApplication, instance: SingleInstance, paths: Paths) -> Iterator[FirstSight]:
    """Open the file and show the icon; close the file in the end. Raises StoreTrouble and OSError."""
    chosen = settings.read(paths.settings, utc_now())
    desk = Desk(troubles=(StoreTrouble,), first_weekday=settings.first_weekday(chosen.settings))
    ending = Ending()
    zone = ChangingZone()
    accounts = Accounts(paths)
    current = accounts.current()
    workplace = partial(_workplace, desk, zone)
    try:
        snapshot = desk.open(partial(workplace, current.database))
        source = ThemeSource(application, chosen.settings.theme)
        tray = Tray(snapshot, source.theme, zone, utc_now)
        desk.changed.connect(tray.show)
        tray.follow(chosen.settings, source.system_is_dark)
        application.setWindowIcon(application_icon())
        seen = FirstSight(
            paths,
            zone,
            chosen,
            accounts,
            current,
            workplace,
            desk,
            snapshot,
            source,
            tray,
            told=Held(desk.told),
            heard=Held(instance.word_received),
            answers=instance.answers,
            links=Held(instance.link_received),
            choices_made=Held(tray.chosen),
            asked_to_end=Held(ending.asked),
            asks=IconAsks(
                Held(tray.toggle_requested),
                Held(tray.open_requested),
                Held(tray.sync_requested),
                Held(tray.settings_requested),
                Held(tray.quit_requested),
            ),
        )
        _let_it_be_painted(application)
        yield seen
    finally:
        desk.close()
        ending.release()


@contextmanager
def _workplace(desk: Desk, zone: tzinfo, database: Path) -> Iterator[Tracker]:
    """Open a person's file for the desk, on its thread."""
    store = Store.open(database)
    try:
        if notice := store.take_notice():
            desk.tell(notice)
        yield Tracker(store, zone)
    finally:
        store.close()


class _PaintWatch(QObject):
    """Ends a loop when something of this program has been painted."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop.quit)
        return False


def _let_it_be_painted(application: QApplication) -> None:
    """Answer the desktop, which takes the icon in and asks for its picture, before more is loaded."""
    loop = QEventLoop()
    watch = _PaintWatch(loop)
    application.installEventFilter(watch)
    QTimer.singleShot(_LONGEST_WAIT, loop, loop.quit)
    loop.exec()
    application.removeEventFilter(watch)
