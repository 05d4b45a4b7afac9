"""A newer release in the real program: a row of the icon's menu, and a window that says how to get it."""

import json
from datetime import UTC, datetime

from tests.desktop.program import Program
from tests.desktop.screen import Window, wait_until


def test_the_menu_has_a_row_for_a_newer_release_as_soon_as_the_person_wants_to_know(program: Program) -> None:
    def menu() -> Window:
        program.screen.click(program.icon(), button=3)
        return program.window()

    def close() -> None:
        program.screen.press("Escape")
        wait_until(lambda: not program.windows(), "the menu to close")

    def menu_with_another_row() -> bool:
        if menu().height > without:
            return True
        close()
        return False

    program.ask("config", "set", "updates.check", "off")
    known = program.home / "updates.json"
    # Heard of a moment ago, so that nobody is asked now.
    known.write_text(json.dumps({"asked": datetime.now(UTC).isoformat(), "newest": "99.0.0"}))
    program.start()
    without = menu().height
    close()
    program.ask("config", "set", "updates.check", "on")
    wait_until(menu_with_another_row, "another row in the menu")
    program.choose("Up", "Up", "Up", "Up")  # over Quit, Settings and Open
    told = wait_until(
        lambda: [window for window in program.windows() if window.title == "Tabkeeper"], "the window"
    )
    assert told[0].height > without
    assert program.pid
