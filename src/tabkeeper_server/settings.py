"""What a server can be told from outside: where its data is, where it listens, how much a token may ask."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

RATE_LIMIT_DEFAULT = 1200
_ASYNC_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class SettingsError(ValueError):
    """Something the server was told from outside makes no sense; the message is for the administrator."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one server runs. `requests_a_minute` is per token; 0 means no limit."""

    database: URL
    host: str = "127.0.0.1"
    port: int = 8080
    requests_a_minute: int = RATE_LIMIT_DEFAULT


def data_folder() -> Path:
    """Return the folder of the default database: TABKEEPER_SERVER_HOME, or the platform's own for data."""
    if told := os.environ.get("TABKEEPER_SERVER_HOME"):
        return Path(told)
    return platformdirs.user_data_path("tabkeeper-server", appauthor=False)


def database_url(told: str | None = None) -> URL:
    """Return the database's URL with its asynchronous driver: as told, from the environment, or the default.

    Raises SettingsError for anything but SQLite and PostgreSQL.
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
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingsError("The database URL names no file. Write sqlite:////folder/file.sqlite.")
    return url.set(drivername=_ASYNC_DRIVERS[backend])


def settings_from(
    *, database: str | None, host: str | None, port: int | None, rate_limit: int | None
) -> Settings:
    """Return the settings: what the command line says, else the environment, else the defaults."""
    return Settings(
        database=database_url(database),
        host=host or os.environ.get("TABKEEPER_SERVER_HOST") or "127.0.0.1",
        port=_number("TABKEEPER_SERVER_PORT", port, 8080, 65535),
        requests_a_minute=_number("TABKEEPER_SERVER_RATE_LIMIT", rate_limit, RATE_LIMIT_DEFAULT, 1_000_000),
    )


def _number(variable: str, told: int | None, default: int, highest: int) -> int:
    """Return a whole number between 0 and `highest`, as told or from an environment variable."""
    text = str(told) if told is not None else os.environ.get(variable) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > highest:
        raise SettingsError(f"{variable} is {text!r}; write a whole number from 0 to {highest}.")
    return int(text)
