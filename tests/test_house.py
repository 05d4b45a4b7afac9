"""House rules that no linter knows: signs over doors, small rooms, one place for looks, no foreign paths."""

import ast
import functools
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"
LONGEST_FILE = 500
LONGEST_FUNCTION = 60


@functools.cache
def modules(*folders: Path) -> dict[str, ast.Module]:
    """Return every module in `folders`, parsed, by its path in the tree."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    assert paths
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_module_has_a_sign_over_its_door() -> None:
    assert not [path for path, module in modules(SOURCE, TESTS).items() if not ast.get_docstring(module)]


def test_every_function_says_what_it_returns() -> None:
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path, module in modules(SOURCE).items()
        for function in functions(module)
        if function.returns is None
    ]
    assert not silent


def test_no_file_is_longer_than_a_reader_holds_in_the_head() -> None:
    lengths = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules(SOURCE, TESTS)
    }
    assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}


def test_every_function_fits_a_screen() -> None:
    long = [
        f"{path}:{function.lineno} {function.name} ({length} lines)"
        for path, module in modules(SOURCE, TESTS).items()
        for function in functions(module)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
    assert not [path for path in modules(SOURCE, TESTS) if drawers & {*Path(path).with_suffix("").parts}]


# How things look is decided in ui/theme alone

COLOUR_IN_TEXT = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bfont(-size|-family|-weight)?\s*:|\d+(px|pt)\b")
MAKERS_OF_LOOKS = {"QColor", "QFont"}
SETTERS_OF_LOOKS = {"setPointSize", "setPointSizeF", "setPixelSize", "setFamily", "setWeight", "setBold"}


def docstrings(module: ast.Module) -> set[ast.AST]:
    """Return the nodes that are docstrings: prose may name a colour."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].value
        for node in ast.walk(module)
        if isinstance(node, owners) and ast.get_docstring(node) and isinstance(node.body[0], ast.Expr)
    }


def literal_looks(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal colour, size or font."""
    prose = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            if COLOUR_IN_TEXT.search(node.value):
                yield node.lineno, node.value
        elif isinstance(node, ast.Call) and any(isinstance(given, ast.Constant) for given in node.args):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            if name in MAKERS_OF_LOOKS | SETTERS_OF_LOOKS:
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Attribute) and "GlobalColor" in ast.unparse(node):
            yield node.lineno, ast.unparse(node)


def test_colours_and_fonts_are_named_in_the_theme_alone() -> None:
    found = [
        f"{path}:{line} {text}"
        for path, module in modules(SOURCE / "tabkeeper").items()
        if "/ui/" in path and "/ui/theme/" not in path
        for line, text in literal_looks(module)
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    ["a = '#0B6E69'", "b = 'color: rgb(1, 2, 3)'", "c = QColor(1, 2, 3)", "d = Qt.GlobalColor.red",
     "e = 'font-size: 11px'", "font.setPointSize(11)"],
)  # fmt: skip
def test_a_literal_look_is_noticed(line: str) -> None:
    assert list(literal_looks(ast.parse(line)))


# Nothing of the machine it was written on


def tracked_files() -> list[Path]:
    """Return the files under version control, or all but the hidden and built ones where git is not there."""
    if (ROOT / ".git").exists():
        words = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    built = {".venv", "build", "dist", "screenshots"}
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not built & {*path.relative_to(ROOT).parts}
    ]


def test_no_file_names_a_path_or_a_registry_of_some_machine() -> None:
    # Put together here, so that this file does not name them either.
    folders = "|".join(("work/", "root/", "home/[a-z]+/", "Users/[A-Za-z]+/", "opt/[a-z]+"))
    hosts = "|".join(("files.python" + "hosted", "pypi" + r"\.org", "deb." + "debian", "archive." + "ubuntu"))
    foreign = re.compile(rf"(?<![\w.}}])/({folders})|{hosts}")
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a sound
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in foreign.finditer(text)]
    assert not found


# The dependency rule is complete


def test_a_room_that_exists_is_held_to_the_contracts_without_exception() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = " ".join(layer for contract in contracts for layer in contract.get("layers", ()))
    awaited = set(re.findall(r"\((\w+)\)", layers))
    rooms = {
        Path(path).relative_to("src/tabkeeper").parts[0].removesuffix(".py")
        for path in modules(SOURCE / "tabkeeper")
    }
    assert not awaited & rooms, "take their parentheses away in [tool.importlinter]"
