"""Where the interface hands in its changes: one worker thread carries them out in order and shows the result.

The tracker and its file live on that thread; what comes back are frozen values, by signals. No widget here.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack

from PySide6.QtCore import QObject, Qt, Signal

from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Snapshot, Tracker

_UNEXPECTED = (
    "Something went wrong inside Tabkeeper, and this last step was not carried out. Your times are as they "
    "were before it; please try again."
)
_log = logging.getLogger(__name__)


class Desk(QObject):
    """Carries out changes one after the other, and publishes how things stand after each."""

    changed = Signal(object)
    """How things stand now: a `Snapshot`."""
    told = Signal(str)
    """A sentence for the person: why a change was refused, or what was done to the file."""

    # From the worker; the receivers of the public signals must run in the thread of the interface.
    _published = Signal(object)
    _reported = Signal(str)

    def __init__(self, troubles: tuple[type[Exception], ...] = (), parent: QObject | None = None) -> None:
        """`troubles` are the errors, beside `Refused`, whose text is for the person."""
        super().__init__(parent)
        self._for_people: tuple[type[Exception], ...] = (Refused, *troubles)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tracker")
        self._opened = ExitStack()
        self._tracker: Tracker | None = None
        self._published.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def open(self, workplace: Callable[[], AbstractContextManager[Tracker]]) -> Snapshot:
        """Open the tracker on the worker thread and return how things stand; raises what opening raises."""
        return self._worker.submit(self._open, workplace).result()

    def change(self, change: Callable[[Tracker], object]) -> None:
        """Carry out a change after those handed in before; returns at once."""
        self._worker.submit(self._carry_out, change)

    def look_again(self) -> None:
        """Publish how things stand if another process has written; returns at once."""
        self._worker.submit(self._carry_out, None)

    def tell(self, text: str) -> None:
        """Say a sentence to the person; from any thread."""
        self._reported.emit(text)

    def close(self) -> None:
        """Finish what was handed in, then close the tracker."""
        self._worker.submit(self._opened.close)
        self._worker.shutdown()

    def _open(self, workplace: Callable[[], AbstractContextManager[Tracker]]) -> Snapshot:
        self._tracker = self._opened.enter_context(workplace())
        return self._tracker.snapshot()

    def _carry_out(self, change: Callable[[Tracker], object] | None) -> None:
        assert self._tracker is not None, "the desk was not opened"
        try:
            if change is not None:
                change(self._tracker)
            elif not self._tracker.changed_elsewhere():
                return
            self._published.emit(self._tracker.snapshot())
        except self._for_people as answer:
            self._reported.emit(str(answer))
        except Exception:
            _log.exception("A change failed")
            self._reported.emit(_UNEXPECTED)
