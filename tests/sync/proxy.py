"""A real proxy between real processes, which does with each request what it is told to."""

import http.client
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

_KEPT_HEADERS = ("Authorization", "Content-Type")
_PASSED_HEADERS = ("Content-Type", "Date", "Retry-After")


class Asked(NamedTuple):
    """A request that came in. `path` has its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def name(self) -> str:
        """What is asked: the method, and the path without its query."""
        return f"{self.method} {urlsplit(self.path).path}"


class Answer(NamedTuple):
    """What comes back. Of a body that is `cut`, only so many bytes arrive."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: int | None = None


Handle = Callable[[Asked], Answer | None]
"""Decides about a request; None breaks the connection."""


def delivered(server: str, asked: Asked) -> Answer:
    """Let the server act."""
    place = urlsplit(server)
    upstream = http.client.HTTPConnection(place.hostname or "", place.port)
    upstream.request(asked.method, asked.path, asked.body or None, dict(asked.headers))
    answer = upstream.getresponse()
    body = answer.read()
    upstream.close()
    headers = {name: value for name in _PASSED_HEADERS if (value := answer.headers.get(name)) is not None}
    return Answer(answer.status, headers, body)


class Proxy:
    """Passes requests on to `server`. `kill_at` counts answers: at that one, `victim` is killed instead.

    Whoever holds its `turn` meanwhile lets no answer through, to say first who that is.
    """

    def __init__(self, server: str) -> None:
        self.victim: int | None = None
        self.kill_at: int | None = None
        self.answers: list[str] = []
        self.turn = threading.Lock()
        self._server = server

    def __call__(self, asked: Asked) -> Answer | None:
        answer = delivered(self._server, asked)
        with self.turn:
            self.answers.append(asked.name)
            if self.victim is None or len(self.answers) != self.kill_at:
                return answer
            os.kill(self.victim, signal.SIGKILL)
            return None


@contextmanager
def passing(handle: Handle) -> Iterator[str]:
    """Let a proxy listen; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name: value for name in _KEPT_HEADERS if (value := self.headers[name]) is not None}
            answer = handle(Asked(self.command, self.path, headers, self.rfile.read(length)))
            if answer is None:
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: answer.cut])
            self.close_connection = answer.cut is not None

        do_GET = do_POST = do_PATCH = do_DELETE = do

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                """Who asked was killed."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
