"""`backup`: a copy that a server can be started from, made while another one writes."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from tests.server.postgresql import Cluster, programs
from tests.server_process import COMMAND, Person, serving


def test_a_server_starts_from_a_backup_that_was_made_while_it_ran(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with serving(tmp_path / "first") as server:
        owner = server.team().owner
        entry = owner.entry("2024-03-04T08:00:00Z", tags=["a"])
        assert "Wrote" in server.say("backup", str(copy))
        owner.entry("2024-03-04T09:00:00Z", "2024-03-04T10:00:00Z")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.sqlite"]
    with serving(tmp_path / "second", database=f"sqlite:///{copy}") as server:
        assert Person(server, "", owner.token).listed() == [entry]


def backup(database: str, target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = (*COMMAND, "backup", str(target), "--database", database)
    return subprocess.run(words, capture_output=True, text=True, env={**os.environ, **environment})


def sqlite_at(file: Path) -> str:
    file.touch()
    return f"sqlite:///{file}"


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    done = backup(sqlite_at(tmp_path / "x.sqlite"), target)
    assert done.returncode == 1
    assert "nothing was overwritten" in done.stderr
    assert target.read_text() == "precious"


def test_a_backup_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = backup(sqlite_at(tmp_path / "x.sqlite"), tmp_path / "nowhere" / "copy")
    assert done.returncode == 1
    assert "There is no folder" in done.stderr


def test_a_backup_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    done = backup(sqlite_at(tmp_path / "x.sqlite"), Path("/proc/copy"))
    assert done.returncode == 1
    assert "/proc/copy cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_damaged_database_is_not_called_a_backup(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        owner = server.team().owner
        for number in range(30):
            owner.entry("2024-03-04T08:00:00Z", "2024-03-04T09:00:00Z", description="x" * 1000 + str(number))
    damaged = tmp_path / "data" / "server.sqlite"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = os.urandom(4096)
    damaged.write_bytes(content)
    done = backup(f"sqlite:///{damaged}", tmp_path / "copy")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "copy").exists()


def test_a_postgresql_database_is_dumped_and_restored_by_its_own_programs(
    postgresql: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = programs()
    assert folder
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    dump = tmp_path / "copy.dump"
    with serving(
        tmp_path / "first", database=f"{postgresql.new_database('original')}?sslmode=prefer"
    ) as server:
        owner = server.team().owner
        entry = owner.entry("2024-03-04T08:00:00Z", tags=["a"])
        assert "Wrote" in server.say("backup", str(dump))
    restored = postgresql.new_database("restored")
    subprocess.run(("pg_restore", f"--dbname={restored}", str(dump)), check=True)
    with serving(tmp_path / "second", database=restored) as server:
        assert Person(server, "", owner.token).listed() == [entry]


def test_without_pg_dump_it_is_said_what_is_missing(tmp_path: Path) -> None:
    done = backup("postgresql://me@127.0.0.1/x", tmp_path / "copy", PATH=str(tmp_path))
    assert done.returncode == 1
    assert "pg_dump, which is not installed" in done.stderr
    assert shutil.which("pg_dump", path=str(tmp_path)) is None
    assert list(tmp_path.iterdir()) == []
