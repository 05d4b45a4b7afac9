"""The account in use is kept in step with our real server while the program runs, by a thread of its own."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.server_process import Team
from tests.sign_in.held_keychain import HeldKeychain

from tabkeeper import background_sync
from tabkeeper.accounts import Account, Accounts
from tabkeeper.background_sync import BackgroundSync
from tabkeeper.desktop.keychain import KeychainTrouble
from tabkeeper.model.entry import Draft
from tabkeeper.model.sync_status import SyncStatus, Trouble
from tabkeeper.paths import Paths
from tabkeeper.sign_in.tokens import Tokens
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.sync import engine
from tabkeeper.tracker import Tracker
from tabkeeper.ui.accounts.service import Standing

LONG = 20_000
"""Milliseconds, for a busy machine."""


class Bench:
    """An account's file, what syncs it, and a keychain that the test holds."""

    def __init__(self, qtbot: QtBot, folder: Path, team: Team) -> None:
        self.qtbot, self.team = qtbot, team
        self.person = team.join(f"{folder.name}@team.test")
        me = self.person.get("/me").json()
        self.account = Account(team.server.api, me["user"]["id"], me["workspace"]["id"])
        accounts = Accounts(Paths(folder, folder, folder, folder / "socket"))
        accounts.keep(self.account)
        self.path = accounts.database(self.account)
        store = Store.open(self.path)
        with store.transaction(), store.reading() as connection:
            sync_state.bind(connection, self.account.identity, 0)
        store.close()
        self.keychain = HeldKeychain()
        self.tokens = Tokens(self.keychain)
        self.sync = BackgroundSync(accounts, self.tokens)

    def begin(self) -> None:
        self.sync.follow(Standing((self.account,), self.account))

    def ask(self, question: Callable[[Tracker], Any]) -> Any:
        store = Store.open(self.path)
        try:
            return question(Tracker(store, UTC))
        finally:
            store.close()

    def status(self) -> SyncStatus:
        status: SyncStatus = self.ask(lambda tracker: tracker.sync_status())
        return status

    def there(self) -> list[str]:
        return [entry["description"] for entry in self.person.listed()]

    def here(self) -> list[str]:
        return [entry.description for entry in self.ask(lambda tracker: tracker.entries(None, None))]

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, team: Team) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path, team)
    yield bench
    bench.sync.finish()


def test_what_is_tracked_here_goes_there_and_what_is_tracked_there_comes_here(bench: Bench) -> None:
    bench.tokens.keep(bench.account, bench.person.token)
    bench.person.entry("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", description="There")
    with bench.qtbot.waitSignal(bench.sync.happened, timeout=LONG):
        bench.begin()
    bench.wait(lambda: bench.here() == ["There"])
    bench.ask(lambda tracker: tracker.start(Draft("Here")))
    bench.sync.wake()
    bench.wait(lambda: sorted(bench.there()) == ["Here", "There"])
    bench.wait(lambda: bench.status().waiting == 0)
    assert bench.status().trouble is None


def test_without_a_token_it_says_so_and_goes_on_when_there_is_one(bench: Bench) -> None:
    bench.begin()
    bench.wait(lambda: bench.status().trouble == Trouble.NO_TOKEN)
    bench.ask(lambda tracker: tracker.start(Draft("Here")))
    bench.tokens.keep(bench.account, bench.person.token)
    bench.begin()
    bench.wait(lambda: bench.there() == ["Here"])
    bench.wait(lambda: bench.status().trouble is None)


def test_a_token_that_is_mangled_is_said_to_be_none(bench: Bench) -> None:
    bench.tokens.keep(bench.account, "tta_abc\u2026")
    bench.begin()
    bench.wait(lambda: bench.status().trouble == Trouble.NO_TOKEN)
    assert bench.status().words.startswith("This is not a token")


@pytest.fixture
def locked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A keychain that is locked, and has said so; it is looked at often."""
    monkeypatch.setattr(background_sync, "_BETWEEN_LOOKS", 0.01)
    bench.tokens.keep(bench.account, bench.person.token)
    bench.keychain.trouble = KeychainTrouble("The keychain is locked.")
    bench.begin()
    bench.wait(lambda: bench.status().words == "The keychain is locked.")
    return bench


def test_a_keychain_that_is_unlocked_elsewhere_lets_sync_go_on_by_itself(locked: Bench) -> None:
    assert locked.status().trouble == Trouble.KEYCHAIN
    locked.keychain.trouble = None
    locked.wait(lambda: locked.status().synced_at is not None)


def test_whoever_does_not_unlock_the_keychain_is_asked_again_only_when_they_want_to(
    locked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[bool] = []
    monkeypatch.setattr(locked.keychain, "is_open", lambda: looks.append(False))
    locked.sync.wake()
    locked.wait(lambda: len(looks) > 20)
    assert locked.keychain.asked == 1
    locked.sync.ask_again()
    locked.wait(lambda: locked.keychain.asked == 2)


def test_a_keychain_that_is_waited_for_is_said_until_it_answers(bench: Bench) -> None:
    bench.tokens.keep(bench.account, bench.person.token)
    bench.keychain.slow = True
    bench.begin()
    bench.wait(lambda: bench.status().trouble == Trouble.KEYCHAIN)
    assert bench.status().words == "The keychain does not answer yet. It may ask you to unlock it."
    bench.keychain.unlocked.set()
    bench.wait(lambda: bench.status().trouble is None and bench.status().synced_at is not None)


def test_a_file_that_cannot_be_used_yet_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background_sync, "_BETWEEN_LOOKS", 0.01)
    bench.tokens.keep(bench.account, bench.person.token)
    elsewhere = bench.path.rename(bench.path.with_name("elsewhere"))
    bench.path.symlink_to(bench.path.parent)
    bench.begin()
    bench.wait(lambda: "Sync waits for the file" in caplog.text)
    # At one stroke: a file that was missing for a moment would be made anew, and synced instead of this one.
    elsewhere.replace(bench.path)
    bench.wait(lambda: bench.status().synced_at is not None)


def test_the_token_of_another_person_sends_nothing(bench: Bench, team: Team) -> None:
    bench.tokens.keep(bench.account, team.owner.token)
    bench.ask(lambda tracker: tracker.start(Draft("Not theirs")))
    bench.begin()
    bench.wait(lambda: bench.status().trouble == Trouble.OTHER_ACCOUNT)
    assert "Not theirs" not in [entry["description"] for entry in team.owner.listed()]


def test_a_revoked_token_stops_sync_keeps_everything_and_another_one_goes_on(
    bench: Bench, team: Team
) -> None:
    bench.tokens.keep(bench.account, bench.person.token)
    bench.begin()
    bench.wait(lambda: bench.status().synced_at is not None)
    where = ("--workspace", team.name)
    team.server.say("token", "revoke", bench.person.token, *where)
    bench.ask(lambda tracker: tracker.start(Draft("Kept")))
    bench.sync.wake()
    bench.wait(lambda: bench.status().trouble == Trouble.TOKEN_REFUSED)
    assert bench.here() == ["Kept"]
    token = team.server.say("token", "create", bench.person.email, *where).splitlines()[-1]
    bench.tokens.keep(bench.account, token)
    bench.begin()
    bench.wait(lambda: bench.status().trouble is None and bench.status().waiting == 0)


def test_what_the_role_allows_is_as_the_server_says_now(bench: Bench) -> None:
    bench.tokens.keep(bench.account, bench.person.token)
    bench.begin()
    bench.wait(lambda: bench.status().synced_at is not None)
    assert not bench.ask(lambda tracker: tracker.catalogue()).may_grow


@pytest.mark.parametrize("on_battery", [False, True])
def test_while_the_screen_is_locked_or_on_battery_it_looks_at_the_other_pace(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, on_battery: bool
) -> None:
    monkeypatch.setattr(engine, "_POLL", 3_600.0)
    monkeypatch.setattr(engine, "_SPARING_POLL", 0.05)
    monkeypatch.setattr(background_sync, "on_battery", lambda: on_battery)
    if not on_battery:
        bench.sync.rest()
    bench.tokens.keep(bench.account, bench.person.token)
    bench.begin()
    bench.wait(lambda: bench.status().synced_at is not None)
    bench.person.made("/entries/start", description="There")
    bench.wait(lambda: bench.here() == ["There"])


def test_it_ends_at_once_though_the_server_does_not_answer(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(LONG / 1_000)
        account = bench.account._replace(server=f"http://127.0.0.1:{silent.getsockname()[1]}/api/v1")
        bench.tokens.keep(account, bench.person.token)
        bench.sync.follow(Standing((account,), account))
        assert bench.sync._run
        thread = bench.sync._run.thread
        asking, _ = silent.accept()
        with asking:
            assert asking.recv(4_096).startswith(b"GET /api/v1/me")
            bench.sync.finish()  # which gives up after three seconds
            assert not thread.is_alive()


def test_after_a_sign_out_nothing_is_synced_any_more(bench: Bench) -> None:
    bench.tokens.keep(bench.account, bench.person.token)
    bench.begin()
    bench.wait(lambda: bench.status().synced_at is not None)
    assert bench.sync._run
    thread = bench.sync._run.thread
    bench.sync.follow(Standing((bench.account,), None))
    bench.wait(lambda: not thread.is_alive())
