"""`tabkeeper api` as scripts use it: its own process against our real server, and its words on their own."""

import argparse
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.server_process import Team

from tabkeeper.api import Client, wire
from tabkeeper.cli import api_command

PROGRAM = """
import argparse, sys
from tabkeeper.cli.api_command import add_arguments, run
parser = argparse.ArgumentParser("tabkeeper api")
add_arguments(parser)
sys.exit(run(parser.parse_args()))
"""

# A backend as anybody may install one; the real keychains are the desktop tests' matter.
KEYCHAIN = """
from keyring.backend import KeyringBackend

class Keychain(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        return {kept!r}.get(service, {{}}).get(username)
    def set_password(self, service, username, password):
        raise NotImplementedError
"""

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(team: Team) -> Command:
    """Runs the command as the owner in a process of its own."""

    def run(*words: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": team.server.api}
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            env=environment | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"} | variables,
            input=stdin,
            capture_output=True,
            text=True,
        )

    return run


def answered(done: "subprocess.CompletedProcess[str]") -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def meant(*words: str) -> api_command.Request:
    """What a command line means, without making the request."""
    parser = argparse.ArgumentParser()
    api_command.add_arguments(parser)
    return api_command.request_of(parser.parse_args(words))


def refused(*words: str) -> str:
    with pytest.raises(api_command.UsageError) as caught:
        meant(*words)
    return str(caught.value)


# Against the real server


def test_a_path_alone_is_read(command: Command) -> None:
    assert answered(command("/me"))["user"]["email"] == "owner@team.test"
    assert answered(command("get", "me"))["user"]["email"] == "owner@team.test"


def test_all_fourteen_endpoints_are_within_reach(command: Command, day: datetime) -> None:
    began = wire.format_instant(day)
    ended = wire.format_instant(day + timedelta(hours=1))
    customer = answered(command("POST", "/clients", "-f", f"name=C {began}"))
    assert customer in answered(command("/clients"))["data"]
    project = answered(
        command("POST", "/projects", "-f", f"name=P {began}", "-f", f"client_id={customer['id']}")
    )
    assert project in answered(command("GET", "/projects", "-f", f"client_id={customer['id']}"))["data"]
    made = answered(
        command("POST", "/entries", "-f", f"start={began}", "-f", f"stop={ended}", "-f", "tags[]=cli")
    )
    assert made in answered(command("GET", "/entries", "-f", f"from={began}", "-f", f"to={ended}"))["data"]
    assert "cli" in {tag["name"] for tag in answered(command("/tags"))["data"]}
    changed = answered(command("PATCH", f"/entries/{made['id']}", "-F", "billable=true"))
    assert changed["billable"] is True
    summary = answered(command("GET", "/reports/summary", "-f", f"from={began}", "-f", f"to={ended}"))
    assert summary["total"]["seconds"] == 3600
    started = answered(command("POST", "/entries/start", "-f", "description=Code review"))
    assert answered(command("/entries/current")) == started
    assert answered(command("-X", "POST", "/entries/stop"))["id"] == started["id"]
    deleted = command("DELETE", f"/entries/{made['id']}")
    assert (deleted.returncode, deleted.stdout, deleted.stderr) == (0, "", "")


async def test_all_pages_are_one_list(command: Command, client: Client, day: datetime) -> None:
    for number in range(7):
        at = day + timedelta(minutes=number)
        await client.entries.create(wire.EntryCreate(start=at, stop=at))
    within = (
        "-f",
        f"from={wire.format_instant(day)}",
        "-f",
        f"to={wire.format_instant(day + timedelta(days=1))}",
    )
    rows = answered(command("GET", "/entries", *within, "-F", "limit=3", "--paginate"))
    assert len({row["id"] for row in rows}) == len(rows) == 7
    assert [row["start"] for row in rows] == sorted((row["start"] for row in rows), reverse=True)
    projects = answered(command("GET", "/projects", "--paginate"))
    assert {project["id"] for project in projects} == {one.id for one in await client.projects.list()}


def test_a_body_comes_from_a_file_or_standard_input(command: Command, day: datetime, tmp_path: Path) -> None:
    body = json.dumps({"start": wire.format_instant(day), "stop": wire.format_instant(day)})
    file = tmp_path / "entry.json"
    file.write_text(body)
    assert answered(command("POST", "/entries", "--input", str(file)))["duration"] == 0
    assert answered(command("/entries", "--input", "-", stdin=body))["duration"] == 0


def test_status_and_headers_are_printed_when_asked_for(command: Command) -> None:
    done = command("/me", "-i")
    head, _, body = done.stdout.partition("\n\n")
    assert head.splitlines()[0] == "HTTP/1.1 200 OK"
    assert "x-request-id: " in head.lower()
    assert json.loads(body)["user"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("/nothing/here",), ""),
        (("GET", "/entries", "-F", "limit=201"), "limit"),
        (("POST", "/entries/stop"), "No timer is running"),
        (("GET", "/me", "--paginate"), "no list"),
    ],
)
def test_a_failure_is_one_sentence_and_exit_code_1(
    command: Command, client: Client, words: tuple[str, ...], sentence: str
) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tabkeeper api: ")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_without_a_token_it_says_where_to_put_one(command: Command, team: Team) -> None:
    done = command("/me", TABKEEPER_TOKEN="")
    assert done.returncode == 1
    assert "TABKEEPER_TOKEN" in done.stderr
    assert team.server.api in done.stderr


def test_the_token_of_the_servers_own_place_in_the_keychain_is_used(
    command: Command, team: Team, tmp_path: Path
) -> None:
    kept = {f"tabkeeper:{team.server.api}": {"token": team.owner.token}}
    (tmp_path / "kept_for_tests.py").write_text(KEYCHAIN.format(kept=kept))
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    keychain = {"PYTHON_KEYRING_BACKEND": "kept_for_tests.Keychain", "PYTHONPATH": paths}
    assert answered(command("/me", TABKEEPER_TOKEN="", **keychain))["user"]["name"] == "Ada"
    other = team.server.api.replace("127.0.0.1", "localhost")
    assert "no token" in command("/me", "--server", other, TABKEEPER_TOKEN="", **keychain).stderr


def test_a_keychain_that_stays_locked_is_one_sentence(command: Command) -> None:
    done = command("/me", TABKEEPER_TOKEN="", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert done.returncode == 1
    assert done.stderr.startswith("tabkeeper api: The keychain did not give the token")
    assert "TABKEEPER_TOKEN" in done.stderr


def test_no_token_goes_to_an_unsafe_server(command: Command, team: Team) -> None:
    done = command("/me", "--server", "http://time.example.org")
    assert done.returncode == 1
    assert "https" in done.stderr
    assert team.owner.token not in done.stderr


@pytest.mark.parametrize(
    "words", [("GET", "/a", "/b"), ("/me", "-f", "novalue"), ("/me", "--input", "/nowhere")]
)
def test_words_that_make_no_request_are_exit_code_2(command: Command, words: tuple[str, ...]) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


# What words mean


def test_the_method_is_get_and_post_where_there_is_a_body() -> None:
    assert meant("/entries").method == "GET"
    assert meant("/entries", "-f", "description=x").method == "POST"
    assert meant("get", "/entries", "-f", "description=x").method == "GET"
    assert meant("/entries", "-X", "patch").method == "PATCH"


def test_fields_of_a_get_are_its_query_and_else_the_body() -> None:
    get = meant(
        "GET", "/entries?limit=5", "-f", "project_id=p 1", "-F", "billable=true", "-f", "x[]=1", "-f", "x[]=2"
    )
    assert get.query == (("limit", "5"), ("project_id", "p 1"), ("billable", "true"), ("x", "1"), ("x", "2"))
    assert get.body is None
    post = meant("POST", "/entries?limit=5", "-f", "description=x=y")
    assert (post.query, post.body) == ((("limit", "5"),), b'{"description":"x=y"}')


def test_typed_fields_are_what_they_look_like_and_raw_ones_stay_text() -> None:
    typed = ("-F", "a=true", "-F", "b=null", "-F", "c=175.10", "-F", "d=-3", "-F", "e=1.", "-F", "f=x")
    assert meant("POST", "/p", *typed).body == b'{"a":true,"b":null,"c":175.10,"d":-3,"e":"1.","f":"x"}'
    assert meant("POST", "/p", "-f", "a=true", "-f", "c=175").body == b'{"a":"true","c":"175"}'


def test_a_typed_field_can_be_the_content_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("Long note")
    assert (
        meant("POST", "/p", "-F", f"description=@{tmp_path / 'note'}").body == b'{"description":"Long note"}'
    )


def test_lists_are_gathered_in_their_order() -> None:
    body = meant("POST", "/p", "-f", "tags[]=b", "-F", "n=1", "-f", "tags[]=a").body
    assert body == b'{"tags":["b","a"],"n":1}'


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves this computer to another time zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "instant"), [("Europe/Zurich", "2026-10-31T23:00:00Z"), ("UTC", "2026-11-01T00:00:00Z")]
)
def test_a_bare_date_is_its_first_moment_here(
    in_zone: Callable[[str], None], zone: str, instant: str
) -> None:
    in_zone(zone)
    assert meant("GET", "/entries", "-f", "from=2026-11-01").query == (("from", instant),)


def test_an_instant_is_left_as_it_was_written() -> None:
    text = "2026-11-01T08:00:00+01:00"
    assert meant("GET", "/entries", "-f", f"to={text}").query == (("to", text),)


def test_mistakes_in_the_words_are_named() -> None:
    assert "one method and one path" in refused("GET", "/a", "-X", "POST")
    assert "path only" in refused("https://elsewhere.example.org/me")
    assert "path only" in refused("//elsewhere.example.org/me")
    assert "KEY=VALUE" in refused("/a", "-f", "=x")
    assert "--paginate" in refused("POST", "/a", "--paginate")
    assert "both as one value and as a list" in refused("POST", "/a", "-f", "t=1", "-f", "t[]=2")
    assert "not a date" in refused("GET", "/entries", "-f", "from=2026-13-40")
    assert "method" in refused("-X", "G T", "/a")
    assert "cannot be read" in refused("/a", "-F", "x=@/nowhere/at/all")


def test_standard_input_can_be_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))
    assert meant("POST", "/p", "-F", "description=@-").body == b'{"description":"piped"}'
