"""A line to type in that offers what could be meant, in a list below it that the keyboard walks through."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import HAIRLINE, Size, Space, Theme, paint_dot

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_MOST_SHOWN = 8
_FEWEST_SHOWN = 4
"""With room for so many, the list goes below its field."""
_OFFER = Qt.ItemDataRole.UserRole
_LONGEST_SHOWN = 200
_WIDEST = 480


class Offer(NamedTuple):
    """One thing that could be meant."""

    text: str
    value: object
    detail: str = ""
    """What stands muted at the end of the row."""
    colour: str | None = None
    dotted: bool = False
    """Whether there is a dot of the colour before it."""


class OfferingField(TextField):
    """A line edit with offers. Who owns it answers `textEdited` with `offer`."""

    highlighted = Signal(object)
    """The offer that the keyboard has come to; None where it is back in the text."""
    picked = Signal(object)
    """The offer that was chosen with Enter or a click."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offers = _Offers()
        self._list: _OfferView | None = None
        self.first_is_meant = False
        """Whether Enter takes the first offer where the keyboard has come to none."""

    @property
    def offers(self) -> Sequence[Offer]:
        """Return what is offered now."""
        return self._offers.offers if self._is_open() else ()

    @property
    def current(self) -> Offer | None:
        """Return the offer that the keyboard has come to."""
        if self._list is None or not self._is_open():
            return None
        index = self._list.currentIndex()
        return self._offers.offers[index.row()] if index.isValid() else None

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        if self._list is not None:
            self._list.delegate.theme = theme

    def offer(self, offers: Sequence[Offer], first: int = 0) -> None:
        """Offer these; none of them takes the list away. `first` is the place of the one to begin with."""
        if not offers or not self.hasFocus():
            self.withdraw()
            return
        shown = self._opened_list()
        self._offers.show(offers)
        shown.setCurrentIndex(self._offers.index(first) if self.first_is_meant else QModelIndex())
        shown.open_at(self, len(offers))

    def withdraw(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the offers, take one, or leave them."""
        if not self._is_open():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.withdraw()
            self.highlighted.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (offer := self.current):
            self._pick(offer)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list away when the person goes elsewhere."""
        self.withdraw()
        super().focusOutEvent(event)

    def _walk(self, step: int) -> None:
        """Go to the next offer; before the first and after the last one is the text itself."""
        assert self._list is not None
        least = 0 if self.first_is_meant else -1
        stops = self._offers.rowCount() - least
        current = self._list.currentIndex()
        row = (current.row() - least + step) % stops + least
        self._list.setCurrentIndex(self._offers.index(row) if row >= 0 else QModelIndex())
        self.highlighted.emit(self.current)

    def _pick(self, offer: Offer) -> None:
        self.withdraw()
        self.picked.emit(offer)

    def _is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def _opened_list(self) -> "_OfferView":
        window = self.window()
        if self._list is None:
            self._list = _OfferView(self._offers, self._theme, window)
            self._list.clicked.connect(lambda index: self._pick(self._offers.offers[index.row()]))
        elif self._list.parent() is not window:
            self._list.setParent(window)
        return self._list


class _Offers(QAbstractListModel):
    """The offers as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: Sequence[Offer] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self.offers[index.row()]
        if role == _OFFER:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{offer.text}, {offer.detail}" if offer.detail else offer.text
        return None


class _OfferView(QListView):
    """The list below a field, inside the window: it takes no focus and grabs nothing."""

    def __init__(self, offers: _Offers, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.delegate = _OfferDelegate(theme, self)
        self.setModel(offers)
        self.setItemDelegate(self.delegate)
        self.setProperty("surface", "popup")
        self.setAccessibleName("Suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()

    def open_at(self, field: QWidget, count: int) -> None:
        """Lie below a field, or above it where there is more room."""
        window = field.window()
        top_left = field.mapTo(window, QPoint(0, 0))
        around = 2 * (HAIRLINE + Space.HAIR)
        row = self.delegate.theme.measures.row_single
        height = min(count, _MOST_SHOWN) * row + around
        below = window.height() - (top_left.y() + field.height()) - 2 * Space.HAIR
        above = top_left.y() - 2 * Space.HAIR
        goes_below = below >= min(height, _FEWEST_SHOWN * row + around) or below >= above
        place = below if goes_below else above
        if height > place:
            height = (place - around) // row * row + around
        top = top_left.y() + field.height() + Space.HAIR if goes_below else top_left.y() - Space.HAIR - height
        side = Space.LARGE
        room = (
            window.width() - side - top_left.x()
            if not self.isRightToLeft()
            else top_left.x() + field.width() - side
        )
        width = max(field.width(), min(room, _WIDEST))
        left = top_left.x() + field.width() - width if self.isRightToLeft() else top_left.x()
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()


class _OfferDelegate(QStyledItemDelegate):
    """Paints an offer: a dot, the text, and the detail at the end."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self.theme.measures.row_single)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        offer: Offer = index.data(_OFFER)
        theme, colours = self.theme, self.theme.colours
        box, mirrored = option.rect, option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.selected)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.hover)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        inner = box.adjusted(Space.SMALL, 0, -Space.SMALL, 0)
        if offer.dotted:
            dot = QPoint(inner.left() + theme.measures.dot // 2, inner.center().y() + 1)
            dot_at = QStyle.visualPos(option.direction, box, dot)
            paint_dot(painter, dot_at.toPointF(), offer.colour, theme)
            inner.setLeft(inner.left() + theme.measures.dot + Space.SMALL)
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if mirrored:
            near, far = far, near
        across = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
        caption = QFontMetrics(theme.font(Size.CAPTION))
        body = theme.font()
        # The detail has half of the row, and what the text leaves it.
        left = inner.width() - QFontMetrics(body).horizontalAdvance(offer.text[:_LONGEST_SHOWN])
        room = max(inner.width() // 2, left - Space.MEDIUM)
        detail = caption.elidedText(offer.detail[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, room)
        taken = caption.horizontalAdvance(detail) + Space.MEDIUM if detail else 0
        text_at = QStyle.visualRect(option.direction, box, inner.adjusted(0, 0, -taken, 0))
        painter.setFont(body)
        painter.setPen(colours.text)
        text = QFontMetrics(body).elidedText(
            offer.text[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, text_at.width()
        )
        painter.drawText(text_at, near | across, text)
        painter.setFont(theme.font(Size.CAPTION))
        painter.setPen(colours.muted)
        painter.drawText(QStyle.visualRect(option.direction, box, inner), far | across, detail)
        painter.restore()
