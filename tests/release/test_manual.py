"""The manual page and the completions that packages install: complete, sound, and the same for each build."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tabkeeper.cli.commands import WORDS
from tabkeeper.settings import SETTINGS

WRITE = Path(__file__).parents[2] / "packaging" / "manual" / "write.py"


def written(folder: Path) -> Path:
    """Return the folder with all that is written for a package's /usr/share."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1764000000", "COLUMNS": "40", "FORCE_COLOR": "1"}
    subprocess.run((sys.executable, WRITE, folder), env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("share"))


@pytest.fixture(scope="module")
def page(share: Path) -> str:
    """The page as it is read, in lines."""
    shown = subprocess.run(
        ("groff", "-man", "-Kutf8", "-Tutf8", "-P-cbou", "-ww", share / "man" / "man1" / "tabkeeper.1"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert shown.stderr == ""
    return shown.stdout


def test_the_manual_page_tells_every_command_every_setting_and_every_exit_code(page: str) -> None:
    for word in WORDS:
        assert f"   tabkeeper {word}\n" in page
    for setting in SETTINGS:
        assert f"       {setting.key}" in page
    assert re.search(r"EXIT STATUS\n +0 done\n +1 refused\n +2 usage\n", page)


def test_the_manual_page_shows_words_as_they_are_typed(page: str, share: Path) -> None:
    # A bare hyphen is printed as a typographic one on some systems, which no shell takes for an option.
    assert r"\fB\-\-format\fR \fITEXT\fR" in (share / "man/man1/tabkeeper.1").read_text(encoding="utf-8")
    assert "       --format TEXT\n              a line for a bar: '{elapsed} {project}'\n" in page
    assert "~/.config/tabkeeper/settings.toml" in page
    assert "\x1b" not in page


def test_the_manual_page_bears_the_release_and_its_day_and_nothing_of_who_built_it(
    page: str, share: Path, tmp_path: Path
) -> None:
    assert re.search(r"Tabkeeper [\d.]+ +2025-11-24 +TABKEEPER\(1\)", page)
    assert str(Path.home()) not in page
    again = written(tmp_path)
    for path in filter(Path.is_file, share.rglob("*")):
        assert (again / path.relative_to(share)).read_bytes() == path.read_bytes()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_by_the_file_of_a_package(share: Path, tmp_path: Path) -> None:
    program = tmp_path / "tabkeeper"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tabkeeper "$@"\n')
    program.chmod(0o755)
    script = f"""
        source {shlex.quote(str(share / "bash-completion/completions/tabkeeper"))}
        COMP_WORDS=(tabkeeper sta) COMP_CWORD=1 COMP_LINE="tabkeeper sta" COMP_POINT=13 COMP_TYPE=9
        $(complete -p tabkeeper | sed 's/.*-F \\([^ ]*\\) .*/\\1/') tabkeeper sta tabkeeper
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TABKEEPER_HOME": str(tmp_path)}
    offered = subprocess.run(
        ("bash", "-c", script), env=environment, capture_output=True, text=True, check=True
    )
    assert [word.strip() for word in offered.stdout.splitlines()] == ["start", "status"], offered.stderr


def test_zsh_and_fish_find_the_files_by_their_names_and_first_words(share: Path) -> None:
    assert (share / "zsh/site-functions/_tabkeeper").read_text().startswith("#compdef tabkeeper\n")
    assert "tabkeeper" in (share / "fish/vendor_completions.d/tabkeeper.fish").read_text()
