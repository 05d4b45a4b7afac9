"""`/reports/summary`."""

from litestar import get

from tabkeeper.api.wire import GroupBy, Summary
from tabkeeper_server.access import Caller
from tabkeeper_server.database import Database
from tabkeeper_server.errors import invalid
from tabkeeper_server.routes.query import Flag, From, To, read_flag, read_range
from tabkeeper_server.routes.refusals import refusals
from tabkeeper_server.services.reports import Question, summarise


@get("/reports/summary", operation_id="getSummary", summary="Get a summary report", responses=refusals())
async def get_summary(
    caller: Caller,
    database: Database,
    from_: From,
    to: To,
    group_by: GroupBy = GroupBy.PROJECT,
    billable: Flag = None,
) -> Summary:
    """Totals in seconds and in money of the workspace's currency, and a breakdown by group."""
    first, last = read_range(from_, to)
    if first is None or last is None:
        raise invalid("from" if first is None else "to", "is required")
    return await summarise(
        database,
        caller,
        Question(from_=first, to=last, group_by=group_by, billable=read_flag("billable", billable)),
    )
