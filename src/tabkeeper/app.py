"""The composition root of the tray program: builds the parts, connects them, runs the loop until the end."""

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop  # type: ignore[import-untyped]

from tabkeeper.desktop.display import has_display
from tabkeeper.desktop.nudge import nudge
from tabkeeper.desktop.single_instance import SingleInstance
from tabkeeper.model.instants import utc_now
from tabkeeper.paths import Paths, find_paths
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.tray import Tray
from tabkeeper.zone import system_zone

DONE, REFUSED, NO_DISPLAY = 0, 1, 4
_NO_DISPLAY = (
    "There is no display for Tabkeeper's tray icon; start it in a desktop session, or use the command line: "
    "tabkeeper --help"
)
_RUNS_ALREADY = "Tabkeeper is running already; its icon is here in the tray."


def main(argv: Sequence[str] = ()) -> int:
    """Run the tray program until the person quits it; `argv` are words for Qt. Returns the exit code."""
    if not has_display(os.environ):
        print(_NO_DISPLAY, file=sys.stderr)
        return NO_DISPLAY
    application = QApplication(["tabkeeper", *argv])
    application.setApplicationDisplayName("Tabkeeper")
    application.setQuitOnLastWindowClosed(False)
    paths = find_paths(os.environ)
    instance = SingleInstance(paths.socket)
    try:
        if not instance.claim():
            nudge(paths.socket, "show")
            return DONE
        return _run(application, instance, paths)
    except (StoreTrouble, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return REFUSED
    finally:
        instance.release()


def _run(application: QApplication, instance: SingleInstance, paths: Paths) -> int:
    with QEventLoop(application) as loop:
        code: int = loop.run_until_complete(_serve(application, instance, paths))
        return code


async def _serve(application: QApplication, instance: SingleInstance, paths: Paths) -> int:
    desk = Desk(troubles=(StoreTrouble,))
    zone = system_zone()

    @contextmanager
    def workplace() -> Iterator[Tracker]:
        store = Store.open(paths.database)
        try:
            if store.notice:
                desk.tell(store.notice)
            yield Tracker(store, zone)
        finally:
            store.close()

    closing = asyncio.Event()
    try:
        snapshot = desk.open(workplace)
        application.setWindowIcon(application_icon())
        source = ThemeSource(application)
        tray = Tray(snapshot, source.theme, zone, utc_now)
        tray.chosen.connect(desk.change)
        tray.quit_requested.connect(closing.set)
        desk.changed.connect(tray.show)
        desk.told.connect(tray.tell)
        source.changed.connect(tray.dress)
        words = {
            "changed": desk.look_again,
            "show": lambda: tray.tell(_RUNS_ALREADY),
            "quit": closing.set,
        }
        instance.word_received.connect(lambda word: words.get(word, desk.look_again)())
        application.aboutToQuit.connect(closing.set)
        await closing.wait()
        tray.hide()
    finally:
        desk.close()
    return DONE
