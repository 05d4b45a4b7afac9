"""The client: one object with one call an endpoint, and the one place where its parts are put together."""

from types import TracebackType
from typing import Self

from tabkeeper.api._address import parse_server
from tabkeeper.api._call import Answer, Call
from tabkeeper.api._reader import read_one
from tabkeeper.api._refusal import failure_of
from tabkeeper.api._retry import Patience, persist
from tabkeeper.api._timing import Exchange, Timing
from tabkeeper.api._token import Token
from tabkeeper.api._transport import Transport
from tabkeeper.api.catalogue import Clients, Projects, Tags
from tabkeeper.api.entries import Entries
from tabkeeper.api.reports import Reports
from tabkeeper.api.wire import Me

REPEATABLE_METHODS = frozenset({"GET", "PATCH", "DELETE"})


class Client:
    """The Time Tracker API of one server, with one person's token.

    Every call raises an `ApiFailure` where it does not bring what it is for: `Offline`, `TimedOut`,
    `UnexpectedAnswer`, or a subclass of `Refused` for each code of the reference. What may safely be made
    again is made again, within `patience`.

    >>> from tabkeeper.api import Client
    >>> async with Client(server, token) as client:
    ...     me = await client.me()
    >>> me.user.role
    <Role.OWNER: 'owner'>
    """

    def __init__(
        self, server: str, token: str, *, patience: Patience | None = None, timing: Timing | None = None
    ) -> None:
        """`server` is the base address, such as `https://app.trackingtabs.com/api/v1`.

        Raises ValueError where the token must not be sent to that address, or cannot be a token.
        """
        self._patience = patience or Patience()
        self._timing = timing or Timing()
        self._token = Token(token)
        self._server = parse_server(server)
        self._transport = Transport(self._server, self._token, self._timing)
        self.entries = Entries(self._perform)
        self.projects = Projects(self._perform)
        self.clients = Clients(self._perform)
        self.tags = Tags(self._perform)
        self.reports = Reports(self._perform)

    async def me(self) -> Me:
        """Return whose token this is, and in which workspace.

        >>> me = await client.me()
        >>> me.user.timezone, len(me.workspace.currency)
        ('UTC', 3)
        """
        call = Call("GET", "/me", repeatable=True)
        answer = await self._perform(call)
        return read_one(Me, answer.body, call.endpoint)

    async def request(
        self, method: str, path: str, *, query: tuple[tuple[str, str], ...] = (), body: bytes | None = None
    ) -> Answer:
        """Call any endpoint, `path` being relative to the server's address, and return the answer unread.

        >>> answer = await client.request("GET", "/tags")
        >>> answer.status
        200
        """
        method = method.upper()
        return await self._perform(Call(method, path, query, body, method in REPEATABLE_METHODS))

    @property
    def server(self) -> str:
        """The base address, as it is used."""
        return str(self._server)

    @property
    def last_exchange(self) -> Exchange | None:
        """When the last answer came and what the server's clock said; None before the first.

        >>> me = await client.me()
        >>> client.last_exchange.skew.total_seconds() < 10
        True
        """
        return self._transport.last_exchange

    async def close(self) -> None:
        """Close the connections. `async with` does this by itself."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Client of {self._server}>"

    async def _perform(self, call: Call) -> Answer:
        async def attempt(seconds: float) -> Answer:
            answer = await self._transport.send(call, seconds)
            failure = failure_of(call, answer, self._token)
            if failure is not None:
                raise failure
            return answer

        return await persist(
            attempt, repeatable=call.repeatable, patience=self._patience, timing=self._timing
        )
