"""The endpoint of reports: sums over a range of time."""

from datetime import datetime

from tabkeeper.api._call import Call, Perform, query
from tabkeeper.api._reader import read_one
from tabkeeper.api.wire import GroupBy, Summary


class Reports:
    """`client.reports`: where the time went and what it is worth."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    async def summary(
        self,
        *,
        from_: datetime,
        to: datetime,
        group_by: GroupBy | str = GroupBy.PROJECT,
        billable: bool | None = None,
    ) -> Summary:
        """Return seconds and billable amount of the entries that start in the range, in total and by group.

        `from_` is inclusive, `to` exclusive, both with a time zone. Raises ValidationError for a `group_by`
        that the server does not know.

        >>> from datetime import UTC, datetime
        >>> summary = await client.reports.summary(
        ...     from_=datetime(2026, 5, 1, tzinfo=UTC), to=datetime(2026, 6, 1, tzinfo=UTC), group_by="day"
        ... )
        >>> summary.total.seconds == sum(group.seconds for group in summary.groups)
        True
        """
        which = query(from_=from_, to=to, group_by=str(group_by), billable=billable)
        call = Call("GET", "/reports/summary", which, repeatable=True)
        answer = await self._perform(call)
        return read_one(Summary, answer.body, call.endpoint)
