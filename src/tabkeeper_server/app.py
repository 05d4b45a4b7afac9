"""The composition of the server: database, limiter, routes and their wrapping, put together in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.serialization import default_serializer
from litestar.types import ASGIApp, ControllerRouterHandler, Serializer

from tabkeeper.api.wire import BODY_BYTES_MAX, to_json
from tabkeeper_server.access import Caller
from tabkeeper_server.authentication import Authentication
from tabkeeper_server.database import Database
from tabkeeper_server.documentation import documentation
from tabkeeper_server.errors import RefusedError, answer_failure, answer_http_exception, answer_refusal
from tabkeeper_server.limiter import Limiter
from tabkeeper_server.observing import observed
from tabkeeper_server.routes import clients, entries, health, me, projects, reports, tags
from tabkeeper_server.routes.unhandled import answer_unhandled

BASE_PATH = "/api/v1"
COMPRESSED_FROM_BYTES = 1400  # what fits into one packet arrives no sooner for being smaller
# A page of 200 entries becomes a ninth in 0.3 ms; the highest level saves a fifth of that, for 1.8 ms.
COMPRESSION_LEVEL = 1
_HANDLERS: list[ControllerRouterHandler] = [
    me.get_me,
    entries.Entries,
    projects.Projects,
    clients.Clients,
    tags.get_tags,
    reports.get_summary,
]


class WireResponse(Response[Any]):
    """Writes answers as the contract says: instants with at most milliseconds, amounts as numbers."""

    def render(self, content: Any, media_type: str, enc_hook: Serializer = default_serializer) -> bytes:
        return content if isinstance(content, bytes) else to_json(content)


def build_app(database: Database, requests_a_minute: int) -> ASGIApp:
    """Return the application on an open database, which it closes when it ends."""

    @asynccontextmanager
    async def closing(_app: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await database.close()

    def provide_caller(request: Request[Caller, Any, Any], database: Database) -> Caller:
        # One after the other: for what is provided side by side the framework makes tasks, at each request.
        return request.user

    api = Router(
        BASE_PATH,
        route_handlers=_HANDLERS,
        dependencies={"caller": Provide(provide_caller, sync_to_thread=False)},
        security=[{"token": []}],
    )
    app = Litestar(
        route_handlers=[api, health.get_health],
        dependencies={"database": Provide(lambda: database, sync_to_thread=False)},
        exception_handlers={
            RefusedError: answer_refusal,
            HTTPException: answer_http_exception,
            Exception: answer_failure,
        },
        # Not on the router, which the framework copies with everything it holds.
        middleware=[Authentication(database, Limiter(requests_a_minute))],
        before_request=answer_unhandled,
        lifespan=[closing],
        request_max_body_size=BODY_BYTES_MAX,
        compression_config=CompressionConfig(
            "gzip", minimum_size=COMPRESSED_FROM_BYTES, gzip_compress_level=COMPRESSION_LEVEL
        ),
        response_class=WireResponse,
        openapi_config=documentation(),
        logging_config=None,
    )
    return observed(app)
