"""A network cable between a program and a server on this computer, to be pulled out and put back in."""

import socket
import threading
from contextlib import suppress


class Cable:
    """Carries connections from its own port to another one, for one `with`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._plugged = True

    @property
    def port(self) -> int:
        number: int = self._listening.getsockname()[1]
        return number

    def __enter__(self) -> "Cable":
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pull_out()
        self._listening.close()

    def pull_out(self) -> None:
        """Break every connection, and let no new one through."""
        self._plugged = False
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def put_in(self) -> None:
        """Let connections through again."""
        self._plugged = True

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if not self._plugged:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
