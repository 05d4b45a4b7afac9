"""A computer's way to the server, on which everything happens to requests that can, by chance of a seed."""

import asyncio
import random
from collections.abc import Callable
from email.utils import format_datetime

import httpx
from tests.histories import fates
from tests.histories.inline_server import InlineServer
from tests.histories.races import Races

LATEST_SECONDS = (20, 240, 14 * 60)
"""How late a request may arrive: a moment, some minutes, or nearly as long as any network carries one."""

_DELIVERED = ("authorization", "content-type")
"""What the server reads of the headers; that answers could be smaller is not worth the time here."""


class Network(httpx.AsyncBaseTransport):
    """Delivers requests, or does to them what their fate is; `trace` gets a line for each."""

    def __init__(self, server: InlineServer, name: str, seed: str, trace: Callable[[str], None]) -> None:
        self.online = True
        self.trouble = 0.0
        self.doom: str | None = None
        """The fate of the next change that is sent; after it there is no network for a while."""
        self.crash: Callable[[], None] = lambda: None
        self.races = Races(server.entry, server.project_name)
        self.name = name
        self._server, self._seed, self._trace = server, seed, trace
        self._count = 0
        self._late: set[asyncio.Task[httpx.Response]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        self._count += 1
        chance = random.Random(f"{self._seed}/{self.name}/{self._count}")
        fate = fates.drawn(chance, self.trouble)
        if not self.online:
            fate = "offline"
        elif self.doom is not None and request.method != "GET":
            fate, self.doom, self.online = self.doom, None, False
        self._trace(f"{self.name} {request.method} {request.url.path} {body.decode()} {fate}")
        self.races.note_question(request.method, request.url.path)
        try:
            await asyncio.sleep(chance.uniform(0.01, 0.1))
            answer = await self._suffer(fate, request, body, chance)
        except BaseException:
            self.races.note_no_answer()
            raise
        self.races.note_answer(answer.status_code, b"".join([part async for part in answer.stream]))
        self._trace(f"{self.name} = {answer.status_code}")
        return answer

    async def _suffer(
        self, fate: str, request: httpx.Request, body: bytes, chance: random.Random
    ) -> httpx.Response:
        if fate in ("offline", "lost"):
            raise httpx.ConnectError("the network is unreachable", request=request)
        if fate == "crash before":
            await self._die()
        if fate == "late":
            self._late.add(asyncio.ensure_future(self._deliver_late(request, body, chance)))
            raise httpx.ReadTimeout("no answer", request=request)
        if fate in fates.SPOKEN and fate != "500 after":
            return self._spoken(fate, request)
        if fate == "slow":
            await asyncio.sleep(chance.uniform(1, 20))
        if fate == "twice":
            await self._deliver(request, body)
        answer = await self._deliver(request, body)
        if fate == "crash after":
            await self._die()
        if fate == "unheard":
            raise httpx.ReadError("the connection broke", request=request)
        if fate == "500 after":
            return self._spoken(fate, request)
        if fate == "cut":
            whole = await answer.aread()
            cut = whole[: chance.randrange(max(1, len(whole)))]
            return httpx.Response(answer.status_code, stream=httpx.ByteStream(cut), request=request)
        if fate == "slow":
            await asyncio.sleep(chance.uniform(1, 20))
        return answer

    async def wait_for_the_late(self) -> None:
        """Wait until nothing is under way any more."""
        await asyncio.gather(*self._late)

    async def _deliver_late(
        self, request: httpx.Request, body: bytes, chance: random.Random
    ) -> httpx.Response:
        await asyncio.sleep(chance.uniform(1, chance.choice(LATEST_SECONDS)))
        self._trace(f"{self.name} late {request.method} {request.url.path}")
        return await self._deliver(request, body)

    async def _deliver(self, request: httpx.Request, body: bytes) -> httpx.Response:
        """Let the server act, in one step that nothing comes between."""
        self.races.note_request(request.method, request.url.path, body)
        kept = {name: request.headers[name] for name in _DELIVERED if name in request.headers}
        again = httpx.Request(request.method, request.url, headers=kept, content=body)
        answer = await self._server.answer(again)
        headers = {"Date": format_datetime(self._server.now(), usegmt=True)}
        if "retry-after" in answer.headers:
            headers["Retry-After"] = answer.headers["retry-after"]
        return httpx.Response(
            answer.status, headers=headers, stream=httpx.ByteStream(answer.content), request=request
        )

    async def _die(self) -> None:
        """End the computer's program here and now."""
        self.crash()
        await asyncio.Event().wait()

    def _spoken(self, fate: str, request: httpx.Request) -> httpx.Response:
        status, content = fates.spoken(fate)
        headers = {"Retry-After": "20"} if status == 429 else {}
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content), request=request)
