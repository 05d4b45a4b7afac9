"""Clients: everybody in the workspace sees them all, and admins make them."""

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import Client, ClientCreate, Page
from tabkeeper_server import clock
from tabkeeper_server.access import Caller, require_admin
from tabkeeper_server.database import Database
from tabkeeper_server.errors import conflict, invalid
from tabkeeper_server.ids import new_id
from tabkeeper_server.tables import Kept, clients


async def list_clients(database: Database, caller: Caller, *, archived: bool) -> Page[Client]:
    """Return the workspace's clients by name; archived ones only if asked for."""
    query = select(clients).where(clients.c.workspace_id == caller.workspace_id)
    if not archived:
        query = query.where(clients.c.archived.is_(False))
    async with database.reading() as connection:
        ordered = query.order_by(clients.c.name, clients.c.id)
        rows = (await connection.execute(ordered)).mappings().all()
    return Page(data=tuple(map(_to_client, rows)), total=len(rows), limit=len(rows), offset=0)


async def create_client(database: Database, caller: Caller, wanted: ClientCreate) -> Client:
    """Create a client. Raises `forbidden` for members, `conflict` for a name that is in use."""
    require_admin(caller, "create clients")
    name = wanted.name.strip()
    if not name:
        raise invalid("name", "must not be blank")
    values = {
        "id": new_id(),
        "workspace_id": caller.workspace_id,
        "name": name,
        "archived": False,
        "created_at": clock.to_milliseconds(clock.now()),
    }
    async with database.writing() as connection:
        try:
            await connection.execute(insert(clients).values(values))
        except IntegrityError:
            raise conflict(f"A client named {name!r} exists already.") from None
    return _to_client(values)


async def client_exists(connection: AsyncConnection, caller: Caller, client_id: str) -> bool:
    """Say whether the caller's workspace has this client."""
    query = select(clients.c.id).where(
        clients.c.id == client_id, clients.c.workspace_id == caller.workspace_id
    )
    return await connection.scalar(query) is not None


def _to_client(row: Kept) -> Client:
    return Client(
        id=row["id"],
        name=row["name"],
        archived=row["archived"],
        created_at=clock.from_milliseconds(row["created_at"]),
    )
