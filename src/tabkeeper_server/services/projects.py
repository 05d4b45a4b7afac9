"""Projects: who sees which, and how one comes into being."""

from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import Page, Project, ProjectCreate
from tabkeeper_server import clock
from tabkeeper_server.access import Caller, projects_seen_by, require_admin
from tabkeeper_server.currencies import is_currency
from tabkeeper_server.database import Database
from tabkeeper_server.errors import conflict, invalid, not_found
from tabkeeper_server.ids import new_id
from tabkeeper_server.services.clients import client_exists
from tabkeeper_server.tables import Kept, projects

DEFAULT_COLOR = "#64748B"
RATE_MAX = Decimal(1_000_000_000)
RATE_DECIMALS_MAX = 6


async def list_projects(
    database: Database, caller: Caller, *, client_id: str | None, archived: bool
) -> Page[Project]:
    """Return the projects a person sees, by name; archived ones only if asked for.

    Raises `not_found` for a client that does not exist.
    """
    query = select(projects).where(projects_seen_by(caller)).order_by(projects.c.name, projects.c.id)
    if not archived:
        query = query.where(projects.c.archived.is_(False))
    if client_id is not None:
        query = query.where(projects.c.client_id == client_id)
    async with database.reading() as connection:
        if client_id is not None and not await client_exists(connection, caller, client_id):
            raise not_found("There is no such client.")
        rows = (await connection.execute(query)).mappings().all()
    return Page(data=tuple(map(_to_project, rows)), total=len(rows), limit=len(rows), offset=0)


async def create_project(database: Database, caller: Caller, wanted: ProjectCreate) -> Project:
    """Create a project. Raises `forbidden` for members, `validation_error`, `conflict` for a name in use."""
    require_admin(caller, "create projects")
    values = _values(caller, wanted)
    async with database.writing() as connection:
        if wanted.client_id is not None and not await client_exists(connection, caller, wanted.client_id):
            raise invalid("client_id", "there is no such client")
        try:
            await connection.execute(insert(projects).values(values))
        except IntegrityError:
            raise conflict(f"A project named {values['name']!r} exists already for this client.") from None
    return _to_project(values)


async def visible_project(
    connection: AsyncConnection, caller: Caller, project_id: str, *, hidden_too: bool = False
) -> Kept | None:
    """Return the row of a project the caller sees, or with `hidden_too` of any in the workspace, or None."""
    seen = projects.c.workspace_id == caller.workspace_id if hidden_too else projects_seen_by(caller)
    found = await connection.execute(select(projects).where(projects.c.id == project_id, seen))
    return found.mappings().one_or_none()


def _values(caller: Caller, wanted: ProjectCreate) -> dict[str, Any]:
    name = wanted.name.strip()
    if not name:
        raise invalid("name", "must not be blank")
    if wanted.currency is not None and not is_currency(wanted.currency):
        raise invalid("currency", f"{wanted.currency} is not a currency of ISO 4217")
    return {
        "id": new_id(),
        "workspace_id": caller.workspace_id,
        "client_id": wanted.client_id,
        "name": name,
        "color": wanted.color or DEFAULT_COLOR,
        "billable": wanted.billable,
        "hourly_rate": None if wanted.hourly_rate is None else _rate_text(wanted.hourly_rate),
        "currency": wanted.currency,
        "archived": False,
        "created_at": clock.to_milliseconds(clock.now()),
    }


def _rate_text(rate: Decimal) -> str:
    """Return a rate as it is kept: exact, and one text for one number."""
    exact = abs(rate.normalize())  # -0 is 0
    if exact != rate or rate > RATE_MAX or -int(exact.as_tuple().exponent) > RATE_DECIMALS_MAX:
        raise invalid(
            "hourly_rate", f"must be at most {RATE_MAX:,} with at most {RATE_DECIMALS_MAX} decimal places"
        )
    return format(exact, "f")


def _to_project(row: Kept) -> Project:
    return Project(
        id=row["id"],
        name=row["name"],
        client_id=row["client_id"],
        color=row["color"],
        billable=row["billable"],
        hourly_rate=None if row["hourly_rate"] is None else Decimal(row["hourly_rate"]),
        currency=row["currency"],
        archived=row["archived"],
        created_at=clock.from_milliseconds(row["created_at"]),
    )
