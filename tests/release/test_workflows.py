"""The workflows: each step is a script that a person can run, too, and the last try works here."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.test_house import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SMOKE = ROOT / "packaging" / "release" / "smoke.py"
SYSTEMS = {"ubuntu", "macos", "windows"}


def jobs(workflow: Path) -> dict[str, Any]:
    found = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    assert isinstance(found, dict)
    return found


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(workflow).values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_each_step_is_one_script_of_the_project(workflow: Path) -> None:
    for step in steps(workflow):
        if "run" in step:
            [line] = step["run"].strip().splitlines()
            script = ROOT / line.removeprefix("python3 ").split()[0]
            assert script.is_relative_to(ROOT / "packaging"), line
            assert script.is_file(), line
            assert script.suffix == ".py" or os.access(script, os.X_OK), line


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_each_action_is_fixed_by_its_digest_and_the_release_that_it_is_stands_beside_it(
    workflow: Path,
) -> None:
    used = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
    assert len(used) == len([step for step in steps(workflow) if "uses" in step])
    assert not [
        line for line in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ]


def test_source_and_release_are_checked_and_built_on_three_systems() -> None:
    found = {
        (workflow.stem, name): {system.split("-")[0] for system in job["strategy"]["matrix"]["system"]}
        for workflow in WORKFLOWS
        for name, job in jobs(workflow).items()
        if "strategy" in job
    }
    assert found == {
        ("ci", "check"): SYSTEMS,
        ("release", "check"): SYSTEMS,
        ("release", "build"): SYSTEMS,
    }


def test_a_secret_is_given_to_the_system_alone_that_signs_with_it() -> None:
    given = {
        name: f"{step.get('if', '')} {value}"
        for workflow in WORKFLOWS
        for step in steps(workflow)
        for name, value in step.get("env", {}).items()
        if "secrets." in value
    }
    assert {name.partition("_")[0] for name in given} == {"MACOS", "NOTARY", "WINDOWS"}
    for name, words in given.items():
        assert f"runner.os == '{'Windows' if name.startswith('WINDOWS') else 'macOS'}'" in words, name


@pytest.mark.parametrize(
    "script", sorted((ROOT / "packaging").rglob("*.sh")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_script_can_be_read_by_its_shell(script: Path) -> None:
    shell = "bash" if "bash" in script.read_text(encoding="utf-8").splitlines()[0] else "sh"
    subprocess.run((shell, "-n", script), check=True)
    is_read_by_others = not script.read_text(encoding="utf-8").startswith("#!")
    assert is_read_by_others != os.access(script, os.X_OK)


def smoke(*program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, SMOKE, "--", *program), capture_output=True, encoding="utf-8", check=False
    )


def test_an_installed_program_is_tried_from_its_start_to_its_end() -> None:
    tried = smoke(sys.executable, "-m", "tabkeeper")
    assert tried.returncode == 0, tried.stderr
    assert tried.stdout.splitlines()[-1] == "it ended, and the entry is still there"


def test_a_tray_that_does_not_come_up_is_noticed(tmp_path: Path) -> None:
    program = tmp_path / "tabkeeper"
    program.write_text(f'#!/bin/sh\n[ $# -gt 0 ] || exit 4\nexec "{sys.executable}" -m tabkeeper "$@"\n')
    program.chmod(0o755)
    tried = smoke(str(program))
    assert tried.returncode == 1
    assert "the tray ended with 4" in tried.stderr
