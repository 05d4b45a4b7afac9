"""`/clients`: list and create."""

from litestar import Controller, get, post

from tabkeeper.api.wire import Client, ClientCreate, Page
from tabkeeper_server.access import Caller
from tabkeeper_server.bodies import StrictBody
from tabkeeper_server.database import Database
from tabkeeper_server.routes.query import Flag, read_flag
from tabkeeper_server.routes.refusals import refusals
from tabkeeper_server.services.clients import create_client, list_clients


class Clients(Controller):
    """The clients of a workspace."""

    path = "/clients"

    @get(operation_id="listClients", summary="List clients", responses=refusals())
    async def get_clients(self, caller: Caller, database: Database, archived: Flag = None) -> Page[Client]:
        """Returns clients in the workspace."""
        return await list_clients(database, caller, archived=read_flag("archived", archived) or False)

    @post(
        operation_id="createClient",
        summary="Create a client",
        dto=StrictBody[ClientCreate],
        return_dto=None,
        responses=refusals(403, 409, 413),
    )
    async def post_client(self, caller: Caller, database: Database, data: ClientCreate) -> Client:
        """Requires admin or owner role."""
        return await create_client(database, caller, data)
