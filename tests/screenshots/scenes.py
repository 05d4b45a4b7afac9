"""What is drawn: each scene brings the program there as a person would, and keeps a picture of it."""

from functools import partial

from PIL import Image
from tests.desktop.screen import wait_until
from tests.screenshots.reporting import reports
from tests.screenshots.stage import Stage

SURROUNDINGS = 120
"""Pixels of the panel to be seen on the left of the icon."""
TABS = 126
"""Where the middle of the tabs is, from the window's upper edge."""
PROJECTS_TAB = 205
SETTINGS_PAGES = 7
MORE = (393, 126)
A_LINE = (150, 330)


def tray(stage: Stage) -> None:
    """Draw the end of the panel with the icon in it: running, and stopped."""
    screen, program = stage.screen, stage.program
    for state in ("running", "stopped"):
        if state == "stopped":
            running = screen.picture(program.icon())
            program.ask("stop")
            wait_until(partial(_is_another, stage, running), "another icon")
        icon, panel = program.icon(), screen.panels()[0]
        left = icon.left - SURROUNDINGS * stage.look.scale
        stage.save(screen.picture(panel).crop((left, 0, panel.width, panel.height)), f"tray-{state}")
    program.ask("undo")


def menu(stage: Stage) -> None:
    """Draw the tray's menu with Stop chosen, and the one with earlier times."""
    screen, program = stage.screen, stage.program
    screen.click(program.icon(), button=3)
    window = program.window()
    stage.look_away()
    before = stage.still(window)
    screen.press("Down", "Down")
    stage.save(stage.changed(window, before), "menu")
    screen.press("Escape")
    wait_until(lambda: not program.windows(), "the menu to close")


def settings(stage: Stage) -> None:
    """Draw each page of the dialog of all settings."""
    screen, program = stage.screen, stage.program
    screen.click(program.icon(), button=3)
    program.window()
    screen.press("Up", "Up", "Return")
    wait_until(lambda: "Settings" in program.window().title, "the settings")
    stage.look_away()
    dialog = program.window()
    drawn = stage.still(dialog)
    for page in range(1, SETTINGS_PAGES + 1):
        stage.save(drawn, f"settings-{page}")
        if page < SETTINGS_PAGES:
            screen.press("Down")
            drawn = stage.changed(dialog, drawn)
    screen.press("Escape")
    wait_until(lambda: not program.windows(), "the settings to close")


def window(stage: Stage) -> None:
    """Draw the window with a timer that runs, and with the pointer over a line."""
    opened = stage.program.open_window()
    stage.look_away()
    before = stage.still(opened)
    stage.save(before, "window")
    stage.point(opened, *A_LINE)
    stage.save(stage.changed(opened, before), "window-pointed")
    stage.look_away()


def editor(stage: Stage) -> None:
    """Draw an entry being edited, and the projects that its editor offers."""
    stage.draw("editor", lambda: stage.screen.press("Down", "Return"))
    stage.draw("editor-project", lambda: stage.screen.press("Tab", "Down"))
    stage.screen.press("Escape", "Escape", "Escape")


def typing(stage: Stage) -> None:
    """Draw a line being typed with what is offered for it, one that names everything, and an empty one."""
    screen = stage.screen
    stage.draw("typing-empty", lambda: screen.press("ctrl+l"))
    stage.draw("typing", lambda: screen.write("re"))
    stage.draw("typing-chosen", lambda: screen.press("Down", "Down"))
    screen.press("Escape", "ctrl+a")
    stage.draw("typing-marks", lambda: screen.write("Review PR @Web shop #call $ 30m ago "))
    screen.press("ctrl+a", "BackSpace", "Escape")


def menus(stage: Stage) -> None:
    """Draw the menu of a line, and the one behind the three dots."""
    opened, screen = stage.opened, stage.screen
    for name, open_menu in (
        ("menu-line", partial(screen.press, "Down", "Menu")),
        ("menu-more", partial(stage.click, opened, *MORE)),
    ):
        open_menu()
        menu = wait_until(lambda: [it for it in stage.program.windows() if it.number != opened.number], name)
        stage.save(stage.still(menu[0]), name)
        screen.press("Escape")
        stage.program.window()


def toast(stage: Stage) -> None:
    """Draw what is said after an entry was deleted, and after that was undone."""
    screen = stage.screen
    stage.draw("toast-deleted", lambda: screen.press("Down", "Delete"))
    stage.draw("toast-undone", lambda: screen.press("ctrl+z"))
    stage.outlast_toast()


def stopped(stage: Stage) -> None:
    """Draw the window with no timer, which then runs again."""
    stage.draw("window-stopped", lambda: stage.screen.press("ctrl+Return"))
    before = stage.still(stage.opened)
    stage.screen.press("ctrl+z")
    stage.changed(stage.opened, before)
    stage.outlast_toast()


def projects(stage: Stage) -> None:
    """Draw the page of projects, and a project being changed."""
    stage.draw("projects", lambda: stage.click(stage.opened, PROJECTS_TAB, TABS))
    stage.draw("project-editor", lambda: stage.click(stage.opened, 150, 330))


def quick_add(stage: Stage) -> None:
    """Draw the line over other programs, with something typed in it."""
    stage.program.run("quick-add")
    line = stage.program.window()
    stage.screen.write("Review PR @Web shop #call 30m ago")
    stage.save(stage.still(line), "quick-add")
    stage.screen.press("Escape", "Escape")
    wait_until(lambda: not stage.program.windows(), "the line to close")


def first_start(stage: Stage) -> None:
    """Draw the window of somebody who has tracked nothing yet."""
    opened = stage.program.open_window()
    stage.look_away()
    stage.save(stage.still(opened), "first-start")


def _is_another(stage: Stage, icon: Image.Image) -> bool:
    return stage.screen.picture(stage.program.icon()) != icon


SCENES = (
    *(menu, settings, quick_add, tray, window, editor, typing),
    *(menus, toast, stopped, projects, reports),
)
"""In this order: some leave the window open to those after them."""
