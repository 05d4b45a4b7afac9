"""A token is held against its server; whatever goes wrong is said in words, and sent to nobody else."""

import pytest
from tests.api.scripted_server import HANG_UP, Reply, ScriptedServer, as_json, reply
from tests.server_process import Team

from tabkeeper.model.refusal import Refused
from tabkeeper.sign_in.checking import account_of
from tabkeeper.sign_in.heard import heard_from

TOKEN = "tta_0123456789abcdefSECRET"


async def test_a_good_token_tells_whose_it_is(team: Team) -> None:
    account = await account_of(team.server.url, team.member.token)
    assert account.identity == (team.server.api, team.member.id, account.workspace_id)
    assert (account.email, account.workspace, account.role) == ("member@team.test", team.name, "member")
    assert not account.may_make_projects
    assert (await account_of(team.server.api, team.owner.token)).may_make_projects


async def test_what_the_server_has_is_heard_with_what_is_archived(team: Team) -> None:
    client = team.owner.made("/clients", name="Acme")
    project = team.owner.made(
        "/projects", name="Billing", client_id=client["id"], hourly_rate=87.5, color="#123456", billable=True
    )
    team.owner.entry("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", tags=["review"])
    account = await account_of(team.server.api, team.owner.token)
    heard = await heard_from(account, team.owner.token)
    assert heard.project_label(project["id"]) == "Billing · Acme"
    assert heard.projects[project["id"]].remote_id == project["id"]
    assert str(heard.projects[project["id"]].hourly_rate) == "87.5"
    assert heard.tag_named("review") is not None


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (as_json({"error": {"code": "unauthorized", "message": "no"}}, 401), "does not take this token"),
        (
            as_json({"error": {"code": "forbidden", "message": "Not you."}}, 403),
            "not let this token in: Not you.",
        ),
        (as_json({"error": {"code": "not_found", "message": "no"}}, 404), "not as the Time Tracker API does"),
        (reply(b"<html>Welcome to this hotel", content_type="text/html"), "wants a login of its own"),
        (as_json({"hello": "world"}), "not as the Time Tracker API does"),
        (reply(status=302, location="https://elsewhere.test/"), "not as the Time Tracker API does"),
        (reply(b"slow down", 429, retry_after="90"), "asks to wait 90 seconds"),
        (reply(b"oh", 503), "has trouble of its own (it answered 503)"),
        (HANG_UP, "Check the address and the connection, and try again."),
    ],
    ids=["401", "403", "404", "a login page", "other JSON", "sent elsewhere", "429", "503", "hung up"],
)
async def test_each_failure_says_what_happened_and_what_to_do(
    scripted: ScriptedServer, answer: Reply, sentence: str
) -> None:
    scripted.script = [answer]
    with pytest.raises(Refused) as caught:
        await account_of(scripted.address, TOKEN)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        ("http://time.acme.test", "Plain http would send the token to time.acme.test"),
        ("ftp://time.acme.test", "begins with https://"),
        ("https://ada:secret@time.acme.test", "has no name, password"),
        ("", "begins with https://"),
        ("http://127.0.0.1:1", "127.0.0.1:1 could not be reached"),
    ],
)
async def test_an_address_that_is_not_fit_for_a_token_is_refused(server: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        await account_of(server, TOKEN)
    assert sentence in str(caught.value)


async def test_an_address_typed_without_a_scheme_is_taken_for_https() -> None:
    with pytest.raises(Refused, match=r"^time\.acme\.test could not be reached"):
        await account_of("time.acme.test", TOKEN)


async def test_a_server_that_speaks_plain_http_only_is_not_reported_in_the_words_of_a_library(
    team: Team,
) -> None:
    host = team.server.url.removeprefix("http://")
    with pytest.raises(Refused) as caught:
        await account_of(host, TOKEN)
    assert str(caught.value).startswith(f"{host} does not speak https. Check the address")


async def test_no_number_of_an_error_is_shown_to_who_signs_in() -> None:
    with pytest.raises(Refused, match=r"could not be reached: [A-Z]") as caught:
        await account_of("nowhere.invalid", TOKEN)
    assert "[Errno" not in str(caught.value)


async def test_what_is_no_token_is_not_sent(scripted: ScriptedServer) -> None:
    with pytest.raises(Refused, match="not a token"):
        await account_of(scripted.address, "two words")
    assert scripted.asked == []
