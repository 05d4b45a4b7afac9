"""Who asks, and what they may see and do: roles, and the conditions that queries take from them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_

from tabkeeper.api.wire import Role
from tabkeeper_server.errors import forbidden
from tabkeeper_server.tables import project_members, projects


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """The person, the workspace and the token behind a request."""

    token_id: str
    token_prefix: str
    user_id: str
    name: str
    email: str
    role: Role
    timezone: str
    workspace_id: str
    workspace_name: str
    currency: str
    week_start: str

    @property
    def is_admin(self) -> bool:
        """Say whether this person sees and edits everything in the workspace: an admin or an owner."""
        return self.role in (Role.ADMIN, Role.OWNER)


def require_admin(caller: Caller, deed: str) -> None:
    """Refuse with `forbidden` unless the caller is an admin or an owner. `deed` completes "may"."""
    if not caller.is_admin:
        raise forbidden(f"Only admins and owners of the workspace may {deed}.")


def entries_seen_by(caller: Caller, user_id: str | None = None) -> dict[str, str]:
    """Return, by column, what the entries a person sees have: their own, or as an admin all, or one user's.

    `user_id` narrows an admin's view, and is ignored for members.
    """
    if not caller.is_admin:
        return {"user_id": caller.user_id}
    whole = {"workspace_id": caller.workspace_id}
    return whole if user_id is None else {**whole, "user_id": user_id}


def projects_seen_by(caller: Caller) -> ColumnElement[bool]:
    """Return the condition for the projects a person sees.

    A project that lists members is hidden from everybody else but admins and owners.
    """
    in_workspace = projects.c.workspace_id == caller.workspace_id
    if caller.is_admin:
        return in_workspace
    listed = project_members.c.project_id == projects.c.id
    return and_(
        in_workspace,
        or_(~exists().where(listed), exists().where(listed, project_members.c.user_id == caller.user_id)),
    )
