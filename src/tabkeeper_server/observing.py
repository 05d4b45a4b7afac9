"""What wraps the whole application: a request id in every answer, and a line of JSON in the log for each."""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any

from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPReceiveMessage,
    HTTPScope,
    Message,
    Receive,
    Scope,
    Send,
    WebSocketReceiveMessage,
)

from tabkeeper_server.ids import new_id

_access = logging.getLogger("tabkeeper_server.access")
_SOUND_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object on one line, with what `extra={"fields": …}` adds."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_json_lines() -> None:
    """Send everything that is logged to standard error, as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # Alembic announces each step of a migration that has nothing to do.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def observed(app: ASGIApp) -> ASGIApp:
    """Return the application with `X-Request-Id` in every answer and a line in the log for each.

    A sane id that came with the request is kept, so that a proxy's log and this one can be read together.
    Whether the other end went away before the request had ended is in `scope["state"]["broken_off"]`.
    The line has no query, no headers and no bodies: nothing secret, and nothing a person wrote.
    """

    async def observe(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        request_id = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        began = time.perf_counter()
        status = 0

        async def receive_watched() -> HTTPReceiveMessage | WebSocketReceiveMessage:
            message = await receive()
            if message["type"] == "http.disconnect":
                state["broken_off"] = True
            return message

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await app(scope, receive_watched, send_with_id)
        finally:
            _log_request(scope, request_id, status, time.perf_counter() - began)

    return observe


def _request_id(scope: HTTPScope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SOUND_REQUEST_ID.fullmatch(value):
            return value.decode()
    return new_id()


def _log_request(scope: HTTPScope, request_id: str, status: int, seconds: float) -> None:
    caller, client = scope.get("user"), scope["client"]
    fields = {
        "request_id": request_id,
        "client": client[0] if client else None,
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
        "token": getattr(caller, "token_prefix", None),
        "user_id": getattr(caller, "user_id", None),
    }
    _access.info("request", extra={"fields": fields})
