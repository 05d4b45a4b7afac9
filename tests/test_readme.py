"""Every command that the README gives works: each line of its `sh` blocks is run here, or names its test."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

# Lines that cannot be run here, and the test that proves what they promise.
PROVEN_ELSEWHERE = {
    "tabkeeper login":
        "tests/cli/test_accounts.py::test_at_a_terminal_the_token_is_not_shown_and_the_question_has_numbers",
    "tabkeeper api GET /entries -f from=2026-11-01 --paginate":
        "tests/api/test_api_command.py::test_all_pages_are_one_list",
    "tabkeeper sync": "tests/cli/test_sync.py::"
    "test_what_was_tracked_is_sent_and_what_was_tracked_elsewhere_is_fetched",
}  # fmt: skip


def command_lines() -> list[str]:
    """Return the lines of the README's `sh` blocks, without comments, in their order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [" ".join(shlex.split(line, comments=True, posix=False)) for line in lines if line.strip(" #")]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def is_run_here(line: str) -> bool:
    return line.startswith("tabkeeper ") and line not in PROVEN_ELSEWHERE


def test_every_command_of_the_readme_is_run_or_names_its_test() -> None:
    lines = [line for line in command_lines() if line]
    assert bool(lines) == ("```sh" in README)
    unproven = [
        line
        for line in lines
        if not (is_run_here(line) or line in PROVEN_ELSEWHERE or line.removeprefix("make ") in targets())
    ]
    assert not unproven


def test_what_is_not_run_here_stands_in_the_readme_and_has_its_test() -> None:
    for line, proof in PROVEN_ELSEWHERE.items():
        path, name = proof.split("::")
        assert line in command_lines()
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_the_readme_s_own_day_can_be_followed_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    for line in filter(is_run_here, command_lines()):
        words = [sys.executable, "-m", *shlex.split(line)]
        done = subprocess.run(
            words, env=os.environ, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
