"""An interface that signs in for real: at our server, with real files, and a keychain that the test holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.server_process import Team
from tests.sign_in.held_keychain import HeldKeychain

from tabkeeper.accounts import Account, Accounts
from tabkeeper.desktop.keychain import KeychainTrouble
from tabkeeper.model.entry import Entry
from tabkeeper.paths import Paths
from tabkeeper.sign_in.service import SignIn
from tabkeeper.sign_in.tokens import Tokens
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.accounts.sign_in_dialog import SignInDialog
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.theme import ThemeSource


@contextmanager
def workplace(path: Path) -> Iterator[Tracker]:
    store = Store.open(path)
    yield Tracker(store, UTC)
    store.close()


class Bench:
    """A program without a window: its desks, the dialog, and what it says and shows."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.accounts = Accounts(Paths(folder, folder, folder, folder / "socket"))
        self.keychain = HeldKeychain()
        self.desk = Desk((StoreTrouble,))
        self.told: list[str] = []
        self.asked_for: list[Path] = []
        """The files that were to be opened so far."""
        self.snapshot: Snapshot = self.desk.open(partial(workplace, self.accounts.database(None)))
        self.account_desk = AccountDesk(
            SignIn(self.accounts, Tokens(self.keychain)),
            self._open,
            None,
            (StoreTrouble, KeychainTrouble),
        )
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.dialog = SignInDialog(ThemeSource(application, "light").theme, self.account_desk, "")
        qtbot.addWidget(self.dialog)
        self.desk.changed.connect(self._show)
        self.account_desk.told.connect(self.told.append)

    def _open(self, path: Path, done: Callable[[Entry | None], None], refused: Callable[[str], None]) -> None:
        self.asked_for.append(path)
        self.desk.move(partial(workplace, path), done, refused)

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def do(self, change: Callable[[Tracker], Any]) -> None:
        """Carry out a change, and wait until it is shown."""
        with self.qtbot.waitSignal(self.desk.changed):
            self.desk.change(change)

    def fill_in(self, server: str, token: str) -> None:
        """Open the dialog, and type both."""
        self.dialog.begin(server)
        self.qtbot.waitUntil(self.dialog.isActiveWindow)
        self.qtbot.keyClicks(self.dialog.token, token)

    def sign_in(self, team: Team) -> Account:
        """Sign in as the owner of a workspace, where there is nothing to decide."""
        self.fill_in(team.server.api, team.owner.token)
        self.dialog.go.click()
        self.qtbot.waitUntil(lambda: self.current is not None, timeout=20_000)
        assert self.current
        return self.current

    @property
    def current(self) -> Account | None:
        return self.account_desk.standing.current

    def descriptions(self, account: Account | None) -> list[str]:
        """Return what is in the file of an account."""
        with workplace(self.accounts.database(account)) as tracker:
            return [entry.description for entry in tracker.entries(None, None)]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path / "home")
    yield bench
    bench.dialog.close()
    bench.desk.close()
