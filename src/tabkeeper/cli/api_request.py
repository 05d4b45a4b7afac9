"""What the words of `tabkeeper api` mean as a request; nothing is sent here."""

import re
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from tabkeeper.api import API_PATH
from tabkeeper.api.wire import format_instant
from tabkeeper.cli.command import Misused

_METHOD = re.compile(r"[A-Za-z]+")
_FIELD = re.compile(r"(?P<name>[^=\[\]]+)(?P<many>\[\])?=(?P<value>.*)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_WORDS = {"true": True, "false": False, "null": None}


class Request(NamedTuple):
    """What the words of the command ask for."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: bytes | None


def request_of(given: Namespace) -> Request:
    """Return the request; reads the files that the words name. Raises `Misused`."""
    *first, path = given.words
    if len(first) > 1 or (first and given.method):
        raise Misused("Give one method and one path, such as: tabkeeper api GET /entries.")
    fields = _fields(given.fields)
    has_body = bool(fields) or given.input is not None
    method = (given.method or (first[0] if first else "POST" if has_body else "GET")).upper()
    if not _METHOD.fullmatch(method):
        raise Misused(f"{method} is not an HTTP method.")
    if given.paginate and (method != "GET" or given.include):
        raise Misused("--paginate reads lists: it goes with GET, and not with --include.")
    path, query = _split(path)
    body = _content(given.input) if given.input is not None else None
    if method == "GET" or body is not None:
        query += _as_query(fields)
    elif fields:
        body = msgspec.json.encode(fields)
    return Request(method, path, query, body)


def _split(path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    from urllib.parse import parse_qsl

    if "://" in path or path.startswith("//"):
        raise Misused("Give the path only, such as /entries; the server is given by --server.")
    path, _, query = path.partition("?")
    # The reference writes its paths whole, and a server's address has that beginning already.
    path = "/" + path.strip("/")
    path = path.removeprefix(API_PATH) if path.startswith(f"{API_PATH}/") else path
    return path, tuple(parse_qsl(query, keep_blank_values=True))


def _fields(given: list[tuple[str, bool]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for text, typed in given:
        field = _FIELD.fullmatch(text)
        if field is None:
            raise Misused(f"{text!r} is not KEY=VALUE.")
        value = _typed(field["value"]) if typed else field["value"]
        if field["many"]:
            several = fields.setdefault(field["name"], [])
            if not isinstance(several, list):
                raise Misused(f"{field['name']} is given both as one value and as a list.")
            several.append(value)
        else:
            fields[field["name"]] = value
    return fields


def _typed(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith("@"):
        return _content(text[1:]).decode("utf-8", "replace")
    # Kept as it was written: no digit of an amount is lost on the way.
    return msgspec.Raw(text.encode()) if _NUMBER.fullmatch(text) else text


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Misused(f"{name} cannot be read: {error.strerror}.") from None


def _as_query(fields: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, _first_moment(value) if name in ("from", "to") else value)
        for name, values in fields.items()
        for value in map(_query_text, values if isinstance(values, list) else [values])
    )


def _query_text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _first_moment(text: str) -> str:
    """Return a bare date as the instant at which it begins in this computer's zone, all else as it is."""
    if not _DATE.fullmatch(text):
        return text
    try:
        return format_instant(datetime.fromisoformat(text).astimezone())
    except (ValueError, OverflowError):
        raise Misused(f"{text} is not a date.") from None
