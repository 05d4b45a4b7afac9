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
    draw(stage, "reports", partial(click, stage, TAB))
    click(stage, FIRST_GROUPING)
    draw(stage, "reports-last-week", lambda: screen.press("alt+Left"))
    for by in GROUPINGS:
        draw(stage, f"reports-{by}", lambda: screen.press("Right"))
    screen.press(*("Left",) * len(GROUPINGS))
    _draw_panel(stage)
    draw(stage, "reports-behind", partial(click, stage, FIRST_ROW))
    draw(stage, "reports-editor", lambda: screen.press("Return"))
    draw(stage, "reports-back", lambda: screen.press("Escape", "Escape"))
    draw(stage, "reports-filter-offers", lambda: screen.press("ctrl+f", "p"))
    draw(stage, "reports-filter", lambda: screen.press("Return"))
    draw(stage, "reports-chart-by-keys", lambda: screen.press("Escape", *("shift+Tab",) * 4))
    draw(stage, "reports-empty", lambda: screen.press(*("alt+Right",) * 3))


def _draw_panel(stage: Stage) -> None:
    panel = open_panel(stage)
    stage.save(stage.still(panel), "reports-range")
    stage.screen.press("Escape")
    wait_until(lambda: len(stage.program.windows()) == 1, "the panel to close")


def open_panel(stage: Stage) -> Window:
    """Open the panel in which a range is chosen."""
    opened = _opened(stage)
    click(stage, RANGE)
    panels = wait_until(
        lambda: [it for it in stage.program.windows() if it.number != opened.number], "a panel"
    )
    return panels[0]


def click(stage: Stage, at: tuple[int, int]) -> None:
    """Click in the window."""
    stage.click(_opened(stage), *at)


def draw(stage: Stage, name: str, act: Callable[[], object]) -> None:
    """Do something, and keep the picture of what comes of it."""
    opened = _opened(stage)
    before = stage.still(opened)
    act()
    stage.look_away()
    stage.save(stage.changed(opened, before), name)


def _opened(stage: Stage) -> Window:
    return max(stage.program.windows(), key=lambda window: window.height)
