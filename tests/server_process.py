"""The real server as a process on a socket of its own, with workspaces and people made by its commands."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from tabkeeper_server.__main__ import main

COMMAND = (sys.executable, "-m", "tabkeeper_server")
LISTENS = re.compile(r"listens on (http://\S+)")


@dataclass
class ServerProcess:
    """A server that answers at `url`, keeps its data in `database`, and logs to `log`."""

    url: str
    database: str
    log: Path
    process: subprocess.Popen[str]
    http: httpx.Client = field(default_factory=lambda: httpx.Client(verify=False, timeout=60))

    @property
    def api(self) -> str:
        return f"{self.url}/api/v1"

    def say(self, *words: str) -> str:
        """Carry out an admin command on the server's database, and return what it printed."""
        printed = io.StringIO()
        # In a thread, so that it works within a running event loop too.
        with contextlib.redirect_stdout(printed), ThreadPoolExecutor(1) as thread:
            code = thread.submit(main, (*words, "--database", self.database)).result()
        assert code == 0, words
        return printed.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        """Return what was logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def lines_about(self, request_id: str) -> list[dict[str, Any]]:
        """Return what was logged of a request: it may be written a moment after the answer was sent."""
        patience = time.monotonic() + 30
        while request_id not in self.log.read_text(encoding="utf-8"):
            assert time.monotonic() < patience, f"nothing is logged of {request_id}"
        return [line for line in self.lines() if line.get("request_id") == request_id]

    def team(self, **options: str) -> "Team":
        """Make a workspace of its own with its owner. `options` are those of `setup`."""
        name = f"Workspace {uuid.uuid4()}"
        words = [
            part for option, value in options.items() for part in (f"--{option.replace('_', '-')}", value)
        ]
        said = self.say("setup", "--workspace", name, "--owner-email", "owner@team.test", *words)
        return Team(self, name, Person(self, "owner@team.test", said.splitlines()[-1]))


@dataclass
class Person:
    """Somebody with a token, who asks plainly."""

    server: ServerProcess
    email: str
    token: str

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.server.http.request(method, f"{self.server.api}{path}", headers=headers, **options)

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.ask("GET", path, params=query or None)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.ask("POST", path, json={} if body is None else body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        return self.ask("PATCH", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.ask("DELETE", path)

    @cached_property
    def id(self) -> str:
        return str(self.get("/me").json()["user"]["id"])

    def made(self, path: str, **fields: Any) -> dict[str, Any]:
        """Create something, and return what the server says it is."""
        answer = self.post(path, fields)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def entry(self, start: str, stop: str | None = None, **fields: Any) -> dict[str, Any]:
        """Create an entry, and return it."""
        return self.made("/entries", start=start, **({"stop": stop} if stop else {}), **fields)

    def listed(self, path: str = "/entries", **query: Any) -> list[dict[str, Any]]:
        """Return what a list holds."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["data"])


@dataclass
class Team:
    """A workspace and its people; whoever is asked for joins."""

    server: ServerProcess
    name: str
    owner: Person

    def join(self, email: str, role: str = "member", **options: str) -> Person:
        words = [part for option, value in options.items() for part in (f"--{option}", value)]
        said = self.server.say("user", "add", email, "--workspace", self.name, "--role", role, *words)
        return Person(self.server, email, said.splitlines()[-1])

    @cached_property
    def admin(self) -> Person:
        return self.join("admin@team.test", "admin")

    @cached_property
    def member(self) -> Person:
        return self.join("member@team.test")

    @cached_property
    def other_member(self) -> Person:
        return self.join("other@team.test")

    def restrict(self, project: str, *members: Person) -> None:
        """List these people, and nobody else, on a project of this name or id."""
        words = [part for member in members for part in ("--add", member.email)]
        self.server.say("project", "members", project, "--workspace", self.name, *words)


@contextlib.contextmanager
def serving(
    home: Path, *, database: str | None = None, rate_limit: int | None = 0, port: int = 0
) -> Iterator[ServerProcess]:
    """Run a server with its log in `home` and by default its data too, and end it afterwards."""
    home.mkdir(parents=True, exist_ok=True)
    database = database or f"sqlite:///{home / 'server.sqlite'}"
    log = home / "server.log"
    words = ["run", "--port", str(port), "--database", database]
    if rate_limit is not None:
        words += ["--rate-limit", str(rate_limit)]
    with (
        log.open("a", encoding="utf-8") as errors,
        subprocess.Popen(
            (*COMMAND, *words),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "TABKEEPER_SERVER_HOME": str(home)},
        ) as process,
    ):
        try:
            assert process.stdout
            found = LISTENS.search(process.stdout.readline())
            assert found, log.read_text(encoding="utf-8")
            server = ServerProcess(found[1], database, log, process)
            yield server
            server.http.close()
        finally:
            process.terminate()
            process.wait(timeout=30)
