"""`/projects`: list and create."""

from litestar import Controller, get, post

from tabkeeper.api.wire import Page, Project, ProjectCreate
from tabkeeper_server.access import Caller
from tabkeeper_server.bodies import StrictBody
from tabkeeper_server.database import Database
from tabkeeper_server.routes.query import Flag, read_flag
from tabkeeper_server.routes.refusals import refusals
from tabkeeper_server.services.projects import create_project, list_projects


class Projects(Controller):
    """The projects of a workspace."""

    path = "/projects"

    @get(operation_id="listProjects", summary="List projects", responses=refusals(404))
    async def get_projects(
        self, caller: Caller, database: Database, client_id: str | None = None, archived: Flag = None
    ) -> Page[Project]:
        """Projects that list members are visible only to those, and to admins and owners."""
        return await list_projects(
            database, caller, client_id=client_id, archived=read_flag("archived", archived) or False
        )

    @post(
        operation_id="createProject",
        summary="Create a project",
        dto=StrictBody[ProjectCreate],
        return_dto=None,
        responses=refusals(403, 409, 413),
    )
    async def post_project(self, caller: Caller, database: Database, data: ProjectCreate) -> Project:
        """Requires admin or owner role."""
        return await create_project(database, caller, data)
