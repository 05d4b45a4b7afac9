"""Where a workspace's reports are asked for: beside the loop, one at a time, and given up at any moment."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from threading import Thread
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import Grouping, Question, Report

_UNEXPECTED = "Something went wrong inside Tabkeeper, and the server's answer could not be shown."
_log = logging.getLogger(__name__)


class Workspace(NamedTuple):
    """A workspace that can be asked: which one it is, its name, what it may be grouped by, and what asks."""

    identity: object
    name: str
    groupings: tuple[Grouping, ...]
    ask: Callable[[Question], Coroutine[Any, Any, Report]]
    """Raises `Refused`."""
    currency: str = ""
    """What projects are priced in that name no currency of their own."""


class WorkspaceReads(QObject):
    """Asks a server on a thread that the program's end does not wait for.

    A newer question cancels the older.
    """

    # From the threads; the receivers must run in the interface's.
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: _Asked | None = None
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        workspace: Workspace,
        question: Question,
        answer: Callable[[Report], None],
        failed: Callable[[Refused], None],
    ) -> None:
        """Put a question; one of `answer` and `failed` is called, unless it is cancelled. Returns at once."""
        self.cancel()
        asked = self._asked = _Asked(workspace, question)

        def run() -> None:
            try:
                report = asyncio.run(asked.answer())
            except asyncio.CancelledError:
                return
            except Refused as refusal:
                self._answered.emit(asked, failed, refusal)
            except Exception:
                _log.exception("What was asked of the server failed")
                self._answered.emit(asked, failed, Refused(_UNEXPECTED))
            else:
                self._answered.emit(asked, answer, report)

        Thread(target=run, name="workspace", daemon=True).start()

    def cancel(self) -> None:
        """Want no answer any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    @Slot(object, object, object)
    def _hand_over(self, asked: object, receiver: Callable[[Any], None], value: object) -> None:
        if asked is self._asked:
            self._asked = None
            receiver(value)


class _Asked:
    """One question on its way. It is begun on its own thread, and cancelled from the interface's."""

    def __init__(self, workspace: Workspace, question: Question) -> None:
        self._workspace, self._question = workspace, question
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Report] | None = None
        self._cancelled = False

    async def answer(self) -> Report:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._workspace.ask(self._question))
        if self._cancelled:
            self._task.cancel()
        return await self._task

    def cancel(self) -> None:
        self._cancelled = True
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with suppress(RuntimeError):  # the loop has ended by itself, with the answer
                loop.call_soon_threadsafe(task.cancel)
