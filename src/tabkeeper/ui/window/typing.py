"""The line at work: what is typed is understood, completed from history, and handed to the desk.

The header has one, and the small window over other programs; what stands around the line is theirs.
"""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.quick_add import QuickAdd
from tabkeeper.tracker import Snapshot, Tracker, why_it_does_not_run
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.window.offers import Offer
from tabkeeper.ui.window.reading import Reading, begun_offers, history_offers, read
from tabkeeper.ui.window.type_line import TypeLine, code_points


class Typing(QObject):
    """Owns the line. It is emptied once its text is kept, and keeps its text where it is refused."""

    understood = Signal(object)
    """The `Reading` of what stands in the line now."""
    offering = Signal(int)
    """So many offers are about to be shown below the line; none are with 0."""
    kept = Signal()
    """What was entered is on disk, and the line is empty."""

    def __init__(
        self,
        scene: Scene,
        refused: Callable[[str], None] | None = None,
        enter: Callable[[QuickAdd], Callable[[Tracker], Entry]] | None = None,
    ) -> None:
        """`refused` is given the reason where a text is, instead of its being told elsewhere.

        `enter` returns the change that a meaning is to be, where that is not to start or to add it.
        """
        super().__init__()
        self._refused, self._change = refused, enter or started_or_added
        self._snapshot, theme, self._face, self._clock, self._desk = scene
        self._typed = ""
        self._handed_in: str | None = None
        """What was entered and is not answered yet."""
        self.line = TypeLine(theme)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self.enter)
        self.line.highlighted.connect(self._walk)
        self.line.picked.connect(self._pick)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Understand by how things stand now."""
        self._snapshot = snapshot

    def show_times_as(self, face: Clockface) -> None:
        """Say times of day otherwise from now on."""
        self._face = face

    def understand(self) -> None:
        """Read what stands in the line, and mark in it what has a meaning."""
        reading, catalogue = self._read(self.line.text()), self._snapshot.catalogue
        meaning = reading.meaning
        self.line.mark(meaning.spans, catalogue.colour_of(meaning.draft.project_id))
        self.understood.emit(reading)

    @Slot(str)
    def enter(self, text: str) -> None:
        """Start or add what a text says, once until it is answered; an empty one says nothing."""
        if not text.strip() or text == self._handed_in:
            return
        self._handed_in = text
        meaning = self._read(text).meaning
        self._desk.change(
            self._change(meaning),
            lambda made: self._entered(text, meaning, made),
            lambda reason: self._refuse(text, reason),
        )

    def _read(self, text: str) -> Reading:
        return read(text, self._snapshot.catalogue, self._clock(), self._face)

    def _entered(self, text: str, meaning: QuickAdd, made: Entry) -> None:
        """Empty the line once its text is kept, unless it has changed since."""
        self._answer(text)
        if meaning.stop is None:
            why = why_it_does_not_run(made, self._snapshot.running, self._face.time)
            if why is not None:
                self._desk.tell(why)
        if self.line.text() == text:
            self.line.clear()
            self.understand()
            self.kept.emit()

    def _refuse(self, text: str, reason: str) -> None:
        self._answer(text)
        (self._refused or self._desk.tell)(reason)

    def _answer(self, text: str) -> None:
        """Let a text be entered again."""
        if self._handed_in == text:
            self._handed_in = None

    @Slot(str)
    def _edited(self, text: str) -> None:
        self._typed, self._handed_in = text, None
        self.understand()
        self._offer(text)

    def _offer(self, text: str) -> None:
        reading, catalogue = self._read(text), self._snapshot.catalogue
        begun = begun_offers(text, code_points(text, self.line.cursorPosition()), catalogue)
        wanted = reading.meaning.draft.description
        if begun is not None or not wanted:
            self._show(begun or [])
            return

        def show(drafts: Iterable[Draft]) -> None:
            if self.line.text() == text:
                self._show(history_offers(reading, drafts, catalogue))

        self._desk.ask("suggestions", lambda tracker: tracker.suggestions(wanted), show)

    def _show(self, offers: Sequence[Offer]) -> None:
        self.offering.emit(len(offers))
        self.line.offer(offers)

    @Slot(object)
    def _walk(self, offer: Offer | None) -> None:
        """Show in the line what Enter would start; back in the text, what was typed."""
        self.line.setText(str(offer.value) if offer else self._typed)
        self.understand()
        self.offering.emit(len(self.line.offers))

    @Slot(object)
    def _pick(self, offer: Offer) -> None:
        self._walk(offer)
        self._typed = self.line.text()
        if not self._typed.endswith(" "):
            self.enter(self._typed)


def started_or_added(meaning: QuickAdd) -> Callable[[Tracker], Entry]:
    """Return the change that starts what was meant, or adds it where it has passed."""
    start, stop = meaning.start, meaning.stop
    if start is not None and stop is not None:
        return lambda tracker: tracker.add(meaning.draft, start, stop, project=meaning.new_project)
    return lambda tracker: tracker.start(meaning.draft, start, project=meaning.new_project)
