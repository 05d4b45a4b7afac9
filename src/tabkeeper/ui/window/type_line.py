"""The one line to type in: marks what has a meaning as it is typed, and says when it is entered or left."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from tabkeeper.model.quick_add import Kind, Span
from tabkeeper.ui.theme import Radius, Space, Theme
from tabkeeper.ui.window.offers import OfferingField

_CURSOR_INSET = 5
"""How far Qt's box of the cursor begins before the cursor."""
_REACH = 1


class TypeLine(OfferingField):
    """A line edit that colours the marks it is told of."""

    entered = Signal(str)
    left = Signal()
    focused = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._spans: Sequence[Span] = ()
        self._project_tint: str | None = None
        self._composing = False
        self.setProperty("kind", "line")
        self.setProperty("type", "emphasis")
        self.setPlaceholderText("What are you working on?")
        self.setAccessibleName("What are you working on?")
        self.setMaxLength(10_000)

    def mark(self, spans: Sequence[Span], project_colour: str | None) -> None:
        """Colour these parts of the text."""
        self._spans, self._project_tint = spans, project_colour
        self.update()

    def begin(self, text: str) -> None:
        """Go on with a text that was typed elsewhere, as if it had been typed here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.end(False)
        self.insert(text)
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter what stands there, or leave."""
        has_offers = bool(self.offers)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.withdraw()
            self.entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape and not has_offers:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that somebody types."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that nobody types any more."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Mark nothing while an input method composes: the text is not yet what it will be."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and a ground behind what has a meaning."""
        super().paintEvent(event)
        if not self._spans or self._composing:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setCompositionMode(self._under_text())
        inner = self.rect().adjusted(Space.HAIR, Space.SMALL, -Space.HAIR, -Space.SMALL)
        painter.setClipRect(inner)
        for span, left, right in self._places():
            painter.setBrush(self._ground(span.kind))
            box = QRectF(QPointF(left - _REACH, inner.top()), QPointF(right + _REACH, inner.bottom()))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        painter.end()

    def _under_text(self) -> QPainter.CompositionMode:
        # So that the ground can be painted after the text: dark text stays dark, light text light.
        mode = QPainter.CompositionMode
        return mode.CompositionMode_Lighten if self._theme.dark else mode.CompositionMode_Multiply

    def _places(self) -> list[tuple[Span, float, float]]:
        """Return where each marked part begins and ends, from left to right, as Qt has laid the text out."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        here = self.cursorRect().left() + _CURSOR_INSET
        shift = here - _x(line.cursorToX(self.cursorPosition()))
        found = []
        for span in self._spans:
            ends = sorted(_x(line.cursorToX(utf16_units(text[:at]))) + shift for at in (span.begin, span.end))
            found.append((span, ends[0], ends[1]))
        return found

    def _ground(self, kind: Kind) -> str:
        colours = self._theme.colours
        if kind in ("project", "new_project"):
            return self._theme.tint(self._project_tint)
        return colours.accent_tint if kind == "tag" else colours.hover


def utf16_units(text: str) -> int:
    """Return how long Qt counts a text: signs beyond the first 65,536 as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points(text: str, units: int) -> int:
    """Return how many code points the first so many UTF-16 units of a text are."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))


def _x(answer: object) -> float:
    # Qt also answers with the position that it has rounded to; its stub names neither type.
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]
