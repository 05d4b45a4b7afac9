"""The example in each public docstring of the client, run as it stands against our real server."""

import ast
import doctest
import importlib
import inspect
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from tests.server_process import Team

from tabkeeper.api import Client

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


async def _shown(source: str, names: dict[str, Any]) -> str:
    """Run one example as the asyncio prompt would, and return what it would show."""
    shown = StringIO()
    code = compile(source, "<example>", "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with redirect_stdout(shown):
        made = eval(code, names)
        if inspect.isawaitable(made):
            await made
    return shown.getvalue()
