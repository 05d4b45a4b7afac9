"""The rows of a report as they are worked with: keys, clicks, and the menu of a row."""

import html

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QToolTip

from tabkeeper.model.durations import clock
from tabkeeper.model.report import Group
from tabkeeper.model.report_forms import percent
from tabkeeper.ui.reports.group_delegate import GroupDelegate
from tabkeeper.ui.reports.group_list import GroupList
from tabkeeper.ui.reports.wording import entries_text, group_name
from tabkeeper.ui.theme import Theme


class GroupView(QListView):
    """Shows a `GroupList`."""

    opened = Signal(object)
    """The entries of this `Group` are wanted."""
    copied = Signal(list)
    """These groups are to be copied."""
    passed_top = Signal()
    """The keys went up beyond the first row."""

    def __init__(self, model: GroupList, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.delegate = GroupDelegate(model, theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Groups")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.opens = True

    @property
    def opens(self) -> bool:
        """Return whether there are entries to be seen behind the rows."""
        return self._opens

    @opens.setter
    def opens(self, opens: bool) -> None:
        self._opens = opens
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.delegate.theme = theme
        self.delegate.measure()
        self.scheduleDelayedItemsLayout()

    def chosen(self) -> list[Group]:
        """Return the groups of the chosen rows, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._model.groups[row] for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, copy, or go up and out of the list."""
        current = self._model.group(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif event.matches(QKeySequence.StandardKey.Copy):
            if groups := self.chosen():
                self.copied.emit(groups)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.passed_top.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first row where none is chosen."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the row that was clicked, unless several are being chosen."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        group = self._model.group(index)
        alone = len(self.selectedIndexes()) == 1 and index == self.currentIndex()
        if event.button() == Qt.MouseButton.LeftButton and plain and alone and group is not None:
            self.opened.emit(group)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen rows."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        menu = self.menu(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.visualRect(index).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(at))

    def menu(self, index: QModelIndex) -> QMenu:
        """Return a menu of what can be done with the chosen rows, of which one is under the pointer."""
        menu, groups = QMenu(self), self.chosen()
        rows = [
            ("Show entries", "Return", lambda: self.opened.emit(self._model.group(index))),
            ("Copy row" if len(groups) == 1 else "Copy rows", "Ctrl+C", lambda: self.copied.emit(groups)),
        ]
        for text, keys, act in rows[len(groups) > 1 or not self._opens :]:
            row = menu.addAction(text, act)
            row.setShortcut(QKeySequence(keys))
            row.setShortcutVisibleInContextMenu(True)
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole name, and the time to the second, beside the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group = self._model.group(self.indexAt(event.pos()))
            if group is not None:
                QToolTip.showText(event.globalPos(), self._tip(group), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, group: Group) -> str:
        assert self._model.report is not None
        report, sums = self._model.report, group.sums
        name = " · ".join(filter(None, group_name(report, group, self._model.today)))
        billable = f", {clock(sums.billable_seconds)} billable" if sums.billable_seconds else ""
        share = percent(sums.seconds, report.total.seconds)
        figures = f"{clock(sums.seconds)} in {entries_text(sums)}, {share}{billable}"
        running = "<p>A timer runs; it counts up to now.</p>" if sums.running else ""
        return f"<p>{html.escape(name)}</p><p>{figures}</p>{running}"
