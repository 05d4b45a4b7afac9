"""The operating system's keychain: only stores known to be safe, and never a wait without an end.

keyring takes whatever store it finds, a plain file among them, and waits for as long as a locked one is not
unlocked. So each store is held against a list, and each call is made on a thread that may be left behind.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

PATIENCE = 120.0
"""Seconds that a person has to unlock the keychain in."""
_SOON = 1.0
"""Seconds after which the person is told what is waited for."""
_SECRET_SERVICE = ("keyring.backends.SecretService", "Keyring")
"""The one that tells whether it is locked without asking anybody to unlock it."""
_SAFE = frozenset(
    {
        _SECRET_SERVICE,
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
    }
)
"""Stores that encrypt what they hold with the person's login. By exact class: a subclass may do anything."""
_CHAIN = ("keyring.backends.chainer", "ChainerBackend")

_Answer = TypeVar("_Answer")


class KeychainTrouble(Exception):  # noqa: N818 - shown to a person as it is
    """The keychain did not do what it was asked; the text says why. Nothing was kept."""


class NoKeychain(KeychainTrouble):
    """There is no store here that is known to be safe."""


class Silent(KeychainTrouble):
    """The keychain did not answer in time, as one that is locked and has nobody to ask."""


class Keychain:
    """Keeps secrets under a service and a user. Each call waits, at most `patience` seconds.

    `waiting` is called, on the calling thread, when an answer does not come at once. The calls raise
    `KeychainTrouble`.
    """

    def __init__(self, *, patience: float = PATIENCE, waiting: Callable[[], None] = lambda: None) -> None:
        self._patience, self._waiting = patience, waiting
        self._looking = Lock()

    def read(self, service: str, user: str, waiting: Callable[[], None] | None = None) -> str | None:
        """Return a secret, or None where there is none; `waiting` takes the place of the usual one."""

        def read(store: "KeyringBackend") -> str | None:
            return store.get_password(service, user) if _has_a_place(store) else None

        return self._answer(read, waiting=waiting)

    def keep(self, service: str, user: str, secret: str) -> None:
        """Keep a secret in the place of an older one."""

        def take_back(store: "KeyringBackend") -> None:
            store.delete_password(service, user)

        self._answer(lambda store: store.set_password(service, user, secret), take_back)

    def forget(self, service: str, user: str) -> None:
        """Take a secret out; one that is not there is gone already."""

        def forget(store: "KeyringBackend") -> None:
            from keyring.errors import PasswordDeleteError

            if not _has_a_place(store):
                return
            try:
                store.delete_password(service, user)
            except PasswordDeleteError:
                if store.get_password(service, user) is not None:
                    raise

        self._answer(forget)

    def is_open(self) -> bool:
        """Whether it could be read now without asking the person; False where the store does not tell.

        One that hangs is asked no second time: it would take a thread and a connection for each look.
        """
        if not self._looking.acquire(blocking=False):
            return False
        return self._answer(_is_open, at_the_end=self._looking.release)

    def _answer(
        self,
        question: Callable[["KeyringBackend"], _Answer],
        if_too_late: Callable[["KeyringBackend"], None] | None = None,
        waiting: Callable[[], None] | None = None,
        at_the_end: Callable[[], None] = lambda: None,
    ) -> _Answer:
        """Ask on a thread of its own; what comes about after the person was told of a failure is undone."""
        outcomes: SimpleQueue[Callable[[], _Answer]] = SimpleQueue()
        settled = Lock()

        def ask() -> None:
            try:
                store = safe_store()
                answer = question(store)
                if settled.acquire(blocking=False):
                    outcomes.put(lambda: answer)
                elif if_too_late is not None:
                    if_too_late(store)
            except Exception as error:
                outcomes.put(partial(_fail, _in_words(error)))
            finally:
                at_the_end()

        Thread(target=ask, name="keychain", daemon=True).start()
        return self._outcome(outcomes, settled, waiting or self._waiting)()

    def _outcome(
        self, outcomes: "SimpleQueue[Callable[[], _Answer]]", settled: Lock, waiting: Callable[[], None]
    ) -> Callable[[], _Answer]:
        soon = min(_SOON, self._patience)
        try:
            return outcomes.get(timeout=soon)
        except Empty:
            waiting()
        try:
            return outcomes.get(timeout=self._patience - soon)
        except Empty:
            if not settled.acquire(blocking=False):
                return outcomes.get()  # it was in time after all
        raise Silent("The keychain does not answer. It may be locked: unlock it and try again.")


def safe_store() -> "KeyringBackend":
    """Return the store to use: the one that keyring has chosen, or of several the first that is safe.

    Raises `NoKeychain`.
    """
    import keyring

    chosen = keyring.get_keyring()
    several: Sequence[KeyringBackend] = (
        getattr(chosen, "backends", ()) if _name(chosen) == _CHAIN else [chosen]
    )
    for store in several:
        if _name(store) in _SAFE:
            return store
    raise NoKeychain("This computer has no keychain that Tabkeeper can trust with a token.")


def _has_a_place(store: "KeyringBackend") -> bool:
    """Whether a secret can be there: keyring asks the person to make a collection wherever there is none."""
    return _name(store) != _SECRET_SERVICE or _is_locked(store) is not None


def _is_open(store: "KeyringBackend") -> bool:
    return _name(store) == _SECRET_SERVICE and not _is_locked(store)


def _is_locked(store: "KeyringBackend") -> bool | None:
    """Return whether the collection that keyring uses is locked, and None where there is none yet."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        place = getattr(store, "preferred_collection", secretstorage.collection.DEFAULT_COLLECTION)
        try:
            return bool(secretstorage.Collection(bus, place).is_locked())
        except secretstorage.ItemNotFoundException:
            return None


def _name(store: "KeyringBackend") -> tuple[str, str]:
    return type(store).__module__, type(store).__qualname__


def _in_words(error: Exception) -> KeychainTrouble:
    """Return an error for people, without its text: who knows what a store quotes in it."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, KeychainTrouble):
        return error
    if isinstance(error, NoKeyringError):
        return NoKeychain("This computer has no keychain that Tabkeeper can trust with a token.")
    if isinstance(error, KeyringLocked | InitError):
        return KeychainTrouble("The keychain is locked. Unlock it and try again.")
    return KeychainTrouble(f"The keychain did not do what it was asked ({type(error).__name__}).")


def _fail(trouble: KeychainTrouble) -> NoReturn:
    raise trouble
