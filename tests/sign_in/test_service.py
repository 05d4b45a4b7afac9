"""A sign-in asks a server only what it needs to know, and no refusal of anything else is in its way."""

from contextlib import closing
from datetime import UTC
from pathlib import Path
from threading import Thread

import pytest
from tests.api.scripted_server import Asked, Reply, ScriptedServer, as_json
from tests.clock import Clock
from tests.sign_in.held_keychain import HeldKeychain

from tabkeeper.accounts import Account, Accounts
from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.paths import Paths
from tabkeeper.sign_in.checking import account_of
from tabkeeper.sign_in.service import Checked, Local, SignIn
from tabkeeper.sign_in.tokens import Tokens
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

TOKEN = "tta_0123456789abcdefSECRET"
ME = {"user": {"id": "u1", "role": "owner"}, "workspace": {"id": "w1", "week_start": "monday"}}


def only_me(asked: Asked) -> Reply:
    """Say whose token it is, and refuse anything else."""
    if asked.target.endswith("/me"):
        return as_json(ME)
    return as_json({"error": {"code": "forbidden", "message": "Not in your plan."}}, 403)


@pytest.fixture
def sign_in(tmp_path: Path, clock: Clock, scripted: ScriptedServer) -> SignIn:
    """A computer with an entry of its own, and a server that lets nobody see its lists."""
    scripted.script = [only_me]
    accounts = Accounts(Paths(tmp_path, tmp_path, tmp_path, tmp_path / "socket"))
    with closing(Store.open(accounts.database(None), clock=clock)) as store:
        Tracker(store, UTC, clock).start(Draft("Review"))
    return SignIn(accounts, Tokens(HeldKeychain()))


@pytest.mark.parametrize("local", ["keep", "clean"])
async def test_who_uploads_nothing_needs_none_of_the_servers_lists(
    sign_in: SignIn, scripted: ScriptedServer, local: Local
) -> None:
    checked = await sign_in.check(scripted.address, TOKEN, local)
    assert (checked.known, checked.local_entries) == (False, 1)
    assert sign_in.finish(checked, local).account == checked.account


async def test_who_comes_back_needs_them_only_to_upload(sign_in: SignIn, scripted: ScriptedServer) -> None:
    sign_in.accounts.keep(await account_of(scripted.address, TOKEN))
    checked = await sign_in.check(scripted.address, TOKEN)
    assert (checked.known, checked.local_entries) == (True, 1)
    assert sign_in.finish(checked).account == checked.account
    with pytest.raises(Refused, match=r"Not in your plan\."):
        await sign_in.check(scripted.address, TOKEN, "upload")


def test_a_sign_in_that_was_left_does_not_forget_what_the_next_one_keeps(tmp_path: Path) -> None:
    accounts, keychain = Accounts(Paths(tmp_path, tmp_path, tmp_path, tmp_path / "socket")), HeldKeychain()
    sign_in = SignIn(accounts, Tokens(keychain))
    account = Account("https://time.acme.test/api/v1", "u1", "w1")
    checked = Checked(account, TOKEN, known=False, local_entries=0, heard=None)
    again = Thread(target=lambda: sign_in.finish(checked))

    def left_while_the_next_begins() -> bool:
        keychain.asked_to_keep.clear()
        again.start()
        keychain.asked_to_keep.wait(0.2)
        return False

    with pytest.raises(Refused, match="You left"):
        sign_in.finish(checked, "clean", left_while_the_next_begins)
    again.join()
    assert accounts.current().account == account
    assert list(keychain.kept.values()) == [TOKEN]


async def test_who_will_be_asked_hears_first_what_the_server_has(
    sign_in: SignIn, scripted: ScriptedServer
) -> None:
    with pytest.raises(Refused, match=r"Not in your plan\."):
        await sign_in.check(scripted.address, TOKEN)
