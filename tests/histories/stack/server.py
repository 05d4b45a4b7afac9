"""A real server process as a history needs it: a person's way to it, and a look at what it has."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import httpx
from tests.histories.races import Wired
from tests.server_process import ServerProcess


class RealServer:
    """One person's view of a server, past all proxies. `turn` is held while something is written there."""

    def __init__(self, process: ServerProcess) -> None:
        person = process.team().owner
        self.base, self.secret, self.user_id = process.api, person.token, person.id
        self.turn = threading.Lock()
        self._http = httpx.Client(headers={"Authorization": f"Bearer {self.secret}"}, timeout=60)
        self._projects: dict[str, str] = {}

    def now(self) -> datetime:
        return datetime.now(UTC)

    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport()

    def entries(self) -> Sequence[Wired]:
        return self._listed("/entries", user_id=self.user_id)

    def entry(self, entry_id: str) -> Wired | None:
        return next((row for row in self.entries() if row["id"] == entry_id), None)

    def project_name(self, project_id: str | None) -> str | None:
        if project_id is not None and project_id not in self._projects:
            self._projects = {row["id"]: row["name"] for row in self._listed("/projects")}
        return None if project_id is None else self._projects[project_id]

    def close(self) -> None:
        self._http.close()

    def _listed(self, path: str, **query: str) -> Sequence[Wired]:
        answer = self._http.get(self.base + path, params={"limit": "200", **query})
        answer.raise_for_status()
        rows: Sequence[Wired] = answer.json()["data"]
        return rows
