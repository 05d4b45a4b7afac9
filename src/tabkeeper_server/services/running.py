"""The one running entry a person may have: the lock around it, and who gives way when another one starts."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper_server.tables import Kept, entries, users

_RUNNING = select(entries).where(entries.c.user_id == bindparam("of"), entries.c.stop.is_(None))
_LOCK = select(users.c.id).where(users.c.id == bindparam("of")).with_for_update(key_share=True)


async def lock_timer(connection: AsyncConnection, user_id: str) -> None:
    """Let no other transaction change this person's entries until this one ends.

    On PostgreSQL it locks the person's row, though not for who only refers to it, and what is read afterwards
    is what was committed last. On SQLite a writing transaction is alone anyway.
    """
    if connection.dialect.name != "sqlite":
        await connection.execute(_LOCK, {"of": user_id})


async def running_entry(connection: AsyncConnection, user_id: str) -> Kept | None:
    """Return the row of the entry a person has running, or None."""
    return (await connection.execute(_RUNNING, {"of": user_id})).mappings().one_or_none()


async def make_room(
    connection: AsyncConnection,
    user_id: str,
    start: int,
    now: int,
    *,
    besides: str | None = None,
    begins_now: bool = False,
) -> int | None:
    """Settle who runs when an entry without a stop begins at `start`, and return the stop that one gets.

    What runs is stopped at `start`, and None is returned: the new entry runs. But if what runs began at or
    after `start`, it goes on, and the new entry ends where it began: a start that arrives late must not
    stop what was started after it. A start that is the server's own now is never late: where what runs was
    made at a later now, the clock was set back. `besides` is an entry that is not in its own way.
    Needs `lock_timer`.
    """
    current = await running_entry(connection, user_id)
    if current is None or current["id"] == besides:
        return None
    was_set_back = begins_now and current["created_at"] > now
    if current["start"] >= start and not was_set_back:
        return int(current["start"])
    changes = {"stop": max(start, current["start"]), "updated_at": now}
    await connection.execute(update(entries).where(entries.c.id == current["id"]).values(changes))
    return None
