"""The examples of the client, in its docstrings and the README, run as they stand against our real server."""

import ast
import doctest
import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.server_process import Team

from tabkeeper.api import Client

README = Path(__file__).parents[2] / "README.md"
MODULES = ("client", "entries", "catalogue", "reports")
CLASSES = ("Client", "Entries", "Projects", "Clients", "Tags", "Reports")
# What comes from or goes to Python itself needs no example.
WITHOUT_EXAMPLE = {"Client.server", "Client.close"}


def _documented() -> Iterator[tuple[str, Any]]:
    for module in MODULES:
        for name, kind in vars(importlib.import_module(f"tabkeeper.api.{module}")).items():
            if name in CLASSES and kind.__module__ == f"tabkeeper.api.{module}":
                yield name, kind
                for method, function in vars(kind).items():
                    if not method.startswith("_"):
                        yield f"{name}.{method}", function


DOCUMENTED = dict(_documented())
EXAMPLES = {
    name: doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")
    for name, thing in DOCUMENTED.items()
}


def test_each_method_has_an_example() -> None:
    groups = set(CLASSES) - {"Client"}
    without = {name for name, examples in EXAMPLES.items() if not examples} - groups
    assert without == WITHOUT_EXAMPLE
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("name", [name for name, examples in EXAMPLES.items() if examples])
async def test_an_example_gives_what_it_says(name: str, team: Team, client: Client) -> None:
    names: dict[str, Any] = {"client": client, "server": team.server.api, "token": team.owner.token}
    for example in EXAMPLES[name]:
        assert await _shown(example.source, names) == example.want, example.source


def test_the_script_in_the_readme_runs_as_it_stands(team: Team) -> None:
    team.owner.entry("2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z", description="Review")
    (script,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run(
        (sys.executable, "-c", script.replace("https://time.example.org", team.server.url)),
        env={**os.environ, "TABKEEPER_TOKEN": team.owner.token},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "2026-11-02 08:00:00+00:00 3600 Review",
        "POST /entries/stop No timer is running.",
    ], done.stderr


async def _shown(source: str, names: dict[str, Any]) -> str:
    """Run one example as the asyncio prompt would, and return what it would show."""
    shown = StringIO()
    code = compile(source, "<example>", "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with redirect_stdout(shown):
        made = eval(code, names)
        if inspect.isawaitable(made):
            await made
    return shown.getvalue()
