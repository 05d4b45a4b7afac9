"""`tabkeeper api` as scripts use it: its own process against our real server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.server_process import Team

from tabkeeper.api import Client, wire

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(team: Team) -> Command:
    """Runs the command as the owner in a process of its own."""

    def run(*words: str, stdin: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": team.server.api}
        return subprocess.run(
            [sys.executable, "-m", "tabkeeper", "api", *words],
            env=environment | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"} | variables,
            input=stdin,
            capture_output=True,
            text=True,
        )

    return run


def answered(done: "subprocess.CompletedProcess[str]") -> Any:
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_path_alone_is_read(command: Command) -> None:
    assert answered(command("/me"))["user"]["email"] == "owner@team.test"
    assert answered(command("get", "me"))["user"]["email"] == "owner@team.test"
    assert answered(command("/api/v1/me"))["user"]["email"] == "owner@team.test"


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
        (("/nothing/here",), "GET /nothing/here: There is nothing at this address. (HTTP 404, not_found)"),
        (("GET", "/entries", "-F", "limit=201"), "GET /entries: limit: "),
        (("POST", "/entries/stop"), "POST /entries/stop: No timer is running. (HTTP 404, not_found)"),
        (("GET", "/me", "--paginate"), "no list"),
        (("GET", "/entries", "--paginate", "-f", "limit=some"), "limit and offset, whole numbers"),
        (
            ("GET", "/me", "--server", "http://127.0.0.1:9"),
            "There is no token for http://127.0.0.1:9/api/v1. ",
        ),
    ],
)
def test_a_failure_is_one_sentence_and_exit_code_1(
    command: Command, client: Client, words: tuple[str, ...], sentence: str
) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_without_a_token_it_says_where_to_put_one(command: Command, team: Team) -> None:
    done = command("/me", TABKEEPER_TOKEN="")
    assert done.returncode == 1
    assert "TABKEEPER_TOKEN" in done.stderr
    assert team.server.api in done.stderr


def test_a_server_that_cannot_be_reached_is_named(command: Command) -> None:
    done = command("/me", TABKEEPER_SERVER="http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert "could not be reached: All connection attempts failed.\n" in done.stderr


def test_a_token_in_the_environment_goes_to_no_other_server_than_its_own(
    command: Command, team: Team
) -> None:
    for own in ("", "https://time.example.org", "http://no.address.of.a.server"):
        done = command("/me", "--server", team.server.api, TABKEEPER_SERVER=own)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"TABKEEPER_SERVER to {team.server.api}" in done.stderr
    assert answered(command("/me", "--server", f"{team.server.api}/"))["user"]


def test_no_token_goes_to_an_unsafe_server(command: Command, team: Team) -> None:
    done = command("/me", "--server", "http://time.example.org")
    assert done.returncode == 1
    assert "https" in done.stderr
    assert team.owner.token not in done.stderr


def test_a_person_at_a_terminal_sees_json_laid_out_that_the_terminal_does_not_obey(
    command: Command, team: Team
) -> None:
    team.owner.made("/clients", name="Acme \u202e\u009b2J")
    code = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]))"
    words = (sys.executable, "-m", "tabkeeper", "api", "/clients")
    environment = os.environ | {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": team.server.api}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True
    )
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert '\r\n  "data": [\r\n' in shown
    assert r'"name": "Acme \u202e\u009b2J"' in shown
    assert json.loads(shown)["data"][0]["name"] == "Acme \u202e\u009b2J"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tabkeeper api G", ["GET"]),
        ("tabkeeper api GET /entries/", ["/entries/current", "/entries/start", "/entries/stop"]),
        ("tabkeeper api -X PA", ["PATCH"]),
    ],
)
def test_a_shell_completes_methods_and_paths(typed: str, offered: list[str], tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    completing = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": typed,
        "COMP_POINT": str(len(typed)),
    }
    words = [sys.executable, "-m", "tabkeeper"]
    subprocess.run(words, env=os.environ | completing, capture_output=True, check=True)
    assert [word.strip() for word in answer.read_text().split("\n")] == offered


@pytest.mark.parametrize(
    "words", [("GET", "/a", "/b"), ("/me", "-f", "novalue"), ("/me", "--input", "/nowhere")]
)
def test_words_that_make_no_request_are_exit_code_2(command: Command, words: tuple[str, ...]) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
