"""What a connection answers where no request can be read from it: the reference's envelope here too."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from tabkeeper.api.wire import ErrorAnswer, ErrorBody, ErrorCode, to_json
from tabkeeper_server.ids import new_id


class EnvelopeProtocol(H11Protocol):
    """HTTP/1.1 that refuses what is none in JSON, with the headers that every other answer has."""

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
