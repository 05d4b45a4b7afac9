"""What every admin command begins with: the database, open and migrated, and the row it is about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Table, select
from sqlalchemy.engine import URL, RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper_server.database import Database
from tabkeeper_server.migrating import migrate
from tabkeeper_server.settings import database_url, shown
from tabkeeper_server.tables import users, workspaces


class CommandError(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def require_file(url: URL) -> None:
    """Refuse a SQLite database that is not there, or not for this user to see."""
    try:
        Path(str(url.database)).stat()
    except FileNotFoundError:
        raise CommandError(
            f"There is no database {shown(url)}. Say which with --database or TABKEEPER_SERVER_HOME, "
            "or make one: tabkeeper-server setup --workspace NAME …"
        ) from None
    except OSError as error:
        raise CommandError(
            f"{shown(url)} cannot be read: {error.strerror}. Run this as the user the server runs as."
        ) from None


@asynccontextmanager
async def changing(told: str | None, *, make: bool = False) -> AsyncIterator[AsyncConnection]:
    """Open the database a command was told, migrated, in one writing transaction.

    Only who says `make` gets a new one: a mistyped name must not look like a server without a workspace.
    """
    url = database_url(told)
    database = Database(url)
    try:
        if database.is_sqlite and not make:
            require_file(url)
        await migrate(database)
        async with database.writing() as connection:
            yield connection
    finally:
        await database.close()


async def workspace_named(connection: AsyncConnection, name: str | None) -> RowMapping:
    """Return the workspace of this name, or without a name the only one there is."""
    rows = (await connection.execute(select(workspaces).order_by(workspaces.c.name))).mappings().all()
    if not rows:
        raise CommandError(
            f"There is no workspace yet in {shown(connection.engine.url)}. "
            "Make one: tabkeeper-server setup --workspace NAME …"
        )
    names = ", ".join(row["name"] for row in rows)
    if name is None:
        if len(rows) > 1:
            raise CommandError(f"There are several workspaces ({names}). Say which with --workspace NAME.")
        return rows[0]
    for row in rows:
        if row["name"] == name:
            return row
    raise CommandError(f"There is no workspace {name!r}. There is: {names}.")


async def user_with_email(connection: AsyncConnection, workspace_id: str, email: str) -> RowMapping:
    """Return the user of a workspace with this e-mail address."""
    query = select(users).where(users.c.workspace_id == workspace_id, users.c.email == email.lower())
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise CommandError(f"Nobody in this workspace has the address {email}. Add them: user add {email}")
    return row


async def only_named(connection: AsyncConnection, table: Table, workspace_id: str, name: str) -> RowMapping:
    """Return the one project or client of this name or id."""
    query = select(table).where(
        table.c.workspace_id == workspace_id, (table.c.name == name) | (table.c.id == name)
    )
    rows = (await connection.execute(query)).mappings().all()
    kind = table.name.removesuffix("s")
    if not rows:
        raise CommandError(f"There is no {kind} {name!r} in this workspace.")
    if len(rows) > 1:
        ids = ", ".join(row["id"] for row in rows)
        raise CommandError(f"Several {table.name} are named {name!r}. Say which by its id: {ids}.")
    return rows[0]
