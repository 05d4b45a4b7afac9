"""Where the interface signs in and out and goes to another account: beside the loop, answered by signals.

Each thing is done on a thread of its own that the program's end does not wait for: a keychain or a server may
take minutes to answer.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from threading import Thread
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.accounts import Account, Accounts
from tabkeeper.model.refusal import Refused
from tabkeeper.tracker.moving import Brought

Local = Literal["upload", "keep", "clean"]
"""What becomes of the entries that are on this computer only."""
_UNEXPECTED = "Something went wrong inside Tabkeeper, and this was not done. Your times are as they were."
_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class Standing(NamedTuple):
    """The accounts of this computer, and the one in use; None is the local file."""

    accounts: tuple[Account, ...] = ()
    current: Account | None = None


class Checked(Protocol):
    """A token that a server takes."""

    account: Account
    known: bool
    local_entries: int


class SignedIn(Protocol):
    """What came of a sign-in."""

    @property
    def account(self) -> Account: ...
    @property
    def brought(self) -> Brought | None: ...
    @property
    def taken_away(self) -> int: ...
    @property
    def not_kept(self) -> str | None: ...


class Service(Protocol):
    """What signs in and out; its calls may wait, and raise `Refused` or one of the desk's troubles."""

    accounts: Accounts

    def check(self, server: str, token: str) -> Coroutine[Any, Any, Checked]: ...
    def finish(self, checked: Any, local: Local) -> SignedIn: ...
    def sign_out(self, account: Account) -> int: ...


OpenFile = Callable[[Path, Callable[[], None], Callable[[str], None]], None]
"""Lets the program go on with another file; calls the first when it does, or the second with the reason."""


class AccountDesk(QObject):
    """Does what is asked, and publishes which accounts there are and which is in use."""

    changed = Signal(object)
    """How things stand: a `Standing`. The account in use may be the same, with another token."""
    moved = Signal()
    """Another file than before is shown."""
    waiting = Signal()
    """The keychain is waited for; it may want to be unlocked."""
    told = Signal(str)
    """A sentence for the person."""

    # From the threads; the receivers must run in the interface's.
    _answered = Signal(object, object)

    def __init__(
        self,
        service: Service,
        open_file: OpenFile,
        current: Account | None,
        troubles: tuple[type[Exception], ...],
    ) -> None:
        """`troubles` are the errors, beside `Refused`, whose text is for the person."""
        super().__init__()
        self._service, self._open_file = service, open_file
        self._for_people: tuple[type[Exception], ...] = (Refused, *troubles)
        self.standing = Standing(current=current)
        """How things stood last."""
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def check(
        self, server: str, token: str, done: Callable[[Checked], None], refused: Callable[[str], None]
    ) -> None:
        """Find out which account a token opens; nothing is kept yet."""
        self._beside(lambda: asyncio.run(self._service.check(server, token)), done, refused)

    def finish(
        self, checked: Checked, local: Local, done: Callable[[SignedIn], None], refused: Callable[[str], None]
    ) -> None:
        """Sign in, see to the local entries, and show the account."""

        def shown(signed_in: SignedIn) -> None:
            done(signed_in)
            self.look_again()

        self._beside(lambda: self._service.finish(checked, local), shown, refused)

    def sign_out(self, account: Account) -> None:
        """Forget an account's token; what is shown then is the local file."""

        def signed_out(unsent: int) -> None:
            if unsent:
                waits = "change waits" if unsent == 1 else "changes wait"
                self.told.emit(f"{unsent:,} {waits} until you sign in to {account.name} again.")
            self.look_again()

        self._beside(lambda: self._service.sign_out(account), signed_out, self.told.emit)

    def use(self, account: Account | None) -> None:
        """Show an account, or the local file."""
        self._beside(
            lambda: self._service.accounts.choose(account), lambda _: self.look_again(), self.told.emit
        )

    @Slot()
    def look_again(self) -> None:
        """Show what is current by now, whoever chose it, and publish how things stand."""

        def read() -> tuple[Standing, Path]:
            accounts = self._service.accounts
            current = accounts.current()
            return Standing(tuple(accounts.all()), current.account), current.database

        self._beside(read, lambda found: self._show(*found), self.told.emit)

    def _show(self, standing: Standing, database: Path) -> None:
        before = self.standing.current
        same = standing.current.is_same(before) if standing.current else before is None
        if same:
            self._publish(standing)
            return

        def moved() -> None:
            self.moved.emit()
            self._publish(standing)

        self._open_file(database, moved, self.told.emit)

    def _publish(self, standing: Standing) -> None:
        self.standing = standing
        self.changed.emit(standing)

    def _beside(
        self, work: Callable[[], _Answer], done: Callable[[_Answer], None], refused: Callable[[str], None]
    ) -> None:
        def run() -> None:
            try:
                self._answered.emit(done, work())
            except Exception as trouble:
                self._answered.emit(refused, self._words_for(trouble))

        Thread(target=run, name="account", daemon=True).start()

    def _words_for(self, trouble: Exception) -> str:
        if isinstance(trouble, self._for_people):
            return str(trouble)
        if isinstance(trouble, OSError):
            return f"This did not work: {trouble.strerror or trouble}. Your times are as they were."
        _log.error("What was asked about accounts failed", exc_info=trouble)
        return _UNEXPECTED

    @Slot(object, object)
    def _hand_over(self, receiver: Callable[[Any], None], value: object) -> None:
        receiver(value)
