"""Where the interface hands in changes and questions: one worker thread sees to them in order, and answers.

The tracker and its file live on that thread; what comes back are frozen values, by signals. No widget here.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Snapshot, Tracker, remark_on

_UNEXPECTED = (
    "Something went wrong inside Tabkeeper, and this last step was not carried out. Your times are as they "
    "were before it; please try again."
)
_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class Desk(QObject):
    """Carries out changes one after the other, and publishes how things stand after each."""

    changed = Signal(object)
    """How things stand now: a `Snapshot`."""
    written = Signal()
    """A change was carried out here; `changed` also tells of those of others."""
    told = Signal(str)
    """A sentence for the person: why a change was refused, or what was done to the file."""

    # From the worker; the receivers of the public signals must run in the thread of the interface.
    _published = Signal(object)
    _reported = Signal(str)
    _answered = Signal(object, object)

    def __init__(
        self,
        troubles: tuple[type[Exception], ...] = (),
        parent: QObject | None = None,
        *,
        first_weekday: int = 0,
    ) -> None:
        """`troubles` are the errors, beside `Refused`, whose text is for the person.

        Weeks begin on `first_weekday`, 0 for Monday.
        """
        super().__init__(parent)
        self._for_people: tuple[type[Exception], ...] = (Refused, *troubles)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tracker")
        self._closed = False
        self._opened = ExitStack()
        self.workplace: Callable[[], AbstractContextManager[Tracker]] | None = None
        """What opens the file that is worked on now, for who reads it beside the desk."""
        self._tracker: Tracker | None = None
        self._first_weekday = first_weekday
        self._published.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self.told, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._newest: dict[str, object] = {}

    def open(self, workplace: Callable[[], AbstractContextManager[Tracker]]) -> Snapshot:
        """Open the tracker on the worker thread and return how things stand; raises what opening raises."""
        return self._worker.submit(self._open, workplace).result()

    def move(
        self,
        workplace: Callable[[], AbstractContextManager[Tracker]],
        done: Callable[[Entry | None], None],
        refused: Callable[[str], None],
    ) -> None:
        """Go on with another file after what was handed in before; returns at once.

        `done` is called in the interface's thread, with the timer that runs on in the file that was left.
        Where the other one cannot be opened, that stays, and `refused` is called with the reason.
        """
        self._hand_in(self._move, workplace, done, refused)

    def change(
        self,
        change: Callable[[Tracker], _Answer],
        done: Callable[[_Answer], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Carry out a change after those handed in before; returns at once.

        `done` is called in the interface's thread with what the change returned, once it is on disk and
        shown. `refused` is called there with the reason instead of its being `told`.
        """
        self._hand_in(self._carry_out, change, done, refused)

    def ask(
        self, kind: str, question: Callable[[Tracker], _Answer], answer: Callable[[_Answer], None]
    ) -> None:
        """Put a question after what was handed in before; `answer` is called in the interface's thread.

        A newer question of the same kind takes the place of one that has not been answered.
        """
        ticket = object()
        self._newest[kind] = ticket

        def wanted() -> bool:
            return self._newest.get(kind) is ticket

        def answer_if_wanted(value: _Answer) -> None:
            if wanted():
                answer(value)

        self._hand_in(self._find_out, wanted, question, answer_if_wanted)

    def begin_weeks_on(self, weekday: int) -> None:
        """Count weeks from that day on, 0 for Monday, and publish how things stand then; returns at once."""

        def begin(tracker: Tracker) -> None:
            self._first_weekday = weekday

        self.change(begin)

    def look_again(self) -> None:
        """Publish how things stand if another process has written; returns at once."""
        self._hand_in(self._carry_out, None, None, None)

    def tell(self, text: str) -> None:
        """Say a sentence to the person; from any thread."""
        self._reported.emit(text)

    def close(self) -> None:
        """Finish what was handed in, then close the tracker; what is handed in later is not carried out."""
        self._closed = True
        self._worker.submit(self._close)
        self._worker.shutdown()

    def _hand_in(self, work: Callable[..., None], *words: Any) -> None:
        # How things stood last may still be on its way to a page, which then asks for more.
        if not self._closed:
            self._worker.submit(work, *words)

    def _close(self) -> None:
        self._opened.close()

    def _open(self, workplace: Callable[[], AbstractContextManager[Tracker]]) -> Snapshot:
        self._tracker = self._opened.enter_context(workplace())
        self.workplace = workplace
        return self._tracker.snapshot(self._first_weekday)

    def _move(
        self,
        workplace: Callable[[], AbstractContextManager[Tracker]],
        done: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        opened = ExitStack()
        try:
            tracker = opened.enter_context(workplace())
            snapshot = tracker.snapshot(self._first_weekday)
        except Exception as trouble:
            opened.close()
            self._answered.emit(refused, self._words_for(trouble))
            return
        left = self._running()
        before, self._opened, self._tracker = self._opened, opened, tracker
        self.workplace = workplace
        self._published.emit(snapshot)
        self._answered.emit(done, left)
        before.close()

    def _running(self) -> Entry | None:
        """Return what runs in the file that is open; one that is not in order must not keep anybody in it."""
        with suppress(*self._for_people):
            return self._tracker.running() if self._tracker is not None else None
        return None

    def _carry_out(
        self,
        change: Callable[[Tracker], Any] | None,
        done: Callable[[Any], None] | None,
        refused: Callable[[str], None] | None,
    ) -> None:
        assert self._tracker is not None, "the desk was not opened"
        try:
            made = None
            if change is not None:
                made = change(self._tracker)
                self.written.emit()
            elif not self._tracker.changed_elsewhere():
                return
            self._published.emit(self._tracker.snapshot(self._first_weekday))
            if remark := remark_on(made, self._tracker.now()):
                self._reported.emit(f"{remark} Put its times right in the list.")
            if done is not None:
                self._answered.emit(done, made)
        except Exception as trouble:
            text = self._words_for(trouble)
            if refused is None:
                self._reported.emit(text)
            else:
                self._answered.emit(refused, text)

    def _find_out(
        self, wanted: Callable[[], bool], question: Callable[[Tracker], Any], answer: Callable[[Any], None]
    ) -> None:
        assert self._tracker is not None, "the desk was not opened"
        if not wanted():
            return
        try:
            self._answered.emit(answer, question(self._tracker))
        except Exception as trouble:
            self._reported.emit(self._words_for(trouble))

    def _words_for(self, trouble: Exception) -> str:
        if isinstance(trouble, self._for_people):
            return str(trouble)
        _log.error("A change or a question failed", exc_info=trouble)
        return _UNEXPECTED

    @Slot(object, object)
    def _hand_over(self, receiver: Callable[[Any], None], value: object) -> None:
        receiver(value)
