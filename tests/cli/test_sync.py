"""`tabkeeper sync`: a round now, how it stands, and answers to what needs you, against a real server."""

import re

import pytest
from tests.cli.conftest import CommandLine
from tests.server_process import Team
from tests.sync.proxy import Answer, Asked, delivered, passing


@pytest.fixture
def signed_in(tabkeeper: CommandLine, team: Team) -> CommandLine:
    """A computer whose token is in the environment."""
    token = {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": team.server.api}
    desk = tabkeeper._replace(environment=tabkeeper.environment | token)
    assert desk.run("login").returncode == 0
    return desk


def test_what_was_tracked_is_sent_and_what_was_tracked_elsewhere_is_fetched(
    signed_in: CommandLine, team: Team
) -> None:
    team.owner.entry("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", description="There")
    signed_in.ask("start", "Here", "-p", "Website")
    assert signed_in.ask("status")["sync"] == "waiting"
    status = signed_in.ask("sync", "--now")
    assert (status["state"], status["waiting"], status["needs_you"]) == ("idle", 0, [])
    assert sorted(row["description"] for row in team.owner.listed()) == ["Here", "There"]
    assert sorted(entry["description"] for entry in signed_in.ask("list", "--from", "2026-01-01")) == [
        "Here",
        "There",
    ]
    assert signed_in.ask("status")["sync"] == "idle"


def test_the_status_is_said_without_a_request(signed_in: CommandLine, team: Team) -> None:
    signed_in.ask("start", "Here")
    done = signed_in.run("sync", "--status", TABKEEPER_TOKEN="tta_wrong")
    assert (done.returncode, done.stdout) == (0, "Not synced yet · 1 waiting\n")
    assert team.owner.listed() == []


def test_who_is_signed_out_is_told_so(tabkeeper: CommandLine) -> None:
    for words in (("sync",), ("sync", "--status")):
        code, said = tabkeeper.refusal(*words)
        assert code == 3
        assert said.startswith("You are not signed in; everything stays on this computer.")


def test_a_refused_token_is_one_sentence_and_everything_is_kept(signed_in: CommandLine, team: Team) -> None:
    signed_in.ask("start", "Here")
    done = signed_in.run("sync", TABKEEPER_TOKEN=team.owner.token[:-3] + "AAA")
    assert done.returncode == 1
    assert "Everything is kept here; sign in again: tabkeeper login" in done.stderr
    assert signed_in.ask("sync", "--status")["state"] == "token refused"
    assert signed_in.ask("sync")["waiting"] == 0


def test_a_mangled_token_is_one_sentence_and_is_not_shown(signed_in: CommandLine) -> None:
    for mangled in ("tta_abc…", "tta_abc def"):
        done = signed_in.run("sync", TABKEEPER_TOKEN=mangled)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("This is not a token: ")
        assert done.stderr.endswith(" Nothing was sent; everything is kept here.\n")
        assert "tta_abc" not in done.stderr


def test_a_refused_change_is_listed_and_kept_or_discarded(signed_in: CommandLine, team: Team) -> None:
    made = [signed_in.ask("add", name, "--from", "9:00", "--to", "10:00") for name in ("one", "two")]
    signed_in.ask("sync")
    for row in team.owner.listed():
        team.owner.delete(f"/entries/{row['id']}")
    for entry in made:
        signed_in.ask("edit", entry["id"], "--description", f"{entry['description']} changed")
    needs = signed_in.ask("sync")["needs_you"]
    assert [change["subject"] for change in needs] == ["one changed", "two changed"]
    assert {change["words"] for change in needs} == {
        "It was deleted elsewhere after you had changed it here."
    }
    shown = signed_in.run("sync", "--status").stdout
    assert needs[0]["id"][-8:] in shown
    assert "Choose: tabkeeper sync keep ID or tabkeeper sync discard ID.\n" in shown
    signed_in.ask("sync", "keep", needs[0]["id"][-8:])
    signed_in.ask("sync", "discard", needs[1]["id"][-8:])
    assert signed_in.ask("sync")["needs_you"] == []
    assert [row["description"] for row in team.owner.listed()] == ["one changed"]
    assert [entry["description"] for entry in signed_in.ask("list", "--from", "2020-01-01")] == [
        "one changed"
    ]


def test_what_was_overruled_is_listed_where_the_status_is_asked_for(
    signed_in: CommandLine, team: Team
) -> None:
    made = signed_in.ask("add", "agreed", "--from", "9:00", "--to", "10:00")
    signed_in.ask("sync")
    [row] = team.owner.listed()
    team.owner.patch(f"/entries/{row['id']}", {"description": "there"})
    signed_in.ask("edit", made["id"], "--description", "here")
    [lost] = signed_in.ask("sync")["overruled"]
    assert (lost["id"], lost["reason"]) == (made["id"], "changed on both sides")
    assert lost["fields"] == {"description": "there"}
    shown = signed_in.run("sync", "--status").stdout.splitlines()
    assert shown[1] == "Overruled lately:"
    assert shown[2].endswith("  here  changed on both sides; not kept: “there”")
    assert "Overruled" not in signed_in.run("sync").stdout


def test_a_script_is_told_of_all_that_was_ever_overruled(signed_in: CommandLine, team: Team) -> None:
    for hour in range(3):
        for minute in range(20):
            start = f"2026-11-24T{hour:02}:{minute:02}"
            team.owner.entry(f"{start}:00Z", f"{start}:30Z")
    signed_in.ask("sync")
    while rows := team.owner.listed():
        for row in rows:
            team.owner.delete(f"/entries/{row['id']}")
    signed_in.ask("sync")
    signed_in.ask("sync", "remove-gone")
    assert len(signed_in.ask("sync", "--status")["overruled"]) == 60
    shown = signed_in.run("sync", "--status").stdout
    assert shown.endswith("and 55 more: tabkeeper sync --status --json\n")


def test_nothing_is_asked_before_the_server_wants_it_by_whichever_command(
    tabkeeper: CommandLine, team: Team
) -> None:
    asked: list[str] = []
    slowly = b'{"error": {"code": "rate_limited", "message": "Slowly."}}'

    def handle(request: Asked) -> Answer:
        asked.append(request.name)
        is_first = len(asked) == 1
        return (
            delivered(team.server.url, request) if is_first else Answer(429, {"Retry-After": "600"}, slowly)
        )

    with passing(handle) as address:
        token = {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": f"{address}/api/v1"}
        desk = tabkeeper._replace(environment=tabkeeper.environment | token)
        assert desk.run("login").returncode == 0
        code, said = desk.refusal("sync")
        assert (code, said) == (1, "Slowly. Everything is kept here, and is sent when it works again.")
        count = len(asked)
        code, said = desk.refusal("sync")
    assert re.match(
        r"The server has asked for a pause of (600|5\d\d) more seconds\. Everything is kept", said
    )
    assert (code, len(asked)) == (1, count)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sync", "keep"), "Say which change this is for."),
        (("sync", "--now", "keep", "x"), "Choose --now, --status or an answer."),
    ],
)
def test_words_that_do_not_belong_together_are_refused(
    tabkeeper: CommandLine, words: tuple[str, ...], said: str
) -> None:
    code, words_of_it = tabkeeper.refusal(*words)
    assert code == 2
    assert words_of_it.startswith(said)
