"""Each of the 14 endpoints, called by the client and answered by our real server over a real socket."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.server_process import Team, serving

from tabkeeper.api import (
    Client,
    Conflict,
    Forbidden,
    NotFound,
    Patience,
    RateLimited,
    Unauthorized,
    ValidationError,
    wire,
)

HOUR = timedelta(hours=1)


def spent(start: datetime, hours: float = 1, **more: object) -> wire.EntryCreate:
    return wire.EntryCreate(start=start, stop=start + hours * HOUR, **more)  # type: ignore[arg-type]


# me


async def test_me_is_the_person_and_the_workspace_of_the_token(client: Client, team: Team) -> None:
    me = await client.me()
    assert (me.user.name, me.user.email, me.user.role) == ("Ada", "owner@team.test", wire.Role.OWNER)
    assert (me.workspace.name, me.workspace.currency) == (team.name, "EUR")


async def test_a_wrong_token_is_unauthorized(team: Team) -> None:
    async with Client(team.server.api, "tta_wrong") as client:
        with pytest.raises(Unauthorized) as caught:
            await client.me()
    assert caught.value.code == "unauthorized"
    assert caught.value.request_id


async def test_every_answer_tells_the_servers_time(client: Client) -> None:
    await client.me()
    assert client.last_exchange is not None
    assert client.last_exchange.server_time is not None
    assert client.last_exchange.request_id
    skew = client.last_exchange.skew
    assert skew is not None
    # A server may write its `Date` only once a second, and one that is busy more rarely.
    assert abs(skew) <= client.last_exchange.skew_uncertainty + timedelta(minutes=1)


# entries


async def test_an_entry_comes_back_as_it_was_created(client: Client, day: datetime) -> None:
    project = await client.projects.create(wire.ProjectCreate(name="Notes"))
    began = day + timedelta(milliseconds=123)
    made = await client.entries.create(
        spent(began, 1.5, description="Drafting ✍", project_id=project.id, tags=("b", "a"), billable=True)
    )
    assert (made.start, made.stop, made.duration) == (began, began + 1.5 * HOUR, 5400)
    assert (made.description, made.project_id, made.billable) == ("Drafting ✍", project.id, True)
    assert sorted(made.tags) == ["a", "b"]
    assert made.user_id == (await client.me()).user.id
    page = await client.entries.list(from_=day, to=day + 24 * HOUR)
    assert page.data == (made,)


async def test_a_list_is_filtered_as_the_reference_says(client: Client, day: datetime) -> None:
    project = await client.projects.create(wire.ProjectCreate(name="Filter"))
    early = await client.entries.create(spent(day, billable=True))
    late = await client.entries.create(spent(day + 2 * HOUR, project_id=project.id))
    within = {"from_": day, "to": day + 24 * HOUR}
    assert [e.id for e in (await client.entries.list(**within)).data] == [late.id, early.id]  # type: ignore[arg-type]
    assert (await client.entries.list(from_=day, to=day + 2 * HOUR)).data == (early,)
    assert (await client.entries.list(from_=day + 2 * HOUR, to=day + 24 * HOUR)).data == (late,)
    assert (await client.entries.list(from_=day, to=day + 24 * HOUR, project_id=project.id)).data == (late,)
    assert (await client.entries.list(from_=day, to=day + 24 * HOUR, billable=True)).data == (early,)
    assert (await client.entries.list(from_=day, to=day + 24 * HOUR, billable=False)).data == (late,)
    page = await client.entries.list(from_=day, to=day + 24 * HOUR, limit=1, offset=1)
    assert (page.data, page.total, page.limit, page.offset) == ((early,), 2, 1, 1)


async def test_a_list_may_be_narrowed_to_one_person_by_the_owner(
    client: Client, member: Client, day: datetime
) -> None:
    theirs = await member.entries.create(spent(day))
    await client.entries.create(spent(day))
    page = await client.entries.list(from_=day, to=day + HOUR, user_id=theirs.user_id)
    assert page.data == (theirs,)
    assert len((await client.entries.list(from_=day, to=day + HOUR)).data) == 2
    assert (await member.entries.list(from_=day, to=day + HOUR)).data == (theirs,)


async def test_a_page_over_two_hundred_is_refused_by_field(client: Client) -> None:
    with pytest.raises(ValidationError) as caught:
        await client.entries.list(limit=201)
    assert caught.value.details[0].field == "limit"


async def test_the_same_key_gives_the_same_entry_and_another_body_is_a_conflict(
    client: Client, day: datetime
) -> None:
    body = spent(day, idempotency_key="once")
    first = await client.entries.create(body)
    assert await client.entries.create(body) == first
    assert await client.entries.create_again(wire.to_json(body)) == first
    with pytest.raises(Conflict):
        await client.entries.create(spent(day, 2, idempotency_key="once"))
    assert (await client.entries.list(from_=day, to=day + HOUR)).total == 1


async def test_a_create_without_stop_runs_and_stops_what_ran(client: Client) -> None:
    now = (await client.entries.start(wire.EntryStart())).start
    first = await client.entries.current()
    assert first is not None
    second = await client.entries.create(wire.EntryCreate(start=now + timedelta(milliseconds=5)))
    assert await client.entries.current() == second
    stopped = next(e for e in (await client.entries.list(from_=now)).data if e.id == first.id)
    assert stopped.stop == second.start


async def test_start_current_and_stop_tell_of_one_entry(client: Client) -> None:
    assert await client.entries.current() is None
    started = await client.entries.start(wire.EntryStart(description="Code review", tags=("review",)))
    assert (started.stop, started.duration, started.description) == (None, None, "Code review")
    assert await client.entries.current() == started
    stopped = await client.entries.stop()
    assert stopped.id == started.id
    assert stopped.stop is not None
    assert await client.entries.current() is None


async def test_stop_with_nothing_running_is_not_found(client: Client) -> None:
    with pytest.raises(NotFound) as caught:
        await client.entries.stop()
    assert caught.value.code == "not_found"


async def test_an_update_changes_what_it_names_and_nothing_else(client: Client, day: datetime) -> None:
    made = await client.entries.create(spent(day, description="Before", tags=("kept",), billable=True))
    changed = await client.entries.update(made.id, wire.EntryPatch(description="After"))
    assert changed.description == "After"
    assert (changed.tags, changed.billable, changed.start, changed.stop) == (
        made.tags,
        True,
        made.start,
        made.stop,
    )


async def test_an_update_with_none_clears(client: Client, day: datetime) -> None:
    project = await client.projects.create(wire.ProjectCreate(name="To be cleared"))
    made = await client.entries.create(spent(day, project_id=project.id))
    changed = await client.entries.update(made.id, wire.EntryPatch(project_id=None))
    assert changed.project_id is None


async def test_an_entry_without_its_stop_runs_again(client: Client, day: datetime) -> None:
    made = await client.entries.create(spent(day))
    resumed = await client.entries.update(made.id, wire.EntryPatch(stop=None))
    assert await client.entries.current() == resumed


async def test_stop_before_start_is_a_validation_error(client: Client, day: datetime) -> None:
    with pytest.raises(ValidationError) as caught:
        await client.entries.create(wire.EntryCreate(start=day, stop=day - HOUR))
    assert "stop" in {detail.field for detail in caught.value.details}


async def test_another_persons_entry_is_not_for_a_member_to_change(
    client: Client, member: Client, day: datetime
) -> None:
    made = await client.entries.create(spent(day))
    with pytest.raises((Forbidden, NotFound)):
        await member.entries.update(made.id, wire.EntryPatch(description="Mine"))
    with pytest.raises((Forbidden, NotFound)):
        await member.entries.delete(made.id)


async def test_a_deleted_entry_is_gone(client: Client, day: datetime) -> None:
    made = await client.entries.create(spent(day))
    await client.entries.delete(made.id)
    assert (await client.entries.list(from_=day, to=day + HOUR)).data == ()
    with pytest.raises(NotFound):
        await client.entries.delete(made.id)


# Reading more than a page


async def test_all_pages_are_read_while_others_add_and_delete(client: Client, day: datetime) -> None:
    minute = timedelta(minutes=1)
    made = [await client.entries.create(spent(day + number * minute)) for number in range(230)]
    got: list[str] = []
    async for entry in client.entries.each(from_=day, to=day + 24 * HOUR):
        if len(got) == 100:
            await client.entries.create(spent(day + 23 * HOUR))
            await client.entries.delete(made[-1].id)
            await client.entries.delete(made[-2].id)
        got.append(entry.id)
    assert len(got) == len(set(got))
    assert {entry.id for entry in made[:-2]} <= set(got)


async def test_a_window_that_fits_one_answer_is_a_stable_pass(client: Client, day: datetime) -> None:
    made = await client.entries.create(spent(day))
    result = await client.entries.stable_pass(from_=day, to=day + 24 * HOUR)
    assert (result.rows, result.stable) == ((made,), True)


# projects, clients, tags


async def test_a_project_comes_back_as_it_was_created(client: Client) -> None:
    customer = await client.clients.create(wire.ClientCreate(name="Dr. Rafii"))
    wanted = wire.ProjectCreate(
        name="Dr. Rafii — Q2 Retainer",
        client_id=customer.id,
        color="#3B82F6",
        billable=True,
        hourly_rate=Decimal("175.25"),
        currency="USD",
    )
    made = await client.projects.create(wanted)
    assert (made.name, made.client_id, made.color, made.billable) == (
        wanted.name,
        customer.id,
        "#3B82F6",
        True,
    )
    assert (made.hourly_rate, made.currency, made.archived) == (Decimal("175.25"), "USD", False)
    assert await client.projects.list(client_id=customer.id) == (made,)
    assert made in await client.projects.list()


async def test_archived_projects_and_clients_come_only_when_asked_for(client: Client, team: Team) -> None:
    project = await client.projects.create(wire.ProjectCreate(name="Once upon a time"))
    customer = await client.clients.create(wire.ClientCreate(name="Long gone"))
    team.server.say("project", "archive", "Once upon a time", "--workspace", team.name)
    team.server.say("client", "archive", "Long gone", "--workspace", team.name)
    assert project.id not in {one.id for one in await client.projects.list()}
    assert project.id in {one.id for one in await client.projects.list(archived=True) if one.archived}
    assert customer.id not in {one.id for one in await client.clients.list()}
    assert customer.id in {one.id for one in await client.clients.list(archived=True) if one.archived}


async def test_a_member_may_not_create_projects_or_clients(member: Client) -> None:
    with pytest.raises(Forbidden):
        await member.projects.create(wire.ProjectCreate(name="Mine"))
    with pytest.raises(Forbidden):
        await member.clients.create(wire.ClientCreate(name="Mine"))


async def test_more_projects_than_a_page_holds_are_all_listed(client: Client) -> None:
    made = [await client.projects.create(wire.ProjectCreate(name=f"Many {number}")) for number in range(55)]
    listed = await client.projects.list()
    assert {project.id for project in made} <= {project.id for project in listed}


async def test_a_tag_comes_into_being_by_being_used(client: Client, day: datetime) -> None:
    await client.entries.create(spent(day, tags=("never-seen-before",)))
    assert "never-seen-before" in {tag.name for tag in await client.tags.list()}


# reports


async def test_a_summary_sums_seconds_and_worth(client: Client, day: datetime) -> None:
    project = await client.projects.create(
        wire.ProjectCreate(name="Worth", billable=True, hourly_rate=Decimal("0.1"), currency="EUR")
    )
    await client.entries.create(spent(day, 3, project_id=project.id, billable=True))
    await client.entries.create(spent(day + 4 * HOUR, 1, project_id=project.id, billable=False))
    await client.entries.create(spent(day + 6 * HOUR, 2))
    summary = await client.reports.summary(from_=day, to=day + 24 * HOUR)
    assert (summary.from_, summary.to, summary.group_by) == (day, day + 24 * HOUR, "project")
    assert (summary.currency, summary.total.seconds, summary.total.billable_seconds) == ("EUR", 21600, 10800)
    assert summary.total.billable_amount == Decimal("0.30")
    group = next(group for group in summary.groups if group.key == project.id)
    assert (group.label, group.seconds, group.billable_amount, group.entries) == (
        "Worth",
        14400,
        Decimal("0.3"),
        2,
    )
    only = await client.reports.summary(from_=day, to=day + 24 * HOUR, billable=True)
    assert only.total.seconds == 10800


@pytest.mark.parametrize("group_by", list(wire.GroupBy))
async def test_a_summary_can_be_grouped_by_each_dimension(
    client: Client, day: datetime, group_by: wire.GroupBy
) -> None:
    await client.entries.create(spent(day, 2, tags=("one",)))
    summary = await client.reports.summary(from_=day, to=day + 24 * HOUR, group_by=group_by)
    assert (summary.group_by, summary.total.seconds) == (group_by, 7200)
    assert [group.seconds for group in summary.groups] == [7200]


async def test_a_grouping_nobody_knows_is_a_validation_error(client: Client, day: datetime) -> None:
    with pytest.raises(ValidationError):
        await client.reports.summary(from_=day, to=day + HOUR, group_by="mood")


# Limits and many at once


async def test_the_real_limiter_says_when_to_come_back(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit=2) as server:
        token = server.team().owner.token
        async with Client(server.api, token, patience=Patience(attempts=1)) as client:
            with pytest.raises(RateLimited) as caught:
                await asyncio.gather(*(client.me() for _ in range(10)))
    assert caught.value.retry_after is not None
    assert timedelta(0) < caught.value.retry_after <= timedelta(minutes=1)


async def test_a_long_list_travels_compressed_and_is_read(client: Client) -> None:
    names = [f"Client {number:02}" for number in range(20)]
    for name in names:
        await client.clients.create(wire.ClientCreate(name=name))
    answer = await client.request("GET", "/clients")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(answer.body) / 3
    assert [one.name for one in await client.clients.list()] == names


async def test_many_calls_at_once_share_the_client(client: Client) -> None:
    people = await asyncio.gather(*(client.me() for _ in range(40)))
    assert len({me.user.id for me in people}) == 1
