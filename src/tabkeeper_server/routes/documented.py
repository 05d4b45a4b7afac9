"""What the routes say about themselves in the OpenAPI document: refusals, and parameters of the query."""

from datetime import datetime
from typing import Annotated

from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter

from tabkeeper.api.wire import ErrorAnswer, parse_instant
from tabkeeper_server.errors import invalid

_REFUSALS = {
    400: "Validation error",
    401: "Missing or invalid token",
    403: "Forbidden",
    404: "Not found",
    409: "Conflict",
    413: "The body is too long",
    429: "Rate limited",
    500: "Unexpected server error",
}

From = Annotated[
    str | None,
    Parameter(
        query="from", schema_extra={"format": "date-time"}, description="Inclusive lower bound on start."
    ),
]
To = Annotated[
    str | None,
    Parameter(
        query="to", schema_extra={"format": "date-time"}, description="Exclusive upper bound on start."
    ),
]

Flag = Annotated[str | None, Parameter(schema_extra={"type": "boolean"})]


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """Return what a route may answer instead; every one may lack a token, ask too often, or fail."""
    return {
        status: ResponseSpec(ErrorAnswer, generate_examples=False, description=_REFUSALS[status])
        for status in sorted({*statuses, 400, 401, 429, 500})
    }


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
