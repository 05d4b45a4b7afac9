"""How the server says no: the error envelope and the codes of the reference, each with its HTTP status."""

from enum import StrEnum

import msgspec


class ErrorCode(StrEnum):
    """Every code the reference documents."""

    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    VALIDATION_ERROR = "validation_error"
    CONFLICT = "conflict"
    RATE_LIMITED = "rate_limited"
    FEATURE_GATED = "feature_gated"
    INTERNAL_ERROR = "internal_error"


# `feature_gated` shares 403 with `forbidden`: the reference documents no status of its own for it.
_STATUSES = {
    ErrorCode.UNAUTHORIZED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.VALIDATION_ERROR: 400,
    ErrorCode.CONFLICT: 409,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.FEATURE_GATED: 403,
    ErrorCode.INTERNAL_ERROR: 500,
}


def status_of(code: ErrorCode) -> int:
    """Return the HTTP status that goes with `code`."""
    return _STATUSES[code]


class ErrorDetail(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is wrong with one field of a request."""

    field: str
    message: str


class ErrorBody(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal in words for people, with a code for programs."""

    code: str
    message: str = ""
    details: tuple[ErrorDetail, ...] = ()


class ErrorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope of every answer that is an error."""

    error: ErrorBody
