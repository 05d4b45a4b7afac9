"""When packages are tested anew: after any change of what they are made from, and after no other."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_house import ROOT, tracked_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the script is the shell's")


class Project:
    """A copy of the project under a version control of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in tracked_files():
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        subprocess.run(("git", "init", "--quiet", folder), check=True)
        self.commit()

    def commit(self) -> None:
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
        for words in (
            ("add", "--all"),
            (*who, "commit", "--quiet", "--allow-empty", "--message", "As it is"),
        ):
            subprocess.run(("git", *words), cwd=self.folder, check=True)

    def restore(self) -> None:
        for words in (("reset", "--quiet", "--hard"), ("clean", "--quiet", "-d", "--force")):
            subprocess.run(("git", *words), cwd=self.folder, check=True)

    def state(self, *words: str) -> int:
        script = self.folder / "packaging" / "dev" / "package-state.sh"
        return subprocess.run((script, *words), capture_output=True, check=False).returncode

    def is_tested(self, system: str) -> bool:
        return self.state(system, "is-tested") == 0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("project"))
    for system in ("linux", "windows"):
        assert project.state(system, "record") == 0
    project.commit()
    return project


@pytest.fixture
def tested(project: Project) -> Iterator[Project]:
    """A project whose packages have been tested as they are."""
    yield project
    project.restore()


def test_what_passed_once_is_tested_until_it_changes(tested: Project) -> None:
    assert tested.is_tested("linux")
    assert tested.is_tested("windows")
    (tested.folder / "packaging" / "tested" / "linux").unlink()
    assert not tested.is_tested("linux")
    assert tested.is_tested("windows")


@pytest.mark.parametrize(
    "path",
    [
        "pyproject.toml",
        "packaging/app/contents.py",
        "packaging/linux/deb.sh",
        "packaging/locks/app.txt",
        "resources/icons/tabkeeper.svg",
        "tests/package/test_deb.py",
        "src/tabkeeper/__init__.py",
    ],
)
def test_a_change_of_what_makes_the_packages_asks_for_a_test_before_it_is_committed(
    tested: Project, path: str
) -> None:
    file = tested.folder / path
    before = file.read_text()
    file.write_text(f"{before}\n")
    assert not tested.is_tested("linux")
    file.write_text(before)
    assert tested.is_tested("linux")


def test_a_file_that_is_new_gone_or_no_longer_a_program_asks_for_a_test(tested: Project) -> None:
    new, gone = tested.folder / "packaging" / "linux" / "new.sh", tested.folder / "packaging/app/icu.py"
    new.touch()
    assert not tested.is_tested("linux")
    new.unlink()
    kept = gone.read_bytes()
    gone.unlink()
    assert not tested.is_tested("linux")
    gone.write_bytes(kept)
    assert tested.is_tested("linux")
    (tested.folder / "packaging" / "linux" / "install.sh").chmod(0o644)
    assert not tested.is_tested("linux")


@pytest.mark.parametrize(
    "path",
    [
        "src/tabkeeper/model/entry.py",
        "packaging/macos/dmg.sh",
        "packaging/release/draft.sh",
        "packaging/README.md",
        "README.md",
    ],
)
def test_a_change_of_nothing_in_the_packages_asks_for_none(tested: Project, path: str) -> None:
    with (tested.folder / path).open("a") as file:
        file.write("\n")
    assert tested.is_tested("linux")
    assert tested.is_tested("windows")


def test_where_there_is_no_sum_nothing_counts_as_tested_and_what_was_recorded_stays(tested: Project) -> None:
    renewal = tested.folder / "src" / "tabkeeper" / "desktop" / "renewal.py"
    record = tested.folder / "packaging" / "tested" / "linux"
    before = record.read_bytes()
    renewal.rename(renewal.with_name("renewed.py"))
    assert not tested.is_tested("linux")
    assert tested.state("linux", "record") != 0
    assert record.read_bytes() == before
    record.unlink()
    assert not tested.is_tested("linux")


def test_one_system_s_packages_are_nothing_to_the_other_s(tested: Project) -> None:
    (tested.folder / "packaging" / "locks" / "windows.txt").write_text("")
    assert tested.is_tested("linux")
    assert not tested.is_tested("windows")


def test_looking_leaves_what_is_to_be_committed_alone(tested: Project) -> None:
    (tested.folder / "packaging" / "linux" / "new.sh").touch()
    tested.is_tested("linux")
    words = ("git", "status", "--porcelain")
    said = subprocess.run(words, cwd=tested.folder, capture_output=True, text=True, check=True).stdout
    assert said == "?? packaging/linux/new.sh\n"
