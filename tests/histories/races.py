"""Notes values that nobody can see: somebody else wrote them between a computer's look and its request."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.histories.ledger import word_of

Wired = Mapping[str, Any]
"""An entry as it is on the wire."""


class Races:
    """What one computer has seen of the server, and the `found` values that its edits wrote over, or its
    deletions took away, unseen; each with the word by which its entry is known.

    `there` gives an entry as the server has it, or None, and `project_name` what a project of its is called.
    """

    def __init__(
        self, there: Callable[[str], Wired | None], project_name: Callable[[str | None], str | None]
    ) -> None:
        self.found: set[tuple[str, str, Any]] = set()
        self._there, self._project_name = there, project_name
        self._seen: dict[str, Wired] = {}
        self._read: dict[str, Wired] = {}
        """What it has read, but may not have taken in: that it does when it has read all of it."""
        self._waits = False

    def note_question(self, method: str, path: str) -> None:
        """Note what the computer is about to ask: all but a list shows that it has taken the former in."""
        if method != "GET" or path.endswith("/current"):
            self._take_in()
        self._waits = True

    def note_no_answer(self) -> None:
        """Note that the computer got no answer, or ended: what it was about to take in, it has not."""
        self._read.clear()
        self._waits = False

    def note_answer(self, status: int, content: bytes) -> None:
        """Note what an answer shows."""
        self._waits = False
        if status >= 300 or not content.startswith((b'{"data"', b'{"id"')):
            self._read.clear()
            return
        said = json.loads(content)
        for row in said.get("data", [said]):
            if "start" in row:
                self._read[row["id"]] = row

    def note_request(self, method: str, path: str, body: bytes) -> None:
        """Note what a request takes away; to be called when nothing comes between this and its delivery."""
        if not self._waits:
            self._take_in()  # it rests, and this one was sent long ago
        _, _, entry_id = path.rpartition("/entries/")
        if method not in ("PATCH", "DELETE") or not entry_id:
            return
        seen, there = self._seen.get(entry_id), self._there(entry_id)
        if there is None:
            return
        for name in json.loads(body) if method == "PATCH" else there:
            if seen is None or seen.get(name) != there[name]:
                self.found.add((word_of(there), *self._as_claimed(name, there[name])))

    def _take_in(self) -> None:
        self._seen |= self._read
        self._read.clear()

    def _as_claimed(self, name: str, value: Any) -> tuple[str, Any]:
        """Return a field in the words of the ledger."""
        if name == "project_id":
            return "project", self._project_name(value)
        return name, tuple(value) if isinstance(value, list) else value
