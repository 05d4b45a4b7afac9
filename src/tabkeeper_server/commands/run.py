"""`run`: the HTTP server itself, which says on standard output where it listens once it answers."""

import asyncio
import logging
import socket

import uvicorn
from litestar.types import ASGIApp

from tabkeeper_server.app import build_app
from tabkeeper_server.commands.opening import CommandError
from tabkeeper_server.database import Database
from tabkeeper_server.migrating import migrate
from tabkeeper_server.observing import log_json_lines
from tabkeeper_server.protocol import EnvelopeProtocol
from tabkeeper_server.settings import Settings, settings_from, shown

_log = logging.getLogger("tabkeeper_server.run")
KEEP_ALIVE_SECONDS = 75
GRACEFUL_SECONDS = 10


class _AnnouncingServer(uvicorn.Server):
    """Prints its address when it listens, on a line that scripts can read: the port may have been 0."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"Tabkeeper server listens on http://{shown}:{port}", flush=True)


def run(database: str | None, host: str | None, port: int | None, rate_limit: int | None) -> None:
    """Serve until a signal ends it. Raises CommandError if the address cannot be had."""
    settings = settings_from(database=database, host=host, port=port, rate_limit=rate_limit)
    listener = bind(settings.host, settings.port)
    log_json_lines()
    asyncio.run(_serve(settings, listener))


async def _serve(settings: Settings, listener: socket.socket) -> None:
    database = Database(settings.database)
    try:
        await migrate(database)
    except BaseException:
        await database.close()
        raise
    _log.info("started", extra={"fields": {"database": shown(settings.database)}})
    await serve(build_app(database, settings.requests_a_minute), listener)


async def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer HTTP on a socket with an application, until a signal ends it."""
    config = uvicorn.Config(
        app,
        http=EnvelopeProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        log_level="error",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    await _AnnouncingServer(config).serve(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """Take the address before anything else is done, so that a second server changes nothing."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()  # Linux lets a second server bind the address until one listens there.
    except (OSError, UnicodeError) as error:
        why = "it is no name of a host" if isinstance(error, UnicodeError) else error.strerror or error
        raise CommandError(
            f"Cannot listen on {host} port {port}: {why}. Say another address with --host or --port."
        ) from None
    return listener
