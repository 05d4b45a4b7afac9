"""The OpenAPI document at `/schema`, and what schemathesis finds when it holds the server against it."""

import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from tests.server_process import ServerProcess, Team

ENDPOINTS = {
    ("get", "/me"),
    ("get", "/entries"),
    ("post", "/entries"),
    ("get", "/entries/current"),
    ("post", "/entries/start"),
    ("post", "/entries/stop"),
    ("patch", "/entries/{entry_id}"),
    ("delete", "/entries/{entry_id}"),
    ("get", "/projects"),
    ("post", "/projects"),
    ("get", "/clients"),
    ("post", "/clients"),
    ("get", "/tags"),
    ("get", "/reports/summary"),
}


@pytest.fixture
def document(server: ServerProcess) -> dict[str, Any]:
    answer = server.http.get(f"{server.url}/schema")
    assert answer.headers["Content-Type"] == "application/json"
    return dict(answer.json())


def test_openapi_is_served_at_schema_without_a_token(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    described = {
        (method, path.removeprefix("/api/v1"))
        for path, methods in document["paths"].items()
        for method in methods
        if path.startswith("/api/v1")
    }
    assert described == ENDPOINTS


def test_each_endpoint_says_what_it_may_answer_instead(document: dict[str, Any]) -> None:
    for method, path in ENDPOINTS:
        answers = document["paths"][f"/api/v1{path}"][method]["responses"]
        assert answers.keys() >= {"400", "401", "429", "500"}
        for status in answers.keys() - {"200", "201", "204"}:
            schema = answers[status]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if "$ref" in part else set()
            return own.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known


def test_amounts_are_numbers_and_unknown_fields_are_not_allowed(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Total"]["properties"]["billable_amount"] == {"type": "number"}
    assert schemas["EntryCreate"]["additionalProperties"] is False


def test_schemathesis_finds_no_failure_and_no_answer_outside_the_schema(team: Team, tmp_path: Path) -> None:
    team.owner.made("/clients", name="LVC")
    project = team.owner.made("/projects", name="Retainer", hourly_rate=100)
    team.owner.entry("2024-03-04T08:00:00Z", "2024-03-04T09:00:00Z", project_id=project["id"], tags=["a"])
    words = (
        f"{team.server.url}/schema",
        f"--url={team.server.url}",
        f"--header=Authorization: Bearer {team.owner.token}",
        # What a schema allows may still contradict what is there: a project that does not exist.
        "--exclude-checks=positive_data_acceptance",
        "--max-examples=40",
        "--seed=20261124",
        "--generation-database=none",
        "--no-color",
    )
    program = "from schemathesis.cli import schemathesis; schemathesis()"
    done = run((sys.executable, "-c", program, "run", *words), capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
