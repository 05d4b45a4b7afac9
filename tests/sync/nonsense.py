"""Answers that no server should give: malformed, hostile, half, or of another world, as raw bytes."""

import json
from collections.abc import Iterator
from typing import Any

ENTRY = {
    "id": "there-1",
    "user_id": "user",
    "project_id": None,
    "description": "There",
    "tags": [],
    "start": "2026-11-24T10:00:00Z",
    "stop": "2026-11-24T11:00:00Z",
    "duration": 3600,
    "billable": False,
    "created_at": "2026-11-24T11:00:00Z",
    "updated_at": "2026-11-24T11:00:00Z",
}
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, -(10**30), "", "x", "\0", "\ud83d\ude00" * 900, "2026-11-24", "24:00",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-13-45T99:99:99Z", [], [[]], {}, {"id": "x"},
    ["a", None],
)  # fmt: skip
_RAW = (
    b"", b" ", b"\0", b"null", b"true", b"0", b"-", b'"', b"{", b"[", b"[]", b"{}", b"[[]]", b"[null]",
    b"NaN",
    b"<html>Sign in</html>", b"<?xml version='1.0'?><entry/>", b"\xff\xfe\x00", b"\x1f\x8b\x08\x00broken",
    b'{"data":null}', b'{"data":{}}', b'{"data":[{}]}', b'{"data":[null]}', b'{"data":[],"total":-1}',
    b'{"data":[],"total":99}', b'{"data":[],"total":"many"}', b'{"data":[],"items":[],"total":0}',
    b'{"error":{"code":"not_found","message":"No."}}', b'{"error":"no"}', b'{"error":null}', b'{"id":1}',
    b'{"id":""}', b'{"id":"there-1"}', b"[" * 3000, b'{"a":' * 3000, b'{"data":[' + b"1," * 2000 + b"1]}",
    b'{"user":{},"workspace":{}}', b'{"data":[]} trailing', b"// comment\n[]", b'{"data":[],"data":[1]}',
)  # fmt: skip


def _page(*rows: Any, **more: Any) -> bytes:
    return json.dumps({"data": rows, "total": len(rows), "limit": 200, "offset": 0} | more).encode()


def corpus() -> Iterator[tuple[int, bytes]]:
    """Yield status and body of each answer; well over three hundred."""
    for raw in _RAW:
        yield from ((status, raw) for status in (200, 201, 404))
    for name in ENTRY:
        for value in _VALUES:
            yield 200, _page({**ENTRY, name: value})
        yield 200, _page({key: value for key, value in ENTRY.items() if key != name})
    whole = _page(ENTRY)
    yield from ((200, whole[:cut]) for cut in range(0, len(whole), 9))
    yield 200, _page(ENTRY, ENTRY)
    yield 200, _page({**ENTRY, "stop": "2026-11-24T09:00:00Z"})
    yield 200, _page(ENTRY, {**ENTRY, "id": "there-2", "start": "2026-11-25T10:00:00Z"})
    yield 200, _page({**ENTRY, "start": "2035-01-01T00:00:00Z", "stop": None})
    yield 200, _page({**ENTRY, "user_id": "somebody else"})
    yield 200, _page(ENTRY, total=500)
    yield from (
        (status, b"")
        for status in (100, 204, 205, 300, 302, 304, 400, 402, 403, 405, 410, 418, 451, 500, 599)
    )
