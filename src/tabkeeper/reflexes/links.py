"""Opens links: what one asks for stands in the line to type in, and starts when the person presses Enter."""

import asyncio
import logging
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtGui import QFileOpenEvent

from tabkeeper.desktop.links import Links
from tabkeeper.model.refusal import Refused
from tabkeeper.reflexes.link import parse_link
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot

_log = logging.getLogger(__name__)


class LinkOpening(QObject):
    """Hears links from a second start, and from macOS, which hands them to the program that runs."""

    told = Signal(str)
    proposed = Signal(str)
    """A line to show; Enter starts it."""

    def __init__(self, links: Links, settings: Settings) -> None:
        super().__init__()
        self._links, self._on = links, settings.open_links
        self._snapshot: Snapshot | None = None
        self._waiting: list[str] = []
        self._switching: asyncio.Future[None] | None = None
        self._turn = asyncio.Lock()

    def begin(self, snapshot: Snapshot) -> None:
        """Be the program that opens our links, where the person wants that."""
        self._snapshot = snapshot
        application = QCoreApplication.instance()
        if sys.platform == "darwin" and application is not None:
            application.installEventFilter(self)
        for text in self._waiting:
            self.open(text)
        self._switching = asyncio.ensure_future(self._switch())

    async def release(self) -> None:
        """Finish what was begun."""
        if self._switching is not None:
            await self._switching

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Open links or not, as is chosen now."""
        if settings.open_links != self._on:
            self._on = settings.open_links
            self._switching = asyncio.ensure_future(self._switch())

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Know the projects that a link can name."""
        self._snapshot = snapshot

    @Slot(str)
    def open(self, text: str) -> None:
        """Propose what a link asks for; one that comes before `begin` waits for it."""
        if self._snapshot is None:
            self._waiting.append(text)
            return
        try:
            self.proposed.emit(parse_link(text).line(self._snapshot.catalogue))
        except Refused as refusal:
            self.told.emit(str(refusal))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the links that macOS hands over."""
        if isinstance(event, QFileOpenEvent) and event.url().scheme() == "tabkeeper":
            self.open(event.url().toString())
            return True
        return False

    async def _switch(self) -> None:
        # One after the other: of two that write at once, the older choice could be the last.
        async with self._turn:
            try:
                await asyncio.to_thread(self._links.switch, self._on)
            except OSError as error:
                _log.warning("Links of ours will not be opened", exc_info=error)
