"""The endpoints of what entries refer to: projects, clients and tags."""

from typing import TypeVar

import msgspec

from tabkeeper.api._call import Call, Perform, query
from tabkeeper.api._pages import Cursor, Listing, walk
from tabkeeper.api._reader import read_one, read_page
from tabkeeper.api.wire import Client, ClientCreate, Page, Project, ProjectCreate, Tag, to_json

Thing = TypeVar("Thing", bound=msgspec.Struct)


class Projects:
    """`client.projects`: the projects that the token's user may see."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    async def list(self, *, client_id: str | None = None, archived: bool = False) -> tuple[Project, ...]:
        """Return all visible projects, of one client where it is given, with `archived` also archived ones.

        >>> projects = await client.projects.list()
        >>> any(project.archived for project in projects)
        False
        """
        which = query(client_id=client_id, archived=archived or None)
        return await _whole_list(self._perform, Project, "/projects", which)

    async def create(self, project: ProjectCreate) -> Project:
        """Create a project; raises Forbidden for anybody but admins and owners.

        >>> from decimal import Decimal
        >>> from tabkeeper.api import wire
        >>> retainer = wire.ProjectCreate(name="Q2 Retainer", billable=True, hourly_rate=Decimal("175"))
        >>> project = await client.projects.create(retainer)
        >>> project.name, project.hourly_rate == 175
        ('Q2 Retainer', True)
        """
        call = Call("POST", "/projects", body=to_json(project))
        answer = await self._perform(call)
        return read_one(Project, answer.body, call.endpoint)


class Clients:
    """`client.clients`: those the work is done for."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    async def list(self, *, archived: bool = False) -> tuple[Client, ...]:
        """Return all clients of the workspace, with `archived` also archived ones.

        >>> clients = await client.clients.list(archived=True)
        >>> len(clients) == len({one.id for one in clients})
        True
        """
        return await _whole_list(self._perform, Client, "/clients", query(archived=archived or None))

    async def create(self, client: ClientCreate) -> Client:
        """Create a client; raises Forbidden for anybody but admins and owners.

        >>> from tabkeeper.api import wire
        >>> (await client.clients.create(wire.ClientCreate(name="LVC Beverly Hills"))).name
        'LVC Beverly Hills'
        """
        call = Call("POST", "/clients", body=to_json(client))
        answer = await self._perform(call)
        return read_one(Client, answer.body, call.endpoint)


class Tags:
    """`client.tags`: the tags in use; using one on an entry creates it."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    async def list(self) -> tuple[Tag, ...]:
        """Return all tags of the workspace.

        >>> tags = await client.tags.list()
        >>> len(tags) == len({tag.name for tag in tags})
        True
        """
        return await _whole_list(self._perform, Tag, "/tags", ())


async def _whole_list(
    perform: Perform, kind: type[Thing], path: str, which: tuple[tuple[str, str], ...]
) -> tuple[Thing, ...]:
    """Read a list that the reference does not page, and read on where an answer says that there is more."""
    endpoint = f"GET {path}"

    async def read(cursor: Cursor) -> Page[Thing]:
        on = query(limit=cursor.limit, offset=cursor.offset) if cursor.offset else ()
        answer = await perform(Call("GET", path, which + on, repeatable=True))
        return read_page(kind, answer.body, endpoint)

    listing: Listing[Thing] = Listing(
        endpoint, read, lambda thing: str(getattr(thing, "id", "")), lambda _: None
    )
    return tuple([thing async for thing in walk(listing, Cursor())])
