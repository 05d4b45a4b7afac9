"""`GET /me`: the person and the workspace behind the token."""

from litestar import get

from tabkeeper.api.wire import Me, User, Workspace
from tabkeeper_server.access import Caller
from tabkeeper_server.routes.refusals import refusals

PLAN = "self-hosted"


@get("/me", operation_id="getMe", summary="Get the authenticated user and workspace", responses=refusals())
async def get_me(caller: Caller) -> Me:
    """Returns the user and workspace associated with the bearer token."""
    return Me(
        user=User(
            id=caller.user_id,
            name=caller.name,
            email=caller.email,
            role=caller.role,
            timezone=caller.timezone,
        ),
        workspace=Workspace(
            id=caller.workspace_id,
            name=caller.workspace_name,
            currency=caller.currency,
            week_start=caller.week_start,
            plan=PLAN,
        ),
    )
