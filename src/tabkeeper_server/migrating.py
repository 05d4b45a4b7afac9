"""Bringing a database to the newest schema: the migrations of `migrations/`, run within one transaction."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tabkeeper_server.database import Database
from tabkeeper_server.settings import shown

# Any number does, as long as every Tabkeeper server takes the same.
_POSTGRESQL_LOCK = 7_462_011_855


class DatabaseError(RuntimeError):
    """The database cannot be used; the message is for the administrator."""


async def migrate(database: Database) -> None:
    """Bring the schema to the newest version; a file that is not there is made. Raises DatabaseError.

    Two servers that start at once take turns.
    """
    try:
        database.make_place()
        async with database.writing() as connection:
            if not database.is_sqlite:
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
            await connection.run_sync(_upgrade)
    except CommandError:
        raise DatabaseError(
            "This database was written by a newer Tabkeeper server. Nothing was changed; update the server."
        ) from None
    except (OSError, SQLAlchemyError) as error:
        said = error.orig if isinstance(error, DBAPIError) else getattr(error, "strerror", None) or error
        reason = str(said) or "it did not answer in time"
        raise DatabaseError(f"The database {shown(database.url)} cannot be used: {reason}") from error


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "tabkeeper_server:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
