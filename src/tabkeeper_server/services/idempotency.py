"""Creates that can be sent again: what a key stood for, and whether a body is the one it came with."""

import hashlib

import msgspec
from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import EntryCreate, EntryStart, to_json
from tabkeeper_server.errors import conflict
from tabkeeper_server.tables import idempotency_keys

_MADE_WITH = select(idempotency_keys.c.digest, idempotency_keys.c.entry_id).where(
    idempotency_keys.c.user_id == bindparam("of"), idempotency_keys.c.key == bindparam("with_key")
)
_REMEMBER = insert(idempotency_keys)


def digest_of(wanted: EntryCreate | EntryStart) -> str:
    """Return what tells two bodies apart once they are normalised.

    Order and spelling of JSON, offsets of instants and the order of tags make no difference.
    """
    unordered = msgspec.structs.replace(wanted, tags=tuple(sorted(wanted.tags)), idempotency_key=None)
    return hashlib.sha256(type(wanted).__name__.encode() + to_json(unordered)).hexdigest()


async def entry_made_with(connection: AsyncConnection, user_id: str, key: str, digest: str) -> str | None:
    """Return the id of the entry this key has made, or None if it is new.

    Raises `conflict` if the key came with another body, or if its entry was deleted since.
    """
    known = (await connection.execute(_MADE_WITH, {"of": user_id, "with_key": key})).one_or_none()
    if known is None:
        return None
    if known.digest != digest:
        raise conflict("This idempotency_key was used before with another body. Use a new key.")
    if known.entry_id is None:
        raise conflict("The entry that was created with this idempotency_key has been deleted since.")
    return str(known.entry_id)


async def remember(
    connection: AsyncConnection, user_id: str, key: str, digest: str, entry_id: str, now: int
) -> None:
    """Keep, for ever, what a key has made."""
    kept = {"user_id": user_id, "key": key, "digest": digest, "entry_id": entry_id, "created_at": now}
    await connection.execute(_REMEMBER, kept)
