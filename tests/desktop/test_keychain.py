"""Which stores are trusted with a token, that none is waited for without end, and a real keychain at work."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

import keyring
import pytest
from tests.keychain_process import (
    KeychainProcess,
    delete_the_only_one,
    keychain,
    lock,
    nobody_at_the_prompt,
    number_of,
)

from tabkeeper.desktop.keychain import _SAFE, Keychain, NoKeychain, Silent, safe_store


class Store:
    """An empty store, not derived from keyring's own class, which would offer it to everybody else."""

    def get_password(self, service: str, user: str) -> str | None:
        return None

    def set_password(self, service: str, user: str, secret: str) -> None: ...

    def delete_password(self, service: str, user: str) -> None: ...


def store(name: str) -> Any:
    """Return an empty store that looks as if it were of the class of that full name."""
    module, _, qualified = name.rpartition(".")
    return type(qualified, (Store,), {"__module__": module, "__qualname__": qualified})()


PLAIN = store("keyrings.alt.file.PlaintextKeyring")
SAFE = store("keyring.backends.SecretService.Keyring")


def chosen(monkeypatch: pytest.MonkeyPatch, store: Any) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: store)


def several(monkeypatch: pytest.MonkeyPatch, *stores: Any) -> None:
    chain = store("keyring.backends.chainer.ChainerBackend")
    chain.backends = stores
    chosen(monkeypatch, chain)


@pytest.mark.parametrize(
    "unsafe",
    [
        store("keyring.backends.null.Keyring"),
        store("keyring.backends.fail.Keyring"),
        PLAIN,
        store("keyrings.alt.file.EncryptedKeyring"),
        store("elsewhere.SecretService.Keyring"),
    ],
    ids=["null", "fail", "plaintext", "encrypted with a password of its own", "only called like a safe one"],
)
def test_a_store_that_is_not_known_to_be_safe_is_given_no_token(
    unsafe: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, unsafe)
    with pytest.raises(NoKeychain, match="no keychain that Tabkeeper can trust"):
        Keychain().keep("service", "user", "secret")


def test_every_store_on_the_list_is_one_that_keyring_has() -> None:
    assert {(kind.__module__, kind.__qualname__) for kind in map(_class_of, _SAFE)} == _SAFE


def _class_of(name: tuple[str, str]) -> type:
    found: type = getattr(import_module(name[0]), name[1])
    return found


def test_of_several_stores_only_a_safe_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    several(monkeypatch, PLAIN, SAFE)
    assert safe_store() is SAFE


def test_several_stores_none_of_which_is_safe_are_given_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    several(monkeypatch, PLAIN, store("keyring.backends.null.Keyring"))
    with pytest.raises(NoKeychain):
        safe_store()


def test_a_secret_that_was_kept_too_late_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, str] = {}
    unlocked, gone = Event(), Event()

    def set_password(service: str, user: str, secret: str) -> None:
        unlocked.wait(20)
        kept[user] = secret

    def delete_password(service: str, user: str) -> None:
        del kept[user]
        gone.set()

    slow = store("keyring.backends.macOS.Keyring")
    monkeypatch.setattr(slow, "set_password", set_password)
    monkeypatch.setattr(slow, "delete_password", delete_password)
    chosen(monkeypatch, slow)
    with pytest.raises(Silent):
        Keychain(patience=0.05).keep("service", "user", "secret")
    unlocked.set()
    assert gone.wait(20)
    assert kept == {}


def test_what_an_error_of_the_store_quotes_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    def set_password(service: str, user: str, secret: str) -> None:
        raise OSError(f"cannot write {secret}")

    talkative = store("keyring.backends.macOS.Keyring")
    monkeypatch.setattr(talkative, "set_password", set_password)
    chosen(monkeypatch, talkative)
    with pytest.raises(Exception, match=r"did not do what it was asked \(OSError\)") as caught:
        Keychain().keep("service", "user", "tta_secret")
    assert "tta_secret" not in str(caught.value)
    assert caught.value.__cause__ is None


# A real one

BEGIN = """
from tabkeeper.desktop.keychain import Keychain
chain = Keychain(patience=20)
"""
IMPATIENT = """
from tabkeeper.desktop.keychain import Keychain
chain = Keychain(patience=1.5, waiting=lambda: print("waits"))
"""
"""Only for what never answers: on a busy machine, what answers takes a while to be loaded alone."""


@pytest.fixture
def real(tmp_path: Path) -> Iterator[KeychainProcess]:
    if not sys.platform.startswith("linux"):
        pytest.skip("gnome-keyring is Linux's")
    with keychain(tmp_path / "home") as process:
        yield process


def test_a_real_keychain_keeps_replaces_and_forgets(real: KeychainProcess) -> None:
    first = real.run("-c", BEGIN + "chain.keep('s', 'u', 'old'); chain.keep('s', 'u', 'new')")
    assert first.returncode == 0, first.stderr
    second = real.run(
        "-c",
        BEGIN + "print(chain.read('s', 'u'), chain.read('s', 'v')); chain.forget('s', 'u'); "
        "chain.forget('s', 'u'); print(chain.read('s', 'u'))",
    )
    assert second.stdout.split() == ["new", "None", "None"], second.stderr


def test_a_locked_keychain_whose_question_is_dismissed_says_so(real: KeychainProcess) -> None:
    assert real.run("-c", BEGIN + "chain.keep('s', 'u', 'x')").returncode == 0
    lock(real)
    asked = real.run("-c", BEGIN + "chain.read('s', 'u')")
    assert asked.stderr.endswith("The keychain is locked. Unlock it and try again.\n")


def test_a_locked_keychain_that_nobody_unlocks_is_waited_for_aloud_and_not_for_ever(
    real: KeychainProcess,
) -> None:
    assert real.run("-c", BEGIN + "chain.keep('s', 'u', 'x')").returncode == 0
    lock(real)
    with nobody_at_the_prompt(real):
        asked = real.run("-c", IMPATIENT + "chain.read('s', 'u')")
    assert asked.stdout == "waits\n"
    assert "The keychain does not answer." in asked.stderr


def test_a_keychain_tells_whether_it_is_locked_without_asking_anybody(real: KeychainProcess) -> None:
    assert real.run("-c", BEGIN + "chain.keep('s', 'u', 'x')").returncode == 0
    assert real.run("-c", BEGIN + "print(chain.is_open())").stdout == "True\n"
    lock(real)
    with nobody_at_the_prompt(real):
        assert real.run("-c", BEGIN + "print(chain.is_open())").stdout == "False\n"


def test_one_question_at_most_waits_for_a_keychain_that_hangs_whether_it_is_open(
    real: KeychainProcess,
) -> None:
    looks = f"""
import os, signal, threading, time
from tabkeeper.desktop.keychain import Silent

assert Keychain().is_open()  # after which all is loaded
os.kill({number_of(real)}, signal.SIGSTOP)
for _ in range(3):
    try:
        assert not chain.is_open()
    except Silent:
        print("silent")
print([thread.name for thread in threading.enumerate()])
os.kill({number_of(real)}, signal.SIGCONT)
deadline = time.monotonic() + 20
while not chain.is_open():
    assert time.monotonic() < deadline
print("open")
"""
    asked = real.run("-c", IMPATIENT + looks)
    assert asked.stdout.splitlines() == ["waits", "silent", "['MainThread', 'keychain']", "open"], (
        asked.stderr
    )


def test_nobody_is_asked_to_make_a_keychain_only_because_one_is_looked_for_in(real: KeychainProcess) -> None:
    delete_the_only_one(real)
    with nobody_at_the_prompt(real):
        asked = real.run("-c", BEGIN + "print(chain.read('s', 'u'), chain.forget('s', 'u'), chain.is_open())")
    assert asked.stdout.split() == ["None", "None", "True"], asked.stderr


def test_a_store_that_does_not_tell_counts_as_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch, store("keyring.backends.macOS.Keyring"))
    assert not Keychain().is_open()


def test_where_there_is_no_session_there_is_no_keychain(real: KeychainProcess) -> None:
    nowhere = "unix:path=/nowhere"
    asked = real.run("-c", BEGIN + "chain.read('s', 'u')", DBUS_SESSION_BUS_ADDRESS=nowhere)
    assert "no keychain that Tabkeeper can trust" in asked.stderr
