"""What a server can be told from outside: where its data is, where it listens, how much a token may ask."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

HOST_DEFAULT = "127.0.0.1"
PORT_DEFAULT = 8080
RATE_LIMIT_DEFAULT = 1200
_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
_POSTGRESQL_QUERY = ("host", "port", "sslmode")


class SettingsError(ValueError):
    """Something the server was told from outside makes no sense; the message is for the administrator."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one server runs. `requests_a_minute` is per token; 0 means no limit."""

    database: URL
    host: str
    port: int
    requests_a_minute: int


def data_folder() -> Path:
    """Return the folder of the default database: TABKEEPER_SERVER_HOME, or the platform's own for data."""
    if told := os.environ.get("TABKEEPER_SERVER_HOME"):
        return Path(told)
    return platformdirs.user_data_path("tabkeeper-server", appauthor=False)


def database_url(told: str | None = None) -> URL:
    """Return the database's URL with its asynchronous driver: as told, from the environment, or the default.

    Raises SettingsError for anything but SQLite and PostgreSQL, in words that repeat nothing of a password.
    """
    told = told or os.environ.get("TABKEEPER_SERVER_DATABASE")
    if not told:
        return URL.create("sqlite+aiosqlite", database=str(data_folder() / "server.sqlite"))
    try:
        url = make_url(told)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "The database URL cannot be read. Write sqlite:////folder/file.sqlite or "
            "postgresql://user:password@host/name."
        ) from None
    backend = url.drivername.partition("+")[0]
    if backend not in _ASYNC_DRIVERS:
        raise SettingsError(f"Tabkeeper keeps its data in SQLite or PostgreSQL, not in {backend!r}.")
    return _sqlite(url) if backend == "sqlite" else _postgresql(url)


def shown(url: URL) -> str:
    """Return what an administrator calls a database: its file, or its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url_for_programs(url).render_as_string()


def url_for_programs(url: URL) -> URL:
    """Return a PostgreSQL URL as PostgreSQL's own programs read it, without the password."""
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=query,
    )


def _sqlite(url: URL) -> URL:
    if url.database in (None, "", ":memory:"):
        raise SettingsError("The database URL names no file. Write sqlite:////folder/file.sqlite.")
    if url.query:
        raise SettingsError(
            "The URL of a SQLite database ends with its file: leave out what follows the '?'."
        )
    return url.set(drivername=_ASYNC_DRIVERS["sqlite"], database=str(Path(str(url.database)).expanduser()))


def _postgresql(url: URL) -> URL:
    if "@" in f"{url.host}{url.database}":
        raise SettingsError(
            "The password in the database URL holds an @, / or the like. Write @ as %40, / as %2F."
        )
    for name in url.query:
        if name not in _POSTGRESQL_QUERY:
            raise SettingsError(
                f"The database URL has {name!r} after its '?', where only {', '.join(_POSTGRESQL_QUERY)} "
                "can be. PostgreSQL's environment variables, such as PGSSLROOTCERT, set the rest."
            )
    # The driver has a name of its own for it.
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    return url.set(drivername=_ASYNC_DRIVERS["postgresql"], query=query)


def settings_from(
    *, database: str | None, host: str | None, port: int | None, rate_limit: int | None
) -> Settings:
    """Return the settings: what the command line says, else the environment, else the defaults."""
    return Settings(
        database=database_url(database),
        host=host or os.environ.get("TABKEEPER_SERVER_HOST") or HOST_DEFAULT,
        port=_number("TABKEEPER_SERVER_PORT", port, PORT_DEFAULT, 65535),
        requests_a_minute=_number("TABKEEPER_SERVER_RATE_LIMIT", rate_limit, RATE_LIMIT_DEFAULT, 1_000_000),
    )


def _number(variable: str, told: int | None, default: int, highest: int) -> int:
    """Return a whole number between 0 and `highest`, as told or from an environment variable."""
    text = str(told) if told is not None else os.environ.get(variable) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > highest:
        raise SettingsError(f"{variable} is {text!r}; write a whole number from 0 to {highest}.")
    return int(text)
