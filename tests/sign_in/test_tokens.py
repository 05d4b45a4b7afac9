"""Where a token is found: in the environment, for the server it names; then in the keychain; else nowhere."""

import pytest
from tests.sign_in.held_keychain import HeldKeychain

from tabkeeper.accounts import Account
from tabkeeper.desktop.keychain import KeychainTrouble, NoKeychain
from tabkeeper.sign_in.tokens import Given, Tokens, take_token

ADA = Account("https://time.acme.test/api/v1", "u1", "w1")


def test_a_token_is_kept_under_server_and_user() -> None:
    chain = HeldKeychain()
    assert Tokens(chain).keep(ADA, "tta_ada") is None
    assert Tokens(chain).find(ADA) == "tta_ada"
    for other in (
        ADA._replace(server="https://other.test/api/v1"),
        ADA._replace(user_id="u2"),
        ADA._replace(workspace_id="w2"),
    ):
        assert Tokens(chain).find(other) is None


def test_without_a_safe_keychain_a_token_is_kept_for_this_run_and_the_reason_is_said() -> None:
    chain = HeldKeychain(NoKeychain("There is none."))
    tokens = Tokens(chain)
    assert tokens.keep(ADA, "tta_ada") == "There is none."
    assert tokens.find(ADA) == "tta_ada"
    with pytest.raises(NoKeychain):
        Tokens(chain).find(ADA)


def test_a_newer_token_that_the_keychain_takes_replaces_the_one_of_this_run() -> None:
    chain = HeldKeychain(KeychainTrouble("It is locked."))
    tokens = Tokens(chain)
    tokens.keep(ADA, "tta_old")
    chain.trouble = None
    assert tokens.keep(ADA, "tta_new") is None
    assert tokens.find(ADA) == "tta_new"


def test_what_is_forgotten_is_nowhere() -> None:
    chain = HeldKeychain()
    tokens = Tokens(chain)
    tokens.keep(ADA, "tta_ada")
    tokens.forget(ADA)
    assert tokens.find(ADA) is None
    assert chain.kept == {}


def test_where_nothing_can_be_kept_there_is_nothing_to_forget() -> None:
    tokens = Tokens(HeldKeychain(NoKeychain("There is none.")))
    tokens.keep(ADA, "tta_ada")
    tokens.forget(ADA)
    with pytest.raises(NoKeychain):
        tokens.find(ADA)


def test_a_keychain_that_is_locked_forgets_nothing_and_says_so() -> None:
    with pytest.raises(KeychainTrouble, match="locked"):
        Tokens(HeldKeychain(KeychainTrouble("It is locked."))).forget(ADA)


def test_a_token_of_this_run_stays_where_the_keychain_cannot_tell_whether_it_has_one() -> None:
    tokens = Tokens(HeldKeychain(KeychainTrouble("It is locked.")))
    tokens.keep(ADA, "tta_ada")
    with pytest.raises(KeychainTrouble):
        tokens.forget(ADA)
    assert tokens.find(ADA) == "tta_ada"


def test_a_token_of_a_sign_in_that_was_left_is_not_even_kept_for_this_run() -> None:
    chain = HeldKeychain(KeychainTrouble("It is locked."))
    tokens = Tokens(chain)
    tokens.keep(ADA, "tta_ada")
    tokens.give_up(ADA)
    chain.trouble = None
    assert tokens.find(ADA) is None


def test_a_token_of_the_environment_is_taken_out_of_it() -> None:
    environment = {"TABKEEPER_TOKEN": " tta_given\n", "TABKEEPER_SERVER": "https://time.acme.test"}
    given = take_token(environment)
    assert given == Given("https://time.acme.test", "tta_given")
    assert "TABKEEPER_TOKEN" not in environment
    assert "tta_given" not in repr(given)


def test_without_a_server_beside_it_a_given_token_is_for_the_hosted_service() -> None:
    given = take_token({"TABKEEPER_TOKEN": "tta_given"})
    assert given is not None
    assert given.server == "https://app.trackingtabs.com/api/v1"
    assert take_token({"TABKEEPER_TOKEN": " "}) is None


def test_a_given_token_goes_to_its_own_server_and_to_no_other() -> None:
    tokens = Tokens(HeldKeychain(), Given("https://time.acme.test", "tta_given"))
    assert tokens.find(ADA) == "tta_given"
    assert tokens.find(ADA._replace(server="https://other.test/api/v1")) is None
    assert Tokens(HeldKeychain(), Given("no address", "tta_given")).find(ADA) is None


@pytest.mark.parametrize("server", ["https://time.acme.test", "time.acme.test"])
def test_a_given_token_is_not_put_into_the_keychain(server: str) -> None:
    chain = HeldKeychain()
    Tokens(chain, Given(server, "tta_given")).keep(ADA, "tta_given")
    assert chain.kept == {}
