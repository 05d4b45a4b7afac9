"""`/entries`: list, create, current, start, stop, update and delete."""

from typing import Annotated, Any

from litestar import Controller, Request, delete, get, patch, post
from litestar.params import Parameter

from tabkeeper.api.wire import (
    PAGE_DEFAULT,
    PAGE_MAX,
    Entry,
    EntryCreate,
    EntryPatch,
    EntryStart,
    Page,
)
from tabkeeper_server.access import Caller
from tabkeeper_server.bodies import StrictBody, require_no_body
from tabkeeper_server.database import Database
from tabkeeper_server.routes.query import Flag, From, To, read_flag, read_range
from tabkeeper_server.routes.refusals import refusals
from tabkeeper_server.services.entries import create_entry, delete_entry, stop_running, update_entry
from tabkeeper_server.services.entry_lists import EntryFilter, current_entry, list_entries

# What both databases can count to.
_OFFSET_MAX = 2**63 - 1


class Entries(Controller):
    """The time entries, and the one that runs."""

    path = "/entries"

    @get(operation_id="listEntries", summary="List time entries", responses=refusals(404))
    async def get_entries(
        self,
        caller: Caller,
        database: Database,
        from_: From = None,
        to: To = None,
        project_id: str | None = None,
        billable: Flag = None,
        user_id: str | None = None,
        limit: Annotated[int, Parameter(ge=1, le=PAGE_MAX)] = PAGE_DEFAULT,
        offset: Annotated[int, Parameter(ge=0, le=_OFFSET_MAX)] = 0,
    ) -> Page[Entry]:
        """Newest first by `start`. Members see only their own entries; admins and owners see all of them."""
        first, last = read_range(from_, to)
        wanted = EntryFilter(
            from_=first,
            to=last,
            project_id=project_id,
            billable=read_flag("billable", billable),
            user_id=user_id,
            limit=limit,
            offset=offset,
        )
        return await list_entries(database, caller, wanted)

    @post(
        operation_id="createEntry",
        summary="Create a time entry",
        dto=StrictBody[EntryCreate],
        return_dto=None,
        responses=refusals(409, 413),
    )
    async def post_entry(self, caller: Caller, database: Database, data: EntryCreate) -> Entry:
        """Without `stop` it becomes the running entry; with an `idempotency_key` it can be sent again."""
        return await create_entry(database, caller, data)

    @get(
        "/current",
        operation_id="getCurrentEntry",
        summary="Get the currently-running entry",
        responses=refusals(),
    )
    async def get_current_entry(self, caller: Caller, database: Database) -> Entry | None:
        """Returns the running entry, or `null` if no timer is running."""
        return await current_entry(database, caller)

    @post(
        "/start",
        operation_id="startTimer",
        summary="Start a new timer",
        dto=StrictBody[EntryStart],
        return_dto=None,
        responses=refusals(409, 413),
    )
    async def start_timer(self, caller: Caller, database: Database, data: EntryStart = EntryStart()) -> Entry:  # noqa: B008
        """Stops any running timer at the new entry's `start`, which is the server's now."""
        return await create_entry(database, caller, data)

    @post(
        "/stop",
        operation_id="stopTimer",
        summary="Stop the running timer",
        status_code=200,
        responses=refusals(404, 413),
    )
    async def stop_timer(self, request: Request[Any, Any, Any], caller: Caller, database: Database) -> Entry:
        """Stops the running entry. 404 if no timer is running."""
        require_no_body(await request.body())
        return await stop_running(database, caller)

    @patch(
        "/{entry_id:str}",
        operation_id="updateEntry",
        summary="Update a time entry",
        dto=StrictBody[EntryPatch],
        return_dto=None,
        responses=refusals(403, 404, 413),
    )
    async def patch_entry(self, caller: Caller, database: Database, entry_id: str, data: EntryPatch) -> Entry:
        """What is left out stays as it is; `stop: null` resumes the entry."""
        return await update_entry(database, caller, entry_id, data)

    @delete(
        "/{entry_id:str}",
        operation_id="deleteEntry",
        summary="Delete a time entry",
        responses=refusals(403, 404),
    )
    async def remove_entry(self, caller: Caller, database: Database, entry_id: str) -> None:
        """Deletes an entry permanently."""
        await delete_entry(database, caller, entry_id)
