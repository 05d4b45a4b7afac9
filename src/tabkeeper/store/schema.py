"""The tables, as numbered steps from an empty file to today's; a step that shipped never changes."""

import sqlite3

APPLICATION_ID = 0x54414253  # "TABS", in the file's header, so that the file is known for ours

# Rows that are gone are marked (`deleted_at`): an undo can bring them back, and a sync can tell others.
_FIRST = (
    """
    CREATE TABLE client (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, archived INTEGER NOT NULL,
        remote_id TEXT UNIQUE, deleted_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE project (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, client_id TEXT REFERENCES client (id), color TEXT,
        billable INTEGER NOT NULL, hourly_rate TEXT, currency TEXT, archived INTEGER NOT NULL,
        remote_id TEXT UNIQUE, deleted_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE tag (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, archived INTEGER NOT NULL,
        remote_id TEXT UNIQUE, deleted_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE entry (
        id TEXT PRIMARY KEY, start INTEGER NOT NULL, stop INTEGER, description TEXT NOT NULL,
        project_id TEXT REFERENCES project (id), tags TEXT NOT NULL, billable INTEGER NOT NULL,
        remote_id TEXT UNIQUE, deleted_at INTEGER,
        CHECK (stop IS NULL OR stop >= start)
    ) STRICT
    """,
    "CREATE INDEX entry_by_start ON entry (start, id) WHERE deleted_at IS NULL",
    """
    CREATE UNIQUE INDEX entry_one_runs ON entry ((stop IS NULL))
    WHERE stop IS NULL AND deleted_at IS NULL
    """,
    """
    CREATE TABLE favourite (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, description TEXT NOT NULL,
        project_id TEXT REFERENCES project (id), tags TEXT NOT NULL, billable INTEGER, deleted_at INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, changes TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, row_id TEXT NOT NULL,
        at INTEGER NOT NULL, UNIQUE (kind, row_id)
    ) STRICT
    """,
)

# What sync needs to know. A row without a line in the outbox is as the server has it, or was never meant for
# one; a row with a line has `base`: what both agreed on before it was changed here, null where none has it.
_SYNC = (
    "DROP TABLE outbox",
    """
    CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, row_id TEXT NOT NULL,
        at INTEGER NOT NULL, base TEXT, refused TEXT, code TEXT, UNIQUE (kind, row_id)
    ) STRICT
    """,
    # Requests that may have left this computer and have had no answer; a create's body is kept to the byte.
    # `looked` says that the server was looked at since, so that only a late arrival can still change it.
    """
    CREATE TABLE request (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, row_id TEXT NOT NULL, method TEXT NOT NULL,
        body TEXT NOT NULL, at INTEGER NOT NULL, looked INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX request_of ON request (kind, row_id)",
    # What was overruled in a conflict, or deleted elsewhere: nothing a person entered goes without a trace.
    """
    CREATE TABLE overruled (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, row_id TEXT NOT NULL,
        subject TEXT NOT NULL, reason TEXT NOT NULL, fields TEXT NOT NULL
    ) STRICT
    """,
    # Entries that an answer of the server lacked; those that are held wait for the person's word.
    """
    CREATE TABLE absent (
        row_id TEXT PRIMARY KEY, at INTEGER NOT NULL, held INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE TABLE sync_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    # The id that the server had for an entry it has no longer; its own time of the last change.
    "ALTER TABLE entry ADD COLUMN previous TEXT",
    "ALTER TABLE entry ADD COLUMN remote_version INTEGER",
    # Whether it was met on the server first, and not made here.
    "ALTER TABLE entry ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0",
)

# Lists name an entry by the last characters of its id.
_HANDLE = ("CREATE INDEX entry_by_handle ON entry (substr(id, -8)) WHERE deleted_at IS NULL",)

# That an end is by rule is known beside why the server refused a change, and outlives the refusal. A round
# looks at all that an open request may change before it forgets any: that need not be kept.
_BY_RULE = (
    "ALTER TABLE outbox ADD COLUMN by_rule INTEGER NOT NULL DEFAULT 0",
    "UPDATE outbox SET by_rule = 1, code = NULL WHERE code = 'one timer'",
    "ALTER TABLE request DROP COLUMN looked",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SYNC, _HANDLE, _BY_RULE)
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration the file has been through; 0 for an empty file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file is a Tabkeeper file, or still empty."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return bool(mark == APPLICATION_ID or (mark == 0 and tables == 0))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to today's version, each step in a transaction of its own."""
    while version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection)  # another process may have been quicker
            for statement in MIGRATIONS[version] if version < VERSION else ():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {min(version + 1, VERSION)}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
