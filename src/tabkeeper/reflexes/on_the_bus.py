"""Tabkeeper on the session bus, for bars and shell extensions: start, stop, toggle, status, and a signal.

busctl --user call app.tabkeeper /app/tabkeeper app.tabkeeper.Timer Toggle
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Slot

from tabkeeper.desktop.bus import Bus, BusTrouble
from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.instants import rfc3339
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.desk import Desk

NAME, PATH, INTERFACE = "app.tabkeeper", "/app/tabkeeper", "app.tabkeeper.Timer"
_REFUSED = "app.tabkeeper.Refused"
_INTROSPECTION = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
  <interface name="{INTERFACE}">
    <method name="Start"><arg name="description" type="s" direction="in"/>
      <arg name="status" type="a{{sv}}" direction="out"/></method>
    <method name="Stop"><arg name="status" type="a{{sv}}" direction="out"/></method>
    <method name="Toggle"><arg name="status" type="a{{sv}}" direction="out"/></method>
    <method name="Continue"><arg name="status" type="a{{sv}}" direction="out"/></method>
    <method name="Status"><arg name="status" type="a{{sv}}" direction="out"/></method>
    <signal name="Changed"><arg name="status" type="a{{sv}}"/></signal>
  </interface>
  <interface name="org.freedesktop.DBus.Introspectable">
    <method name="Introspect"><arg name="xml" type="s" direction="out"/></method>
  </interface>
</node>
"""
_log = logging.getLogger(__name__)

Status = dict[str, tuple[str, Any]]
_Answer = tuple[str, tuple[Any, ...]]


class OnTheBus(QObject):
    """Serves from `begin` to `release`, where there is a session bus and nobody else has the name."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._snapshot: Snapshot | None = None
        self._bus: Bus | None = None
        self._work: set[asyncio.Future[None]] = set()
        self._turn = asyncio.Lock()

    def begin(self, snapshot: Snapshot) -> None:
        """Begin to serve; returns at once."""
        self._snapshot = snapshot
        self._do(self._serve())

    async def release(self) -> None:
        """Leave the bus."""
        for work in self._work:
            work.cancel()
        if self._bus is not None:
            await self._bus.close()

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Tell how things stand now."""
        self._snapshot = snapshot
        if self._bus is not None:
            self._do(self._bus.emit(PATH, INTERFACE, "Changed", "a{sv}", self._status()))

    def _do(self, work: Awaitable[None]) -> None:
        doing = asyncio.ensure_future(work)
        self._work.add(doing)
        doing.add_done_callback(self._work.discard)

    async def _serve(self) -> None:
        try:
            bus = await Bus.open()
        except BusTrouble as trouble:
            _log.info("Bars cannot ask over D-Bus: %s", trouble)
            return
        self._bus = bus
        bus.serve(PATH, INTERFACE, "Start", self._start, takes="s")
        bus.serve(PATH, INTERFACE, "Status", self._answer, takes="")
        bus.serve(PATH, "org.freedesktop.DBus.Introspectable", "Introspect", self._introspect)
        for name, change in (
            ("Stop", Tracker.stop),
            ("Toggle", Tracker.toggle),
            ("Continue", Tracker.continue_last),
        ):
            bus.serve(PATH, INTERFACE, name, lambda change=change: self._change(change), takes="")
        try:
            if not await bus.own(NAME):
                _log.info("Another program is %s on the session bus", NAME)
        except BusTrouble as trouble:
            _log.info("The name %s is not to be had: %s", NAME, trouble)

    async def _start(self, description: str) -> _Answer:
        return await self._change(lambda tracker: tracker.start(Draft(description)))

    async def _change(self, change: Callable[[Tracker], Entry]) -> _Answer:
        """Carry a change out as a click would, and answer when it is on disk.

        One after the other: of a script that asks without end nothing is left to do when the program ends.
        """
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def refuse(why: str) -> None:
            if not done.done():
                done.set_result(why)

        async with self._turn:
            self._desk.change(change, lambda _: refuse(""), refuse)
            refusal = await done
        if refusal:
            raise BusTrouble(refusal, _REFUSED)
        return await self._answer()

    async def _answer(self) -> _Answer:
        return "a{sv}", (self._status(),)

    async def _introspect(self) -> _Answer:
        return "s", (_INTROSPECTION,)

    def _status(self) -> Status:
        assert self._snapshot is not None
        return status(self._snapshot, self._clock())


def status(snapshot: Snapshot, now: datetime) -> Status:
    """Return how things stand, as D-Bus has it; what is about a timer is left out where none runs."""
    running, catalogue = snapshot.running, snapshot.catalogue
    today: Status = {
        "running": ("b", running is not None),
        "today_seconds": ("x", snapshot.today_seconds_by(now)),
    }
    return today | _of_entry(running, catalogue, running.seconds(now)) if running else today


def _of_entry(entry: Entry, catalogue: Catalogue, seconds: int) -> Status:
    project, client = catalogue.project(entry.project_id), catalogue.client_of(entry.project_id)
    return {
        "description": ("s", entry.description),
        "project": ("s", project.name if project else ""),
        "client": ("s", client.name if client else ""),
        "color": ("s", (project.color or "") if project else ""),
        "tags": ("as", list(entry.tags)),
        "start": ("s", rfc3339(entry.start)),
        "seconds": ("x", seconds),
        "id": ("s", entry.id),
    }
