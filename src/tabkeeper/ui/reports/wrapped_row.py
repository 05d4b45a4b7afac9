"""Widgets beside one another that go on in a next row where there is no more room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from tabkeeper.ui.theme import Space


class WrappedRow(QWidget):
    """Is as high as its rows are at its width."""

    def __init__(self) -> None:
        super().__init__()
        self._widgets: Sequence[QWidget] = ()

    @property
    def widgets(self) -> Sequence[QWidget]:
        """Return what is shown, in its order."""
        return self._widgets

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these instead of what was shown."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets = widgets
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Break the rows anew where texts have become larger or smaller."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    def _lay_out(self) -> None:
        left = top = height = 0
        for widget in self._widgets:
            size = widget.sizeHint().boundedTo(QSize(max(self.width(), 1), widget.sizeHint().height()))
            if left and left + size.width() > self.width():
                left, top = 0, top + height + Space.HAIR
            height = size.height()
            box = self.rect()
            box.setRect(left, top, size.width(), size.height())
            widget.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
            left += size.width() + Space.HAIR
        self.setFixedHeight(top + height)
