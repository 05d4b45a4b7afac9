"""What Windows keeps and says for Tabkeeper: its registry, its look, its idle time, sleep, locks and ends."""

from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import wait_until
from tests.windows.windows import PATIENCE, Windows

from tabkeeper.desktop.battery import on_battery

RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
LINKS = r"HKCU\Software\Classes\tabkeeper"
HEARD = Path(__file__).with_name("heard_of_power.py")
SESSION_THAT_ENDS = Path(__file__).with_name("session_that_ends.py")
PANEL = 0x23
"""How bright the panel of this screen is."""
AWAY_AND_BACK = """
import asyncio
from tabkeeper.desktop.idle import idle_of_this_session

async def look():
    idle = idle_of_this_session("windows", {})
    while await idle.seconds() < 2:
        await asyncio.sleep(0.05)
    print("away", flush=True)
    while await idle.seconds() >= 2:
        await asyncio.sleep(0.05)
    print("back", flush=True)

asyncio.run(look())
"""


def test_a_session_that_is_to_start_it_does(program: Program, windows: Windows) -> None:
    program.start()
    program.icon()
    program.run("config", "set", "start.with_session", "true")
    command = wait_until(lambda: windows.registered(RUN_KEY, "Tabkeeper"), "the value", PATIENCE)
    assert command
    assert command.endswith("pythonw.exe -m tabkeeper")
    program.end()
    program.wait_for_no_icon()
    windows.begin_session(program)
    wait_until(program.screen.tray_icons, "the icon", PATIENCE)
    assert program.run("config", "set", "start.with_session", "false").returncode == 0
    wait_until(lambda: windows.registered(RUN_KEY, "Tabkeeper") is None, "no value", PATIENCE)
    windows.end_session()


def test_a_link_proposes_and_enter_starts(program: Program, windows: Windows) -> None:
    program.start()
    program.icon()
    command = wait_until(lambda: windows.registered(rf"{LINKS}\shell\open\command"), "the command", PATIENCE)
    assert command
    assert command.endswith('pythonw.exe -m tabkeeper open "%1"')
    assert windows.registered(LINKS, "URL Protocol") == ""
    home = {"TABKEEPER_HOME": program.environment["TABKEEPER_HOME"]}
    opening = command.replace("%1", "tabkeeper://start?description=Call%20Bob")
    windows.ask_python(
        "-c", "import subprocess, sys; subprocess.run(sys.argv[1], check=True)", opening, **home
    )
    program.window()
    assert not program.ask("status")["running"]
    program.screen.press("Return")
    program.wait_for_entry("Call Bob")
    program.run("config", "set", "start.open_links", "false")
    wait_until(lambda: windows.registered(LINKS, "URL Protocol") is None, "no class", PATIENCE)


def test_windows_says_as_the_system_below_it_whether_the_battery_drains(windows: Windows) -> None:
    asked = "from tabkeeper.desktop.battery import on_battery; print(on_battery())"
    assert windows.ask_python("-c", asked).strip() == str(on_battery())


def test_windows_says_for_how_long_nobody_has_touched_anything(windows: Windows) -> None:
    windows.focus_notepad()
    with windows.python("-c", AWAY_AND_BACK) as looking:
        assert looking.stdout
        assert looking.stdout.readline().strip() == "away"
        windows.screen.press("a")
        assert looking.stdout.readline().strip() == "back"


def test_sleep_and_locks_are_heard_by_a_window_that_nobody_sees(windows: Windows) -> None:
    said = windows.ask_python(windows.path(HEARD))
    assert said.split() == ["left", "came-back", "left", "came-back"]


def test_an_end_of_the_session_takes_it_along_and_the_timer_runs_on(
    program: Program, windows: Windows
) -> None:
    entry = program.ask("start", "Review")
    program.start()
    program.icon()
    assert windows.ask_python(windows.path(SESSION_THAT_ENDS), "comes").strip() == "agrees"
    assert program.wait_for_end() == 0
    assert program.log.read_text() == ""
    program.wait_for_no_icon()
    program.start()
    program.icon()
    assert program.wait_for_entry("Review")["start"] == entry["start"]


def test_an_end_of_the_session_that_is_called_off_changes_nothing(program: Program, windows: Windows) -> None:
    program.ask("start", "Review")
    program.start()
    program.icon()
    assert windows.ask_python(windows.path(SESSION_THAT_ENDS), "is called off").strip() == "agrees"
    program.screen.click(program.icon(), button=2)
    program.wait_for_stop()


def test_the_icon_is_drawn_for_the_taskbars_own_look_and_follows_it(
    program: Program, windows: Windows
) -> None:
    def brightest() -> int:
        return max(program.screen.picture(program.icon()).convert("L").tobytes())

    windows.dress(taskbar="light", programs="light")
    program.start()
    # Wine may lose what is drawn while the panel takes the icon in, and shows nothing until it is drawn anew.
    program.icon()
    program.ask("start", "Review")
    wait_until(lambda: brightest() > PANEL + 40, "a running timer", PATIENCE)
    program.ask("stop")
    wait_until(lambda: PANEL + 5 < brightest() < PANEL + 40, "dark ink on this dark panel", PATIENCE)
    windows.dress(taskbar="dark", programs="light")
    wait_until(lambda: brightest() > 200, "light ink", PATIENCE)
