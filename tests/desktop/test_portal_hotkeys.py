"""Hotkeys through a portal on a real bus; and through one that refuses, hangs, goes and returns."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from tests.desktop.buses import Portal, session_bus
from tests.reflexes.conftest import until

from tabkeeper.desktop import bus as bus_module
from tabkeeper.desktop.hotkeys import Outcome
from tabkeeper.desktop.hotkeys import portal as hotkeys_module
from tabkeeper.desktop.hotkeys.portal import PortalHotkeys, trigger
from tabkeeper.settings.chord import parse_chord


class Bench:
    """Hotkeys with what they have heard and answered."""

    def __init__(self) -> None:
        self.hotkeys = PortalHotkeys()
        self.heard: list[str] = []
        self.answers: list[dict[str, Outcome]] = []
        self.hotkeys.pressed.connect(self.heard.append)
        self.hotkeys.answered.connect(self.answers.append)

    def name(self) -> str:
        assert self.hotkeys._bus is not None
        return self.hotkeys._bus.unique_name

    async def bind(self, **wanted: str) -> dict[str, Outcome]:
        before = len(self.answers)
        self.hotkeys.bind({name: parse_chord(text) for name, text in wanted.items()})
        await until(lambda: len(self.answers) > before, "an answer")
        return self.answers[-1]


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(monkeypatch) as address:
        yield address


@pytest_asyncio.fixture
async def bench(address: str) -> AsyncIterator[Bench]:
    bench = Bench()
    yield bench
    await bench.hotkeys.release()


@pytest_asyncio.fixture
async def portal(bench: Bench) -> AsyncIterator[Portal]:
    portal = await Portal.open(bench.name)
    yield portal
    await portal.bus.close()


async def test_what_the_desktop_binds_is_said_and_its_presses_are_heard(bench: Bench, portal: Portal) -> None:
    bound = await bench.bind(toggle="Ctrl+Shift+T", window="Meta+PgUp")
    assert bound == {"toggle": Outcome("Press toggle"), "window": Outcome("Press window")}
    assert portal.wishes == [{"toggle": "CTRL+SHIFT+t", "window": "LOGO+Page_Up"}]
    await portal.press("window")
    await portal.press("toggle")
    await until(lambda: len(bench.heard) == 2, "both presses")
    assert bench.heard == ["window", "toggle"]


async def test_another_wish_ends_the_session_before(bench: Bench, portal: Portal) -> None:
    await bench.bind(toggle="F9")
    first = portal.session
    await bench.bind(toggle="F8")
    assert portal.closed == [first]
    assert await bench.bind() == {}
    assert len(portal.closed) == 2


async def test_a_wish_that_is_overtaken_while_its_session_is_made_is_not_in_the_way_of_the_next(
    bench: Bench, portal: Portal
) -> None:
    portal.answers = False
    bench.hotkeys.bind({"toggle": parse_chord("F9")})
    await until(lambda: portal.is_open, "the session to be made")
    portal.answers = True
    assert await bench.bind(toggle="F8") == {"toggle": Outcome("Press toggle")}


async def test_keys_that_a_person_changes_in_the_desktop_s_settings_are_said(
    bench: Bench, portal: Portal
) -> None:
    await bench.bind(toggle="F9")
    await portal.change({"toggle": "Meta+Z"})
    await until(lambda: len(bench.answers) == 2, "another answer")
    assert bench.answers[-1] == {"toggle": Outcome("Meta+Z")}


async def test_an_empty_answer_means_that_nothing_is_bound(bench: Bench, portal: Portal) -> None:
    portal.bound = {}
    bound = await bench.bind(toggle="F9")
    assert "has bound no keys" in bound["toggle"].refusal
    assert "tabkeeper toggle" in bound["toggle"].refusal


async def test_a_person_who_declines_is_told_what_to_do_instead(bench: Bench, portal: Portal) -> None:
    portal.response = 1
    bound = await bench.bind(quick_add="F9")
    assert "not allowed" in bound["quick_add"].refusal
    assert "tabkeeper quick-add" in bound["quick_add"].refusal


async def test_without_a_portal_the_command_to_bind_is_named(bench: Bench) -> None:
    bound = await bench.bind(window="F9")
    assert "offers no hotkeys" in bound["window"].refusal
    assert "tabkeeper window" in bound["window"].refusal


async def test_without_a_bus_the_command_to_bind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    bound = await Bench().bind(toggle="F9")
    assert "tabkeeper toggle" in bound["toggle"].refusal


async def test_a_portal_that_hangs_holds_up_nothing_and_is_given_up(
    bench: Bench, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.answers = False
    with monkeypatch.context() as impatient:
        impatient.setattr(hotkeys_module, "PATIENCE", 0.05)
        bound = await bench.bind(toggle="F9")
    assert "offers no hotkeys" in bound["toggle"].refusal
    portal.answers = True
    assert (await bench.bind(toggle="F9"))["toggle"].keys


async def test_a_portal_that_goes_and_comes_back_is_asked_again(bench: Bench, portal: Portal) -> None:
    await bench.bind(toggle="F9")
    await portal.bus.close()
    await until(lambda: bench.answers[-1]["toggle"].refusal, "the loss")
    again = await Portal.open(bench.name)
    await until(lambda: bench.answers[-1]["toggle"].keys, "the keys")
    await again.press("toggle")
    await until(lambda: bench.heard, "the press")
    await again.bus.close()


async def test_a_service_that_does_not_answer_is_given_up(bench: Bench, portal: Portal) -> None:
    async def hang(*_: object) -> tuple[str, tuple[object, ...]]:
        await asyncio.Event().wait()
        raise AssertionError

    portal.bus.serve("/slow", "test.Slow", "Hang", hang)
    asking = await bus_module.Bus.open()
    slow = bus_module.Place(portal.bus.unique_name, "/slow", "test.Slow")
    with pytest.raises(bus_module.BusTrouble, match="does not answer"):
        await asking.call(slow, "Hang", patience=0.05)
    with pytest.raises(bus_module.BusTrouble):
        await asking.call(slow, "Nothing")
    await asking.close()


@pytest.mark.parametrize(
    ("chord", "written"),
    [("Ctrl+Alt+Space", "CTRL+ALT+space"), ("Meta+,", "LOGO+comma"), ("F5", "F5"), ("Ctrl+1", "CTRL+1")],
)
def test_a_wish_is_written_as_the_specification_has_it(chord: str, written: str) -> None:
    assert trigger(parse_chord(chord)) == written
