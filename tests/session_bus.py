"""What processes beside the tests do on a session bus of the tests, seen by a connection of their own."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection


def connected(address: str) -> Any:
    """Return a connection to a session bus, of which other systems than Linux have none."""
    return open_dbus_connection(address)


@contextmanager
def silent_bus(folder: Path) -> Iterator[str]:
    """Take the place of a bus that takes every connection, and never says a word; yields its address."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
        bus.bind(str(folder / "bus"))
        bus.listen(64)
        yield f"unix:path={folder / 'bus'}"


def wait_for_name(name: str, address: str, process: subprocess.Popen[str]) -> None:
    """Wait until a process that was just begun has its name on the bus."""
    with connected(address) as connection:
        asked = message_bus.NameHasOwner(name)
        deadline = time.monotonic() + 20
        while not connection.send_and_get_reply(asked).body[0]:
            assert process.poll() is None, f"what should be {name} has ended"
            assert time.monotonic() < deadline, f"{name} does not begin"
            time.sleep(0.02)
