"""Says one word to the running tray program, or asks it something, without Qt: the command line stays quick.

Nothing depends on the word arriving: it only makes the tray look sooner. `single_instance` hears it.
"""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

Word = Literal["changed", "settings", "account", "show", "window", "quick-add", "link", "quit"]
"""`changed`: the file was written; `settings`: those were; `account`: another one is current, or has another
token; `show`: come forward; `window`: come or go; `quick-add`: open the line to type in; `link`: open one;
`quit`: end."""

Question = Literal["hotkeys"]
"""`hotkeys`: what came of the wish for each, as JSON: the keys to press, and the refusal."""

_PATIENCE = 0.5
"""Seconds after which a tray program that does not answer is left alone."""
_PATIENCE_AT_A_PIPE = 5.0
"""The same under Windows, where a word is lost that the tray program, say while it starts, has not taken."""


def address(path: Path) -> str:
    """Return what the tray program listens at: the socket's path, or a named pipe on Windows."""
    if sys.platform == "win32":
        import hashlib

        return rf"\\.\pipe\tabkeeper-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    return str(path)


def nudge(path: Path, word: Word, about: str = "") -> bool:
    """Say `word` to the tray program that listens at `path`; return whether one took it.

    `about` goes with a link, and is one line.
    """
    line = f"{word} {about}".rstrip().encode() + b"\n"
    try:
        if sys.platform == "win32":
            return _is_piped(address(path), line)
        with _connected(path) as connection:
            connection.sendall(line)
    except OSError:
        return False
    return True


def ask(path: Path, question: Question) -> str | None:
    """Return what the tray program that listens at `path` answers; None where nobody does.

    Under Windows nobody is asked: a pipe there can be waited for without end.
    """
    try:
        with _connected(path) as connection, connection.makefile("rb") as answer:
            connection.sendall(question.encode() + b"\n")
            return answer.readline().decode().strip() or None
    except OSError:
        return None


@contextmanager
def _connected(path: Path) -> "Iterator[socket]":
    """Connect to who listens at a path, for as long as the block; raises OSError."""
    if sys.platform == "win32" or not path.exists():
        raise FileNotFoundError(path)
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(address(path))
        yield connection


def _is_piped(name: str, line: bytes) -> bool:
    """Return whether a line went into a pipe of Windows in time; what writes it may be left behind.

    Windows lets whoever writes wait until a program that hangs reads again.
    """
    from threading import Thread

    written: list[int] = []

    def write() -> None:
        from contextlib import suppress

        with suppress(OSError), open(name, "wb", buffering=0) as pipe:
            written.append(pipe.write(line))

    writing = Thread(target=write, daemon=True)
    writing.start()
    writing.join(_PATIENCE_AT_A_PIPE)
    return bool(written)
