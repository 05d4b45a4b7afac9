"""What is drawn of an account: signing in at our real server, its entries, and trouble with the server."""

from datetime import UTC, datetime, timedelta

from tests.desktop.screen import Window, wait_until
from tests.keychain_process import unlocked
from tests.screenshots.reporting import TAB, click
from tests.screenshots.scenes import MORE
from tests.screenshots.stage import Stage
from tests.server_process import Person, ServerProcess, serving

WORKSPACE = (360, 168)


def signing_in(stage: Stage) -> None:
    """Draw a sign-in from its form to the account's entries and reports, then the server's end."""
    with unlocked(stage.program.environment):
        window = stage.program.open_window()
        with serving(stage.program.log.with_suffix(".server")) as server:
            _sign_in(stage, server, window)
            _report(stage)
        _lose_the_server(stage, window)


def _sign_in(stage: Stage, server: ServerProcess, window: Window) -> None:
    words = ("--workspace", "Acme Inc", "--owner-email", "ada@acme.test", "--owner-name", "Ada")
    screen, token = stage.screen, server.say("setup", *words).splitlines()[-1]
    person = Person(server, "ada@acme.test", token)
    _track_elsewhere(person)
    stage.click(window, *MORE)
    wait_until(lambda: len(stage.program.windows()) == 2, "the menu")
    screen.press("Up", "Right", "Up", "Return")
    dialog = wait_until(lambda: _dialogs(stage), "the dialog")[0]
    screen.press("shift+Tab", "ctrl+a")
    screen.write(server.url)
    screen.press("Tab")
    screen.write(token)
    form = stage.still(dialog)
    stage.save(form, "sign-in")
    screen.press("Return")
    question = wait_until(lambda: _dialogs(stage, dialog.height * 5 // 4), "the question")[0]
    stage.save(stage.still(question), "sign-in-question")
    screen.press("2")
    wait_until(lambda: not _dialogs(stage), "the dialog to close")
    wait_until(lambda: stage.program.ask("sync", "--status")["synced_at"], "everything to be read")
    stage.look_away()
    stage.save(stage.still(window), "signed-in")


def _report(stage: Stage) -> None:
    """Draw the report of both sources."""
    stage.outlast_toast()
    stage.draw("reports-mine", lambda: click(stage, TAB))
    stage.draw("reports-workspace", lambda: click(stage, WORKSPACE))


def _track_elsewhere(person: Person) -> None:
    """Track a morning on another computer."""
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=5)
    for name, color, description, minutes in (
        ("Q2 Retainer", "#3B82F6", "Call with Dr. Rafii", 48),
        ("Platform", "#16A34A", "Stand-up", 15),
        ("Billing", "#D97706", "Invoice import fails on empty rows", 95),
    ):
        project = person.made("/projects", name=name, color=color)
        end = begin + timedelta(minutes=minutes)
        times = (f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (begin, end))
        person.entry(*times, description=description, project_id=project["id"])
        begin = end


def _lose_the_server(stage: Stage, window: Window) -> None:
    before = stage.still(window)
    stage.program.ask("start", "Working on the train")
    wait_until(lambda: stage.program.ask("status")["sync"] == "offline", "the loss to be noticed")
    stage.save(stage.changed(window, before), "offline")


def _dialogs(stage: Stage, height: int = 0) -> list[Window]:
    """Return the dialog, where it is open and at least so high."""
    return [it for it in stage.program.windows() if "Sign in" in it.title and it.height >= height]
