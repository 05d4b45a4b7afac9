"""The composition root of the tray program: builds the parts, connects them, runs the loop until the end."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop  # type: ignore[import-untyped]

from tabkeeper import __version__, settings
from tabkeeper.accounts import Accounts
from tabkeeper.background_sync import BackgroundSync
from tabkeeper.desktop.display import has_display
from tabkeeper.desktop.ending import Ending
from tabkeeper.desktop.network import Network
from tabkeeper.desktop.nudge import nudge
from tabkeeper.desktop.single_instance import SingleInstance
from tabkeeper.log import begin_log
from tabkeeper.model.instants import utc_now
from tabkeeper.paths import Paths, find_paths
from tabkeeper.reflexes import Reflexes, Surroundings
from tabkeeper.sign_in.shown import ShownAccounts
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener
from tabkeeper.ui.window.place import WindowMemory, read_state
from tabkeeper.zone import system_zone

DONE, REFUSED, NO_DISPLAY = 0, 1, 4
_NO_DISPLAY = (
    "There is no display for Tabkeeper's tray icon; start it in a desktop session, or use the command line: "
    "tabkeeper --help"
)
_WITHOUT_WINDOWS = ("offscreen", "minimal")
"""Qt's platforms on which nobody would see a message box, and nobody could close it."""
_log = logging.getLogger(__name__)


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
        begin_log(paths.log)
        _log.info("Tabkeeper %s begins, on Qt %s and %s", __version__, qVersion(), sys.platform)
        return _run(application, instance, paths)
    except (StoreTrouble, OSError) as trouble:
        return _refuse(str(trouble), trouble)
    except Exception as trouble:
        return _refuse(
            "Tabkeeper ended because something went wrong inside it. Your times are safe in "
            f"{paths.database}; what happened is written in {paths.log}.",
            trouble,
        )
    finally:
        instance.release()


def _refuse(text: str, trouble: Exception) -> int:
    """Say why the program ends, where the person looks: most start it from a menu and see no terminal."""
    _log.error("Tabkeeper ends", exc_info=trouble)
    print(text, file=sys.stderr)
    if QApplication.platformName() not in _WITHOUT_WINDOWS:
        box = QMessageBox(QMessageBox.Icon.Critical, "Tabkeeper", text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
    return REFUSED


def _run(application: QApplication, instance: SingleInstance, paths: Paths) -> int:
    with QEventLoop(application) as loop:
        code: int = loop.run_until_complete(_serve(application, instance, paths))
        return code


async def _serve(application: QApplication, instance: SingleInstance, paths: Paths) -> int:
    chosen = settings.read(paths.settings, utc_now())
    choices = Choices(chosen.settings, paths.settings, utc_now)
    desk = Desk(troubles=(StoreTrouble,), first_weekday=settings.first_weekday(chosen.settings))
    zone = system_zone()
    accounts = Accounts(paths)
    current = accounts.current()
    workplace = partial(_workplace, desk, zone)
    reads = LongReads(lambda: desk.workplace, (StoreTrouble,))
    closing = asyncio.Event()
    ending = Ending()
    ending.asked.connect(closing.set)
    try:
        snapshot = desk.open(partial(workplace, current.database))
        application.setWindowIcon(application_icon())
        source = ThemeSource(application, chosen.settings.theme)
        tray = Tray(snapshot, source.theme, zone, utc_now)
        tray.chosen.connect(desk.change)
        tray.quit_requested.connect(closing.set)
        desk.changed.connect(tray.show)
        desk.changed.connect(lambda _: desk.ask("backup", Tracker.back_up_daily, lambda _: None))
        window_state = paths.config / "window.json"
        memory = WindowMemory(window_state, read_state(window_state))
        opener = WindowOpener(snapshot, source, zone, utc_now, desk, memory, reads)
        _let_open(opener, tray, closing.set)
        settings_opener = SettingsOpener(choices, source)
        for asking in (tray, opener):
            asking.settings_requested.connect(settings_opener.open)
        reflexes = Reflexes(Surroundings(desk, choices, tray, opener, settings_opener, zone, paths.data))
        shown_accounts = ShownAccounts(accounts, current.account, desk, workplace)
        sign_in = shown_accounts.show_in(opener, settings_opener, source)
        for speaker in (desk, choices, reflexes, shown_accounts.desk, sign_in):
            speaker.told.connect(lambda text: opener.tell(text) or tray.tell(text))
        for notice in filter(None, (chosen.notice, current.notice)):
            desk.tell(notice)
        source.changed.connect(tray.dress)
        _follow(choices, source, tray, desk, opener)
        background = _keep_in_step(accounts, shown_accounts, desk, opener, instance)
        words = _words_for_windows(opener, tray) | {
            "changed": desk.look_again,
            "settings": choices.look_again,
            "account": shown_accounts.desk.look_again,
            "quit": closing.set,
        }
        instance.link_received.connect(reflexes.open_link)
        instance.word_received.connect(lambda word: words.get(word, desk.look_again)())
        application.aboutToQuit.connect(closing.set)
        reflexes.begin(snapshot)
        await closing.wait()
        tray.hide()
        for part in (opener, settings_opener, sign_in, background):
            part.finish()
        await reflexes.release()
    finally:
        reads.close()
        desk.close()
        choices.close()
        ending.release()
    return DONE


@contextmanager
def _workplace(desk: Desk, zone: tzinfo, database: Path) -> Iterator[Tracker]:
    """Open a person's file for the desk, on its thread."""
    store = Store.open(database)
    try:
        if store.notice:
            desk.tell(store.notice)
        yield Tracker(store, zone)
    finally:
        store.close()


def _words_for_windows(opener: WindowOpener, tray: Tray) -> dict[str, Callable[[], object]]:
    """Return what the words of `nudge` about windows do."""
    return {
        "show": lambda: opener.open(tray.place()),
        "window": lambda: opener.toggle(tray.place()),
        "quick-add": opener.open_quick_add,
    }


def _let_open(opener: WindowOpener, tray: Tray, close: Callable[[], None]) -> None:
    """Let the tray open the window, and the window do without a tray."""
    tray.toggle_requested.connect(lambda: opener.toggle(tray.place()))
    tray.open_requested.connect(lambda: opener.open(tray.place()))
    tray.sync_requested.connect(lambda: opener.open_needs(tray.place()))
    opener.quit_requested.connect(close)
    opener.look_for_a_tray()


def _keep_in_step(
    accounts: Accounts, shown: ShownAccounts, desk: Desk, opener: WindowOpener, instance: SingleInstance
) -> BackgroundSync:
    """Sync the account in use: after each change, when the network is back, and when somebody looks."""
    background = BackgroundSync(accounts, shown.tokens)
    shown.desk.changed.connect(background.follow)
    background.happened.connect(desk.look_again)
    for reason in (desk.written, instance.word_received, Network(background).came_back):
        reason.connect(background.wake)
    opener.made.connect(lambda window: window.frame.seen.connect(background.wake))
    return background


def _follow(choices: Choices, source: ThemeSource, tray: Tray, desk: Desk, opener: WindowOpener) -> None:
    """Let the choices hold, and each later one at once."""

    def dress_the_tray() -> None:
        tray.follow(choices.settings, source.system_is_dark)

    def follow(now: settings.Settings) -> None:
        source.choose(now.theme)
        dress_the_tray()
        desk.begin_weeks_on(settings.first_weekday(now))
        opener.follow(now)

    choices.changed.connect(follow)
    source.changed.connect(dress_the_tray)
    opener.follow(choices.settings)
    dress_the_tray()
