"""Workspaces, users and tokens: `setup`, `user add|change|list`, `token create|list|revoke`."""

import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import NAME_MAX, Role
from tabkeeper_server import clock
from tabkeeper_server.commands.opening import CommandError, changing, user_with_email, workspace_named
from tabkeeper_server.currencies import is_currency
from tabkeeper_server.ids import new_id
from tabkeeper_server.settings import database_url, shown
from tabkeeper_server.tables import tokens, users, workspaces
from tabkeeper_server.tokens import new_token


async def setup(
    database: str | None,
    workspace: str,
    owner_email: str,
    owner_name: str | None,
    timezone: str,
    currency: str,
    week_start: str,
) -> None:
    """Make a workspace, its owner and the owner's first token, which is printed alone on the last line."""
    if not is_currency(currency):
        raise CommandError(f"{currency!r} is not a currency of ISO 4217, such as EUR.")
    async with changing(database, make=True) as connection:
        values = {
            "id": new_id(),
            "name": _sound_name(workspace),
            "currency": currency,
            "week_start": week_start,
            "created_at": _now(),
        }
        try:
            await connection.execute(insert(workspaces).values(values))
        except IntegrityError:
            raise CommandError(
                f"The workspace {workspace!r} exists already; nothing was changed. "
                "A further token is made with: tabkeeper-server token create EMAIL"
            ) from None
        user_id = await _insert_user(
            connection, str(values["id"]), owner_email, owner_name, Role.OWNER, timezone
        )
        secret = await _insert_token(connection, user_id, "setup")
    print(f"Made the workspace {workspace!r}, owned by {owner_email}, in {shown(database_url(database))}.")
    _print_token(secret)


async def add_user(
    database: str | None, workspace: str | None, email: str, name: str | None, role: str, timezone: str
) -> None:
    """Add a person to a workspace, and print their first token alone on the last line."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        user_id = await _insert_user(connection, home["id"], email, name, Role(role), timezone)
        secret = await _insert_token(connection, user_id, "first")
    print(f"Added {email} to {home['name']!r} as {role}.")
    _print_token(secret)


async def change_user(
    database: str | None,
    workspace: str | None,
    email: str,
    name: str | None,
    role: str | None,
    timezone: str | None,
) -> None:
    """Change what is said of a person, and print it. Their tokens stay valid."""
    said = {
        "name": None if name is None else _sound_name(name),
        "role": role,
        "timezone": None if timezone is None else _sound_zone(timezone),
    }
    changes = {field: value for field, value in said.items() if value is not None}
    if not changes:
        raise CommandError("Say what to change: --name, --role or --timezone.")
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        user = await user_with_email(connection, home["id"], email)
        await connection.execute(update(users).where(users.c.id == user["id"]).values(changes))
    _print_user({**user, **changes})


async def list_users(database: str | None, workspace: str | None) -> None:
    """Print who is in a workspace."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        query = select(users).where(users.c.workspace_id == home["id"]).order_by(users.c.email)
        rows = (await connection.execute(query)).mappings().all()
    for row in rows:  # only now, for who reads them in a pager would keep the server from writing
        _print_user(row)


async def create_token(database: str | None, workspace: str | None, email: str, label: str) -> None:
    """Make a further token for a person, and print it alone on the last line."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        user = await user_with_email(connection, home["id"], email)
        secret = await _insert_token(connection, user["id"], _sound_name(label))
    _print_token(secret)


async def list_tokens(database: str | None, workspace: str | None) -> None:
    """Print what is known of a workspace's tokens: never the tokens themselves."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        query = (
            select(tokens, users.c.email)
            .join(users, users.c.id == tokens.c.user_id)
            .where(users.c.workspace_id == home["id"])
            .order_by(users.c.email, tokens.c.created_at, tokens.c.id)
        )
        rows = (await connection.execute(query)).mappings().all()
    for row in rows:  # only now, for who reads them in a pager would keep the server from writing
        state = f"revoked {_day(row['revoked_at'])}" if row["revoked_at"] else "valid"
        print(f"{row['prefix']}…\t{row['email']}\t{row['label']}\t{_day(row['created_at'])}\t{state}")


async def revoke_token(database: str | None, workspace: str | None, prefix: str) -> None:
    """Make a token invalid, from the next request on. A whole token is understood too."""
    async with changing(database) as connection:
        home = await workspace_named(connection, workspace)
        wanted = prefix.removesuffix("…")
        query = (
            select(tokens.c.id, tokens.c.prefix, tokens.c.revoked_at)
            .join(users, users.c.id == tokens.c.user_id)
            .where(users.c.workspace_id == home["id"])
        )
        found = [row for row in await connection.execute(query) if wanted.startswith(row.prefix)]
        if len(found) != 1:
            raise CommandError(
                "No token begins like that. Write the prefix as `token list` shows it, tta_ included."
            )
        if found[0].revoked_at:
            raise CommandError(f"{found[0].prefix}… was revoked on {_day(found[0].revoked_at)} already.")
        await connection.execute(update(tokens).where(tokens.c.id == found[0].id).values(revoked_at=_now()))
    print(f"Revoked {found[0].prefix}….")


async def _insert_user(
    connection: AsyncConnection, workspace_id: str, email: str, name: str | None, role: Role, timezone: str
) -> str:
    address = email.strip().lower()
    if len(address) > 254 or "@" not in address.strip("@") or any(map(str.isspace, address)):
        raise CommandError(f"{email!r} is not an e-mail address.")
    values = {
        "id": new_id(),
        "workspace_id": workspace_id,
        "email": address,
        "name": _sound_name(name or address.partition("@")[0]),
        "role": role.value,
        "timezone": _sound_zone(timezone),
        "created_at": _now(),
    }
    try:
        await connection.execute(insert(users).values(values))
    except IntegrityError:
        raise CommandError(
            f"{address} is in this workspace already; nothing was changed. "
            f"A further token is made with: tabkeeper-server token create {address}"
        ) from None
    return str(values["id"])


async def _insert_token(connection: AsyncConnection, user_id: str, label: str) -> str:
    token = new_token()
    await connection.execute(
        insert(tokens).values(
            id=new_id(),
            user_id=user_id,
            prefix=token.prefix,
            digest=token.digest,
            label=label,
            created_at=_now(),
        )
    )
    return token.secret


def _print_token(secret: str) -> None:
    print("Keep this token: it is shown only once.")
    print(secret, flush=True)


def _print_user(user: Mapping[Any, Any]) -> None:
    print(f"{user['email']}\t{user['role']}\t{user['timezone']}\t{user['name']}")


def _sound_zone(name: str) -> str:
    if name not in _time_zones():
        raise CommandError(f"{name!r} is not a time zone; write one such as Europe/Zurich.")
    return name


def _sound_name(name: str) -> str:
    if not name.strip() or len(name) > NAME_MAX or not name.isprintable():
        raise CommandError(f"A name has 1 to {NAME_MAX} printable characters; {name[:40]!r} has not.")
    return name.strip()


@cache
def _time_zones() -> set[str]:
    """Return the names of all time zones, for which every file about one is looked at."""
    return zoneinfo.available_timezones()


def _now() -> int:
    return clock.to_milliseconds(clock.now())


def _day(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d}"
