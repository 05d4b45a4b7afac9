"""The command that reports where the time went and what it is worth."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from datetime import datetime, tzinfo

from tabkeeper.cli.answers import print_csv, print_json, say
from tabkeeper.cli.command import Command, Misused, json_option
from tabkeeper.cli.completers import offer_clients, offer_projects, offer_tags
from tabkeeper.cli.moments import typed_end, weeks_begin_on
from tabkeeper.cli.opened import opened
from tabkeeper.cli.report_table import table
from tabkeeper.cli.which import client_named, project_named, tag_named
from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue
from tabkeeper.model.days import local_day
from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import LAST_DAY, Period, Range, Unit
from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import GROUPINGS, OF_THIS_COMPUTER, Question, Report
from tabkeeper.model.report_forms import as_csv, as_summary
from tabkeeper.model.typed_time import parse_instant
from tabkeeper.tracker import Tracker

_PERIODS: dict[str, tuple[Unit, int]] = {
    "today": ("day", 0),
    "yesterday": ("day", 1),
    "week": ("week", 0),
    "last-week": ("week", 1),
    "month": ("month", 0),
    "last-month": ("month", 1),
    "quarter": ("quarter", 0),
    "last-quarter": ("quarter", 1),
    "year": ("year", 0),
    "last-year": ("year", 1),
}
_EPILOG = """\
An entry counts whole in the range that it begins in. A timer that runs counts up to now. An entry with
several tags counts in the group of each, and once in the total. Amounts are rounded once for each group.
With --json both sources answer in one shape, that of GET /reports/summary, and in one order; what was synced
has the server's ids, so that a program can lay them side by side.
"""


def _options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    ranges = parser.add_mutually_exclusive_group()
    for word in _PERIODS:
        what = "this week; also where no range is said" if word == "week" else f"this {word}"
        ranges.add_argument(
            f"--{word}",
            action="store_const",
            const=word,
            dest="period",
            help=what if word in ("week", "month", "quarter", "year") else word.replace("-", " "),
        )
    ranges.add_argument("--from", dest="begin", metavar="TIME", help="from then on: monday, 2026-11-24, 9:30")
    parser.add_argument("--to", dest="end", metavar="TIME", help="before then; of a day, up to its end")
    parser.add_argument("--by", choices=GROUPINGS, default="project", help="default: project")
    parser.add_argument(
        "--billable", choices=("yes", "no"), help="only what is billable, or only what is not"
    )
    for offer, letter, what in (
        (offer_projects, "-p", "project"),
        (offer_clients, "-c", "client"),
        (offer_tags, "-t", "tag"),
    ):
        offer(
            parser.add_argument(
                letter,
                f"--{what}",
                action="append",
                default=[],
                metavar="NAME",
                help="only this; again for more",
            )
        )
    parser.add_argument("--text", default="", help="only what has this in its description")
    parser.add_argument(
        "--source", choices=("local", "workspace"), default="local",
        help="your entries on this computer (the default), or all that the account's server shows you",
    )  # fmt: skip
    json_option(parser)
    parser.add_argument("--csv", action="store_true", help="print CSV for spreadsheets")


def _run(given: Namespace) -> None:
    _must_belong_together(given)
    with opened() as tracker:
        catalogue = tracker.catalogue()
        start, stop = _span(given, tracker)
        only = _filter(given, catalogue)
        question = Question(start, stop, given.by, (only,), weeks_begin_on(), currency=_home_currency())
        if given.source == "local":
            report = tracker.report(question)
    if given.source == "workspace":
        report, catalogue = _of_the_workspace(question, tracker.zone), EMPTY_CATALOGUE
    if given.json:
        print_json(as_summary(report, catalogue))
    elif given.csv:
        print_csv(as_csv(report))
    elif report.groups:
        print("\n".join(table(report, tracker.zone)))
    else:
        say("No entries.")


def _home_currency() -> str:
    """Return what the account's workspace prices in; nothing where there is no account."""
    import os

    from tabkeeper.accounts import Accounts
    from tabkeeper.paths import find_paths

    account = Accounts(find_paths(os.environ)).current().account
    return account.currency if account else ""


def _must_belong_together(given: Namespace) -> None:
    if given.end is not None and given.begin is None:
        raise Misused("--to belongs to --from.")
    if given.json and given.csv:
        raise Misused("Choose --json or --csv.")
    if given.source == "local" and given.by not in OF_THIS_COMPUTER:
        raise Misused("All entries on this computer are yours; --by user goes with --source workspace.")
    if given.source == "workspace" and (given.project or given.client or given.tag or given.text):
        raise Misused("Of the filters, the server knows --billable only.")


def _of_the_workspace(question: Question, zone: tzinfo) -> Report:
    import asyncio

    from tabkeeper.api import server_address
    from tabkeeper.cli.kept_token import server_in_use, token_for
    from tabkeeper.workspace import workspace_report

    try:
        server = server_address(server_in_use())
    except ValueError as error:
        raise Refused(str(error)) from None
    return asyncio.run(workspace_report(server, token_for(server), question, zone))


def _span(given: Namespace, tracker: Tracker) -> tuple[datetime, datetime]:
    now, zone = tracker.now(), tracker.zone
    today = local_day(now, zone)
    if given.begin is None:
        period = Period(*_PERIODS[given.period or "week"])
        return period.range(today, weeks_begin_on()).instants(zone)
    start = parse_instant(given.begin, now, zone)
    _, latest = Range(LAST_DAY, LAST_DAY).instants(zone)
    if start >= latest:
        raise Refused(f"Reports are of days up to {LAST_DAY}.")
    if given.end is None:
        return start, max(start, Period("day").range(today).instants(zone)[1])
    stop = typed_end(given.end, now, zone)
    if stop <= start:
        raise Misused("--to is before --from.")
    return start, min(stop, latest)


def _filter(given: Namespace, catalogue: Catalogue) -> Filter:
    return Filter(
        tuple(project_named(name, catalogue).id for name in given.project),
        tuple(client_named(name, catalogue).id for name in given.client),
        tuple(tag_named(name, catalogue).name for name in given.tag),
        None if given.billable is None else given.billable == "yes",
        given.text,
    )


COMMANDS = {"report": Command("Report where the time went and what it is worth", _options, _run)}
