"""What becomes of a connection on which no request can be read: the reference's envelope, or its end."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from tabkeeper.api.wire import ErrorAnswer, ErrorBody, ErrorCode, to_json
from tabkeeper_server.ids import new_id

# A request is short: who takes longer to send one holds a place that others need, with a token or without.
REQUEST_SECONDS = 60.0


class EnvelopeProtocol(H11Protocol):
    """HTTP/1.1 that refuses what is none in JSON, with the headers that every other answer has.

    Where a request does not arrive in time, from the beginning of the connection or from its own, it ends.
    """

    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait on if that was not all of a request."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._await_request()
        else:
            self._await_no_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._await_no_request()
        super().connection_lost(exc)

    def _await_request(self) -> None:
        if self._overdue is None:
            self._overdue = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _await_no_request(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what came and close the connection, for nobody knows where the next request would begin."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        body = to_json(
            ErrorAnswer(error=ErrorBody(code=ErrorCode.VALIDATION_ERROR, message="This is not proper HTTP."))
        )
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", new_id().encode()),
            (b"connection", b"close"),
        ]
        refusal = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (refusal, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
