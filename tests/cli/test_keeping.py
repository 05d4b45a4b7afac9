"""Export, backup and restore: everything comes out, and everything comes back."""

import csv
import json
from pathlib import Path

import pytest
from tests.cli.conftest import CommandLine

HOSTILE = '=HYPERLINK("http://evil")'


@pytest.fixture
def filled(tabkeeper: CommandLine) -> CommandLine:
    for words in (
        (
            "Review",
            "--from",
            "2026-11-23 9:00",
            "--to",
            "2026-11-23 10:23:45",
            "-p",
            "Renewal",
            "-t",
            "bug",
            "-t",
            "ui",
        ),
        (HOSTILE, "--from", "2026-11-24 9:00", "--duration", "15m", "--billable"),
    ):
        tabkeeper.ask("add", *words)
    return tabkeeper


def test_all_entries_come_out_as_csv_oldest_first_and_a_formula_runs_nowhere(filled: CommandLine) -> None:
    done = filled.run("export")
    assert done.returncode == 0
    first, second = csv.DictReader(done.stdout.splitlines())
    assert (first["Description"], first["Project"], first["Tags"]) == ("Review", "Renewal", "bug, ui")
    assert (first["Start"], first["Stop"]) == ("2026-11-23 09:00:00", "2026-11-23 10:23:45")
    assert (first["Time"], first["Hours"], first["Billable"]) == ("1:23:45", "1.3958", "no")
    assert (second["Description"], second["Billable"]) == (f"'{HOSTILE}", "yes")


def test_all_entries_come_out_as_json_in_the_shape_of_the_list(filled: CommandLine) -> None:
    assert filled.ask("export") == filled.ask("list")[::-1]


def test_a_range_is_exported_alone(filled: CommandLine) -> None:
    (entry,) = filled.ask("export", "--from", "2026-11-24")
    assert entry["description"] == HOSTILE
    (entry,) = filled.ask("export", "--to", "2026-11-23")
    assert entry["description"] == "Review"


@pytest.mark.parametrize(("name", "begins"), [("all.csv", "\ufeffDescription,"), ("all.json", "[")])
def test_a_file_is_written_as_its_name_says(
    filled: CommandLine, tmp_path: Path, name: str, begins: str
) -> None:
    file = tmp_path / name
    done = filled.run("export", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize("place", ["{folder}/nowhere/all.csv", "{folder}/there", ".", "", "/"])
def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left_beside_it(
    filled: CommandLine, tmp_path: Path, place: str
) -> None:
    (tmp_path / "there").mkdir()
    before = sorted(tmp_path.iterdir())
    code, said = filled.refusal("export", place.format(folder=tmp_path))
    assert code == 1
    assert said.endswith("Choose another place.")
    assert said.count("\n") == 0
    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_is_gone_back_to_and_what_was_there_is_kept(filled: CommandLine) -> None:
    made = filled.ask("backup")
    assert Path(made["path"]).is_file()
    assert made in filled.ask("backup", "--list")
    filled.ask("start", "Later")
    restored = filled.ask("restore", made["name"])
    assert [entry["description"] for entry in filled.ask("list")] == [HOSTILE, "Review"]
    filled.ask("restore", restored["before"]["name"])
    assert filled.ask("list")[0]["description"] == "Later"


def test_a_backup_that_is_elsewhere_is_gone_back_to(filled: CommandLine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "from another computer.db"
    Path(filled.ask("backup")["path"]).rename(elsewhere)
    filled.ask("start", "Later")
    done = filled.run("restore", str(elsewhere))
    assert done.stdout == "Restored from from another computer.db.\n"
    assert "What was there before is kept: tabkeeper restore" in done.stderr
    assert len(filled.ask("list")) == 2


def test_what_is_no_backup_changes_nothing(filled: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("something else")
    before = json.dumps(filled.ask("list"))
    assert filled.refusal("restore", "yesterday")[0] == 1
    code, said = filled.refusal("restore", str(other))
    assert code == 1
    assert "Nothing was changed" in said
    assert json.dumps(filled.ask("list")) == before
