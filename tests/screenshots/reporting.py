"""The page of reports in all its states, reached by pointer and keys as a person would."""

from functools import partial

from tests.desktop.screen import Window, wait_until
from tests.screenshots.stage import Stage

TAB, FIRST_GROUPING, FIRST_ROW, RANGE = (115, 126), (45, 387), (120, 430), (95, 168)
GROUPINGS = ("client", "tag", "day", "week", "billable")


def reports(stage: Stage) -> None:
    """Draw a week by each grouping, a range being chosen, a filter, what is behind a row, and nothing."""
    screen = stage.screen
    stage.draw("reports", partial(click, stage, TAB))
    click(stage, FIRST_GROUPING)
    stage.draw("reports-last-week", lambda: screen.press("alt+Left"))
    for by in GROUPINGS:
        stage.draw(f"reports-{by}", lambda: screen.press("Right"))
    screen.press(*("Left",) * len(GROUPINGS))
    _draw_panel(stage)
    stage.draw("reports-behind", partial(click, stage, FIRST_ROW))
    stage.draw("reports-editor", lambda: screen.press("Return"))
    stage.draw("reports-back", lambda: screen.press("Escape", "Escape"))
    stage.draw("reports-filter-offers", lambda: screen.press("ctrl+f", "p"))
    stage.draw("reports-filter", lambda: screen.press("Return"))
    stage.draw("reports-chart-by-keys", lambda: screen.press("Escape", *("shift+Tab",) * 4))
    stage.draw("reports-empty", lambda: screen.press(*("alt+Right",) * 3))


def _draw_panel(stage: Stage) -> None:
    panel = open_panel(stage)
    stage.save(stage.still(panel), "reports-range")
    stage.screen.press("Escape")
    wait_until(lambda: len(stage.program.windows()) == 1, "the panel to close")


def open_panel(stage: Stage) -> Window:
    """Open the panel in which a range is chosen."""
    opened = stage.opened
    click(stage, RANGE)
    panels = wait_until(
        lambda: [it for it in stage.program.windows() if it.number != opened.number], "a panel"
    )
    return panels[0]


def click(stage: Stage, at: tuple[int, int]) -> None:
    """Click in the window."""
    stage.click(stage.opened, *at)
