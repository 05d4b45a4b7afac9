"""The rows of the window's menu that go from one account to another, or sign in."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from tabkeeper.accounts import Account
from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.accounts.service import Standing
from tabkeeper.ui.accounts.wording import LOCAL_NAME
from tabkeeper.ui.plain import in_menu


class AccountsMenu(QObject):
    """Fills a menu of its own inside another one, anew whenever the accounts change."""

    def __init__(self, menu: QMenu, desk: AccountDesk, sign_in: Callable[[], None]) -> None:
        super().__init__(menu)
        self._desk, self._sign_in = desk, sign_in
        self.menu = menu.addMenu("Account")
        desk.changed.connect(self.show_standing)
        self.show_standing(desk.standing)

    @Slot(object)
    def show_standing(self, standing: Standing) -> None:
        """Show which accounts there are now."""
        self.menu.clear()
        group = QActionGroup(self.menu)
        for account in (*standing.accounts, None):
            row = QAction(_text(account, standing), group)
            row.setCheckable(True)
            row.setChecked(standing.is_current(account))
            row.triggered.connect(lambda _=False, account=account: self._desk.use(account))
            self.menu.addAction(row)
        self.menu.addSeparator()
        self.menu.addAction("Sign in…", lambda: self._sign_in())


def _text(account: Account | None, standing: Standing) -> str:
    """Return the name of an account, with what tells it apart where several have it."""
    if account is None:
        return LOCAL_NAME
    alike = [other for other in standing.accounts if other.name == account.name]
    return in_menu(account.name if len(alike) == 1 else f"{account.name} · {account.detail}", limit=80)
