"""What a server has of projects, clients and tags, as values of the model under the server's own ids."""

from tabkeeper.accounts import Account
from tabkeeper.api import ApiFailure, wire
from tabkeeper.api import Client as ApiClient
from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.refusal import Refused
from tabkeeper.sign_in.checking import in_words


async def heard_from(account: Account, token: str) -> Catalogue:
    """Ask the server what it has, archived things included; raises `Refused`."""
    try:
        async with ApiClient(account.server, token) as server:
            projects = await server.projects.list(archived=True)
            clients = await server.clients.list(archived=True)
            tags = await server.tags.list()
    except ApiFailure as failure:
        raise Refused(in_words(failure, account.host)) from None
    return Catalogue(
        {each.id: _project(each) for each in projects},
        {each.id: Client(each.id, each.name, each.archived, each.id) for each in clients},
        {each.id: Tag(each.id, each.name, remote_id=each.id) for each in tags},
    )


def _project(theirs: wire.Project) -> Project:
    return Project(
        theirs.id,
        theirs.name,
        theirs.client_id,
        theirs.color,
        theirs.billable,
        theirs.hourly_rate,
        theirs.currency,
        theirs.archived,
        theirs.id,
    )
