"""Parameters of a query: how the OpenAPI document describes them, and how they are read: strictly."""

from datetime import datetime
from typing import Annotated

from litestar.params import Parameter, QueryParameter

from tabkeeper.api.wire import parse_instant
from tabkeeper_server.errors import invalid

From = Annotated[
    str | None,
    QueryParameter(
        name="from", schema_extra={"format": "date-time"}, description="Inclusive lower bound on start."
    ),
]
To = Annotated[
    str | None,
    QueryParameter(
        name="to", schema_extra={"format": "date-time"}, description="Exclusive upper bound on start."
    ),
]

Flag = Annotated[str | None, Parameter(schema_extra={"type": "boolean"})]


def read_range(from_: str | None, to: str | None) -> tuple[datetime | None, datetime | None]:
    """Read the bounds of a range. Raises `validation_error` naming the one that is wrong."""
    first, last = _read_instant("from", from_), _read_instant("to", to)
    if first is not None and last is not None and last < first:
        raise invalid("to", "must not be before from")
    return first, last


def read_flag(field: str, text: str | None) -> bool | None:
    """Read true or false. The framework would also take 1, TRUE, and null for no filter at all."""
    if text is None:
        return None
    if text not in ("true", "false"):
        raise invalid(field, "must be true or false")
    return text == "true"


def _read_instant(field: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        # In a query a plus sign that was not escaped arrives as a blank.
        return parse_instant(text.replace(" ", "+"))
    except ValueError as error:
        raise invalid(field, str(error)) from None
