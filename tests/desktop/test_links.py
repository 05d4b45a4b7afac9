"""Links that the desktop opens: shown in the line, started by Enter and by nothing else."""

import subprocess
from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import wait_until

from tabkeeper.desktop import desktop_entry
from tabkeeper.desktop.links.xdg import XdgLinks

LINK = "tabkeeper://start?description=Review%20PR&project=Acme&tag=bug"
LINE = "Start a timer — Tabkeeper"


def open_link(program: Program, link: str) -> None:
    """Open a link as a browser does."""
    subprocess.run(("gio", "open", link), env=program.environment, check=True, timeout=30)


def links_are_ours(program: Program) -> bool:
    """Whether the desktop, whose tools are told one after the other, knows by now who opens our links."""
    words = ("gio", "mime", "x-scheme-handler/tabkeeper")
    answer = subprocess.run(words, env=program.environment, capture_output=True, text=True, check=False)
    return "tabkeeper.desktop" in answer.stdout.partition("\n")[0]


def line_is_open(program: Program) -> bool:
    return [window.title for window in program.windows()] == [LINE]


def test_a_link_is_shown_and_starts_when_the_person_agrees(program: Program) -> None:
    program.start()
    program.icon()
    wait_until(lambda: links_are_ours(program), "the links to be ours")
    open_link(program, LINK)
    wait_until(lambda: line_is_open(program), "the line")
    assert not program.ask("status")["running"]
    window = program.window()
    wait_until(lambda: program.screen.active_window() == window.number, "the focus in the line")
    program.screen.press("Return")
    entry = program.wait_for_entry("Review PR")
    assert (entry["project"], entry["tags"]) == ("Acme", ["bug"])


def test_a_link_that_nobody_agrees_to_does_nothing_at_all(program: Program) -> None:
    program.start()
    program.icon()
    assert program.run("open", LINK).returncode == 0
    window = program.window()
    wait_until(lambda: program.screen.active_window() == window.number, "the focus in the line")
    program.screen.press("Escape")
    wait_until(lambda: not program.windows(), "the line to go")
    assert program.ask("list") == []
    assert program.ask("projects") == []


def test_what_is_no_link_of_ours_opens_nothing(program: Program) -> None:
    program.start()
    program.icon()
    assert program.run("open", "tabkeeper://start?description=x\nquit").returncode == 1
    assert program.run("open", "tabkeeper://quit").returncode == 0
    program.ask("start", "Still here")
    assert program.ask("status")["running"]
    assert not any(window.title == LINE for window in program.windows())


def test_a_link_starts_the_program_where_it_does_not_run(program: Program) -> None:
    assert program.run("open", LINK).returncode == 0
    try:
        icon = wait_until(program.screen.tray_icons, "the icon")
        assert icon
        wait_until(lambda: LINE in titles(program), "the line")
    finally:
        program.run("quit")
        program.wait_for_no_icon()  # or the next test would take it for its own program's


def test_opening_without_a_link_shows_the_window_as_menus_want_it(program: Program) -> None:
    program.start()
    program.icon()
    assert program.run("open").returncode == 0
    assert program.window().title == "Tabkeeper"


def test_a_package_that_opens_links_needs_no_entry_of_the_persons_own_but_to_say_no(tmp_path: Path) -> None:
    of_everybody, own = (tmp_path / name / "applications" / "tabkeeper.desktop" for name in ("usr", "home"))
    links = XdgLinks({"XDG_DATA_HOME": str(tmp_path / "home"), "XDG_DATA_DIRS": str(tmp_path / "usr")})
    links.switch(True)
    assert "MimeType" in (desktop_entry.fields_of(own) or {})
    of_everybody.parent.mkdir(parents=True)
    of_everybody.write_text("[Desktop Entry]\n")
    links.switch(True)
    assert not own.exists()
    links.switch(False)
    assert "MimeType" not in (desktop_entry.fields_of(own) or {"MimeType": "nothing at all"})


def test_an_entry_that_came_with_the_program_and_opens_links_stays_as_it_is(tmp_path: Path) -> None:
    entry = tmp_path / "applications" / "tabkeeper.desktop"
    entry.parent.mkdir()
    fields = {"MimeType": "x-scheme-handler/tabkeeper;", "Actions": "toggle;"}
    text = desktop_entry.entry(fields)
    entry.write_text(text)
    XdgLinks({"XDG_DATA_HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path / "usr")}).switch(True)
    assert entry.read_text() == text


def titles(program: Program) -> str:
    return "".join(window.title for window in program.screen.visible("--name", "Start a timer"))
