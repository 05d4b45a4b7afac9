"""The first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.String(36)


def upgrade() -> None:
    """Make every table there is."""
    _people()
    _catalogue()
    _entries()
    _belonging_to_entries()


def _people() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("week_start", sa.String(9), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("name", name="uq_workspaces_name"),
    )
    op.create_table(
        "users",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(6), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("entry_count", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("role IN ('owner', 'admin', 'member')", name="ck_users_role"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_users_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("workspace_id", "email", name="uq_users_workspace_id_email"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_tokens_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_index("ix_tokens_prefix", "tokens", ["prefix"])
    op.create_index("ix_tokens_user_id", "tokens", ["user_id"])


def _catalogue() -> None:
    op.create_table(
        "clients",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_clients_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_clients_workspace_id_name"),
    )
    op.create_table(
        "projects",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("client_id", _ID),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("color", sa.String(7), nullable=False),
        sa.Column("billable", sa.Boolean, nullable=False),
        sa.Column("hourly_rate", sa.String(40)),
        sa.Column("currency", sa.String(3)),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_projects_workspace_id"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_projects_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
    )
    op.create_index("ix_projects_client_id", "projects", ["client_id"])
    op.create_index(
        "uq_projects_name",
        "projects",
        ["workspace_id", sa.text("coalesce(client_id, '')"), "name"],
        unique=True,
    )
    op.create_table(
        "project_members",
        sa.Column("project_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_project_members_project_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_project_members_user_id"),
        sa.PrimaryKeyConstraint("project_id", "user_id", name="pk_project_members"),
    )
    op.create_table(
        "tags",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_tags_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_tags_workspace_id_name"),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("project_id", _ID),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("start", sa.BigInteger, nullable=False),
        sa.Column("stop", sa.BigInteger),
        sa.Column("billable", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("stop IS NULL OR stop >= start", name="ck_entries_never_negative"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_entries_workspace_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_entries_user_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_entries_project_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    for owner in ("workspace_id", "user_id", "project_id"):
        op.create_index(f"ix_entries_{owner}_start_id", "entries", [owner, "start", "id"])
    runs = sa.text("stop IS NULL")
    op.create_index(
        "uq_entries_running", "entries", ["user_id"], unique=True, sqlite_where=runs, postgresql_where=runs
    )


def _belonging_to_entries() -> None:
    op.create_table(
        "entry_tags",
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("tag_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_entry_tags_entry_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_entry_tags_tag_id"),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_entry_tags"),
    )
    op.create_index("ix_entry_tags_tag_id", "entry_tags", ["tag_id"])
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("entry_id", _ID),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_idempotency_keys_user_id"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_idempotency_keys_entry_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_idempotency_keys"),
        sa.UniqueConstraint("entry_id", name="uq_idempotency_keys_entry_id"),
    )
