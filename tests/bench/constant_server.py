"""The floor for the server: its framework, under its HTTP server, that answers constants of given sizes."""

import asyncio
import sys

from litestar import Litestar, get, post
from litestar.enums import MediaType

from tabkeeper_server.commands.run import bind, serve


def main() -> None:
    page, entry = (b"x" * int(size) for size in sys.argv[1:])

    @get("/api/v1/entries", media_type=MediaType.TEXT)
    async def get_entries() -> bytes:
        return page

    @post("/api/v1/entries", media_type=MediaType.TEXT)
    async def post_entry() -> bytes:
        return entry

    app = Litestar([get_entries, post_entry], openapi_config=None, logging_config=None)
    asyncio.run(serve(app, bind("127.0.0.1", 0)))


if __name__ == "__main__":
    main()
