"""The window itself: header, tabs, the pages they choose, foot and toast. What a page does is its own."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.ui.icons import application_icon, icon
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window.toast import Toast

WIDTH, HEIGHT = 420, 640
_LEAST_WIDTH, _LEAST_HEIGHT = 340, 360


class MainWindow(QWidget):
    """Holds header and foot, and the pages between them."""

    closed = Signal()
    """The person has closed the window; it is hidden."""
    closing = Signal()
    """The window is about to be hidden."""
    minimised = Signal()
    """The window was minimised, or is so no longer."""
    seen = Signal(bool)
    """The window has appeared, or gone."""

    def __init__(self, theme: Theme, header: QWidget, foot: QWidget) -> None:
        super().__init__()
        self.setWindowTitle("Tabkeeper")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Pages")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._pages = QStackedWidget()
        self._tabs.currentChanged.connect(self._turn_to)
        self._menu = QMenu(self)
        self._more = QToolButton()
        self._more.setAccessibleName("More")
        self._more.setToolTip("More")
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._foot = foot
        self._build(header)
        self.toast = Toast(self, foot.height)
        self.dress(theme)

    @property
    def menu(self) -> QMenu:
        """Return the menu behind the three dots, for what belongs to no page."""
        return self._menu

    def add_page(self, title: str, page: QWidget) -> None:
        """Add a page with its tab, as the last one."""
        self._pages.addWidget(page)
        self._tabs.addTab(title.replace("&", "&&"))
        self._pages.setCurrentIndex(self._tabs.currentIndex())

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._tabs.setCurrentIndex(self._pages.indexOf(page))

    def has_page(self, page: QWidget) -> bool:
        """Whether a page has a tab now."""
        return self._pages.indexOf(page) >= 0

    def remove_page(self, page: QWidget) -> None:
        """Take a page out with its tab; it can be added again."""
        at = self._pages.indexOf(page)
        self._pages.removeWidget(page)
        self._tabs.removeTab(at)
        self._pages.setCurrentIndex(self._tabs.currentIndex())

    def add_to_menu(
        self, text: str, act: Callable[[], None], keys: QKeySequence.StandardKey | str = ""
    ) -> QAction:
        """Add a row to the menu behind the three dots; the `keys` beside it are pressed in the window."""
        row = QAction(text, self._menu)
        row.setShortcut(QKeySequence(keys))
        row.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the window has these keys itself
        row.triggered.connect(lambda: act())
        self._menu.addAction(row)
        return row

    @Slot(int)
    def _turn_to(self, place: int) -> None:
        """Show a page, and give it the keyboard unless somebody goes through the tabs with it."""
        self._pages.setCurrentIndex(place)
        page = self._pages.currentWidget()
        if page is not None and not self._tabs.hasFocus():
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._more.setIcon(icon("ellipsis", theme.colours.muted, theme.measures.icon))

    def focusNextPrevChild(self, forward: bool, /) -> bool:
        """Go on by Tab. The foot comes last, however late the parts of a page were made."""
        last = self._before_the_foot()
        for button in self._foot.findChildren(QPushButton):
            self.setTabOrder(last, button)
            last = button
        return super().focusNextPrevChild(forward)

    def _before_the_foot(self) -> QWidget:
        """Return what takes the keyboard last of all but the foot."""
        part = self.previousInFocusChain()
        while part and (part.focusPolicy() == Qt.FocusPolicy.NoFocus or self._foot.isAncestorOf(part)):
            part = part.previousInFocusChain()
        return part or self

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide; whether the program ends is decided elsewhere."""
        self.closing.emit()
        event.accept()
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that there is something to see."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that there is nothing to see."""
        super().hideEvent(event)
        self.seen.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Say that there is more or less to see."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.minimised.emit()

    def _build(self, header: QWidget) -> None:
        bar = QFrame()
        bar.setProperty("surface", "tabs")
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, 0)
        row.setSpacing(Space.HAIR)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (header, bar):
            whole.addWidget(part)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self._foot)
