"""Reminders as a desktop shows them, with their buttons; the frame round them is the desktop's."""

import shutil
from pathlib import Path

from tests.desktop.notices import Notices, notices_with_buttons
from tests.desktop.screen import wait_until
from tests.screenshots.stage import Stage

_ICON = Path(__file__).parents[2] / "resources" / "icons" / "tabkeeper.svg"
_AT_WORK_NOW = (
    ("work.days", "mon-sun"),
    ("work.starts", "00:00"),
    ("work.ends", "23:59"),
    ("remind.not_tracking", "0.01"),
)
_SCHEMES = {"light": "Adwaita", "dark": "Adwaita:dark"}


def reminders(stage: Stage) -> None:
    """Draw what is said of a long timer, of a break that is due, and of work without a timer."""
    program = stage.program
    icons = Path(program.environment["XDG_DATA_HOME"]) / "icons" / "hicolor" / "scalable" / "apps"
    icons.mkdir(parents=True)
    shutil.copy(_ICON, icons)
    environment = program.environment | {"GTK_THEME": _SCHEMES[stage.look.scheme]}
    with notices_with_buttons(stage.screen, environment) as notices:
        program.ask("start", "Review PR 812", "--ago", "11h")
        stage.save(stage.still(notices.one()), "reminder-long")
        _stop(stage, notices)
        _choose(stage, "pomodoro.work", "25")
        program.ask("start", "Invoice import fails on empty rows", "--ago", "25m")
        stage.save(stage.still(notices.one()), "reminder-break")
        _stop(stage, notices)
        for name, value in _AT_WORK_NOW:
            _choose(stage, name, value)
        stage.save(stage.still(notices.one()), "reminder-not-tracking")


def _stop(stage: Stage, notices: Notices) -> None:
    """Stop the timer, which takes away what was said about it."""
    stage.program.ask("stop")
    wait_until(lambda: not notices.shown(), "the notice to go")


def _choose(stage: Stage, name: str, value: str) -> None:
    assert stage.program.run("config", "set", name, value).returncode == 0
