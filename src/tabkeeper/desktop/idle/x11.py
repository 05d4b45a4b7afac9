"""Idle time under X11, from its screen saver extension; asked in a thread, for its answer can take long."""

import asyncio
import os
import threading
from typing import Any

from tabkeeper.desktop.idle.door import Unknown


class X11Idle:
    """Connects to the X server when it is asked for the first time."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display if display is not None else os.environ.get("DISPLAY")
        self._connection: Any = None
        self._one_at_a_time = threading.Lock()

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer; raises `Unknown`."""
        return await asyncio.to_thread(self.seconds_of_the_server)

    async def release(self) -> None:
        """End the connection, once nobody waits for an answer on it."""
        await asyncio.to_thread(self._disconnect)

    def _disconnect(self) -> None:
        with self._one_at_a_time:
            if self._connection is not None:
                self._connection.disconnect()
                self._connection = None

    def seconds_of_the_server(self) -> float:
        """Return the same, and wait for the server for as long as it takes; raises `Unknown`."""
        with self._one_at_a_time:
            return self._milliseconds() / 1_000

    def _milliseconds(self) -> float:
        import xcffib
        import xcffib.xproto  # without it a connection does not know the core protocol
        from xcffib import screensaver

        try:
            if self._connection is None:
                self._connection = xcffib.connect(self._display)
            root = self._connection.get_setup().roots[0].root
            answer = self._connection(screensaver.key).QueryInfo(root).reply()
        except xcffib.XcffibException as error:
            raise Unknown(f"The X server does not say ({type(error).__name__})") from error
        return float(answer.ms_since_user_input)
