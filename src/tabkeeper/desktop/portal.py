"""The desktop portal: what is asked of the desktop, and its answer, which may wait for a person to agree."""

import asyncio
from itertools import count
from typing import Any

from tabkeeper.desktop.bus import BUS, Bus, BusTrouble, Place

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
_REQUEST = "org.freedesktop.portal.Request"
_GONE = -1
_tokens = count(1)


class Declined(BusTrouble):
    """A person, or the desktop for them, has said no."""


def new_token() -> str:
    """Return a name that no other request of this program has."""
    return f"tabkeeper{next(_tokens)}"


async def ask(
    bus: Bus,
    interface: str,
    method: str,
    signature: str,
    *values: Any,
    options: dict[str, tuple[str, Any]],
    patience: float | None = None,
) -> dict[str, Any]:
    """Call a method that ends in options, and return the results of the request it makes.

    `patience` limits the wait for an answer where no person is asked. Raises `BusTrouble`.
    """
    token = new_token()
    request = Place(NAME, _path(bus, "request", token), _REQUEST)
    answer: asyncio.Future[tuple[int, dict[str, Any]]] = asyncio.get_running_loop().create_future()

    def answered(response: int, results: dict[str, Any]) -> None:
        if not answer.done():
            answer.set_result((response, results))

    def gone(name: str, _: str, owner: str) -> None:
        if name == NAME and not owner and not answer.done():
            answer.set_result((_GONE, {}))

    await bus.hear(request, "Response", answered)
    await bus.hear(BUS, "NameOwnerChanged", gone)
    try:
        asked = options | {"handle_token": ("s", token)}
        await bus.call(Place(NAME, PATH, interface), method, signature + "a{sv}", *values, asked)
        async with asyncio.timeout(patience):
            response, results = await answer
    except TimeoutError as error:
        raise BusTrouble(f"The portal does not answer {method}") from error
    finally:
        await bus.forget(request, "Response", answered)
        await bus.forget(BUS, "NameOwnerChanged", gone)
    if response == _GONE:
        raise BusTrouble("The portal has gone")
    if response != 0:
        raise Declined(f"{method} was declined")
    return {name: value for name, (_, value) in results.items()}


def session_path(bus: Bus, token: str) -> str:
    """Return where the session will be that is asked for under a token: known before it is made."""
    return _path(bus, "session", token)


def _path(bus: Bus, kind: str, token: str) -> str:
    sender = bus.unique_name.lstrip(":").replace(".", "_")
    return f"{PATH}/{kind}/{sender}/{token}"
