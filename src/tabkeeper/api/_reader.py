"""Reading answers: the contract's own shape the fast typed way, and the shapes it tolerates where that fails.

Everything else, however hostile, is one `UnexpectedAnswer` that names the endpoint and the field. What is
tolerated is listed in `tests/api/test_reader.py`, one test a shape.
"""

import functools
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, get_args

import msgspec

from tabkeeper.api import wire
from tabkeeper.api.errors import UnexpectedAnswer

Thing = TypeVar("Thing", bound=msgspec.Struct)
Value = TypeVar("Value")

_LIST_WRAPPERS = ("data", "items", "results")
_SINGULAR: dict[type, str] = {
    wire.Client: "client",
    wire.Entry: "entry",
    wire.Me: "me",
    wire.Project: "project",
    wire.Summary: "summary",
    wire.Tag: "tag",
}
_PLURAL: dict[type, str] = {
    wire.Client: "clients",
    wire.Entry: "entries",
    wire.Project: "projects",
    wire.Tag: "tags",
}
# A field that only the bare thing has: where it is present, nothing is wrapped around.
_OWN_FIELD: dict[type, str] = {wire.Me: "user", wire.Summary: "groups"}
_NESTED: dict[type, dict[str, type[msgspec.Struct]]] = {
    wire.Me: {"user": wire.User, "workspace": wire.Workspace},
    wire.Summary: {"total": wire.Total, "groups": wire.Group},
    wire.Group: {"other_currencies": wire.OtherCurrency},
}
_MESSAGE_MAX = 200


def read_one(kind: type[Thing], body: bytes, endpoint: str) -> Thing:
    """Read a single thing: bare, or under `data` or its own name. Raises UnexpectedAnswer."""

    def tolerant() -> Thing:
        return msgspec.convert(_familiar(_unwrapped(_tree(body), kind), kind), kind)

    return _read(kind, tolerant, body, endpoint)


def read_current(body: bytes, endpoint: str) -> wire.Entry | None:
    """Read the running entry; None for each of the ways to say that nothing runs. Raises UnexpectedAnswer."""

    def tolerant() -> wire.Entry | None:
        tree = _tree(body)
        if isinstance(tree, dict) and _says_nothing(tree):
            return None
        return msgspec.convert(_familiar(_unwrapped(tree, wire.Entry), wire.Entry), wire.Entry)

    return _read(wire.Entry | None, tolerant, body, endpoint)


def expect_json(body: bytes, endpoint: str) -> None:
    """Raise UnexpectedAnswer where a body is no JSON: a login page with status 200 has done nothing."""
    try:
        _tree(body)
    except _UNREADABLE as error:
        reason = _reason(error, body)
    else:
        return
    raise UnexpectedAnswer(endpoint, f"{endpoint} answered something unexpected: {reason}")


def read_page(kind: type[Thing], body: bytes, endpoint: str) -> wire.Page[Thing]:
    """Read a list: the contract's envelope, another one, or a bare array. Raises UnexpectedAnswer.

    Two things of one id in one answer are refused: it would not be known which of them is true.
    """

    def tolerant() -> wire.Page[Thing]:
        rows, total = unwrapped_list(_tree(body), _PLURAL[kind])
        things = tuple(msgspec.convert([_familiar(row, kind) for row in rows], list[kind]))  # type: ignore[valid-type]
        return wire.Page(data=things, total=total)

    page = _read(wire.Page[kind], tolerant, body, endpoint)  # type: ignore[valid-type]
    if len({thing.id for thing in page.data}) < len(page.data):  # type: ignore[attr-defined]
        raise UnexpectedAnswer(endpoint, f"{endpoint} answered the same id twice in one list.")
    return page


def read_refusal(body: bytes) -> wire.ErrorBody | None:
    """Read the error envelope; None where the body is anything else, and its status has to do.

    `details` in a form of the server's own are passed over.
    """
    try:
        tree = _tree(body)
        if isinstance(tree, dict) and isinstance(tree.get("error"), dict):
            return _refusal_in(tree["error"])
    except _UNREADABLE:
        pass
    return None


def _refusal_in(error: dict[str, object]) -> wire.ErrorBody:
    try:
        return msgspec.convert(error, wire.ErrorBody)
    except msgspec.ValidationError:
        return msgspec.convert({**error, "details": ()}, wire.ErrorBody)


def unwrapped_list(tree: object, plural: str) -> tuple[list[object], int | None]:
    """Return the rows of a list in any tolerated envelope, and the total where it gives one.

    Raises ValueError where there is not exactly one array to choose.
    """
    if isinstance(tree, list):
        return tree, None
    if not isinstance(tree, dict):
        raise ValueError("Expected a list")
    arrays = [tree[name] for name in (*_LIST_WRAPPERS, plural) if isinstance(tree.get(name), list)]
    if len(arrays) != 1:
        raise ValueError(
            f"Expected a list under `data`, `items`, `results` or `{plural}`, found {len(arrays)}"
        )
    total = tree.get("total")
    return arrays[0], total if type(total) is int and total >= 0 else None


# ValueError covers msgspec's refusals of integers and text, ArithmeticError absurd decimals.
_UNREADABLE = (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError)


def _read(kind: Any, tolerant: Callable[[], Value], body: bytes, endpoint: str) -> Value:
    """Read `body` as `kind` the fast way, or else by `tolerant`, which gives the same type."""
    try:
        value: Value = _decoder(kind).decode(body)
    except _UNREADABLE:
        pass
    else:
        return value
    try:
        return tolerant()
    except _UNREADABLE as error:
        reason = _reason(error, body)
    raise UnexpectedAnswer(endpoint, f"{endpoint} answered something unexpected: {reason}")


def _reason(error: Exception, body: bytes) -> str:
    if body.lstrip()[:1] == b"<":
        return "a web page. Is this network asking for a login, or is the server's address wrong?"
    if not body.strip():
        return "nothing at all."
    if isinstance(error, RecursionError):
        return "data nested too deep."
    return str(error)[:_MESSAGE_MAX].replace("`$`", "the top").replace("`$.", "`")


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


_tree_decoder = msgspec.json.Decoder(float_hook=Decimal)


def _tree(body: bytes) -> object:
    return _tree_decoder.decode(body)


def _unwrapped(tree: object, kind: type) -> object:
    if not isinstance(tree, dict) or _OWN_FIELD.get(kind, "id") in tree:
        return tree
    inner = [tree[name] for name in ("data", _SINGULAR[kind]) if isinstance(tree.get(name), dict)]
    return inner[0] if len(inner) == 1 else tree


def _says_nothing(tree: dict[str, object]) -> bool:
    wrappers = [name for name in ("data", "entry") if name in tree]
    return not tree or ("id" not in tree and bool(wrappers) and all(tree[name] is None for name in wrappers))


def _familiar(tree: object, kind: type[msgspec.Struct]) -> object:
    """Bring one thing's fields to the contract's names and forms, as far as the contract tolerates others."""
    if not isinstance(tree, dict):
        return tree
    named = {_snake_case(name): value for name, value in tree.items()} | tree
    for name, required, nullable in _fields(kind):
        value = named.get(name)
        if value is not None:
            named[name] = _familiar_field(kind, name, value)
        elif not required:
            named.pop(name, None)
        elif nullable:
            named[name] = None
    return named


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool, bool], ...]:
    """Return the name of each field, whether it must be there, and whether it may be null."""
    return tuple(
        (field.encode_name, field.required, type(None) in get_args(field.type))
        for field in msgspec.structs.fields(kind)
    )


def _familiar_field(kind: type[msgspec.Struct], name: str, value: object) -> object:
    if kind is wire.Entry and name == "tags" and isinstance(value, list):
        return [tag["name"] if isinstance(tag, dict) and "name" in tag else tag for tag in value]
    nested = _NESTED.get(kind, {}).get(name)
    if nested is None:
        return value
    return (
        [_familiar(item, nested) for item in value] if isinstance(value, list) else _familiar(value, nested)
    )


_capital = re.compile(r"(?<=[a-z0-9])[A-Z]")


@functools.lru_cache(maxsize=256)
def _snake_case(name: str) -> str:
    return _capital.sub(lambda capital: "_" + capital[0].lower(), name)
