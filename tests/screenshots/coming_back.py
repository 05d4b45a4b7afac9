"""The question after being away: the program is ended hard, its last touch put back, and started again."""

import os
import signal
import time
from pathlib import Path

from tests.desktop.screen import wait_until
from tests.screenshots.stage import Stage

_AWAY = 42 * 60
_PUT_IT_ON = "4"


def away(stage: Stage) -> None:
    """Draw the question, and the line for what the time was instead."""
    program = stage.program
    stamp = Path(program.environment["TABKEEPER_HOME"]) / "last-touch"
    program.ask("start", "Review PR 812", "-p", "Web shop", "--ago", "1h")
    wait_until(stamp.exists, "the last touch to be kept")
    program.end(signal.SIGKILL)
    went = time.time() - _AWAY
    os.utime(stamp, (went, went))
    program.start()
    question = program.window()
    stage.look_away()
    before = stage.still(question)
    stage.save(before, "away")
    stage.screen.press(_PUT_IT_ON)
    stage.screen.write("Lunch #break")
    stage.save(stage.changed(question, before), "away-on-something-else")
