"""`tabkeeper api`: authenticated access to any endpoint from a script, in the manner of `gh api`.

Here are the words of the command and what they mean as a request; the request itself is `tabkeeper.api`'s.
"""

import argparse
import asyncio
import contextlib
import os
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tabkeeper.api import Answer, Client

TOKEN_VARIABLE = "TABKEEPER_TOKEN"  # noqa: S105 - the name of a variable
SERVER_VARIABLE = "TABKEEPER_SERVER"
KEYCHAIN_SERVICE = "tabkeeper:{server}"
KEYCHAIN_USER = "token"

OK, FAILED, USAGE = 0, 1, 2

_METHOD = re.compile(r"[A-Za-z]+")
_FIELD = re.compile(r"(?P<name>[^=\[\]]+)(?P<many>\[\])?=(?P<value>.*)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_WORDS = {"true": True, "false": False, "null": None}

EPILOG = """\
examples:
  tabkeeper api /me
  tabkeeper api GET /entries -f from=2026-11-01 --paginate
  tabkeeper api POST /entries/start -f description="Code review" -F billable=true -f 'tags[]=review'
  tabkeeper api PATCH /entries/ID -F stop=null
  tabkeeper api POST /entries --input entry.json

The token is taken from TABKEEPER_TOKEN, or else from the keychain.
"""


class UsageError(Exception):
    """Words that do not make a request; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the words of the command ask for."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: bytes | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of `tabkeeper api` on its parser."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    add = parser.add_argument
    add("words", nargs="+", metavar="[METHOD] PATH", help="such as GET /entries; POST where there is a body")
    add("-X", "--method", help="the HTTP method, where it is not the first word")
    add(
        "-f", "--raw-field", action=_Field, dest="fields", default=[], metavar="KEY=VALUE",
        help="a text: a query parameter of a GET, else a field of the JSON body; KEY[]=VALUE adds to a list; "
        "a bare date for from or to is its first moment here",
    )  # fmt: skip
    add(
        "-F", "--field", action=_TypedField, dest="fields", metavar="KEY=VALUE",
        help="the same, but true, false, null and numbers are what they look like, and @FILE is its content",
    )  # fmt: skip
    add("--input", metavar="FILE", help="the file that is the body; - is standard input")
    add("--paginate", action="store_true", help="read all pages of a list, and print one list")
    add("-i", "--include", action="store_true", help="print the status and the headers of the answer first")
    add("--server", help=f"the address of the API (default: {SERVER_VARIABLE}, or the hosted service)")


class _Field(argparse.Action):
    """Collects `-f` and `-F` into one list in their order, each with whether its value is typed."""

    typed = False

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, _: object = None
    ) -> None:
        setattr(namespace, self.dest, [*getattr(namespace, self.dest), (str(values), self.typed)])


class _TypedField(_Field):
    typed = True


def run(arguments: argparse.Namespace) -> int:
    """Make the request and print its answer; 0 done, 1 it failed, 2 the words make no request."""
    from tabkeeper.api import ApiFailure

    try:
        request = request_of(arguments)
        asyncio.run(_answer_to(request, arguments))
    except UsageError as error:
        return _complain(str(error), USAGE)
    except (ApiFailure, ValueError) as error:
        return _complain(str(error), FAILED)
    return OK


def request_of(arguments: argparse.Namespace) -> Request:
    """Return what the words mean. Raises UsageError."""
    *first, path = arguments.words
    if len(first) > 1 or (first and arguments.method):
        raise UsageError("Give one method and one path, such as: tabkeeper api GET /entries")
    fields = _fields(arguments.fields)
    has_body = bool(fields) or arguments.input is not None
    method = (arguments.method or (first[0] if first else "POST" if has_body else "GET")).upper()
    if not _METHOD.fullmatch(method):
        raise UsageError(f"{method} is not an HTTP method.")
    if arguments.paginate and (method != "GET" or arguments.include):
        raise UsageError("--paginate reads lists: it goes with GET, and not with --include.")
    path, query = _split(path)
    body = _content(arguments.input) if arguments.input is not None else None
    if method == "GET" or body is not None:
        query += _as_query(fields)
    elif fields:
        body = msgspec.json.encode(fields)
    return Request(method, path, query, body)


def _split(path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    from urllib.parse import parse_qsl

    if "://" in path or path.startswith("//"):
        raise UsageError("Give the path only, such as /entries; the server is given by --server.")
    path, _, query = path.partition("?")
    return "/" + path.strip("/"), tuple(parse_qsl(query, keep_blank_values=True))


def _fields(given: list[tuple[str, bool]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for text, typed in given:
        field = _FIELD.fullmatch(text)
        if field is None:
            raise UsageError(f"{text!r} is not KEY=VALUE.")
        value = _typed(field["value"]) if typed else field["value"]
        if field["many"]:
            several = fields.setdefault(field["name"], [])
            if not isinstance(several, list):
                raise UsageError(f"{field['name']} is given both as one value and as a list.")
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
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from None


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
    from tabkeeper.api.wire import format_instant

    if not _DATE.fullmatch(text):
        return text
    try:
        return format_instant(datetime.fromisoformat(text).astimezone())
    except (ValueError, OverflowError):
        raise UsageError(f"{text} is not a date.") from None


async def _answer_to(request: Request, arguments: argparse.Namespace) -> None:
    from tabkeeper.api import DEFAULT_SERVER, Client, server_address

    server = server_address(arguments.server or os.environ.get(SERVER_VARIABLE) or DEFAULT_SERVER)
    async with Client(server, _token(server)) as client:
        if arguments.paginate:
            await _print_all(client, request)
        else:
            answer = await client.request(
                request.method, request.path, query=request.query, body=request.body
            )
            _print(answer, include=arguments.include)


async def _print_all(client: "Client", request: Request) -> None:
    from tabkeeper.api.raw import each_row

    rows = [bytes(row) async for row in each_row(client, request.path, request.query)]
    _write(b"[" + b",".join(rows) + b"]")


def _print(answer: "Answer", *, include: bool) -> None:
    if include:
        head = [f"{answer.protocol} {answer.status} {answer.reason}".rstrip()]
        head += [f"{name}: {value}" for name, value in answer.headers.multi_items()]
        sys.stdout.write("\n".join(head) + "\n\n")
    if answer.body:
        _write(answer.body)


def _write(body: bytes) -> None:
    """Write JSON as it came to a file or a pipe, and laid out to a person."""
    if sys.stdout.isatty():
        with contextlib.suppress(msgspec.DecodeError):
            body = msgspec.json.format(body, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(body + b"\n")
    sys.stdout.buffer.flush()


def _token(server: str) -> str:
    token = os.environ.get(TOKEN_VARIABLE) or _kept_token(server)
    if not token:
        raise ValueError(f"There is no token for {server}. Set {TOKEN_VARIABLE}, or sign in first.")
    return token


def _kept_token(server: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(KEYCHAIN_SERVICE.format(server=server), KEYCHAIN_USER)
    except keyring.errors.KeyringError as error:
        raise ValueError(f"The keychain did not give the token ({error}). Set {TOKEN_VARIABLE}.") from None


def _complain(sentence: str, code: int) -> int:
    print(f"tabkeeper api: {sentence}", file=sys.stderr)
    return code
