"""Asks a service of the session bus one question, without Qt and without a loop: for who looks just once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabkeeper.desktop.bus import Place

PATIENCE = 1.0
"""Seconds for an answer."""


class NoAnswer(Exception):  # noqa: N818 - an answer
    """There is no bus, no such service on it, or it says anything else than it should."""


def read(environment: Mapping[str, str], place: "Place", name: str) -> Any:
    """Return the value of a property of a service; raises `NoAnswer`."""
    from jeepney import DBusAddress, Properties

    address = DBusAddress(place.path, bus_name=place.owner, interface=place.interface)
    return _asked(environment, Properties(address).get(name))[0][1]


def call(environment: Mapping[str, str], place: "Place", method: str) -> tuple[Any, ...]:
    """Return what a method of a service answers; raises `NoAnswer`."""
    from jeepney import DBusAddress, new_method_call

    address = DBusAddress(place.path, bus_name=place.owner, interface=place.interface)
    return _asked(environment, new_method_call(address, method))


def _asked(environment: Mapping[str, str], question: Any) -> tuple[Any, ...]:
    from jeepney import MessageType
    from jeepney.io.blocking import open_dbus_connection

    runtime = environment.get("XDG_RUNTIME_DIR", "")
    bus = environment.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
    try:
        with open_dbus_connection(bus=bus, auth_timeout=PATIENCE) as connection:
            reply = connection.send_and_get_reply(question, timeout=PATIENCE)
    except Exception as error:  # a bus that is broken is what who asks must be able to say
        raise NoAnswer from error
    if reply.header.message_type is not MessageType.method_return:
        raise NoAnswer
    return tuple(reply.body)
