"""What no endpoint does to projects and clients: `project members`, `project archive`, `client archive`."""

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper_server.commands.opening import changing, only_named, user_with_email, workspace_named
from tabkeeper_server.tables import clients, project_members, projects, users


async def change_members(
    database: str | None, workspace: str | None, name: str, add: list[str], remove: list[str]
) -> None:
    """Change who is listed on a project, and print who is then. While anybody is, nobody else sees it."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        project = await only_named(connection, projects, home["id"], name)
        members = {row["id"]: row["email"] for row in await _members(connection, project["id"])}
        for email in add:
            user = await user_with_email(connection, home["id"], email)
            if user["id"] not in members:
                members[user["id"]] = user["email"]
                await connection.execute(
                    insert(project_members).values(project_id=project["id"], user_id=user["id"])
                )
        for email in remove:
            user = await user_with_email(connection, home["id"], email)
            members.pop(user["id"], None)
            await connection.execute(
                delete(project_members).where(
                    project_members.c.project_id == project["id"], project_members.c.user_id == user["id"]
                )
            )
    if not members:
        print(f"Everybody in the workspace sees {project['name']!r}.")
    for email in sorted(members.values()):
        print(email)


async def archive_project(database: str | None, workspace: str | None, name: str, restore: bool) -> None:
    """Archive a project, or bring it back."""
    await _archive(projects, database, workspace, name, restore)


async def archive_client(database: str | None, workspace: str | None, name: str, restore: bool) -> None:
    """Archive a client, or bring it back."""
    await _archive(clients, database, workspace, name, restore)


async def _archive(
    table: Table, database: str | None, workspace: str | None, name: str, restore: bool
) -> None:
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        row = await only_named(connection, table, home["id"], name)
        await connection.execute(update(table).where(table.c.id == row["id"]).values(archived=not restore))
    print(f"{'Restored' if restore else 'Archived'} {row['name']!r}.")


async def _members(connection: AsyncConnection, project_id: str) -> list[dict[str, str]]:
    rows = await connection.execute(
        select(users.c.id, users.c.email)
        .join(project_members, project_members.c.user_id == users.c.id)
        .where(project_members.c.project_id == project_id)
    )
    return [dict(row) for row in rows.mappings()]
