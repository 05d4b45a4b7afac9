"""Notes the values that nobody can see: written by somebody else between a computer's look and its edit."""

import json
from collections.abc import Callable, Mapping
from typing import Any

Wired = Mapping[str, Any]
"""An entry as it is on the wire."""


class Races:
    """What one computer has seen of the server, and the `found` values that its edits wrote over unseen.

    `there` gives an entry as the server has it, or None.
    """

    def __init__(self, there: Callable[[str], Wired | None]) -> None:
        self.found: set[tuple[str, str, Any]] = set()
        self._there = there
        self._seen: dict[str, Wired] = {}

    def note_answer(self, status: int, content: bytes) -> None:
        """Note what an answer shows."""
        if status >= 300 or not content.startswith((b'{"data"', b'{"id"')):
            return
        said = json.loads(content)
        for row in said.get("data", [said]):
            if "start" in row:
                self._seen[row["id"]] = row

    def note_request(self, method: str, path: str, body: bytes) -> None:
        """Note what an edit writes over; to be called when nothing comes between this and its delivery."""
        _, _, entry_id = path.rpartition("/entries/")
        if method != "PATCH" or not entry_id:
            return
        seen, there = self._seen.get(entry_id), self._there(entry_id)
        for name in json.loads(body):
            if there is not None and (seen is None or seen.get(name) != there[name]):
                self.found.add((entry_id, name, _hashable(there[name])))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
