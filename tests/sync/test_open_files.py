"""Nobody waits with the file open: others could not write meanwhile, and a cancelled engine might not end."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tabkeeper.sync

ROOM = Path(tabkeeper.sync.__file__).parent
_OPENING = ("reading", "writing", "transaction")


def waits_with_open_files(source: str) -> Iterator[int]:
    """Yield the lines in which something is awaited inside a reading or a transaction."""
    for block in ast.walk(ast.parse(source)):
        if isinstance(block, ast.With) and any(_opens(item.context_expr) for item in block.items):
            for part in block.body:
                for node in ast.walk(part):
                    if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
                        yield node.lineno


def _opens(context: ast.expr) -> bool:
    called = context.func if isinstance(context, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in _OPENING


def test_a_wait_inside_a_reading_is_seen() -> None:
    wrong = "async def wait(session):\n with suppress(X), session.reading() as file:\n  await sleep(1)\n"
    assert list(waits_with_open_files(wrong)) == [3]


@pytest.mark.parametrize("module", sorted(ROOM.glob("*.py")), ids=lambda module: module.name)
def test_nothing_is_waited_for_while_the_file_is_open(module: Path) -> None:
    assert list(waits_with_open_files(module.read_text(encoding="utf-8"))) == []
