"""A port of this machine for a program that is told its number before it listens there."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port() -> Iterator[int]:
    """Keep a port that nobody has, so that nobody but who is told of it gets it meanwhile.

    Nobody listens here, so a server may (it allows a port to be bound anew, as servers do); whoever lets the
    system choose a port, to listen on or to connect from, gets another one.
    """
    with socket.socket() as holding:
        holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holding.bind(("127.0.0.1", 0))
        yield int(holding.getsockname()[1])
