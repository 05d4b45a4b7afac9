"""A session bus of the test's own, and a portal on it that does what the test wants."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tabkeeper.desktop import portal
from tabkeeper.desktop.bus import BUS, Bus, BusTrouble

SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
BACKGROUND = "org.freedesktop.portal.Background"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"


@contextmanager
def session_bus(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a bus for as long as the block; its address is the session's for this process."""
    with bus_daemon() as (_, address):
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@contextmanager
def bus_daemon() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a bus for as long as the block, which may stop it for a while, at an address."""
    words = ("setpriv", "--pdeathsig", "TERM", "dbus-daemon", "--session", "--nofork", "--print-address=1")
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout
        try:
            yield daemon, daemon.stdout.readline().strip()
        finally:
            daemon.send_signal(signal.SIGCONT)
            daemon.terminate()


class Portal:
    """Answers as a desktop would; `bound` is what it makes of each wish: keys, or None for nothing."""

    def __init__(self, bus: Bus, client: Callable[[], str] | None) -> None:
        """`client` is the name on the bus of who asks; else it is the one that came last."""
        self.bus, self.client = bus, client
        self.bound: dict[str, str] | None = None
        self.response = 0
        self.answers = True
        self.wishes: list[dict[str, str]] = []
        self.autostarts: list[dict[str, Any]] = []
        self.closed: list[str] = []
        self.taken: list[str] = []
        """The requests that it has taken on, so that who asks waits for its answer."""
        self.session = ""
        self.is_open = False

    @classmethod
    async def open(cls, client: Callable[[], str] | None = None) -> "Portal":
        made = cls(await Bus.open(), client)
        for method in ("CreateSession", "BindShortcuts"):
            made.bus.serve(portal.PATH, SHORTCUTS, method, getattr(made, method))
        made.bus.serve(portal.PATH, BACKGROUND, "RequestBackground", made.RequestBackground)
        made.bus.serve(portal.PATH, "org.freedesktop.DBus.Properties", "Get", made.Get)
        assert await made.bus.own(portal.NAME)
        return made

    async def Get(self, interface: str, name: str) -> tuple[str, tuple[Any, ...]]:
        assert (interface, name) == (SHORTCUTS, "version")
        return "v", (("u", 1),)

    async def CreateSession(self, options: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        if self.is_open:
            raise BusTrouble("There is such a session", "org.freedesktop.DBus.Error.Failed")
        token = options["session_handle_token"][1]
        self.session = session = f"{portal.PATH}/session/{await self._client()}/{token}"
        self.is_open = True

        async def close() -> tuple[str, tuple[Any, ...]]:
            self.is_open = False
            self.closed.append(session)
            return "", ()

        self.bus.serve(session, SESSION, "Close", close)
        return await self._request(options, {"session_handle": ("s", session)})

    async def BindShortcuts(
        self, session: str, shortcuts: Any, parent: str, options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        assert session == self.session
        self.wishes.append({name: fields["preferred_trigger"][1] for name, fields in shortcuts})
        bound = {name: f"Press {name}" for name, _ in shortcuts} if self.bound is None else self.bound
        return await self._request(options, {"shortcuts": ("a(sa{sv})", described(bound))})

    async def RequestBackground(self, parent: str, options: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        self.autostarts.append({name: value for name, (_, value) in options.items()})
        return await self._request(options, {"background": ("b", True), "autostart": options["autostart"]})

    async def _request(self, options: Any, results: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        path = f"{portal.PATH}/request/{await self._client()}/{options['handle_token'][1]}"
        if self.answers:
            await self.bus.emit(path, REQUEST, "Response", "ua{sv}", self.response, results)
        self.taken.append(path)
        return "o", (path,)

    async def _client(self) -> str:
        """Return who asks, as a part of a path."""
        return (self.client() if self.client else await self._newest()).lstrip(":").replace(".", "_")

    async def _newest(self) -> str:
        (names,) = await self.bus.call(BUS, "ListNames")
        return f":1.{max(int(name.split('.')[1]) for name in names if name.startswith(':1.'))}"

    async def press(self, name: str) -> None:
        await self.bus.emit(portal.PATH, SHORTCUTS, "Activated", "osta{sv}", self.session, name, 1, {})

    async def change(self, bound: dict[str, str]) -> None:
        await self.bus.emit(
            portal.PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", self.session, described(bound)
        )


def described(bound: dict[str, str]) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    return [(name, {"trigger_description": ("s", keys)}) for name, keys in bound.items()]
