"""From an answer that says no to the error that says it in Python."""

from datetime import timedelta

from tabkeeper.api._call import Answer, Call
from tabkeeper.api._reader import read_refusal
from tabkeeper.api._retry import RETRY_AFTER_UNREADABLE, parse_retry_after
from tabkeeper.api._token import Token
from tabkeeper.api.errors import (
    ApiFailure,
    RateLimited,
    TimedOut,
    UnexpectedAnswer,
    kind_of_refusal,
)
from tabkeeper.api.wire import ErrorBody, ErrorDetail

_WORDS_MAX = 500


def failure_of(call: Call, answer: Answer, token: Token) -> ApiFailure | None:
    """Return what an answer's status means for the caller; None for success."""
    status = answer.status
    if 200 <= status < 300:
        return None
    if status == 408:
        return TimedOut(call.endpoint, f"{call.endpoint}: the server did not get the request in time.")
    if status < 400 or status == 407:
        return UnexpectedAnswer(call.endpoint, f"{call.endpoint} answered with status {status}.")
    said = read_refusal(answer.body) or ErrorBody(code="")
    kind = kind_of_refusal(status, said.code)
    retry_after = _retry_after(answer)
    if kind is RateLimited and retry_after is None:
        retry_after = RETRY_AFTER_UNREADABLE

    def words(text: str) -> str:
        return token.scrubbed_from(text)[:_WORDS_MAX]

    return kind(
        call.endpoint,
        words(said.message) or f"{call.endpoint} was refused with status {status}.",
        status=status,
        code=words(said.code) or None,
        details=tuple(ErrorDetail(field=words(d.field), message=words(d.message)) for d in said.details),
        request_id=answer.exchange.request_id,
        retry_after=retry_after,
    )


def _retry_after(answer: Answer) -> timedelta | None:
    text = answer.headers.get("Retry-After")
    if text is None:
        return None
    return parse_retry_after(text, answer.exchange.server_time or answer.exchange.received_at)
