"""The reference's own curl examples, word for word but for host, token and ids, by the real curl.

`reference_examples.txt` holds them in the reference's order, each under its method, path and first status.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.server_process import Person, Team

ORIGIN = "https://app.trackingtabs.com"
SOME_ID = "5b2e1c4d-6f8a-4b3e-9c7d-abcdef123456"


class Example(NamedTuple):
    """A command of the reference, and the endpoint and status it stands for."""

    endpoint: str
    status: int
    command: str


def examples() -> list[Example]:
    text = Path(__file__).with_name("reference_examples.txt").read_text(encoding="utf-8")
    found = []
    for part in text.strip().split("\n\n"):
        title, command = part.split("\n", 1)
        method, path, status = title.split()
        found.append(Example(f"{method} {path.removeprefix('/api/v1')}", int(status), command))
    return found


def made_to_fit(command: str, person: Person, **ids: str) -> str:
    """Put host, token and ids into a command.

    Where a body follows, the reference forgets the backslash that goes on to the next line.
    """
    command = command.replace("application/json'\n  -d", "application/json' \\\n  -d")
    command = command.replace(ORIGIN, person.server.url).replace("tta_YOUR_TOKEN", person.token)
    command = command.replace("YOUR_TOKEN", person.token).replace("entries/:id", f"entries/{ids['entry']}")
    for field in ("project", "client"):
        command = command.replace(f'"{field}_id": "{SOME_ID}"', f'"{field}_id": "{ids[field]}"')
    return command


@pytest.fixture
def quiet_curl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let curl print the status after the answer, and nothing about its progress, whatever the command."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    (tmp_path / ".curlrc").write_text('silent\nshow-error\nwrite-out = "\\n%{http_code}"\n')
    monkeypatch.setenv("CURL_HOME", str(tmp_path))


def run(command: str) -> tuple[int, Any]:
    printed = subprocess.run(("sh", "-ec", command), capture_output=True, text=True, check=True)
    assert printed.stderr == ""
    answer, _, status = printed.stdout.rpartition("\n")
    return int(status), json.loads(answer) if answer else None


def test_there_is_an_example_of_each_of_the_14_endpoints() -> None:
    assert len({example.endpoint for example in examples()}) == 14


@pytest.mark.usefixtures("quiet_curl")
def test_the_references_own_examples_do_what_it_says(team: Team) -> None:
    owner = team.owner
    ids = {
        "client": owner.made("/clients", name="Dr. Rafii")["id"],
        "project": owner.made("/projects", name="Retainer")["id"],
        "entry": owner.entry("2024-03-04T08:00:00Z", "2024-03-04T09:00:00Z")["id"],
    }
    answers = {}
    for example in examples():
        status, answers[example.endpoint] = run(made_to_fit(example.command, owner, **ids))
        # The one example that leaves out parameters which its own table calls required.
        expected = 400 if example.endpoint == "GET /reports/summary" else example.status
        assert status == expected, example
    assert answers["GET /me"]["user"]["email"] == owner.email
    assert answers["POST /entries"]["tags"] == ["client-work", "writing"]
    assert answers["POST /entries"]["duration"] == 5400
    assert answers["GET /entries/current"] is None
    assert answers["POST /entries/start"]["description"] == "Code review"
    assert answers["POST /entries/stop"]["id"] == answers["POST /entries/start"]["id"]
    assert answers["PATCH /entries/{id}"]["description"] == "Drafting Q2 retainer renewal (revised)"
    assert answers["DELETE /entries/{id}"] is None
    assert answers["POST /projects"]["name"] == "Dr. Rafii — Q2 Retainer"
    assert answers["POST /projects"]["hourly_rate"] == 175
    assert answers["POST /clients"]["name"] == "LVC Beverly Hills"
    assert answers["GET /reports/summary"]["error"]["code"] == "validation_error"


@pytest.mark.usefixtures("quiet_curl")
def test_the_summary_example_works_with_its_required_parameters(team: Team) -> None:
    (example,) = [each for each in examples() if each.endpoint == "GET /reports/summary"]
    command = example.command.replace(
        "/summary", "/summary?from=2024-01-01T00:00:00Z&to=2025-01-01T00:00:00Z"
    )
    ids = dict.fromkeys(("entry", "project", "client"), "")
    assert run(made_to_fit(command, team.owner, **ids))[0] == 200
