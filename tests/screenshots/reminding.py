"""Reminders as a desktop shows them, with their buttons; the frame round them is the desktop's."""

import shutil
from pathlib import Path

from tests.desktop.notices import notices_with_buttons
from tests.screenshots.stage import Stage

_ICON = Path(__file__).parents[2] / "resources" / "icons" / "tabkeeper.svg"
_SCHEMES = {"light": "Adwaita", "dark": "Adwaita:dark"}


def reminders(stage: Stage) -> None:
    """Draw what is said of a long timer, of a break that is due, and of work without a timer."""
    program = stage.program
    icons = Path(program.environment["XDG_DATA_HOME"]) / "icons" / "hicolor" / "scalable" / "apps"
    icons.mkdir(parents=True)
    shutil.copy(_ICON, icons)
    environment = program.environment | {"GTK_THEME": _SCHEMES[stage.look.scheme]}
    with notices_with_buttons(stage.screen, environment) as notice:
        program.ask("start", "Review PR 812", "--ago", "11h")
        stage.save(stage.still(notice()), "reminder-long")
        program.ask("stop")
        program.run("config", "set", "pomodoro.work", "25")
        program.ask("start", "Invoice import fails on empty rows", "--ago", "25m")
        stage.save(stage.still(notice()), "reminder-break")
        program.ask("stop")
        for name, value in (
            *(("work.days", "mon-sun"), ("work.starts", "00:00"), ("work.ends", "23:59")),
            ("remind.not_tracking", "0.01"),
        ):
            program.run("config", "set", name, value)
        stage.save(stage.still(notice()), "reminder-not-tracking")
