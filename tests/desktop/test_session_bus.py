"""Who on the session bus does not answer, found out beside real buses and some that are stuck."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection
from tests.desktop.buses import bus_daemon

from tabkeeper.desktop import session_bus

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a session bus")
REFUSAL = b"REJECTED EXTERNAL\r\n"
WELCOME = b"OK 0123456789abcdef0123456789abcdef\r\n"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_bus, "PATIENCE", 0.1)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_bus, "PATIENCE", 20.0)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[socket.socket]:
    """What takes connections as a bus does; the test answers, or does not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(tmp_path / "bus"))
        door.listen()
        yield door


@contextmanager
def answering(door: socket.socket, said: bytes) -> Iterator[None]:
    """Take one connection at the door, say something to it, and keep it."""
    taken: list[socket.socket] = []

    def answer() -> None:
        taken.append(door.accept()[0])
        taken[0].sendall(said)

    thread = Thread(target=answer)
    thread.start()
    yield
    thread.join()
    taken[0].close()


def who_is_silent(door: socket.socket, *, runtime: bool = False) -> str:
    path = Path(door.getsockname())
    if runtime:
        return session_bus.who_is_silent({"XDG_RUNTIME_DIR": str(path.parent)})
    return session_bus.who_is_silent({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path},guid=0"})


@pytest.mark.usefixtures("patient")
def test_nobody_is_silent_on_a_real_bus() -> None:
    with bus_daemon() as (_, address):
        assert session_bus.who_is_silent({"DBUS_SESSION_BUS_ADDRESS": address}) == ""


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("org.a11y.Bus", session_bus.SCREEN_READERS),
        ("org.kde.StatusNotifierWatcher", session_bus.TRAY),
        ("org.freedesktop.portal.Desktop", session_bus.PORTAL),
    ],
)
def test_a_service_that_hangs_is_found_and_others_that_are_not_there_are_not_begun(
    name: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_bus, "SANDBOX", Path(__file__))
    with bus_daemon() as (_, address), open_dbus_connection(bus=address) as hanging:
        hanging.send_and_get_reply(message_bus.RequestName(name, 4))
        found = session_bus.who_is_silent({"DBUS_SESSION_BUS_ADDRESS": address})
    assert found == who


@pytest.mark.usefixtures("patient")
def test_a_portal_that_hangs_is_not_asked_outside_a_sandbox_where_qt_does_not_wait_for_it() -> None:
    with bus_daemon() as (_, address), open_dbus_connection(bus=address) as hanging:
        hanging.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop", 4))
        assert session_bus.who_is_silent({"DBUS_SESSION_BUS_ADDRESS": address}) == ""


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("runtime", [False, True])
def test_a_bus_that_takes_connections_and_says_nothing_is_silent(door: socket.socket, runtime: bool) -> None:
    assert who_is_silent(door, runtime=runtime) == session_bus.BUS


@pytest.fixture
def queue(door: socket.socket) -> Iterator[socket.socket]:
    """Fill the queue before the door; nobody else comes in."""
    door.listen(0)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as waiting:
        waiting.connect(door.getsockname())
        yield waiting


@pytest.mark.usefixtures("impatient", "queue")
def test_a_bus_that_has_a_queue_before_its_door_is_silent(door: socket.socket) -> None:
    assert who_is_silent(door) == session_bus.BUS


@pytest.mark.usefixtures("patient", "queue")
def test_a_bus_whose_queue_goes_is_not_silent(door: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        with door.accept()[0] as taken:
            taken.sendall(REFUSAL)

    refusing = Thread(target=refuse)

    def go_on(_: float) -> None:
        door.accept()[0].close()
        refusing.start()

    monkeypatch.setattr(session_bus, "sleep", go_on)
    assert who_is_silent(door) == ""
    refusing.join()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("said", [WELCOME, WELCOME[:9]])
def test_a_bus_is_silent_that_says_no_more_than_welcome(door: socket.socket, said: bytes) -> None:
    with answering(door, said):
        assert who_is_silent(door) == session_bus.BUS


@pytest.mark.usefixtures("patient")
def test_a_bus_that_refuses_is_not_silent(door: socket.socket) -> None:
    with answering(door, REFUSAL):
        assert who_is_silent(door) == ""


@pytest.mark.usefixtures("impatient")
def test_a_bus_that_says_nothing_in_many_words_is_silent(door: socket.socket) -> None:
    def talk() -> None:
        with door.accept()[0] as taken, suppress(OSError):
            while True:
                taken.sendall(b"and " * 1000)

    talking = Thread(target=talk)
    talking.start()
    assert who_is_silent(door) == session_bus.BUS
    talking.join()


@pytest.mark.usefixtures("patient")
def test_a_bus_that_hangs_up_is_not_silent(door: socket.socket) -> None:
    hanging_up = Thread(target=lambda: door.accept()[0].close())
    hanging_up.start()
    assert who_is_silent(door) == ""
    hanging_up.join()


@pytest.mark.parametrize(
    "address", ["", "tcp:host=127.0.0.1,port=1", "autolaunch:", "unix:path=/nowhere/bus", "nonsense"]
)
def test_where_qt_is_told_at_once_or_nobody_knows_how_to_ask_nobody_is_silent(
    address: str, tmp_path: Path
) -> None:
    environment = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(tmp_path)}
    assert session_bus.who_is_silent(environment) == ""


@pytest.mark.usefixtures("impatient")
def test_an_address_is_read_as_d_bus_writes_it(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.bind(str(folder / "bus"))
        silent.listen()
        for address in (
            f"unix:path={str(folder).replace(' ', '%20')}/bus;unix:path=/nowhere",
            f"unix:path=/nowhere;unix:path={str(folder).replace(' ', '%20')}/bus",
            f"unix:guid=0,path={str(folder).replace(' ', '%20')}/bus",
            "unix:runtime=yes",
        ):
            environment = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(folder)}
            assert session_bus.who_is_silent(environment) == session_bus.BUS
