"""A disk that is full and a folder that is read-only: said in one sentence, with nothing lost.

The disks are real: each a small one in memory, mounted for one process that is root only among its own.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.store.conftest import keep, kept

from tabkeeper.store.file import Store
from tabkeeper.store.trouble import NoRoom

_ALONE = ("unshare", "--user", "--map-root-user", "--mount")
_ON_A_DISK = 'mount -t tmpfs -o size=600k,mode=700 tmpfs "$0" && exec "$@"'
_WORDS = """
import contextlib, io, json, os, subprocess, sys
from tabkeeper.cli.main import run

disk, answers = sys.argv[1], []
os.environ["TABKEEPER_HOME"] = disk + "/home"

def do(*words):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as error:
        code = run(words)
    answers.append([words[0], code, error.getvalue()])
    return out.getvalue()

def listed():
    return [entry["description"] for entry in json.loads(do("list", "--json"))]

def mount(how):
    subprocess.run(("mount", "-o", "remount," + how, disk), check=True)

def fill():
    with contextlib.suppress(OSError), open(disk + "/filling", "ab", buffering=0) as filling:
        while True:
            filling.write(b"x" * 1024)

"""


def _can_mount(folder: Path) -> bool:
    try:
        words = (*_ALONE, "sh", "-c", _ON_A_DISK, folder, "true")
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def on_a_disk(folder: Path, program: str) -> Any:
    """Run a program with a disk of 600 kB to its end; returns what it prints as JSON."""
    if not _can_mount(folder):
        pytest.skip("this system lets nobody mount a disk")
    words = (*_ALONE, "sh", "-c", _ON_A_DISK, folder, sys.executable, "-c", _WORDS + program, folder)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


FULL = (
    "The disk is full, so nothing can be saved. Everything tracked before is safe; make room and try again.\n"
)


def test_on_a_full_disk_a_change_is_refused_and_works_when_there_is_room(tmp_path: Path) -> None:
    answers, entries = on_a_disk(
        tmp_path,
        """
do("start", "before")
fill()
do("start", "refused")
os.truncate(disk + "/filling", os.path.getsize(disk + "/filling") - 36 * 1024)  # enough to read
do("stop")
do("status")
os.remove(disk + "/filling")
do("start", "after")
print(json.dumps([answers, listed()]))
""",
    )
    assert answers == [
        ["start", 0, ""], ["start", 1, FULL], ["stop", 1, FULL], ["status", 0, ""], ["start", 0, ""],
        ["list", 0, ""],
    ]  # fmt: skip
    assert entries == ["after", "before"]


def test_a_disk_that_becomes_full_while_the_file_is_open_loses_nothing(tmp_path: Path) -> None:
    refused, kept_there, sound = on_a_disk(
        tmp_path,
        """
from pathlib import Path
from tabkeeper.model.entry import Draft
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import NoRoom
from tabkeeper.tracker import Tracker
from datetime import UTC
store = Store.open(Path(disk) / "home" / "tabkeeper.db")
tracker = Tracker(store, UTC)
done = []
fill()
os.truncate(disk + "/filling", os.path.getsize(disk + "/filling") - 200 * 1024)
try:
    while True:
        done.append(tracker.start(Draft(str(len(done)))).id)
except NoRoom as full:
    refused = str(full)
ids = [entry.id for entry in reversed(tracker.entries(None, None))]
os.remove(disk + "/filling")
done.append(tracker.stop().id)
sound = store.connection.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps([refused, len(ids) > 3 and sorted(ids) == sorted(done[:-1]), sound]))
""",
    )
    assert (refused + "\n", kept_there, sound) == (FULL, True, "ok")


def test_in_a_read_only_folder_each_command_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    answers, entries = on_a_disk(
        tmp_path,
        """
do("start", "before")
mount("ro")
for word in ("stop", "status", "list"):
    do(word)
os.environ["TABKEEPER_HOME"] = disk + "/other"
do("start", "new")
os.environ["TABKEEPER_HOME"] = disk + "/home"
mount("rw")
print(json.dumps([answers[1:], listed()]))
""",
    )
    assert [(word, code) for word, code, _ in answers] == [
        ("stop", 1), ("status", 1), ("list", 1), ("start", 1),
    ]  # fmt: skip
    for _, _, sentence in answers:
        assert sentence.count("\n") == 1
        assert (
            "Nothing was changed. Make the folder writable, or name another one in TABKEEPER_HOME."
            in sentence
        )
    assert entries == ["before"]


def keep_on_and_on(store: Store) -> None:
    for number in range(1_000):
        keep(store, f"more {number}")


def test_a_file_that_can_grow_no_more_is_a_full_disk_to_a_person(store: Store, path: Path) -> None:
    keep(store, "before")
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NoRoom, match="The disk is full"):
        keep_on_and_on(store)
    store.connection.execute("PRAGMA max_page_count = 10000")
    names = kept(path)
    keep(store, "after")
    assert kept(path) == ["after", *names]
