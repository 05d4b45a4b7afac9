"""Signing in from the window: the token is checked, local entries asked about, and the account shown."""

import socket
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from tests.server_process import Team
from tests.ui.accounts.conftest import Bench

from tabkeeper.desktop.keychain import NoKeychain
from tabkeeper.model.entry import Draft
from tabkeeper.ui.accounts.opening import SignInOpener
from tabkeeper.ui.theme import ThemeSource

LONG = 20_000
"""Milliseconds, for a busy machine."""


def test_enter_after_a_pasted_token_signs_in_and_shows_the_account(bench: Bench, team: Team) -> None:
    bench.fill_in(team.server.api, team.owner.token)
    bench.qtbot.keyClick(bench.dialog.token, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.current.name == team.name
    assert bench.accounts.current().account == bench.current
    assert list(bench.keychain.kept.values()) == [team.owner.token]
    assert bench.told == [f"Signed in to {team.name}."]
    assert not bench.dialog.isVisible()
    bench.do(lambda tracker: tracker.start(Draft("At work")))
    assert bench.descriptions(bench.current) == ["At work"]
    assert bench.descriptions(None) == []


def asked(bench: Bench, team: Team) -> None:
    """Track something without an account, and sign in as far as the question."""
    bench.do(lambda tracker: tracker.start(Draft("Drafting")))
    bench.do(lambda tracker: tracker.stop())
    bench.fill_in(team.server.api, team.owner.token)
    bench.dialog.go.click()
    bench.qtbot.waitUntil(bench.dialog.choice.isVisible, timeout=LONG)


def test_the_question_about_local_entries_has_numbers_and_names(bench: Bench, team: Team) -> None:
    asked(bench, team)
    choice = bench.dialog.choice
    assert choice.question.text() == "1 entry is on this computer only"
    assert [button.text() for button in choice.buttons] == [
        f"Upload 1 entry to {team.name[:27]}…",
        "Keep it only here",
        "Start clean",
    ]
    assert bench.current is None
    assert bench.keychain.kept == {}


@pytest.mark.parametrize(
    ("key", "there", "here"), [("1", ["Drafting"], []), ("2", [], ["Drafting"]), ("3", [], [])]
)
def test_a_number_decides_what_becomes_of_local_entries(
    bench: Bench, team: Team, key: str, there: list[str], here: list[str]
) -> None:
    asked(bench, team)
    bench.qtbot.keyClicks(bench.dialog, key)
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.descriptions(bench.current) == there
    assert bench.descriptions(None) == here


def test_a_click_uploads_and_what_came_of_it_is_said(bench: Bench, team: Team) -> None:
    asked(bench, team)
    bench.dialog.choice.buttons[0].click()
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.told == [f"Signed in to {team.name}. 1 entry will be sent."]
    assert bench.snapshot.last is not None
    assert bench.snapshot.last.description == "Drafting"


def test_who_starts_clean_hears_how_the_entries_come_back(bench: Bench, team: Team) -> None:
    asked(bench, team)
    bench.dialog.choice.buttons[2].click()
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.told == [
        f"Signed in to {team.name}. 1 entry was taken off this computer; an undo under “This computer only” "
        "brings it back."
    ]


def test_a_member_hears_which_entries_stay_for_want_of_a_project(bench: Bench, team: Team) -> None:
    bench.do(lambda tracker: tracker.start(Draft("Drafting"), project="Retainer"))
    bench.fill_in(team.server.api, team.member.token)
    bench.dialog.go.click()
    bench.qtbot.waitUntil(bench.dialog.choice.isVisible, timeout=LONG)
    bench.dialog.choice.buttons[0].click()
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.told == [
        f"Signed in to {team.name}. 1 entry stays on this computer only: {team.name} has no project "
        "Retainer. “Drafting” runs on under “This computer only”."
    ]


def test_signing_in_again_asks_nothing_that_was_decided(bench: Bench, team: Team) -> None:
    asked(bench, team)
    bench.qtbot.keyClicks(bench.dialog, "2")
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    bench.account_desk.use(None)
    bench.qtbot.waitUntil(lambda: bench.current is None, timeout=LONG)
    bench.sign_in(team)
    assert bench.descriptions(None) == ["Drafting"]


def test_a_wrong_token_is_said_in_the_dialog_and_can_be_typed_again(bench: Bench, team: Team) -> None:
    bench.fill_in(team.server.api, "tta_wrong")
    bench.dialog.go.click()
    bench.qtbot.waitUntil(lambda: "does not take this token" in bench.dialog.message.text(), timeout=LONG)
    assert bench.dialog.token.text() == "tta_wrong"
    assert bench.dialog.token.hasSelectedText()
    assert bench.dialog.go.isEnabled()
    assert bench.accounts.all() == []
    bench.qtbot.keyClicks(bench.dialog.token, team.owner.token)
    bench.dialog.go.click()
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)


@pytest.mark.parametrize(
    ("server", "token", "sentence"),
    [("", "tta_x", "Type the server's address."), ("https://time.test", "", "Paste the token.")],
)
def test_what_is_missing_is_said_before_anybody_is_asked(
    bench: Bench, server: str, token: str, sentence: str
) -> None:
    bench.fill_in(server, token)
    bench.dialog.go.click()
    assert bench.dialog.message.text() == sentence
    asked_of = bench.dialog.token if server else bench.dialog.server
    assert asked_of.hasFocus()
    assert asked_of.accessibleDescription() == sentence


def test_escape_during_the_check_leaves_and_nothing_is_kept(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bench.fill_in(f"http://127.0.0.1:{silent.getsockname()[1]}", "tta_x")
        bench.dialog.go.click()
        assert bench.dialog.message.text() == "Checking the token…"
        asking, _ = silent.accept()
        bench.qtbot.keyClick(bench.dialog, Qt.Key.Key_Escape)
        assert not bench.dialog.isVisible()
        asking.close()
    bench.dialog.begin()
    assert bench.dialog.message.text() == ""
    assert bench.accounts.all() == []


def test_escape_while_the_keychain_is_waited_for_leaves_and_nothing_is_done(bench: Bench, team: Team) -> None:
    asked(bench, team)
    bench.keychain.slow = True
    bench.dialog.choice.buttons[2].click()
    bench.qtbot.waitUntil(bench.keychain.asked_to_keep.is_set, timeout=LONG)
    bench.qtbot.keyClick(bench.dialog, Qt.Key.Key_Escape)
    bench.keychain.unlocked.set()
    bench.qtbot.waitUntil(lambda: "account" not in [thread.name for thread in threading.enumerate()])
    assert bench.keychain.kept == {}
    assert bench.accounts.all() == []
    assert bench.accounts.current().account is None
    assert bench.descriptions(None) == ["Drafting"]


def test_after_a_sign_in_that_failed_local_entries_are_asked_about_again(bench: Bench, team: Team) -> None:
    asked(bench, team)
    checked = bench.dialog.choice._checked
    assert checked is not None
    account = checked.account
    file = bench.accounts.database(account)
    file.mkdir(parents=True)
    bench.dialog.choice.buttons[0].click()
    bench.qtbot.waitUntil(lambda: bench.dialog.message.property("tone") == "warning", timeout=LONG)
    assert bench.dialog.choice.buttons[0].hasFocus()
    assert bench.dialog.message.text() in bench.dialog.choice.buttons[0].accessibleDescription()
    bench.dialog.reject()
    file.rmdir()
    bench.fill_in(team.server.api, team.owner.token)
    bench.dialog.go.click()
    bench.qtbot.waitUntil(bench.dialog.choice.isVisible, timeout=LONG)
    bench.dialog.choice.buttons[0].click()
    bench.qtbot.waitUntil(lambda: bench.current is not None, timeout=LONG)
    assert bench.descriptions(account) == ["Drafting"]


def test_asked_for_again_the_open_dialog_stays_as_it_is(bench: Bench) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    opener = SignInOpener(bench.account_desk, ThemeSource(application, "light"), "https://time.test")
    opener.open()
    dialog = opener._dialog
    assert dialog is not None
    bench.qtbot.addWidget(dialog)
    dialog.server.setText("https://mine.test")
    bench.qtbot.keyClicks(dialog.token, "tta_half")
    opener.open()
    assert (dialog.server.text(), dialog.token.text()) == ("https://mine.test", "tta_half")
    dialog.reject()
    opener.open()
    assert (dialog.server.text(), dialog.token.text()) == ("https://time.test", "")


def test_the_token_is_not_shown_and_not_left_behind(bench: Bench) -> None:
    bench.fill_in("https://time.test", "tta_secret")
    assert bench.dialog.token.echoMode() is QLineEdit.EchoMode.Password
    assert "tta_secret" not in bench.dialog.token.displayText()
    bench.dialog.reject()
    assert bench.dialog.token.text() == ""


def test_without_a_safe_keychain_the_token_serves_until_the_end_and_that_is_said(
    bench: Bench, team: Team
) -> None:
    bench.keychain.trouble = NoKeychain("There is no keychain.")
    bench.sign_in(team)
    assert bench.told == [
        f"Signed in to {team.name}. There is no keychain. The token is kept until Tabkeeper ends."
    ]


def test_a_keychain_that_is_waited_for_is_said(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bench.fill_in(f"http://127.0.0.1:{silent.getsockname()[1]}", "tta_x")
        bench.dialog.go.click()
        bench.account_desk.waiting.emit()
        assert "keychain" in bench.dialog.message.text()
        bench.dialog.reject()


def test_a_long_name_is_cut_on_the_button_and_whole_in_the_question(bench: Bench, team: Team) -> None:
    asked(bench, team)
    choice = bench.dialog.choice
    labels = [label for label in choice.findChildren(QLabel) if label.isVisible()]
    assert any(team.name in label.text() for label in labels)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    assert choice.buttons[0].sizeHint().width() <= choice.buttons[0].width()
