"""Signing in, put together for the tray program: what checks and keeps, and the dialog, page and menu."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tabkeeper.accounts import Account, Accounts
from tabkeeper.api import DEFAULT_SERVER
from tabkeeper.desktop.keychain import Keychain, KeychainTrouble
from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.sign_in.service import SignIn
from tabkeeper.sign_in.tokens import Tokens, take_token
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.accounts.accounts_menu import AccountsMenu
from tabkeeper.ui.accounts.accounts_page import AccountsPage
from tabkeeper.ui.accounts.opening import SignInOpener
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.window.opening import WindowOpener
from tabkeeper.zone import system_zone

if TYPE_CHECKING:
    from tabkeeper.model.report import Question, Report
    from tabkeeper.ui.reports.workspace_reads import Workspace
    from tabkeeper.ui.window.program_window import ProgramWindow

Workplace = Callable[[Path], AbstractContextManager[Tracker]]


class ShownAccounts:
    """Lets window and settings sign in and out, and go from one account to another."""

    def __init__(self, accounts: Accounts, current: Account | None, desk: Desk, workplace: Workplace) -> None:
        keychain = Keychain(waiting=lambda: self.desk.waiting.emit())
        self.tokens = Tokens(keychain, take_token(os.environ))

        def open_file(
            path: Path, done: Callable[[Entry | None], None], refused: Callable[[str], None]
        ) -> None:
            desk.move(partial(workplace, path), done, refused)

        service = SignIn(accounts, self.tokens)
        self.desk = AccountDesk(service, open_file, current, (StoreTrouble, KeychainTrouble))
        self.desk.look_again()

    def show_in(self, window: WindowOpener, settings: SettingsOpener, source: ThemeSource) -> SignInOpener:
        """Add the menu and the page; returns what opens the dialog."""
        sign_in = SignInOpener(self.desk, source, DEFAULT_SERVER)
        settings.add_page("Accounts", lambda _: AccountsPage(self.desk, sign_in.open))

        def add_to(made: "ProgramWindow") -> None:
            AccountsMenu(made.frame.menu, self.desk, sign_in.open)
            made.foot.sync.sign_in_requested.connect(sign_in.open)

        window.made.connect(add_to)
        self.desk.moved.connect(window.forget_offers)
        self.desk.changed.connect(lambda standing: window.offer_workspace(self._workspace(standing.current)))
        return sign_in

    def _workspace(self, account: Account | None) -> "Workspace | None":
        """Return what asks for the reports of an account's workspace."""
        if account is None:
            return None
        from tabkeeper.ui.reports.workspace_reads import Workspace
        from tabkeeper.workspace import groupings_for

        return Workspace(
            account.identity,
            account.name,
            groupings_for(account.role),
            partial(self._report, account),
            account.currency,
        )

    async def _report(self, account: Account, question: "Question") -> "Report":
        from tabkeeper.workspace import workspace_report

        try:
            # Here, for it is asked on a thread of its own; one from a pool would be waited for at the end.
            token = self.tokens.find(account)
        except KeychainTrouble as trouble:
            raise Refused(str(trouble)) from None
        if token is None:
            raise Refused(f"There is no token for {account.name} any more. Sign in again.")
        return await workspace_report(account.server, token, question, system_zone(), with_chart=True)
