"""The tables of a server's database, the same on SQLite and PostgreSQL. Queries live in the services.

Instants are whole milliseconds since 1970 in UTC. Rates are decimal text, for SQLite has no exact numbers.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.engine import RowMapping

# A row as it is read, or as it was just written.
Kept = RowMapping | Mapping[str, Any]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(36)

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("currency", String(3), nullable=False),
    Column("week_start", String(9), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

# `entry_count` is kept by whoever adds or deletes an entry, under the lock of this row: counting a million
# entries for the `total` of a page would cost more than reading the page.
users = Table(
    "users",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("email", String(254), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(6), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("entry_count", BigInteger, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "email"),
    CheckConstraint("role IN ('owner', 'admin', 'member')", name="role"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("prefix", String(16), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("label", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)

clients = Table(
    "clients",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "name"),
)

projects = Table(
    "projects",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("client_id", ForeignKey("clients.id"), index=True),
    Column("name", String(200), nullable=False),
    Column("color", String(7), nullable=False),
    Column("billable", Boolean, nullable=False),
    Column("hourly_rate", String(40)),
    Column("currency", String(3)),
    Column("archived", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

# Two projects of one client, or two without a client, cannot share a name.
Index(
    "uq_projects_name",
    projects.c.workspace_id,
    func.coalesce(projects.c.client_id, text("''")),
    projects.c.name,
    unique=True,
)

project_members = Table(
    "project_members",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True),
)

tags = Table(
    "tags",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("name", String(100), nullable=False),
    UniqueConstraint("workspace_id", "name"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("project_id", ForeignKey("projects.id")),
    Column("description", Text, nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("stop", BigInteger),
    Column("billable", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    CheckConstraint("stop IS NULL OR stop >= start", name="never_negative"),
    # Each ends in `id`, so that a page in the list's order is read off the index without sorting.
    Index("ix_entries_workspace_id_start_id", "workspace_id", "start", "id"),
    Index("ix_entries_user_id_start_id", "user_id", "start", "id"),
    Index("ix_entries_project_id_start_id", "project_id", "start", "id"),
)

# One running entry a person: the rule the whole product rests on, kept by the database itself.
Index(
    "uq_entries_running",
    entries.c.user_id,
    unique=True,
    sqlite_where=entries.c.stop.is_(None),
    postgresql_where=entries.c.stop.is_(None),
)

entry_tags = Table(
    "entry_tags",
    metadata,
    Column("entry_id", ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), nullable=False, index=True),
)

# Kept for ever, also when the entry is gone: then `entry_id` is null, and a replay is told so.
idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("entry_id", ForeignKey("entries.id", ondelete="SET NULL"), unique=True),
    Column("created_at", BigInteger, nullable=False),
)
