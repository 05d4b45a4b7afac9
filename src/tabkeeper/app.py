"""The tray program from its first moment to its last: one instance, its log, and words for when it fails."""

import gc
import locale
import logging
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QSystemTrayIcon

from tabkeeper import __version__
from tabkeeper.desktop import session_bus
from tabkeeper.desktop.bus_return import BusReturn
from tabkeeper.desktop.display import has_display
from tabkeeper.desktop.lent import without_bus
from tabkeeper.desktop.nudge import nudge
from tabkeeper.desktop.own_command import own_command
from tabkeeper.desktop.renewal import renewal_of_this_program
from tabkeeper.desktop.single_instance import SingleInstance
from tabkeeper.first_sight import first_sight
from tabkeeper.log import begin_log
from tabkeeper.paths import Paths, find_paths
from tabkeeper.store.trouble import StoreTrouble, told_to_people

DONE, REFUSED, NO_DISPLAY = 0, 1, 4
_BEGIN_ANEW = -1
_NO_DISPLAY = (
    "There is no display for Tabkeeper's tray icon; start it in a desktop session, or use the command line: "
    "tabkeeper --help"
)
_NO_ANSWER = (
    "Tabkeeper runs already, but does not answer. Your times are safe, and its icon goes on as it is. "
    "Quit it in its icon's menu, then start it again."
)
_PATIENCE, _BETWEEN_WORDS = 5.0, 0.05
"""Seconds."""
_WITHOUT_WINDOWS = ("offscreen", "minimal")
"""Qt's platforms on which nobody would see a message box, and nobody could close it."""
_BETWEEN_LOOKS = (20_000, 20, 20)
_log = logging.getLogger(__name__)


def main() -> int:
    """Run the tray program until the person quits it; returns the exit code."""
    environment = dict(os.environ)  # as it is before a token in it is taken out
    code = _main()
    if code == _BEGIN_ANEW:
        command = own_command()
        os.execve(command[0], command, environment)  # noqa: S606 - ourselves, in the version that is there now
    return code


def _main() -> int:
    if not has_display(os.environ):
        print(_NO_DISPLAY, file=sys.stderr)
        return NO_DISPLAY
    silent = session_bus.who_is_silent(os.environ)
    application = _application(silent)
    logging.getLogger().addHandler(logging.NullHandler())  # stderr is for sentences; the log comes later
    application.setApplicationDisplayName("Tabkeeper")
    application.setQuitOnLastWindowClosed(False)
    paths = find_paths(os.environ)
    try:
        return _run_once(application, paths, silent)
    except (StoreTrouble, OSError) as trouble:
        return _refuse(str(trouble), trouble)
    except Exception as trouble:
        return _refuse(
            "Tabkeeper ended because something went wrong inside it. Your times are safe in "
            f"{paths.database}; what happened is written in {paths.log}.",
            trouble,
        )


def _application(silent: str) -> QApplication:
    """Begin Qt without a bus on which somebody is silent, for it would wait for them.

    On the system's bus it would only ask for the network, of which the kernel tells more reliably.
    """
    with without_bus("SYSTEM"), without_bus("SESSION") if silent else nullcontext():
        application = QApplication(["tabkeeper"])
        QSystemTrayIcon.isSystemTrayAvailable()  # for which it asks the session bus
    # Qt has made the desktop's language that of Python's dates, which are written and read in English here.
    locale.setlocale(locale.LC_TIME, "C")
    return application


def _run_once(application: QApplication, paths: Paths, silent: str) -> int:
    """Run, unless another one does. What is said of trouble afterwards keeps no place: another may start."""
    instance = SingleInstance(paths.socket)
    with told_to_people(paths.database):
        first = instance.claim()
    if not first:
        return DONE if _first_comes_forward(paths.socket) else _refuse(_NO_ANSWER)
    try:
        begin_log(paths.log)
        _log.info("Tabkeeper %s begins, on Qt %s and %s", __version__, qVersion(), sys.platform)
        if silent:
            _log.warning("%s does not answer, so Qt does without the session bus", silent)
        return _run(application, instance, paths, silent)
    finally:
        instance.release()


def _first_comes_forward(socket: Path) -> bool:
    """Ask the program that runs already to show its window; it may itself be starting at this moment."""
    until = time.monotonic() + _PATIENCE
    while not (heard := nudge(socket, "show")) and time.monotonic() < until:
        time.sleep(_BETWEEN_WORDS)
    return heard


def _refuse(text: str, trouble: Exception | None = None) -> int:
    """Say why the program ends, where the person looks: most start it from a menu and see no terminal."""
    _log.error("Tabkeeper ends", exc_info=trouble)
    print(text, file=sys.stderr)
    if QApplication.platformName() not in _WITHOUT_WINDOWS:
        box = QMessageBox(QMessageBox.Icon.Critical, "Tabkeeper", text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
    return REFUSED


def _run(application: QApplication, instance: SingleInstance, paths: Paths, silent: str) -> int:
    candidates = (renewal_of_this_program(), BusReturn() if silent else None)
    reasons = [reason for reason in candidates if reason is not None]
    for reason in reasons:
        reason.due.connect(lambda: instance.word_received.emit("quit"))
    with first_sight(application, instance, paths) as seen:
        from tabkeeper.program import serve  # the larger half of what there is to load

        _look_for_garbage_seldom()
        serve(application, seen, silent)
    return _BEGIN_ANEW if any(reason.is_due for reason in reasons) else DONE


def _look_for_garbage_seldom() -> None:
    """Let Python pass over what is loaded by now, and wait for more than it does of itself.

    Whichever thread looks for garbage, the interface waits meanwhile.
    """
    gc.freeze()
    gc.set_threshold(*_BETWEEN_LOOKS)
