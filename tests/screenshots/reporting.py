"""The page of reports in all its states, reached by pointer and keys as a person would."""

from collections.abc import Callable
from functools import partial

from tests.desktop.screen import Window, wait_until
from tests.screenshots.stage import Stage

TAB, FIRST_GROUPING, FIRST_ROW, RANGE = (115, 126), (45, 387), (120, 430), (95, 168)
GROUPINGS = ("client", "tag", "day", "week", "billable")


def reports(stage: Stage) -> None:
    """Draw a week by each grouping, a range being chosen, a filter, what is behind a row, and nothing."""
    screen = stage.screen
    _draw(stage, "reports", partial(_click, stage, TAB))
    _click(stage, FIRST_GROUPING)
    _draw(stage, "reports-last-week", lambda: screen.press("alt+Left"))
    for by in GROUPINGS:
        _draw(stage, f"reports-{by}", lambda: screen.press("Right"))
    screen.press(*("Left",) * len(GROUPINGS))
    _draw_panel(stage)
    _draw(stage, "reports-behind", partial(_click, stage, FIRST_ROW))
    _draw(stage, "reports-editor", lambda: screen.press("Return"))
    _draw(stage, "reports-back", lambda: screen.press("Escape", "Escape"))
    _draw(stage, "reports-filter-offers", lambda: screen.press("ctrl+f", "p"))
    _draw(stage, "reports-filter", lambda: screen.press("Return"))
    _draw(stage, "reports-chart-by-keys", lambda: screen.press("Escape", *("shift+Tab",) * 4))
    _draw(stage, "reports-empty", lambda: screen.press(*("alt+Right",) * 3))


def _draw_panel(stage: Stage) -> None:
    opened = _opened(stage)
    _click(stage, RANGE)
    panel = wait_until(
        lambda: [it for it in stage.program.windows() if it.number != opened.number], "a panel"
    )
    stage.save(stage.still(panel[0]), "reports-range")
    stage.screen.press("Escape")
    wait_until(lambda: len(stage.program.windows()) == 1, "the panel to close")


def _click(stage: Stage, at: tuple[int, int]) -> None:
    stage.click(_opened(stage), *at)


def _draw(stage: Stage, name: str, act: Callable[[], None]) -> None:
    opened = _opened(stage)
    before = stage.still(opened)
    act()
    stage.look_away()
    stage.save(stage.changed(opened, before), name)


def _opened(stage: Stage) -> Window:
    return max(stage.program.windows(), key=lambda window: window.height)
