"""A keychain that a test holds: with `trouble` it takes and gives nothing, `slow` it waits to be unlocked."""

from collections.abc import Callable
from threading import Event

from tabkeeper.desktop.keychain import KeychainTrouble


class HeldKeychain:
    def __init__(self, trouble: KeychainTrouble | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.slow = False
        self.unlocked = Event()
        self.asked = 0
        self.asked_to_keep = Event()

    def read(self, service: str, user: str, waiting: Callable[[], None] | None = None) -> str | None:
        self.asked += 1
        if self.slow and waiting is not None:
            waiting()
            self.unlocked.wait(20)
        self._may()
        return self.kept.get((service, user))

    def keep(self, service: str, user: str, secret: str) -> None:
        self.asked_to_keep.set()
        if self.slow:
            self.unlocked.wait(20)
        self._may()
        self.kept[service, user] = secret

    def forget(self, service: str, user: str) -> None:
        self._may()
        self.kept.pop((service, user), None)

    def is_open(self) -> bool:
        return self.trouble is None

    def _may(self) -> None:
        if self.trouble is not None:
            raise self.trouble
