"""The admin's commands, said as an administrator says them: what they print, change and refuse."""

import io
import os
import re
import socket
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.server_process import COMMAND, Person, ServerProcess, Team, serving

from tabkeeper_server.__main__ import main
from tabkeeper_server.commands.opening import CommandError
from tabkeeper_server.commands.run import bind

TOKEN = re.compile(r"tta_[A-Za-z0-9_-]{43}")


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Say a command where nothing is configured but where the data goes; `run` in a process of its own."""
    monkeypatch.setenv("TABKEEPER_SERVER_HOME", str(tmp_path / "data"))

    def said(*words: str) -> Said:
        if words[:1] == ("run",):
            done = subprocess.run((*COMMAND, *words), capture_output=True, text=True, timeout=60)
            return Said(done.returncode, done.stdout, done.stderr)
        try:
            code = main(words)
        except SystemExit as mistake:
            code = int(str(mistake.code))
        return Said(code, *capsys.readouterr())

    return said


def refused(done: Said) -> str:
    """Return the one line a refused command said."""
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


SETUP = ("setup", "--workspace", "Acme", "--owner-email", "Owner@Acme.test")


def test_setup_prints_the_token_alone_on_the_last_line_once(say: Callable[..., Said], tmp_path: Path) -> None:
    done = say(*SETUP)
    assert done.returncode == 0, done.stderr
    *said, token = done.stdout.splitlines()
    assert TOKEN.fullmatch(token)
    assert not TOKEN.search(" ".join(said))
    kept = (tmp_path / "data" / "server.sqlite").read_bytes()
    assert token.encode() not in kept
    assert token.encode() not in say("token", "list").stdout.encode()


def test_a_terminal_that_lacks_a_letter_loses_no_token(tmp_path: Path) -> None:
    latin = os.environ | {"TABKEEPER_SERVER_HOME": str(tmp_path), "PYTHONIOENCODING": "latin-1"}
    for words, expected in (
        (("setup", "--workspace", "Łódź", "--owner-email", "o@acme.test"), TOKEN.pattern + "$"),
        (("token", "list"), r"^tta_\S+\to@acme.test\tsetup\t"),
        (("user", "list", "--workspace", "Łódka"), r"^tabkeeper-server: There is no workspace '\\u0141"),
    ):
        done = subprocess.run((*COMMAND, *words), env=latin, capture_output=True, encoding="latin-1")
        assert re.search(expected, done.stdout + done.stderr), done.stderr


def test_run_works_with_no_configuration_and_says_where_it_listens(
    tmp_path: Path, say: Callable[..., Said]
) -> None:
    token = say(*SETUP).stdout.splitlines()[-1]
    with serving(tmp_path / "data") as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.url)
        me = Person(server, "", token).get("/me").json()
    assert (me["user"]["email"], me["workspace"]["name"]) == ("owner@acme.test", "Acme")


def test_what_is_in_the_database_is_there_after_a_restart(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        team = server.team()
        entry = team.owner.entry("2024-03-04T08:00:00Z", idempotency_key="x")
    with serving(tmp_path) as server:
        owner = Person(server, team.owner.email, team.owner.token)
        assert owner.get("/entries/current").json() == entry
        assert owner.made("/entries", start="2024-03-04T08:00:00Z", idempotency_key="x") == entry


def test_settings_come_from_the_environment_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABKEEPER_SERVER_RATE_LIMIT", "two")
    with pytest.raises(AssertionError), serving(tmp_path, rate_limit=None):
        pass
    monkeypatch.setenv("TABKEEPER_SERVER_RATE_LIMIT", "2")
    with serving(tmp_path, rate_limit=None) as server:
        owner = server.team().owner
        assert [owner.get("/me").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("run", "--port", "70000"), "whole number from 0 to 65535"),
        (("run", "--port", "-1"), "whole number from 0 to 65535"),
        (("run", "--rate-limit", "-5"), "TABKEEPER_SERVER_RATE_LIMIT"),
        (("run", "--host", "no.such.host.invalid"), "Cannot listen on"),
        (("run", "--host", "127.0.0..1"), "it is no name of a host"),
        (("run", "--database", "mysql://somewhere/x"), "SQLite or PostgreSQL"),
        (("run", "--database", "nonsense"), "cannot be read"),
        (("run", "--database", "sqlite://"), "names no file"),
        (("run", "--port", "0", "--database", "postgresql://me:secret@127.0.0.1:9/x"), "cannot be used"),
        ((*SETUP, "--currency", "QQQ"), "ISO 4217"),
        ((*SETUP, "--timezone", "Mars/Olympus"), "time zone"),
        (("setup", "--workspace", " ", "--owner-email", "o@a.test"), "name"),
        (("setup", "--workspace", "Acme", "--owner-email", "nobody"), "e-mail"),
        (("run", "--database", "postgresql://me:not@secret/9@127.0.0.1/x"), "Write @ as %40"),
        (("run", "--database", "postgresql://me:secret@127.0.0.1/x?sslrootcert=x"), "PGSSLROOTCERT"),
        (
            ("run", "--port", "0", "--database", "sqlite:////proc/nowhere/x.sqlite"),
            "/x.sqlite cannot be used",
        ),
        (("user", "add", "x@acme.test"), "There is no database"),
        (("backup", "copy.sqlite"), "There is no database"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    say: Callable[..., Said], words: tuple[str, ...], complaint: str
) -> None:
    said = refused(say(*words))
    assert complaint in said
    assert "secret" not in said
    assert said.count("\n") == 1


def test_an_address_that_is_taken_is_said_before_anything_is_changed(
    say: Callable[..., Said], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused(say("run", "--port", str(taken.getsockname()[1])))
    assert "Cannot listen on 127.0.0.1" in said
    assert "--port" in said
    assert not (tmp_path / "data").exists()


def test_a_second_server_that_starts_at_the_same_moment_is_refused_its_address() -> None:
    with bind("127.0.0.1", 0) as first, pytest.raises(CommandError, match="Cannot listen on 127"):
        bind("127.0.0.1", first.getsockname()[1])


def test_mistakes_in_the_words_are_told_with_the_usage(say: Callable[..., Said]) -> None:
    for words in ((), ("dance",), ("setup",), ("user",), ("user", "add", "x@y.test", "--role", "king")):
        done = say(*words)
        assert done.returncode == 2
        assert "usage: tabkeeper-server" in done.stderr
    assert say("--help").returncode == 0
    assert re.match(r"tabkeeper-server \d", say("--version").stdout)


def test_only_setup_and_run_make_a_database(say: Callable[..., Said], tmp_path: Path) -> None:
    mistyped = tmp_path / "data" / "server.sqlte"
    for words in (("token", "list"), ("user", "add", "x@acme.test"), ("project", "archive", "x")):
        assert f"There is no database {mistyped}" in refused(
            say(*words, "--database", f"sqlite:///{mistyped}")
        )
    assert not mistyped.exists()
    made = say(*SETUP)
    assert str(tmp_path / "data" / "server.sqlite") in made.stdout


def test_nobody_else_on_the_machine_reads_the_database(say: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    say(*SETUP)
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "data").iterdir()} == {0o600}


def test_a_home_folder_in_the_url_of_a_database_is_understood(
    say: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    say(*SETUP, "--database", "sqlite:///~/mine.sqlite")
    assert (tmp_path / "mine.sqlite").is_file()


def test_a_word_that_is_not_in_utf_8_is_refused(say: Callable[..., Said]) -> None:
    say(*SETUP)
    assert "not in UTF-8. Nothing was changed." in refused(
        say("token", "create", os.fsdecode(b"\xff@x.test"))
    )


@pytest.mark.parametrize("kind", ["user", "token"])
def test_a_list_that_is_read_in_a_pager_keeps_no_server_from_writing(
    kind: str, say: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(*SETUP)

    class Pager(io.StringIO):
        def write(self, shown: str) -> int:
            server = sqlite3.connect(tmp_path / "data" / "server.sqlite", timeout=0)
            server.execute("BEGIN IMMEDIATE")
            server.close()
            return super().write(shown)

    with monkeypatch.context() as patched:
        patched.setattr("sys.stdout", pager := Pager())
        assert main((kind, "list")) == 0
    assert "owner@acme.test" in pager.getvalue()


def test_a_token_that_was_revoked_before_is_said_to_be(say: Callable[..., Said]) -> None:
    prefix = say(*SETUP).stdout.splitlines()[-1][:12]
    say("token", "revoke", prefix)
    assert f"{prefix}… was revoked on" in refused(say("token", "revoke", prefix))
    assert "No token begins like that" in refused(say("token", "revoke", "tta"))


def test_a_workspace_is_not_made_twice(say: Callable[..., Said]) -> None:
    say(*SETUP)
    assert "exists already; nothing was changed" in refused(say(*SETUP))


# On a running server


def words_for(team: Team, *words: str) -> tuple[str, ...]:
    return (*words, "--workspace", team.name)


def test_a_person_who_was_added_can_be_listed_and_has_a_token(team: Team) -> None:
    said = team.server.say(
        *words_for(team, "user", "add", "New@Team.test", "--name", "New One", "--role", "admin"),
        "--timezone",
        "Asia/Tokyo",
    )
    person = Person(team.server, "new@team.test", said.splitlines()[-1])
    assert person.get("/me").json()["user"]["role"] == "admin"
    listed = team.server.say(*words_for(team, "user", "list")).splitlines()
    assert listed == ["new@team.test\tadmin\tAsia/Tokyo\tNew One", "owner@team.test\towner\tUTC\towner"]


def test_what_is_said_of_a_person_is_changed_and_the_rest_stays(team: Team) -> None:
    changing = words_for(team, "user", "change", team.member.email)
    assert team.server.say(*changing, "--role", "admin") == "member@team.test\tadmin\tUTC\tmember\n"
    team.server.say(*changing, "--timezone", "Asia/Tokyo", "--name", "Mem Ber")
    user = team.member.get("/me").json()["user"]
    assert (user["role"], user["timezone"], user["name"]) == ("admin", "Asia/Tokyo", "Mem Ber")


def test_a_further_token_is_as_good_as_the_first(team: Team) -> None:
    said = team.server.say(*words_for(team, "token", "create", team.owner.email, "--label", "laptop"))
    assert Person(team.server, "", said.splitlines()[-1]).id == team.owner.id
    listed = team.server.say(*words_for(team, "token", "list"))
    assert "\tlaptop\t" in listed
    assert "\tsetup\t" in listed
    assert not TOKEN.search(listed)


def test_a_revoked_token_is_invalid_from_the_next_request_on(team: Team) -> None:
    other = Person(
        team.server, "", team.server.say(*words_for(team, "token", "create", team.owner.email)).split()[-1]
    )
    assert other.get("/me").status_code == 200
    listed = team.server.say(*words_for(team, "token", "list"))
    prefix = next(
        line.split("…")[0] for line in listed.splitlines() if other.token.startswith(line.split("…")[0])
    )
    team.server.say(*words_for(team, "token", "revoke", prefix))
    assert other.get("/me").status_code == 401
    assert team.owner.get("/me").status_code == 200
    assert "revoked" in team.server.say(*words_for(team, "token", "list"))


def test_members_of_a_project_are_listed_added_and_removed(team: Team) -> None:
    project = team.owner.made("/projects", name="Secret")
    members = words_for(team, "project", "members", project["id"])
    assert "Everybody" in team.server.say(*members)
    added = team.server.say(*members, "--add", team.member.email, "--add", team.other_member.email)
    assert added.split() == [team.member.email, team.other_member.email]
    again = team.server.say(*members, "--add", team.member.email, "--remove", team.other_member.email)
    assert again.split() == [team.member.email]
    assert "Everybody" in team.server.say(*members, "--remove", team.member.email)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("user", "add", "owner@team.test"), "is in this workspace already"),
        (("user", "change", "nobody@team.test", "--role", "admin"), "Nobody in this workspace"),
        (("user", "change", "owner@team.test"), "Say what to change"),
        (("user", "change", "owner@team.test", "--timezone", "Mars/Olympus"), "time zone"),
        (("user", "change", "owner@team.test", "--timezone", ""), "time zone"),
        (("user", "change", "owner@team.test", "--name", ""), "A name has 1 to"),
        (("token", "create", "nobody@team.test"), "Nobody in this workspace"),
        (("token", "revoke", "tta_"), "No token begins like that"),
        (("project", "members", "Nothing"), "There is no project 'Nothing'"),
        (("client", "archive", "Nobody"), "There is no client 'Nobody'"),
    ],
)
def test_what_names_nothing_is_refused(
    team: Team, say: Callable[..., Said], words: tuple[str, ...], complaint: str
) -> None:
    assert complaint in refused(say(*words_for(team, *words), "--database", team.server.database))


def test_a_name_that_several_projects_have_is_refused_with_their_ids(
    team: Team, say: Callable[..., Said]
) -> None:
    client = team.owner.made("/clients", name="LVC")
    ids = [
        team.owner.made("/projects", name="Shop")["id"],
        team.owner.made("/projects", name="Shop", client_id=client["id"])["id"],
    ]
    words = words_for(team, "project", "archive", "Shop")
    said = refused(say(*words, "--database", team.server.database))
    assert all(project_id in said for project_id in ids)


def test_with_several_workspaces_it_must_be_said_which(
    server: ServerProcess, say: Callable[..., Said]
) -> None:
    names = [server.team().name, server.team().name]
    said = refused(say("user", "list", "--database", server.database))
    assert all(name in said for name in names)
    assert "'Elsewhere'" in refused(
        say("user", "list", "--workspace", "Elsewhere", "--database", server.database)
    )
