"""The list as it is worked with: keys, clicks, the menu of a line, and the editor that lies in its place.

It says what is wanted of which entries; doing it is somebody else's.
"""

import html
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QToolTip, QWidget

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.ui.overlay_bar import OverlayBar
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.window.entry_delegate import EntryDelegate
from tabkeeper.ui.window.entry_list import EntryList, entries_of
from tabkeeper.ui.window.rows import EditorRow, LineRow, Row, second_line

_MENU = (
    ("Continue", "Space", "continue"),
    ("Edit", "Return", "edit"),
    ("Duplicate", "Ctrl+D", "duplicate"),
    ("Split…", "", "split"),
    ("Pin to favourites", "", "pin"),
    ("Delete", "Del", "delete"),
)
_UNPIN = "Unpin from favourites"
_MOST_ANCHORS = 30
_ABOUT_ONE = {"edit", "split", "pin", "continue"}


class EntryView(QListView):
    """Shows an `EntryList`."""

    wanted = Signal(str, list)
    """What is wanted (continue, edit, duplicate, split, pin, delete) of which entries."""
    typed = Signal(str)
    """Text typed over the list: it belongs into the line above."""
    near_end = Signal()
    """Little is left to scroll down to, or nothing."""

    def __init__(self, model: EntryList, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.delegate = EntryDelegate(model, theme, self)
        self._editor: QWidget | None = None
        self._pinned: frozenset[Draft] = frozenset()
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Entries")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalScrollBar().setSingleStep(theme.measures.row // 2)
        OverlayBar(self)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.delegate.theme = theme
        self.scheduleDelayedItemsLayout()

    def show_pinned(self, drafts: Iterable[Draft]) -> None:
        """Offer to unpin these, and to pin all others."""
        self._pinned = frozenset(drafts)

    def chosen(self) -> list[Entry]:
        """Return the entries of the chosen rows, newest first, each once."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = {
            entry.id: entry for row in rows for entry in entries_of(self._model.row(self._model.index(row)))
        }
        return list(found.values())

    def choose(self, index: QModelIndex) -> None:
        """Choose one row and show it."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def begin_at_top(self) -> None:
        """Show the first row, and have none chosen."""
        self.clearSelection()
        self.scrollToTop()

    def entries_in_use(self) -> int:
        """Return how many entries there are down to the last one that is looked at, chosen or edited."""
        lowest = self.indexAt(self.viewport().rect().bottomLeft())
        rows = [lowest.row() if lowest.isValid() else self._model.rowCount(), self._editor_index().row()]
        rows += [index.row() for index in self.selectedIndexes()]
        return self._model.entries_until(max(rows))

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Keep what is looked at where it is, and what is chosen chosen, while the rows change."""
        chosen = [row.key for index in self.selectedIndexes() if (row := self._model.row(index))]
        current = self._model.row(self.currentIndex())
        anchors = self._anchors() if self.verticalScrollBar().value() > 0 else []
        yield
        self.executeDelayedItemsLayout()
        for key, top in anchors:
            index = self._model.place_of(lambda row, key=key: row.key == key)  # type: ignore[misc]
            if index.isValid():
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(index).top() - top)
                break
        self._choose_again(chosen, current.key if current else "")

    def _anchors(self) -> list[tuple[str, int]]:
        """Return the rows that can be seen and how far down each begins."""
        found: list[tuple[str, int]] = []
        index = self.indexAt(self.viewport().rect().topLeft() + QPoint(1, 1))
        while (row := self._model.row(index)) and len(found) < _MOST_ANCHORS:
            found.append((row.key, self.visualRect(index).top()))
            index = self._model.index(index.row() + 1)
        return found

    def _choose_again(self, chosen: list[str], current: str) -> None:
        """Choose rows again that Qt has lost sight of because they have moved."""
        selection = self.selectionModel()
        for key in chosen:
            index = self._model.place_of(lambda row, key=key: row.key == key)  # type: ignore[misc]
            if index.isValid() and not selection.isSelected(index):
                selection.select(index, QItemSelectionModel.SelectionFlag.Select)
            if key == current and index.isValid() and self.currentIndex() != index:
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    # The editor in its place

    def show_editor(self, editor: QWidget | None) -> None:
        """Lay a widget over the editor's row, or take it away; it is not deleted."""
        if self._editor is not None and self._editor is not editor:
            self._editor.hide()
        self._editor = editor
        if editor is not None:
            editor.setParent(self.viewport())
            self.editor_resized()

    def editor_resized(self) -> None:
        """Give the editor the height that it wants."""
        if self._editor is None:
            return
        width = self.viewport().width()
        layout = self._editor.layout()
        wanted = layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else -1
        height = wanted if wanted >= 0 else self._editor.sizeHint().height()
        if height != self.delegate.editor_height:
            self.delegate.editor_height = height
            self.delegate.sizeHintChanged.emit(self._editor_index())
            self.doItemsLayout()
        self._place_editor()

    def doItemsLayout(self) -> None:
        """Lay the rows out, and the editor with them."""
        super().doItemsLayout()
        self._place_editor()

    def scrollContentsBy(self, right: int, down: int) -> None:
        """Scroll, and the editor with the rows."""
        super().scrollContentsBy(right, down)
        self._place_editor()

    def updateGeometries(self) -> None:
        """Follow a change of size, and of what there is to scroll."""
        super().updateGeometries()
        self._place_editor()
        bar = self.verticalScrollBar()
        if bar.value() == bar.maximum():
            self.near_end.emit()

    def _editor_index(self) -> QModelIndex:
        return self._model.place_of(lambda row: isinstance(row, EditorRow))

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        index = self._editor_index()
        if index.isValid():
            self._editor.setGeometry(self.visualRect(index))
        self._editor.setVisible(index.isValid())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key says; what is text is typed into the line above."""
        entries = self.chosen()
        wanted = self._wanted_by(event)
        current = self._model.row(self.currentIndex())
        if wanted and entries:
            self._want(wanted, entries)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and isinstance(current, LineRow):
            towards_end = event.key() == Qt.Key.Key_Right
            self._fold(current, towards_end != self.isRightToLeft())
        elif event.text().isprintable() and event.text().strip() and not _is_command(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() == 1:
                self.scrollToTop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first entry where none is chosen, so that every key has something to act on."""
        super().focusInEvent(event)
        by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.selectionModel().hasSelection():
            first = self._model.place_of(lambda row: isinstance(row, LineRow))
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyboardSearch(self, text: str) -> None:
        """Search nothing: what is typed goes into the line above."""

    def _wanted_by(self, event: QKeyEvent) -> str:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            return "edit"
        if event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
            return "delete"
        if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return "duplicate"
        return "continue" if event.text() == " " and not _is_command(event) else ""

    def _want(self, what: str, entries: list[Entry]) -> None:
        self.wanted.emit(what, entries[:1] if what in _ABOUT_ONE else entries)

    def _fold(self, row: LineRow, unfolded: bool) -> None:
        if row.number > 1:
            self._model.fold(row, unfolded)
        elif row.part and not unfolded:
            above = self.currentIndex().row()
            while (line := self._model.row(self._model.index(above))) and not getattr(
                line, "unfolded", False
            ):
                above -= 1
            self.choose(self._model.index(above))

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press what is under the pointer, or choose the row."""
        index = self.indexAt(event.position().toPoint())
        row = self._model.row(index)
        hit = self._hit(event, index, row) if event.button() == Qt.MouseButton.LeftButton else ""
        if hit == "play" and isinstance(row, LineRow):
            self._want("continue", [row.entry])
        elif hit == "badge" and isinstance(row, LineRow):
            self._model.fold(row, not row.unfolded)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit what is under the pointer."""
        index = self.indexAt(event.position().toPoint())
        row = self._model.row(index)
        if isinstance(row, LineRow) and not self._hit(event, index, row):
            self._want("edit", [row.entry])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen entries."""
        asked_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if asked_by_key else self.indexAt(event.pos())
        row = self._model.row(index)
        if not isinstance(row, LineRow):
            return
        if not self.selectionModel().isSelected(index):
            self.choose(index)
        at = self.visualRect(index).center() if asked_by_key else event.pos()
        menu = self.menu(self.chosen())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def menu(self, entries: list[Entry]) -> QMenu:
        """Return a menu of what can be done with entries."""
        menu = QMenu(self)
        for text, keys, what in _MENU:
            if what in _ABOUT_ONE and len({entry.draft for entry in entries}) > 1:
                continue
            if what == "pin" and entries[0].draft in self._pinned:
                text = _UNPIN
            row = menu.addAction(text, lambda what=what: self._want(what, entries))  # type: ignore[misc]
            row.setShortcut(QKeySequence(keys))
            row.setShortcutVisibleInContextMenu(True)
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a text that did not fit, or what a button does, beside the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            row = self._model.row(index)
            if isinstance(row, LineRow):
                QToolTip.showText(event.globalPos(), self._tip(event, index, row), self.viewport())
            return True
        return super().viewportEvent(event)

    def _hit(self, event: QMouseEvent | QHelpEvent, index: QModelIndex, row: Row | None) -> str:
        if not isinstance(row, LineRow):
            return ""
        point = event.pos() if isinstance(event, QHelpEvent) else event.position().toPoint()
        hit = self.delegate.parts(row, self.visualRect(index), self.layoutDirection()).hit(point)
        return "" if hit == "play" and row.entry.running else hit

    def _tip(self, event: QHelpEvent, index: QModelIndex, row: LineRow) -> str:
        hit = self._hit(event, index, row)
        if hit == "play":
            return "Continue (Space)"
        if hit == "badge":
            return f"{row.number} entries (→ shows them, ← folds them)"
        lines = (
            row.entry.description,
            second_line(row.entry.project_id, row.entry.tags, self._model.catalogue),
        )
        return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)

    def _scrolled(self, value: int) -> None:
        if self.verticalScrollBar().maximum() - value < 2 * self.viewport().height():
            self.near_end.emit()


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key is held down that makes a command of what would be text."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
    held |= Qt.KeyboardModifier.AltModifier
    # AltGr comes as Ctrl+Alt on Windows, and writes @ and # on many keyboards.
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & held) and event.modifiers() & both != both
