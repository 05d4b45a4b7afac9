"""Reports of a whole workspace, asked of its server, as the same values as those of this computer.

What the server adds up is shown as it says it: it knows everybody's entries, and this computer only one
person's. Its days and weeks are those of the zone it has for the token's owner.
"""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.instants import utc_now
from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import (
    GROUPINGS,
    OF_THIS_COMPUTER,
    Group,
    Grouping,
    NotGrouped,
    Question,
    Report,
    Share,
    Slice,
    Sums,
)
from tabkeeper.model.summing import Reading, summed

if TYPE_CHECKING:
    from tabkeeper.api import ApiFailure, Client
    from tabkeeper.api.wire import Group as TheirGroup
    from tabkeeper.api.wire import Summary


async def workspace_report(
    server: str, token: str, question: Question, zone: tzinfo, *, with_chart: bool = False
) -> Report:
    """Ask a server for a report; of the filters only "billable or not" is one that it knows.

    Raises `Refused` with what went wrong, `NotGrouped` where it is the grouping. `with_chart` asks for the
    columns of the chart, on days in `zone`, and for the range it is compared with, too.
    """
    from tabkeeper.api import ApiFailure, Client, Patience, ValidationError

    try:
        async with Client(server, token, patience=Patience(attempts=3, seconds=60.0)) as client:
            wanted = [_summary(client, question, question.start, question.stop, question.by)]
            if with_chart:
                # By day, for the server's weeks may begin on another day than those of the chart.
                wanted.append(_summary(client, question, question.start, question.stop, "day"))
            if with_chart and question.before is not None:
                wanted.append(_summary(client, question, *question.before, "billable"))
            summary, *more = await asyncio.gather(*wanted)
    except ValueError as error:
        raise Refused(str(error)) from None
    except ValidationError as refusal:
        if any(detail.field == "group_by" for detail in refusal.details) or "group_by" in refusal.message:
            raise NotGrouped(f"This server does not group by {question.by}.") from None
        raise Refused(in_words(refusal)) from None
    except ApiFailure as failure:
        raise Refused(in_words(failure)) from None
    before = more[1].total.seconds if len(more) > 1 else None
    return _report(question, summary, more[0] if more else None, before, zone)


def in_words(failure: "ApiFailure") -> str:
    """Return what a failure means to somebody who wants to see a report."""
    from tabkeeper import api

    match failure:
        case api.Unauthorized():
            return "The server does not take this token any more. Sign in again."
        case api.Forbidden(message=message) | api.FeatureGated(message=message):
            return f"The server does not allow this report: {message}"
        case api.RateLimited(pause=pause):
            return f"The server asks to wait {pause.total_seconds():.0f} seconds. Try again then."
        case api.InternalError(status=status):
            return f"The server has trouble of its own (it answered {status}). Try again in a while."
    return f"{str(failure).rstrip('.')}. Your own report on this computer needs no server."


def groupings_for(role: str) -> tuple[Grouping, ...]:
    """Return what somebody may group the workspace by: by user only who may see everybody."""
    return GROUPINGS if role in ("owner", "admin") else OF_THIS_COMPUTER


async def _summary(
    client: "Client", question: Question, start: datetime, stop: datetime, by: Grouping
) -> "Summary":
    only = next((each.billable for each in question.filters if each.billable is not None), None)
    return await client.reports.summary(from_=start, to=stop, group_by=by, billable=only)


def _report(
    question: Question, summary: "Summary", chart: "Summary | None", before: int | None, zone: tzinfo
) -> Report:
    """Return a summary as a report, its columns from another one that is grouped by day."""
    question = question._replace(currency=summary.currency)
    slices = _slices(chart) if chart is not None else ()
    reading = Reading(slices, before, EMPTY_CATALOGUE, utc_now())
    drawn = summed(question._replace(by="day"), reading, zone)
    groups = tuple(_group(group, question) for group in summary.groups)
    total = Sums(
        summary.total.seconds,
        summary.total.billable_seconds,
        sum(group.sums.entries for group in groups),
        _amounts({summary.currency: summary.total.billable_amount}),
    )
    return drawn._replace(question=question, total=total, groups=groups)


def _slices(chart: "Summary") -> Iterator[Slice]:
    for group in chart.groups:
        if group.key is not None:
            yield Slice(
                date.fromisoformat(group.key), None, (), False, group.seconds, 0, group.entries, False
            )


def _group(theirs: "TheirGroup", question: Question) -> Group:
    others = theirs.other_currencies
    earned = {question.currency: theirs.billable_amount}
    if isinstance(others, tuple):
        earned |= {other.currency: other.billable_amount for other in others}
    sums = Sums(theirs.seconds, theirs.billable_seconds, theirs.entries, _amounts(earned))
    share = Share(theirs.key if question.by == "project" else None, theirs.color, theirs.seconds)
    return Group(theirs.key, theirs.label, "", theirs.color, sums, (share,))


def _amounts(earned: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {currency: amount for currency, amount in earned.items() if amount}
