"""Going from one account to another: page and menu show which is in use, and the desk shows its entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtWidgets import QMenu
from tests.server_process import Team
from tests.ui.accounts.conftest import Bench

from tabkeeper.accounts import Account
from tabkeeper.desktop.keychain import KeychainTrouble
from tabkeeper.model.entry import Draft
from tabkeeper.ui.accounts.accounts_menu import AccountsMenu
from tabkeeper.ui.accounts.accounts_page import AccountRow, AccountsPage

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", "Ada", "ada@acme.test", "Acme & Co")
BEA = ADA._replace(user_id="u2", email="bea@acme.test")


def known(bench: Bench, *accounts: Account) -> None:
    for account in accounts:
        bench.accounts.keep(account)
    with bench.qtbot.waitSignal(bench.account_desk.changed):
        bench.account_desk.look_again()


def test_use_on_the_page_shows_the_entries_of_that_account(bench: Bench) -> None:
    known(bench, ADA)
    page = AccountsPage(bench.account_desk, lambda: None)
    bench.qtbot.addWidget(page)
    bench.do(lambda tracker: tracker.start(Draft("At home")))
    page.rows[0].use.click()
    bench.qtbot.waitUntil(lambda: bench.current == ADA)
    assert bench.snapshot.running is None
    assert bench.told == ["“At home” runs on under “This computer only”."]
    assert [row.use.isHidden() for row in page.rows] == [True, False]
    page.rows[1].use.click()
    bench.qtbot.waitUntil(lambda: bench.current is None)
    assert bench.snapshot.running is not None


def test_the_keyboard_stays_on_the_page_where_nothing_has_changed(bench: Bench) -> None:
    known(bench, ADA)
    page = AccountsPage(bench.account_desk, lambda: None)
    bench.qtbot.addWidget(page)
    page.show()
    bench.qtbot.waitUntil(page.isActiveWindow)
    button = page.rows[0].use
    button.setFocus()
    with bench.qtbot.waitSignal(bench.account_desk.changed):
        bench.account_desk.look_again()
    assert page.rows[0].use is button
    assert button.hasFocus()


def test_the_menu_names_accounts_apart_and_goes_to_the_chosen_one(bench: Bench) -> None:
    known(bench, ADA, BEA)
    whole = QMenu()
    menu = AccountsMenu(whole, bench.account_desk, lambda: None).menu
    texts = [row.text() for row in menu.actions() if row.isCheckable()]
    assert texts == [
        "Acme && Co · ada@acme.test · time.acme.test",
        "Acme && Co · bea@acme.test · time.acme.test",
        "This computer only",
    ]
    menu.actions()[1].trigger()
    bench.qtbot.waitUntil(lambda: bench.current == BEA)
    assert [row.isChecked() for row in menu.actions()[:3]] == [False, True, False]


def test_signing_out_forgets_the_token_and_goes_back_to_the_local_file(bench: Bench, team: Team) -> None:
    account = bench.sign_in(team)
    bench.do(lambda tracker: tracker.start(Draft("At work")))
    page = AccountsPage(bench.account_desk, lambda: None)
    bench.qtbot.addWidget(page)
    page.rows[0].leave.click()
    bench.qtbot.waitUntil(lambda: bench.current is None)
    assert bench.keychain.kept == {}
    assert bench.descriptions(account) == ["At work"]
    assert bench.told[-1] == (
        f"1 change waits until you sign in to {account.name} again. “At work” runs on under “{account.name}”."
    )


def test_where_the_keychain_does_not_forget_the_person_is_still_signed_in(bench: Bench, team: Team) -> None:
    account = bench.sign_in(team)
    bench.keychain.trouble = KeychainTrouble("The keychain is locked.")
    bench.account_desk.sign_out(account)
    bench.qtbot.waitUntil(lambda: "The keychain is locked." in bench.told)
    assert bench.current == account


def test_an_account_that_another_process_chose_is_shown(bench: Bench) -> None:
    known(bench, ADA)
    bench.accounts.choose(ADA)
    bench.account_desk.look_again()
    bench.qtbot.waitUntil(lambda: bench.current == ADA)
    bench.do(lambda tracker: tracker.start(Draft("At work")))
    assert bench.descriptions(ADA) == ["At work"]


def ticked(menu: QMenu) -> list[str]:
    return [row.text() for row in menu.actions() if row.isChecked()]


def test_a_file_that_cannot_be_opened_is_said_and_the_one_before_stays(bench: Bench) -> None:
    known(bench, ADA)
    whole = QMenu()
    menu = AccountsMenu(whole, bench.account_desk, lambda: None).menu
    bench.accounts.database(ADA).mkdir()
    menu.actions()[0].trigger()
    bench.qtbot.waitUntil(lambda: bool(bench.told))
    assert bench.current is None
    assert bench.accounts.current().account is None
    assert ticked(menu) == ["This computer only"]
    bench.do(lambda tracker: tracker.start(Draft("At home")))
    assert bench.descriptions(None) == ["At home"]


def test_a_file_that_cannot_be_opened_leaves_what_was_chosen_after_it(bench: Bench) -> None:
    known(bench, ADA, BEA)
    bench.accounts.database(ADA).mkdir()
    with busy(bench):
        go_to(bench, ADA)
        go_to(bench, BEA)
    bench.qtbot.waitUntil(lambda: bench.current == BEA)
    assert bench.told
    assert bench.accounts.current().account == BEA


@contextmanager
def busy(bench: Bench) -> Iterator[None]:
    """Keep the desk from opening anything."""
    goes_on = Event()
    bench.desk.change(lambda tracker: goes_on.wait(20))
    yield
    goes_on.set()


def go_to(bench: Bench, account: Account | None) -> None:
    """Choose an account, and wait until its file is to be opened."""
    bench.account_desk.use(account)
    bench.qtbot.waitUntil(lambda: bench.asked_for[-1:] == [bench.accounts.database(account)])


def test_whoever_goes_back_before_an_account_is_open_is_back_in_the_end(bench: Bench) -> None:
    known(bench, ADA)
    with busy(bench):
        go_to(bench, ADA)
        go_to(bench, None)
    with bench.qtbot.waitSignal(bench.account_desk.changed, check_params_cb=lambda how: how.current is None):
        pass
    assert bench.current is None
    bench.do(lambda tracker: tracker.start(Draft("At home")))
    assert bench.descriptions(None) == ["At home"]
    assert bench.told == []


def test_after_a_sign_out_that_fails_halfway_the_local_file_is_shown(bench: Bench, team: Team) -> None:
    account = bench.sign_in(team)
    file = bench.accounts.database(account)
    file.rename(file.with_name("elsewhere"))
    file.mkdir()
    bench.told.clear()
    bench.account_desk.sign_out(account)
    bench.qtbot.waitUntil(lambda: bool(bench.told))
    assert bench.keychain.kept == {}
    assert bench.current is None
    bench.do(lambda tracker: tracker.start(Draft("At home")))
    assert bench.descriptions(None) == ["At home"]


def test_where_nothing_can_be_chosen_the_menu_still_ticks_what_is_shown(bench: Bench) -> None:
    known(bench, ADA)
    whole = QMenu()
    menu = AccountsMenu(whole, bench.account_desk, lambda: None).menu
    (bench.accounts.database(ADA).parent.parent / "current").mkdir()
    menu.actions()[0].trigger()
    bench.qtbot.waitUntil(lambda: bool(bench.told))
    assert ticked(menu) == ["This computer only"]


def test_a_long_name_of_a_workspace_takes_lines_and_not_the_width_of_a_screen(bench: Bench) -> None:
    row = AccountRow(
        Account("https://a.test/api/v1", "u", "w", workspace="Keepers of time " * 12), in_use=True
    )
    bench.qtbot.addWidget(row)
    assert row.minimumSizeHint().width() < 400
