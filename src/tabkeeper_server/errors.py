"""How the server says no: one exception, and its way onto the wire in the reference's envelope."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)

from tabkeeper.api.wire import BODY_BYTES_MAX, ErrorAnswer, ErrorBody, ErrorCode, ErrorDetail, status_of

_log = logging.getLogger("tabkeeper_server.errors")


class RefusedError(Exception):
    """A request that is refused, in words for people and with a code of the reference's table."""

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.headers = dict(headers or {})


def invalid(field: str, message: str) -> RefusedError:
    """Refuse a request because of one of its fields."""
    return RefusedError(ErrorCode.VALIDATION_ERROR, f"{field}: {message}", field=field)


def not_found(message: str) -> RefusedError:
    """Refuse a request because what it names does not exist, or not for this person."""
    return RefusedError(ErrorCode.NOT_FOUND, message)


def forbidden(message: str) -> RefusedError:
    """Refuse a request because of the person's role."""
    return RefusedError(ErrorCode.FORBIDDEN, message)


def conflict(message: str) -> RefusedError:
    """Refuse a request because it contradicts what is already there."""
    return RefusedError(ErrorCode.CONFLICT, message)


def answer_refusal(_request: Request[Any, Any, Any], refusal: RefusedError) -> Response[ErrorAnswer]:
    """Put a refusal into the envelope."""
    return _envelope(
        status_of(refusal.code), refusal.code, refusal.message, field=refusal.field, headers=refusal.headers
    )


def answer_http_exception(request: Request[Any, Any, Any], exception: HTTPException) -> Response[ErrorAnswer]:
    """Put what the framework refuses into the envelope; every status gets a code of the reference's table."""
    if isinstance(exception, NotFoundException):
        return _envelope(404, ErrorCode.NOT_FOUND, "There is nothing at this address.")
    if isinstance(exception, MethodNotAllowedException):
        message = f"This address does not answer {request.method}."
        return _envelope(405, ErrorCode.VALIDATION_ERROR, message, headers=exception.headers)
    if exception.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        message = f"body: must not be longer than {BODY_BYTES_MAX} bytes"
        return _envelope(413, ErrorCode.VALIDATION_ERROR, message, field="body")
    if isinstance(exception, ValidationException):
        field, message = _first_complaint(exception)
        return _envelope(400, ErrorCode.VALIDATION_ERROR, f"{field}: {message}", field=field)
    if request.state.get("broken_off"):
        # Nobody is there to read it; but the log must not call it a failure of the server.
        return _envelope(400, ErrorCode.VALIDATION_ERROR, "The request broke off before its end.")
    if exception.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _envelope(400, ErrorCode.VALIDATION_ERROR, "The request cannot be read.")
    return answer_failure(request, exception)


def answer_failure(request: Request[Any, Any, Any], exception: Exception) -> Response[ErrorAnswer]:
    """Answer for a mistake of the server's own; the log has the details, the answer has none."""
    request_id = request.state.get("request_id", "")
    _log.error(
        "A request failed unexpectedly", exc_info=exception, extra={"fields": {"request_id": request_id}}
    )
    message = f"The server made a mistake. Its log has the details under the request id {request_id}."
    return _envelope(500, ErrorCode.INTERNAL_ERROR, message)


def _envelope(
    status: int,
    code: ErrorCode,
    message: str,
    *,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[ErrorAnswer]:
    details = (ErrorDetail(field=field, message=message.removeprefix(f"{field}: ")),) if field else ()
    body = ErrorAnswer(error=ErrorBody(code=code, message=message, details=details))
    return Response(body, status_code=status, headers=dict(headers or {}))


def _first_complaint(exception: ValidationException) -> tuple[str, str]:
    """Return field and message of the first thing the framework found wrong with a query or a body."""
    complaints = exception.extra if isinstance(exception.extra, list) else []
    for complaint in complaints:
        # `data` is what the framework calls a body, and a body is only ever missing: it is read elsewhere.
        if isinstance(complaint, dict) and complaint.get("key") not in (None, "data"):
            return str(complaint["key"]), str(complaint.get("message", "is not valid"))
    return "body", "is required"
