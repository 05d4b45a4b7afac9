"""D-Bus on the program's own loop: calls with a limit to their patience, signals heard, objects served.

Nothing here blocks: a service that hangs delays only who asked it. Who must not care whether there is a bus
catches `BusTrouble`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection

PATIENCE = 10.0
"""Seconds that a service may take to answer."""
_UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"
_INVALID_ARGUMENTS = "org.freedesktop.DBus.Error.InvalidArgs"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_log = logging.getLogger(__name__)

Hear = Callable[..., None]


class BusTrouble(Exception):  # noqa: N818 - an answer, mostly that there is no such service
    """The bus or a service on it is not there, does not answer, or says no; `name` is D-Bus's own for it."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        self.name = name


class Place(NamedTuple):
    """Where something is called: whose object, at which path, by which interface."""

    owner: str
    path: str
    interface: str


BUS = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
"""The bus itself."""
Method = Callable[..., Awaitable[tuple[str, tuple[Any, ...]]]]
"""What serves a call: given its arguments, returns the signature and the values of the answer."""


class Bus:
    """One connection; `open` it, and `close` it at the end."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._router = DBusRouter(connection)
        self._arrived: asyncio.Queue[Message] = asyncio.Queue()
        self._filters = [
            self._router.filter(MatchRule(type=kind), queue=self._arrived)
            for kind in ("signal", "method_call")
        ]
        self._heard: dict[tuple[str, str, str], list[Hear]] = {}
        self._served: dict[tuple[str, str, str], tuple[Method, str | None]] = {}
        self._answering: set[asyncio.Future[None]] = set()
        self._dispatching = asyncio.ensure_future(self._dispatch())

    @classmethod
    async def open(cls, which: Literal["SESSION", "SYSTEM"] = "SESSION") -> "Bus":
        """Connect; raises `BusTrouble` where there is no such bus."""
        try:
            async with asyncio.timeout(PATIENCE):
                return cls(await open_dbus_connection(which))
        except (OSError, EOFError, KeyError, ValueError, RuntimeError, TimeoutError) as error:
            raise BusTrouble(f"There is no {which.lower()} bus") from error

    @property
    def unique_name(self) -> str:
        """Return what the bus calls this connection."""
        return str(self._connection.unique_name)

    async def close(self) -> None:
        """End the connection."""
        if self._dispatching.cancelled():
            return
        self._dispatching.cancel()
        with suppress(asyncio.CancelledError):
            await self._dispatching
        for answering in self._answering:
            answering.cancel()
        with suppress(Exception):  # what the bus had to say at its own end is of no interest any more
            await self._router.__aexit__(None, None, None)
            await self._connection.close()

    async def call(
        self, place: Place, method: str, signature: str = "", *values: Any, patience: float = PATIENCE
    ) -> tuple[Any, ...]:
        """Return what a method answers; raises `BusTrouble`."""
        address = DBusAddress(place.path, bus_name=place.owner, interface=place.interface)
        asked = new_method_call(address, method, signature or None, values)
        try:
            # Not `wait_for`, which in Python 3.11 goes on where it is cancelled in the moment of an answer.
            async with asyncio.timeout(patience):
                answer = await self._router.send_and_get_reply(asked)
        except TimeoutError as error:
            raise BusTrouble(f"{place.owner} does not answer") from error
        except Exception as error:
            raise BusTrouble(f"The bus has gone: {type(error).__name__}") from error
        if answer.header.message_type is MessageType.error:
            name = str(answer.header.fields.get(HeaderFields.error_name, ""))
            raise BusTrouble(str(answer.body[0]) if answer.body else name, name)
        return tuple(answer.body)

    async def read(self, place: Place, name: str) -> Any:
        """Return the value of a property; raises `BusTrouble`."""
        properties = Place(place.owner, place.path, _PROPERTIES)
        (variant,) = await self.call(properties, "Get", "ss", place.interface, name)
        return variant[1]

    async def hear(self, place: Place, signal: str, hear: Hear) -> None:
        """Call `hear` with the values of each such signal; raises `BusTrouble`."""
        self._heard.setdefault((place.path, place.interface, signal), []).append(hear)
        await self._match("AddMatch", place, signal)

    async def forget(self, place: Place, signal: str, hear: Hear) -> None:
        """Hear a signal no more."""
        self._heard[place.path, place.interface, signal].remove(hear)
        with suppress(BusTrouble):
            await self._match("RemoveMatch", place, signal)

    async def own(self, name: str) -> bool:
        """Take a well-known name; return whether nobody else had it. Raises `BusTrouble`."""
        do_not_wait, primary_owner = 4, 1
        (answer,) = await self.call(BUS, "RequestName", "su", name, do_not_wait)
        return bool(answer == primary_owner)

    def serve(
        self, path: str, interface: str, method: str, serving: Method, takes: str | None = None
    ) -> None:
        """Answer calls of a method from now on; with other arguments than it `takes`, by an error."""
        self._served[path, interface, method] = serving, takes

    async def emit(self, path: str, interface: str, signal: str, signature: str, *values: Any) -> None:
        """Send a signal to whoever hears it."""
        with suppress(OSError, ConnectionError):
            await self._connection.send(
                new_signal(DBusAddress(path, interface=interface), signal, signature or None, values)
            )

    async def _match(self, method: str, place: Place, signal: str) -> None:
        rule = MatchRule(
            type="signal", sender=place.owner or None, interface=place.interface, member=signal,
            path=place.path,
        )  # fmt: skip
        await self.call(BUS, method, "s", rule.serialise())

    async def _dispatch(self) -> None:
        while True:
            message = await self._arrived.get()
            fields = message.header.fields
            key = (
                str(fields.get(HeaderFields.path, "")),
                str(fields.get(HeaderFields.interface, "")),
                str(fields.get(HeaderFields.member, "")),
            )
            if message.header.message_type is MessageType.signal:
                for hear in self._heard.get(key, ()):
                    _tell(hear, message)
            else:
                answering = asyncio.ensure_future(self._answer(message, *self._served.get(key, (None, None))))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)

    async def _answer(self, message: Message, serving: Method | None, takes: str | None) -> None:
        if serving is None:
            await self._connection.send(new_error(message, _UNKNOWN_METHOD))
            return
        given = str(message.header.fields.get(HeaderFields.signature, ""))
        if takes is not None and given != takes:
            await self._connection.send(
                new_error(message, _INVALID_ARGUMENTS, "s", (f'It takes "{takes}", not "{given}".',))
            )
            return
        try:
            signature, values = await serving(*message.body)
            await self._connection.send(new_method_return(message, signature or None, values))
        except BusTrouble as refusal:
            await self._connection.send(new_error(message, refusal.name, "s", (str(refusal),)))
        except (TypeError, ValueError) as error:
            _log.info("A call on the bus was not understood", exc_info=error)
            await self._connection.send(new_error(message, _UNKNOWN_METHOD))


def _tell(hear: Hear, message: Message) -> None:
    """Pass a signal on; one that has other values than it should ends nothing but itself."""
    try:
        hear(*message.body)
    except Exception as error:
        _log.warning("A signal on the bus was not understood", exc_info=error)
