"""Where the interface puts questions that take long: a thread and a connection of their own.

A newer question of the same kind cancels the older, also in the middle of a statement. Nothing is changed
here, so nothing waits for the desk and the desk for nothing here.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Tracker

_UNEXPECTED = "Something went wrong inside Tabkeeper, and this could not be read. Nothing was changed."
_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")
Wanted = Callable[[], bool]
Workplace = Callable[[], AbstractContextManager[Tracker]]


class LongReads(QObject):
    """Answers questions one after the other, from the file that the desk works on when they are asked.

    The file is opened for the first of them, not before.
    """

    # From the worker; the receivers must run in the thread of the interface.
    _answered = Signal(object, object)

    def __init__(
        self,
        workplace: Callable[[], Workplace | None],
        troubles: tuple[type[Exception], ...] = (),
        parent: QObject | None = None,
    ) -> None:
        """`workplace` tells what opens the file that is worked on now.

        `troubles` are the errors, beside `Refused`, whose text is for the person.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._entered: Workplace | None = None
        self._for_people: tuple[type[Exception], ...] = (Refused, *troubles)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._opened = ExitStack()
        self._newest: dict[str, object] = {}
        self._closed = False
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        kind: str,
        question: Callable[[Tracker, Wanted], _Answer],
        answer: Callable[[_Answer], None],
        failed: Callable[[str], None],
    ) -> None:
        """Put a question; one of `answer` and `failed` is called in the interface's thread, unless cancelled.

        The question is told by `Wanted` whether it still matters. Returns at once.
        """
        ticket = object()
        self._newest[kind] = ticket

        def wanted() -> bool:
            return self._newest.get(kind) is ticket

        if not self._closed:
            self._worker.submit(self._find_out, wanted, question, answer, failed)

    def cancel(self, kind: str) -> None:
        """Want no answer of that kind any more."""
        self._newest.pop(kind, None)

    def close(self) -> None:
        """Cancel what is being read, and close the file."""
        self._closed = True
        self._newest.clear()
        self._worker.submit(self._opened.close)
        self._worker.shutdown()

    def _find_out(
        self,
        wanted: Wanted,
        question: Callable[[Tracker, Wanted], Any],
        answer: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        if not wanted():
            return
        try:
            receiver, value = answer, question(self._tracker_now(), wanted)
        except Exception as trouble:
            receiver, value = failed, self._words_for(trouble, wanted)
        self._answered.emit(lambda value: receiver(value) if wanted() else None, value)

    def _tracker_now(self) -> Tracker:
        """Return the tracker on the file that is worked on now; another file is opened first."""
        workplace = self._workplace()
        assert workplace is not None, "the desk was not opened"
        if workplace is not self._entered:
            self._opened.close()
            self._entered = None
            self._tracker = self._opened.enter_context(workplace())
            self._entered = workplace
        return self._tracker

    def _words_for(self, trouble: Exception, wanted: Wanted) -> str:
        if isinstance(trouble, self._for_people):
            return str(trouble)
        if wanted():
            _log.error("A question failed", exc_info=trouble)
        return _UNEXPECTED

    @Slot(object, object)
    def _hand_over(self, receiver: Callable[[Any], None], value: object) -> None:
        receiver(value)
