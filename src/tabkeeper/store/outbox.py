"""What waits to be told to the server: rows with changes it has not seen, and requests it may have had.

Functions of an open transaction; what is sent, and when, is decided by sync.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tabkeeper.model.identity import new_id

Fields = Mapping[str, Any]
"""The content of a row that a server has too, as it lies in the table."""

SYNCED: Mapping[str, tuple[str, ...]] = {
    "client": ("name", "archived"),
    "project": ("name", "client_id", "color", "billable", "hourly_rate", "currency", "archived"),
    "entry": ("start", "stop", "description", "project_id", "tags", "billable"),
}

GONE_THERE = "gone there"


class Waiting(NamedTuple):
    """A row with changes, the last made `at` then, and what both sides had agreed on; None: no server has it.

    `refused` are the words with which the server refused it: it then waits for the person. `code` is the
    reason in one word, `GONE_THERE` where the server has the entry no longer. `by_rule` says of an entry that
    it has the end which another start gave it, and no person.
    """

    kind: str
    row_id: str
    at: int
    base: Fields | None
    refused: str | None
    code: str | None
    by_rule: bool


class Request(NamedTuple):
    """A request that may have reached the server, and has had no answer; sent `at` then by its clock."""

    id: str
    method: str
    body: str
    at: int


def belongs_to_an_account(connection: sqlite3.Connection) -> bool:
    """Whether this file does; without an account, nothing waits for anybody."""
    return _is_known(connection, "account")


def note(
    connection: sqlite3.Connection,
    kind: str,
    row_id: str,
    before: Fields | None,
    at: int,
    *,
    by_rule: bool = False,
) -> None:
    """Let a row wait that was just changed from `before`; one that was refused is worth another try.

    What is gone before anybody heard of it need not wait; but in a file from a backup nobody knows who has.
    `by_rule`: a timer was ended because another began.
    """
    sql = f"SELECT remote_id, deleted_at FROM {kind} WHERE id = ?"  # noqa: S608 - a name of our own
    remote_id, deleted_at = connection.execute(sql, (row_id,)).fetchone()
    is_gone = deleted_at is not None and remote_id is None and not _is_known(connection, "restored")
    if is_gone and not requests(connection, kind, row_id, "POST"):
        settle(connection, kind, row_id)
        return
    known = before is not None and remote_id is not None
    base = {name: before[name] for name in SYNCED[kind]} if known and before is not None else None
    waiting = waiting_of(connection, kind, row_id)
    stays = waiting is not None and waiting.by_rule and _ends_as_before(connection, row_id, before)
    mark(connection, kind, row_id, base, at, by_rule=by_rule or stays)


def _is_known(connection: sqlite3.Connection, name: str) -> bool:
    """Whether sync has noted anything under a name; `sync_state` has the words for what."""
    return connection.execute("SELECT 1 FROM sync_state WHERE name = ?", (name,)).fetchone() is not None


def _ends_as_before(connection: sqlite3.Connection, row_id: str, before: Fields | None) -> bool:
    """Whether an entry ends as it did before; one that comes back from a deletion does."""
    if before is None:
        return True
    sql = "SELECT 1 FROM entry WHERE id = ? AND stop IS ?"
    return connection.execute(sql, (row_id, before["stop"])).fetchone() is not None


def mark(
    connection: sqlite3.Connection,
    kind: str,
    row_id: str,
    base: Fields | None,
    at: int,
    *,
    by_rule: bool | None = None,
) -> None:
    """Let a row wait; one that waits already keeps its `base`, and is no longer refused.

    Whether its end is `by_rule` stays as it was where nothing is said of that.
    """
    connection.execute(
        "INSERT INTO outbox (kind, row_id, at, base, by_rule) "
        "VALUES (:kind, :row_id, :at, :base, coalesce(:by_rule, 0)) ON CONFLICT (kind, row_id) DO UPDATE SET "
        "at = excluded.at, refused = NULL, code = NULL, by_rule = coalesce(:by_rule, by_rule)",
        {"kind": kind, "row_id": row_id, "at": at, "base": _text(base), "by_rule": by_rule},
    )


def mark_all_unknown(connection: sqlite3.Connection, at: int) -> None:
    """Let every row wait that no server has."""
    for kind in SYNCED:
        connection.execute(
            f"INSERT INTO outbox (kind, row_id, at) SELECT ?, id, ? FROM {kind} "  # noqa: S608
            "WHERE remote_id IS NULL AND deleted_at IS NULL ORDER BY id ON CONFLICT DO NOTHING",
            (kind, at),
        )


def rebase(connection: sqlite3.Connection, kind: str, row_id: str, base: Fields | None) -> None:
    """Set what both sides agree on, for a row that goes on waiting."""
    connection.execute(
        "UPDATE outbox SET base = ? WHERE kind = ? AND row_id = ?", (_text(base), kind, row_id)
    )


def settle(connection: sqlite3.Connection, kind: str, row_id: str) -> None:
    """Let a row wait no longer: both sides have the same."""
    connection.execute("DELETE FROM outbox WHERE kind = ? AND row_id = ?", (kind, row_id))


def refuse(connection: sqlite3.Connection, kind: str, row_id: str, words: str, code: str) -> None:
    """Park a row's change until the person has seen why."""
    connection.execute(
        "UPDATE outbox SET refused = ?, code = ? WHERE kind = ? AND row_id = ?", (words, code, kind, row_id)
    )


def waiting(connection: sqlite3.Connection, kind: str | None = None) -> Iterator[Waiting]:
    """Yield what waits, in the order in which it began to."""
    rows = connection.execute(
        "SELECT * FROM outbox WHERE kind = coalesce(?, kind) ORDER BY sequence", (kind,)
    )
    return map(_waiting, rows)


def refused(connection: sqlite3.Connection) -> Iterator[Waiting]:
    """Yield what the server refused, in the order in which it began to wait."""
    sql = "SELECT * FROM outbox WHERE refused IS NOT NULL ORDER BY sequence"
    return map(_waiting, connection.execute(sql))


def ended_by_rule(connection: sqlite3.Connection) -> set[str]:
    """Return by what ids the server knows the entries whose end here is by rule, and is not agreed on."""
    sql = "SELECT remote_id FROM outbox JOIN entry ON entry.id = row_id WHERE kind = 'entry' AND by_rule"
    return {remote_id for (remote_id,) in connection.execute(sql)}


def waiting_of(connection: sqlite3.Connection, kind: str, row_id: str) -> Waiting | None:
    """Return how a row waits, or None."""
    sql = "SELECT * FROM outbox WHERE kind = ? AND row_id = ?"
    row = connection.execute(sql, (kind, row_id)).fetchone()
    return None if row is None else _waiting(row)


def counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many rows wait for the server, and how many for the person."""
    sql = "SELECT count(*) - count(refused), count(refused) FROM outbox"
    for_the_server, for_the_person = connection.execute(sql).fetchone()
    return for_the_server, for_the_person


# Requests under way


def begin(connection: sqlite3.Connection, kind: str, row_id: str, method: str, body: str, at: int) -> str:
    """Keep a request before it is sent, `at` by the server's clock; returns its id."""
    request_id = new_id()
    connection.execute(
        "INSERT INTO request (id, kind, row_id, method, body, at) VALUES (?, ?, ?, ?, ?, ?)",
        (request_id, kind, row_id, method, body, at),
    )
    return request_id


def finish(connection: sqlite3.Connection, request_id: str) -> bool:
    """Forget a request that was answered; False where the file was restored since and knows nothing of it."""
    return connection.execute("DELETE FROM request WHERE id = ?", (request_id,)).rowcount > 0


def requests(connection: sqlite3.Connection, kind: str, row_id: str, method: str) -> list[Request]:
    """Return the unanswered requests of a row, oldest first."""
    sql = "SELECT id, method, body, at FROM request WHERE kind = ? AND row_id = ? AND method = ? ORDER BY id"
    return [Request(*row) for row in connection.execute(sql, (kind, row_id, method))]


def is_asked(connection: sqlite3.Connection, kind: str, row_id: str) -> bool:
    """Whether a row has a request that was not answered."""
    sql = "SELECT 1 FROM request WHERE kind = ? AND row_id = ? LIMIT 1"
    return connection.execute(sql, (kind, row_id)).fetchone() is not None


def asked(connection: sqlite3.Connection) -> set[str]:
    """Return the rows with a request that was not answered."""
    return {row_id for (row_id,) in connection.execute("SELECT DISTINCT row_id FROM request")}


def echoes(connection: sqlite3.Connection, kind: str, row_id: str) -> dict[str, set[Any]]:
    """Return, by field, the values that unanswered edits of ours may yet bring to the server."""
    found: dict[str, set[Any]] = {}
    for request in requests(connection, kind, row_id, "PATCH"):
        for name, value in json.loads(request.body).items():
            found.setdefault(name, set()).add(value)
    return found


def another_starts(connection: sqlite3.Connection, row_id: str, start: int | None) -> bool:
    """Whether any other entry starts then, here or as the server knows it; deleted ones among them."""
    sql = (
        "SELECT 1 FROM entry WHERE start = :start AND id <> :row_id UNION ALL "
        "SELECT 1 FROM outbox WHERE kind = 'entry' AND json_extract(base, '$.start') = :start "
        "AND row_id <> :row_id LIMIT 1"
    )
    return connection.execute(sql, {"start": start, "row_id": row_id}).fetchone() is not None


def may_go_on(connection: sqlite3.Connection, start: int | None) -> bool:
    """Whether an unanswered edit of ours may yet let an entry go on which starts then, and has ended here."""
    sql = (
        "SELECT 1 FROM request JOIN entry ON entry.id = row_id WHERE kind = 'entry' AND method = 'PATCH' "
        "AND json_type(body, '$.stop') = 'null' AND start = ? AND stop IS NOT NULL"
    )
    return connection.execute(sql, (start,)).fetchone() is not None


def let_go_on(connection: sqlite3.Connection, row_id: str, until: int) -> bool:
    """Whether an unanswered edit of ours, sent `until` then by the server's clock, lets an entry go on."""
    sql = (
        "SELECT 1 FROM request WHERE kind = 'entry' AND row_id = ? AND method = 'PATCH' "
        "AND json_type(body, '$.stop') = 'null' AND at <= ?"
    )
    return connection.execute(sql, (row_id, until)).fetchone() is not None


def forget(connection: sqlite3.Connection, kind: str, row_id: str, method: str) -> None:
    """Forget the requests of a row that no longer matter."""
    connection.execute(
        "DELETE FROM request WHERE kind = ? AND row_id = ? AND method = ?", (kind, row_id, method)
    )


def note_look(connection: sqlite3.Connection, row_id: str, before: Fields | None, there: Fields) -> None:
    """Note what the server has of an entry by now, `before` being what was known of it.

    An edit that it newly shows has arrived, and is forgotten. Of several with the same values one has; the
    others may yet do so, as may those whose values it has from a request that was answered, or, of an end,
    from another one's start.
    """
    for request in requests(connection, "entry", row_id, "PATCH"):
        said = json.loads(request.body)
        if said.get("stop") is not None and another_starts(connection, row_id, there["stop"]):
            continue
        is_news = before is None or any(before[name] != value for name, value in said.items())
        if is_news and all(there[name] == value for name, value in said.items()):
            finish(connection, request.id)
            break


def starts_of_unanswered(connection: sqlite3.Connection) -> list[int]:
    """Return where the entries start of which an edit or a deletion may still arrive."""
    sql = (
        "SELECT start FROM request JOIN entry ON entry.id = row_id WHERE kind = 'entry' AND method <> 'POST'"
    )
    return [start for (start,) in connection.execute(sql)]


def starts_to_be_made(connection: sqlite3.Connection) -> list[int]:
    """Return where the entries start that wait to be made on the server, those aside that it refused."""
    sql = (
        "SELECT start FROM outbox JOIN entry ON entry.id = row_id WHERE kind = 'entry' AND base IS NULL "
        "AND refused IS NULL AND remote_id IS NULL"
    )
    return [start for (start,) in connection.execute(sql)]


def unanswered_creates(connection: sqlite3.Connection) -> list[tuple[str, int, bool]]:
    """Return what may have made entries on the server: the body, when it was sent, whether it is refused."""
    sql = (
        "SELECT body, request.at, refused IS NOT NULL FROM outbox "
        "JOIN request ON request.kind = outbox.kind AND request.row_id = outbox.row_id "
        "WHERE outbox.kind = 'entry' AND base IS NULL AND method = 'POST' ORDER BY sequence, request.id"
    )
    return [(body, at, bool(refused)) for body, at, refused in connection.execute(sql)]


def forget_older(connection: sqlite3.Connection, before: int) -> None:
    """Forget edits and deletions that the server did not show, and that no network can still carry.

    Of an entry that its answers lacked, nobody knows yet what it would have shown.
    """
    connection.execute(
        "DELETE FROM request WHERE method <> 'POST' AND at < ? AND row_id NOT IN (SELECT row_id FROM absent)",
        (before,),
    )


def _waiting(row: sqlite3.Row) -> Waiting:
    base = None if row["base"] is None else json.loads(row["base"])
    said = (row["refused"], row["code"], bool(row["by_rule"]))
    return Waiting(row["kind"], row["row_id"], row["at"], base, *said)


def _text(fields: Fields | None) -> str | None:
    return None if fields is None else json.dumps(fields, ensure_ascii=False)
