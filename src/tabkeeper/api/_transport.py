"""One request and its answer over one HTTP client; what failed comes out as an `ApiFailure`.

Here are the rules of the wire below the contract: where the token may go, whose certificates are trusted,
which proxy is used, how long anything may take. Nothing here knows an endpoint, and nothing tries twice.
"""

import asyncio
import re
import ssl
import urllib.request
from collections.abc import Generator
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy

import httpx
import truststore

import tabkeeper
from tabkeeper.api._address import is_loopback, same_origin
from tabkeeper.api._body import read_body
from tabkeeper.api._call import Answer, Call
from tabkeeper.api._retry import parse_http_date
from tabkeeper.api._timing import Exchange, Timing
from tabkeeper.api._token import Token, keep_out_of_logs
from tabkeeper.api.errors import ApiFailure, Offline, TimedOut, UnexpectedAnswer

ATTEMPT_SECONDS = 60.0
TIMEOUTS = httpx.Timeout(connect=10.0, read=30.0, write=30.0, pool=30.0)
LIMITS = httpx.Limits(max_connections=8, max_keepalive_connections=4, keepalive_expiry=60.0)
REDIRECTS_MAX = 3


_FOR_PROGRAMMERS = re.compile(r"\[(Errno|SSL)[^]]*\] | \(_ssl\.c:\d+\)|\.$")
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")
"""What OpenSSL calls an answer in plain http, the older and the newer name."""


class _Bearer(httpx.Auth):
    """Adds the token at the last moment, so that no request or local variable of ours holds its text."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._token.authorization()
        yield request


class Transport:
    """Sends calls to one server with one token, and keeps the connection for the next one."""

    def __init__(self, server: httpx.URL, token: Token, timing: Timing) -> None:
        self._server = server
        self._token = token
        self._timing = timing
        self._http: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self.last_exchange: Exchange | None = None

    async def send(self, call: Call, seconds: float) -> Answer:
        """Make one attempt within `seconds` and return the answer, whatever its status.

        Raises Offline, TimedOut, UnexpectedAnswer or BrokenOff; and ValueError for a path or query that no
        address can be made of, with nothing sent.
        """
        address = self._address_of(call)
        outcome = await self._attempt(call, address, min(seconds, ATTEMPT_SECONDS))
        if isinstance(outcome, ApiFailure):
            # The frames of the libraries below hold the header in their variables, for whoever prints
            # those with a traceback: none of them is handed on.
            outcome.__context__ = outcome.__cause__ = None
            raise outcome.with_traceback(None)
        return outcome

    async def close(self) -> None:
        """Close the connections; nothing can be sent afterwards without opening new ones."""
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    def _address_of(self, call: Call) -> httpx.URL:
        try:
            address = httpx.URL(f"{self._server}{call.path}")
            return address.copy_merge_params(call.query) if call.query else address
        except httpx.InvalidURL as error:
            raise ValueError(f"This cannot be asked of a server: {error}.") from None

    async def _attempt(self, call: Call, address: httpx.URL, seconds: float) -> Answer | ApiFailure:
        host = self._server.netloc.decode()
        try:
            async with asyncio.timeout(seconds):
                http = await self._opened(call.endpoint)
                return await self._exchange(http, call, address)
        except ApiFailure as failure:
            return failure
        except (TimeoutError, httpx.TimeoutException):
            return TimedOut(call.endpoint, f"{host} did not answer in time.")
        except (httpx.HTTPError, OSError) as error:
            # A TLS connection that is damaged once it stands is an OSError of Python's own.
            said = self._token.scrubbed_from(str(error)) or type(error).__name__
            return Offline(call.endpoint, _not_reached(host, said))
        except (httpx.InvalidURL, ValueError):
            return UnexpectedAnswer(
                call.endpoint,
                f"{call.endpoint} was answered with a status or an address that cannot be read.",
            )

    async def _opened(self, endpoint: str) -> httpx.AsyncClient:
        async with self._opening:
            if self._http is None:
                # Reads certificates, and on some systems asks DNS about the proxy: not on the loop.
                try:
                    self._http = await asyncio.to_thread(_open, self._server, _Bearer(self._token))
                except httpx.InvalidURL:
                    # Not in httpx's words, which may repeat a part of the proxy's password.
                    raise Offline(endpoint, "This system's proxy setting is no address.") from None
                except (ImportError, ValueError) as error:
                    # What httpx says of a proxy that it cannot speak to, such as socks5://.
                    said = f"This system's proxy setting cannot be used: {error}"
                    raise Offline(endpoint, said) from None
        return self._http

    async def _exchange(self, http: httpx.AsyncClient, call: Call, address: httpx.URL) -> Answer:
        request = http.build_request(call.method, address, content=call.body, headers=_headers(call))
        for _ in range(REDIRECTS_MAX + 1):
            sent_at = self._timing.now()
            response = await http.send(request, stream=True)
            try:
                exchange = self._note(response, sent_at)
                if response.next_request is None:
                    return _answer(response, await read_body(response, call.endpoint), exchange)
                request = self._redirected(call, request, response.next_request)
            finally:
                await response.aclose()
        raise UnexpectedAnswer(call.endpoint, f"{call.endpoint} is sent in circles by the server.")

    def _note(self, response: httpx.Response, sent_at: datetime) -> Exchange:
        request_id = response.headers.get("X-Request-Id")
        self.last_exchange = Exchange(
            request_id=request_id and self._token.scrubbed_from(request_id),
            server_time=parse_http_date(response.headers.get("Date")),
            sent_at=sent_at,
            received_at=self._timing.now(),
        )
        return self.last_exchange

    def _redirected(self, call: Call, request: httpx.Request, following: httpx.Request) -> httpx.Request:
        """Return the request to follow a redirect with, which stays what it was and where it was."""
        if not same_origin(self._server, following.url):
            elsewhere = self._token.scrubbed_from(following.url.host) or "another address"
            raise UnexpectedAnswer(
                call.endpoint,
                f"{call.endpoint} was sent on to {elsewhere}, but the token "
                f"stays with {self._server.host}. Is this network asking for a login?",
            )
        if following.method != request.method:
            raise UnexpectedAnswer(call.endpoint, f"{call.endpoint} was sent on as {following.method}.")
        return following


def _not_reached(host: str, said: str) -> str:
    """Return in a sentence why there is no connection, from what a library said of it."""
    reason = _FOR_PROGRAMMERS.sub("", said)
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return f"This computer does not trust the certificate of {host}: {reason}."
    if any(name in said for name in _NO_TLS):
        return f"{host} does not speak https."
    return f"{host} could not be reached: {reason}."


def _open(server: httpx.URL, bearer: _Bearer) -> httpx.AsyncClient:
    keep_out_of_logs()
    # The environment is asked for the system's proxy only (httpx reads no .netrc by itself). What stays on
    # this computer must not go through a proxy, least of all in plain http.
    direct = is_loopback(server) or bool(urllib.request.proxy_bypass(server.host))
    http = httpx.AsyncClient(
        auth=bearer,
        http2=True,
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        trust_env=not direct,
        follow_redirects=False,
        timeout=TIMEOUTS,
        limits=LIMITS,
    )
    # The token alone says who asks; a cookie could only mix that up.
    http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return http


def _headers(call: Call) -> dict[str, str]:
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": f"tabkeeper/{tabkeeper.__version__}",
    }
    if call.body is not None:
        headers["Content-Type"] = "application/json"
    return headers


def _answer(response: httpx.Response, body: bytes, exchange: Exchange) -> Answer:
    return Answer(
        protocol=response.http_version,
        status=response.status_code,
        reason=response.reason_phrase,
        headers=response.headers,
        body=body,
        exchange=exchange,
    )
