"""Accounts on disk: each has its own file, one is current, and what cannot be read is said and kept."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tabkeeper.accounts import Account, Accounts
from tabkeeper.paths import Paths, find_paths

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", "Ada", "ada@acme.test", "Acme Inc", "owner")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"TABKEEPER_HOME": str(tmp_path / "home")})


@pytest.fixture
def accounts(paths: Paths) -> Accounts:
    return Accounts(paths)


def test_without_an_account_there_is_the_local_file(accounts: Accounts, paths: Paths) -> None:
    assert accounts.current() == (None, paths.database, None)
    assert accounts.all() == []


def test_the_chosen_account_is_current_the_next_time_too(accounts: Accounts, paths: Paths) -> None:
    accounts.keep(ADA)
    accounts.choose(ADA)
    current = Accounts(paths).current()
    assert current.account == ADA
    assert current.database == accounts.database(ADA)
    assert current.database != paths.database


def test_the_local_file_can_be_chosen_again(accounts: Accounts, paths: Paths) -> None:
    accounts.keep(ADA)
    accounts.choose(ADA)
    accounts.choose(None)
    assert accounts.current() == (None, paths.database, None)
    assert accounts.all() == [ADA]


@pytest.mark.parametrize("field", ["server", "user_id", "workspace_id"])
def test_another_server_person_or_workspace_is_another_account_with_another_file(
    accounts: Accounts, field: str
) -> None:
    other = ADA._replace(**{field: "https://other.test/api/v1"})
    assert not accounts.has(other)
    assert accounts.database(other) != accounts.database(ADA)


def test_what_was_heard_anew_of_an_account_takes_the_place_of_the_old(accounts: Accounts) -> None:
    accounts.keep(ADA)
    accounts.keep(ADA._replace(workspace="Acme Ltd", role="member"))
    assert [account.workspace for account in accounts.all()] == ["Acme Ltd"]


def test_a_copy_of_a_folder_is_no_second_account(accounts: Accounts) -> None:
    accounts.keep(ADA)
    folder = accounts.database(ADA).parent
    copy = folder.with_name("a copy")
    copy.mkdir()
    (copy / "account.json").write_bytes((folder / "account.json").read_bytes())
    assert accounts.all() == [ADA]


@pytest.mark.parametrize("harm", ["", "{", "[]", '{"server": "x"}'])
def test_an_account_that_cannot_be_read_is_said_and_the_local_file_serves(
    accounts: Accounts, paths: Paths, harm: str
) -> None:
    accounts.keep(ADA)
    accounts.choose(ADA)
    (accounts.database(ADA).parent / "account.json").write_text(harm)
    current = accounts.current()
    assert (current.account, current.database) == (None, paths.database)
    assert current.notice
    assert "nothing was deleted" in current.notice


@pytest.mark.parametrize("words", ["../../elsewhere", "gone", "a/b"])
def test_a_current_account_that_is_not_there_is_said(accounts: Accounts, paths: Paths, words: str) -> None:
    accounts.choose(None)
    (paths.data / "accounts" / "current").write_text(words)
    current = accounts.current()
    assert (current.account, current.database) == (None, paths.database)
    assert current.notice


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_only_the_owner_can_read_what_is_kept(accounts: Accounts, paths: Paths) -> None:
    accounts.keep(ADA)
    accounts.choose(ADA)
    for place in (paths.data / "accounts").rglob("*"):
        assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0, place


def test_the_name_of_a_folder_is_safe_whatever_the_server_is_called(accounts: Accounts) -> None:
    odd = ADA._replace(server="https://[::1]:8443/api/v1", user_id="../..", workspace_id="/")
    accounts.keep(odd)
    assert accounts.all() == [odd]
    assert set(odd.key) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")


def test_to_find_the_current_account_nothing_slow_is_loaded(accounts: Accounts, paths: Paths) -> None:
    accounts.keep(ADA)
    accounts.choose(ADA)
    code = (
        "import os, sys; from tabkeeper.accounts import Accounts; from tabkeeper.paths import find_paths\n"
        "assert Accounts(find_paths(os.environ)).current().account; print('hashlib' in sys.modules)"
    )
    environment = {"TABKEEPER_HOME": str(paths.data), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        (sys.executable, "-c", code), env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_an_account_is_named_by_its_workspace_and_told_apart_by_person_and_server() -> None:
    assert (ADA.name, ADA.detail) == ("Acme Inc", "ada@acme.test · time.acme.test")
    bare = Account("https://time.acme.test:8443/api/v1", "u1", "w1")
    assert (bare.name, bare.detail) == ("time.acme.test:8443", "time.acme.test:8443")
