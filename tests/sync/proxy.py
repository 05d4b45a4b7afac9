"""A real proxy between real processes, that ends the one that asks when the server has acted on a request."""

import http.client
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_KEPT_HEADERS = ("Authorization", "Content-Type")


class Proxy:
    """Passes requests on to `server`. `kill_at` counts answers: at that one, `victim` is killed instead."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server)
        self.victim: int | None = None
        self.kill_at: int | None = None
        self.answers: list[str] = []
        self._turn = threading.Lock()

    def answered(self, request: str) -> bool:
        """Note an answer; False where nobody is there to get it."""
        with self._turn:
            self.answers.append(request)
            if self.victim is None or len(self.answers) != self.kill_at:
                return True
            os.kill(self.victim, signal.SIGKILL)
            return False


@contextmanager
def passing(proxy: Proxy) -> Iterator[str]:
    """Let the proxy listen; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            upstream = http.client.HTTPConnection(proxy.server.hostname or "", proxy.server.port)
            headers = {name: self.headers[name] for name in _KEPT_HEADERS if self.headers[name]}
            upstream.request(self.command, self.path, self.rfile.read(length) or None, headers)
            answer = upstream.getresponse()
            content = answer.read()
            upstream.close()
            if not proxy.answered(f"{self.command} {urlsplit(self.path).path}"):
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name in ("Content-Type", "Date"):
                if (value := answer.headers.get(name)) is not None:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = do

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
