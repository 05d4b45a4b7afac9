"""`/tags`: list."""

from litestar import get

from tabkeeper.api.wire import Page, Tag
from tabkeeper_server.access import Caller
from tabkeeper_server.database import Database
from tabkeeper_server.routes.refusals import refusals
from tabkeeper_server.services.tags import list_tags


@get("/tags", operation_id="listTags", summary="List tags", responses=refusals())
async def get_tags(caller: Caller, database: Database) -> Page[Tag]:
    """Returns all tags in the workspace."""
    return await list_tags(database, caller)
