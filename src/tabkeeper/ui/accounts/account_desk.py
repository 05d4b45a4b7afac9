"""Where the interface signs in and out and goes to another account: beside the loop, answered by signals.

Each thing is done on a thread of its own that the program's end does not wait for: a keychain or a server may
take minutes to answer.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.accounts import Account
from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.ui.accounts.service import Checked, Local, OpenFile, Service, SignedIn, Standing
from tabkeeper.ui.accounts.wording import not_sent, outcome, runs_on

_UNEXPECTED = "Something went wrong inside Tabkeeper, and this was not done. Your times are as they were."
_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


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
        self._wanted = self.standing
        """How things will stand when every file that was asked for is open."""
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def check(
        self, server: str, token: str, done: Callable[[Checked], None], refused: Callable[[str], None]
    ) -> None:
        """Find out which account a token opens; nothing is kept yet."""
        self._beside(lambda: asyncio.run(self._service.check(server, token)), done, refused)

    def finish(
        self,
        checked: Checked,
        local: Local,
        wanted: Callable[[], bool],
        done: Callable[[], None],
        refused: Callable[[str], None],
    ) -> None:
        """Sign in, see to the local entries, show the account, and tell what came of it.

        Nothing is done to entries or accounts where it is not `wanted` any more once the token is kept.
        """

        def shown(signed_in: SignedIn) -> None:
            done()
            self._look_again(outcome(signed_in))

        self._beside(lambda: self._service.finish(checked, local, wanted), shown, refused)

    def sign_out(self, account: Account) -> None:
        """Forget an account's token; what is shown then is the local file."""

        def signed_out(unsent: int) -> None:
            self._look_again(not_sent(unsent, account))

        self._beside(lambda: self._service.sign_out(account), signed_out, self._look_again)

    def use(self, account: Account | None) -> None:
        """Show an account, or the local file."""
        self._beside(
            lambda: self._service.accounts.choose(account), lambda _: self.look_again(), self._look_again
        )

    @Slot()
    def look_again(self) -> None:
        """Show what is current by now, whoever chose it, and publish how things stand."""
        self._look_again("")

    def _look_again(self, to_tell: str) -> None:
        """Do so, and tell a sentence when it is done."""

        def read() -> tuple[Standing, Path]:
            accounts = self._service.accounts
            current = accounts.current()
            return Standing(tuple(accounts.all()), current.account), current.database

        self._beside(
            read,
            lambda found: self._show(*found, to_tell),
            lambda trouble: self._tell(to_tell, trouble),
        )

    def _show(self, standing: Standing, database: Path, to_tell: str) -> None:
        def moved(left_running: Entry | None) -> None:
            left = self.standing.current
            self.moved.emit()
            self._publish(standing)
            self._tell(to_tell, runs_on(left_running, left) if left_running else "")

        def stays(why: str) -> None:
            if self._wanted is standing:
                self._put_back(standing, why)
            else:
                self._tell(why)  # and something else was asked for since

        if not standing.is_current(self._wanted.current):
            self._wanted = standing
            self._open_file(database, moved, stays)
            return
        if standing.is_current(self.standing.current):
            self._publish(standing)
        self._tell(to_tell)

    def _put_back(self, refused: Standing, why: str) -> None:
        """Choose what is still shown: the next start must not begin with a file that cannot be opened."""
        shown, accounts = self.standing, self._service.accounts
        self._wanted = shown

        def choose() -> None:
            if refused.is_current(accounts.current().account):  # nobody has chosen another one since
                accounts.choose(shown.current)

        def say(trouble: str | None) -> None:
            self._publish(self.standing)
            self._tell(why, trouble or "")

        self._beside(choose, say, say)

    def _tell(self, *sentences: str) -> None:
        """Tell all of it at once: a newer sentence would take the place of an older one."""
        if text := " ".join(filter(None, sentences)):
            self.told.emit(text)

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
