"""Everything that can go wrong with a call, as one tree with `ApiFailure` at its root.

A failure names the endpoint and says in words for people what happened; it never holds the token or a body.
"""

from datetime import timedelta

from tabkeeper.api.wire import ErrorCode, ErrorDetail


class ApiFailure(Exception):  # noqa: N818 - the tree is named by what happened: Offline, Forbidden
    """A call that did not bring what it was made for.

    `endpoint` is method and path, such as `GET /entries`. `may_have_been_done` says whether the server may
    have carried the request out all the same: then only the same request with the same key may follow.
    """

    may_have_been_done = True
    worth_retrying = False

    def __init__(self, endpoint: str, message: str) -> None:
        super().__init__(message)
        self.endpoint = endpoint
        self.message = message


class Offline(ApiFailure):
    """The server could not be reached, or the connection broke off before it answered."""

    worth_retrying = True


class TimedOut(ApiFailure):
    """The server did not answer in time."""

    worth_retrying = True


class UnexpectedAnswer(ApiFailure):
    """An answer that the contract does not know, such as a network's login page.

    The message names the endpoint and, where there is one, the field.
    """


class BrokenOff(UnexpectedAnswer):
    """An answer that ended in the middle."""

    worth_retrying = True


class Refused(ApiFailure):
    """The server said no.

    `message` is the server's where it gave one; `code` is None where the answer had no error envelope and
    was judged by its `status` alone, so that it need not be the API that spoke.
    """

    may_have_been_done = False

    def __init__(
        self,
        endpoint: str,
        message: str,
        *,
        status: int,
        code: str | None = None,
        details: tuple[ErrorDetail, ...] = (),
        request_id: str | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(endpoint, message)
        self.status = status
        self.code = code
        self.details = details
        self.request_id = request_id
        self.retry_after = retry_after


class Unauthorized(Refused):
    """The token is missing, wrong or revoked (401)."""


class Forbidden(Refused):
    """The token may not do this (403)."""


class NotFound(Refused):
    """There is no such thing, or it is not for this token to see (404).

    `maybe_done_before` says that this answered a repeated call, an earlier try of which may have succeeded:
    then a delete that finds nothing has been carried out.
    """

    maybe_done_before = False


class ValidationError(Refused):
    """Something in the request is wrong; `details` names the fields where the server does (400)."""


class Conflict(Refused):
    """A duplicate, or a state that does not allow this (409)."""


class RateLimited(Refused):
    """Too many requests (429). `retry_after` is always set: nothing is to be sent before it has passed."""

    worth_retrying = True

    @property
    def pause(self) -> timedelta:
        """Return for how long nothing is to be sent."""
        return self.retry_after or timedelta(0)


class FeatureGated(Refused):
    """The workspace's plan does not include this."""


class InternalError(Refused):
    """The server failed (any 5xx); whether it did what was asked is not known."""

    may_have_been_done = True
    worth_retrying = True


BY_CODE: dict[str, type[Refused]] = {
    ErrorCode.UNAUTHORIZED: Unauthorized,
    ErrorCode.FORBIDDEN: Forbidden,
    ErrorCode.NOT_FOUND: NotFound,
    ErrorCode.VALIDATION_ERROR: ValidationError,
    ErrorCode.CONFLICT: Conflict,
    ErrorCode.RATE_LIMITED: RateLimited,
    ErrorCode.FEATURE_GATED: FeatureGated,
    ErrorCode.INTERNAL_ERROR: InternalError,
}

BY_STATUS: dict[int, type[Refused]] = {
    401: Unauthorized,
    402: FeatureGated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: NotFound,
    429: RateLimited,
}


def kind_of_refusal(status: int, code: str) -> type[Refused]:
    """Return the class for a status of 400 and above.

    A limit and a failure of the server are told by the status, because what to do next hangs on it; else
    the code decides, and the status where the code is missing or unknown.
    """
    if status >= 500:
        return InternalError
    if status == 429 or code not in BY_CODE:
        return BY_STATUS.get(status, ValidationError)
    return BY_CODE[code]
