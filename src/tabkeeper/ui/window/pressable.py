"""Text of the header that is cut where it does not fit: title and chips, which can be pressed, and hint."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from tabkeeper.ui.plain import SENTENCE, in_menu, in_tooltip
from tabkeeper.ui.theme import FOCUS_RING, Size, Space, Theme, Weight, dot_icon

_LONGEST_SHOWN = 300


class Title(QAbstractButton):
    """One line of emphasised text, as wide as the text is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._muted = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_text(self, text: str, placeholder: str) -> None:
        """Show a text, or in its place what says that there is none."""
        self._muted = not text
        self.setText(text or placeholder)
        self.setAccessibleName(f"Edit {text or placeholder}")
        self.updateGeometry()
        self.update()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self.text()[:_LONGEST_SHOWN]) + 1, self._theme.measures.start)

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, self._theme.measures.start)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        colours, font = self._theme.colours, self._font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(colours.muted if self._muted else colours.text))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        text = QFontMetrics(font).elidedText(
            self.text()[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), flags | Qt.TextFlag.TextSingleLine, text)
        if self.hasFocus():
            # A ring would go through the first letter, which stands where everything else begins.
            under = self.rect().adjusted(0, self.height() - Space.SMALL, 0, FOCUS_RING - Space.SMALL)
            painter.fillRect(under, QColor(colours.accent))

    def _font(self) -> QFont:
        return self._theme.font(Size.EMPHASIS, Weight.STRONG)


class Caption(QLabel):
    """A line of plain text that is cut where it does not fit, and keeps nothing from shrinking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a text in a tone; a warning can be read whole beside the pointer."""
        self.setText(text)
        self.setToolTip(in_tooltip(text, SENTENCE) if tone == "warning" else "")
        self.setProperty("tone", tone)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        text = self.text()[:_LONGEST_SHOWN]
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, shown)


class Chips(QWidget):
    """A row of chips in the order of their weight: what does not fit is cut, then left out."""

    pressed = Signal()

    def __init__(self, theme: Theme, beside: QWidget) -> None:
        """Tab goes from `beside` to the first chip."""
        super().__init__()
        self._theme, self._beside = theme, beside
        self._texts: list[tuple[str, str | None]] = []
        self._buttons: list[QPushButton] = []
        self.setFixedHeight(theme.measures.target)

    @property
    def texts(self) -> list[str]:
        """Return what the chips say, those that do not fit included."""
        return [text for text, _ in self._texts]

    def show_chips(self, texts: list[tuple[str, str | None]], dotted: int) -> None:
        """Show chips; the first `dotted` ones carry a dot of the colour beside their text."""
        self._texts = texts
        while len(self._buttons) < len(texts):
            button = QPushButton(self)
            button.setProperty("kind", "chip")
            button.clicked.connect(self.pressed)
            QWidget.setTabOrder(self._buttons[-1] if self._buttons else self._beside, button)
            self._buttons.append(button)
        for place, (button, (text, colour)) in enumerate(zip(self._buttons, texts, strict=False)):
            button.setIcon(dot_icon(colour, self._theme) if place < dotted else QIcon())
            button.setAccessibleName(f"Edit {text}")
        self._lay_out()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.setFixedHeight(theme.measures.target)

    def sizeHint(self) -> QSize:
        """Return a width that leaves room for others."""
        return QSize(0, self._theme.measures.target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chips anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        left, room = 0, self.width()
        least = 2 * self._theme.measures.target
        for place, button in enumerate(self._buttons):
            shown = place < len(self._texts) and room - left >= least
            button.setVisible(shown)
            if not shown:
                continue
            button.setText(in_menu(self._texts[place][0]))
            width = button.sizeHint().width()
            if width > room - left:
                spare = width - (room - left)
                metrics = button.fontMetrics()
                text = in_menu(self._texts[place][0])
                fitting = metrics.horizontalAdvance(text) - spare
                button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, fitting))
                width = room - left
            at = self.width() - left - width if self.isRightToLeft() else left
            button.setGeometry(at, 0, width, self.height())
            left += width + Space.SMALL
