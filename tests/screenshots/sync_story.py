"""`make demo-sync`: two computers and a server, one of them on a train; draws the story into `screenshots/`.

It fails where the story does not end as it should: both computers and the server agree, and nothing is lost.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, wait_until
from tests.screenshots.cable import Cable
from tests.screenshots.stage import FOLDER, Look, Stage
from tests.server_process import Person, serving

from tabkeeper.desktop.nudge import nudge
from tabkeeper.paths import find_paths

SHOW = (386, 624)
"""Where the foot's button is in the window."""
TABS = (0, 108, 380, 146)
CALL, MAIL = "Call with Dr. Rafii", "Mail and planning"


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="tk-")))
        server = parts.enter_context(serving(folder / "server"))
        words = ("--workspace", "Acme Inc", "--owner-email", "ada@acme.test", "--owner-name", "Ada")
        person = Person(server, "ada@acme.test", server.say("setup", *words).splitlines()[-1])
        _track_a_morning(person)
        cable = parts.enter_context(Cable(int(server.url.rpartition(":")[2])))
        laptop = parts.enter_context(_computer(folder / "laptop", person, f"http://127.0.0.1:{cable.port}"))
        desktop = parts.enter_context(_computer(folder / "desktop", person, server.url))
        _tell(laptop, desktop, person, cable)
    return 0


def _tell(laptop: Stage, desktop: Stage, person: Person, cable: Cable) -> None:
    window = laptop.program.open_window()
    cable.pull_out()
    _edit(laptop.program, CALL, f"{CALL} and Ines")
    _edit(laptop.program, MAIL, "Mail, planning, and the offer")
    laptop.program.ask("start", "Working on the train")
    wait_until(lambda: _status(laptop)["state"] == "offline", "the train to be offline")
    laptop.look_away()
    laptop.save(laptop.still(window), "story-1-offline")

    _edit(desktop.program, CALL, f"{CALL}: the renewal")
    desktop.program.ask("delete", _entry(desktop.program, MAIL)["id"])
    wait_until(lambda: _there(person) == {f"{CALL}: the renewal"}, "the desktop's changes to be sent")

    tabs = _tabs(laptop, window)
    cable.put_in()
    _look(laptop.program)
    wait_until(lambda: _status(laptop)["needs_you"], "the deletion to be met")
    wait_until(lambda: "Working on the train" in _there(person), "the train to be sent")
    wait_until(lambda: _tabs(laptop, window) != tabs, "the tab of what needs somebody")
    tabs = _tabs(laptop, window)
    laptop.click(window, *SHOW)
    wait_until(lambda: _tabs(laptop, window) != tabs, "that tab in front")
    laptop.look_away()
    laptop.save(_settled(laptop, window), "story-2-conflict")

    laptop.screen.press("Tab", "Tab", "space")
    agreed = {f"{CALL} and Ines", "Mail, planning, and the offer", "Working on the train"}
    wait_until(lambda: _there(person) == agreed, "the kept entry to be there")
    _look(desktop.program)
    wait_until(lambda: _here(desktop.program) == _here(laptop.program) == agreed, "both to agree")
    laptop.save(_settled(laptop, window), "story-3-resolved")
    desktop.save(desktop.still(desktop.program.open_window()), "story-4-desktop")


@contextmanager
def _computer(home: Path, person: Person, server: str) -> Iterator[Stage]:
    """Run a program that is signed in, and has read what there is."""
    with Screen("light", "1280x900") as screen:
        program = Program(screen, home, TABKEEPER_TOKEN=person.token, TABKEEPER_SERVER=server)
        home.mkdir()
        (home / "settings.toml").write_text('[appearance]\ntheme = "light"\n')
        program.ask("login")
        with program:
            program.icon()
            stage = Stage(program, Look("light"))
            wait_until(lambda: _status(stage)["synced_at"], "the first sync")
            yield stage


def _track_a_morning(person: Person) -> None:
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=4)
    for description, minutes in ((CALL, 48), (MAIL, 35)):
        end = begin + timedelta(minutes=minutes)
        person.entry(*(f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (begin, end)), description=description)
        begin = end


def _edit(program: Program, description: str, new: str) -> None:
    program.ask("edit", _entry(program, description)["id"], "--description", new)


def _entry(program: Program, description: str) -> Any:
    return next(entry for entry in program.ask("list") if entry["description"] == description)


def _status(stage: Stage) -> Any:
    return stage.program.ask("sync", "--status")


def _look(program: Program) -> None:
    """Let the program look at the server now, as it does when its window opens."""
    assert nudge(find_paths(program.environment).socket, "changed")


def _here(program: Program) -> set[str]:
    return {entry["description"] for entry in program.ask("list")}


def _there(person: Person) -> set[str]:
    return {entry["description"] for entry in person.listed()}


def _tabs(stage: Stage, window: Window) -> Any:
    """Return the part of the picture that the tabs are in."""
    return stage.screen.picture(window).crop(TABS)


def _settled(stage: Stage, window: Window) -> Any:
    """Return the picture once nothing waits to be sent any more."""
    wait_until(lambda: _status(stage)["waiting"] == 0, "everything to be sent")
    return stage.still(window)


if __name__ == "__main__":
    sys.exit(main())
