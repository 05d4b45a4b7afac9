"""A release's own files: wheel and sdist that install and are the same twice, its words, sums and parts."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from tests.test_house import ROOT, tracked_files

from tabkeeper import __version__
from tabkeeper.updates import releases

RELEASE = ROOT / "packaging" / "release"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="these scripts are the shell's")


def run(
    *words: str | Path, cwd: Path = ROOT, umask: int = -1, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False, umask=umask
    )


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy of all files under version control, as another person has them; the tools are shared."""
    for path in tracked_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (ROOT / "build").mkdir(exist_ok=True)
    (folder / "build").symlink_to(ROOT / "build")
    return folder


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(RELEASE / "dist.sh", folder, SOURCE_DATE_EPOCH="1764000000")
    assert built.returncode == 0, built.stderr
    return folder


def test_two_builds_of_one_commit_give_equal_bytes(dist: Path, tmp_path: Path) -> None:
    elsewhere = copy_of_the_project(tmp_path / "elsewhere")
    again = tmp_path / "again"
    os.utime(elsewhere / "pyproject.toml", (1, 1))
    built = run(
        elsewhere / "packaging/release/dist.sh", again, umask=0o077, SOURCE_DATE_EPOCH="1764000000",
        TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7",
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    files = sorted(path.name for path in dist.iterdir())
    assert files == [f"tabkeeper-{__version__}-py3-none-any.whl", f"tabkeeper-{__version__}.tar.gz"]
    for name in files:
        assert (again / name).read_bytes() == (dist / name).read_bytes()


def test_the_wheel_holds_the_programs_and_their_resources_and_nothing_else(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"tabkeeper", "tabkeeper_server", f"tabkeeper-{__version__}.dist-info"}
    assert "tabkeeper/resources/icons/tabkeeper.svg" in names
    assert "tabkeeper_server/migrations/script.py.mako" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_sdist_holds_all_that_is_under_version_control(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        packed = {name.partition("/")[2] for name in sdist.getnames()}
    assert {str(path.relative_to(ROOT)) for path in tracked_files()} - packed == set()


def test_the_wheel_installs_into_an_empty_environment_and_keeps_time(dist: Path, tmp_path: Path) -> None:
    empty = tmp_path / "environment"
    venv.create(empty, with_pip=False)
    python = empty / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    installed = run(*pip, "install", "--no-deps", "--no-index", next(dist.glob("*.whl")))
    assert installed.returncode == 0, installed.stderr
    # What it depends on is found where these tests found it; the program itself is the wheel's.
    own = Path(sysconfig.get_path("purelib", vars={"base": str(empty), "platbase": str(empty)}))
    (own / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    home = {"TABKEEPER_HOME": str(tmp_path / "home"), "PYTHONPATH": "", "TZ": "UTC"}
    where = run(python, "-c", "import tabkeeper; print(tabkeeper.__file__)", cwd=tmp_path, **home)
    assert where.stdout.strip() == str(own / "tabkeeper" / "__init__.py")

    program = empty / "bin" / "tabkeeper"
    assert run(program, "--version", **home).stdout == f"tabkeeper {__version__}\n"
    assert run(program, "start", "Review", **home).returncode == 0
    assert json.loads(run(program, "status", "--json", **home).stdout)["entry"]["description"] == "Review"


def test_the_project_s_address_stands_once_for_what_is_packed_and_once_in_the_program() -> None:
    address = re.compile(rf"(?:github\S*|--repo )[/:]?{releases.PROJECT}")
    written = {
        path.relative_to(ROOT).as_posix()
        for path in tracked_files()
        if path.suffix != ".png" and address.search(path.read_text(encoding="utf-8"))
    }
    assert written == {"pyproject.toml"}  # the program's own words are put together from the project's name
    asked = run(RELEASE / "project.sh")
    assert asked.stdout == f"https://github.com/{releases.PROJECT}\n"


def test_a_release_has_its_words_from_the_changelog(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path / "project")
    (project / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n- Later.\n\n"
        f"## [{__version__}] - 2026-11-25\n\n### Added\n\n- A timer.\n\n"
        "## [0.0.9] - 2026-01-01\n\n- Before.\n"
    )
    notes = project / "packaging/release/notes.sh"
    for tag in ((), (f"v{__version__}",), (__version__,)):
        assert run(notes, *tag).stdout == "### Added\n\n- A timer.\n"


@pytest.mark.parametrize(
    ("changelog", "tag", "words"),
    [
        ("## [Unreleased]\n\n- Later.\n", f"v{__version__}", "CHANGELOG.md says nothing of"),
        (f"## [{__version__}] - 2026-11-25\n\n## [0.0.9]\n\n- Old.\n", f"v{__version__}", "says nothing of"),
        (f"## [{__version__}] - 2026-11-25\n\n- A timer.\n", "v99.0.0", "and not 99.0.0: change src/"),
    ],
)
def test_no_release_goes_out_without_words_or_under_another_number(
    tmp_path: Path, changelog: str, tag: str, words: str
) -> None:
    project = copy_of_the_project(tmp_path / "project")
    (project / "CHANGELOG.md").write_text(changelog)
    refused = run(project / "packaging/release/notes.sh", tag)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert words in refused.stderr


def test_the_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"one")
    (tmp_path / "a b.dmg").write_bytes(b"two")
    for _ in range(2):  # a second time, the sums of the first are not summed
        assert run(RELEASE / "sums.sh", tmp_path).returncode == 0
    assert len((tmp_path / "SHA256SUMS").read_text().splitlines()) == 2
    assert run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=tmp_path).returncode == 0
    (tmp_path / "b.deb").write_bytes(b"another")
    assert run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=tmp_path).returncode == 1


def test_the_list_of_parts_names_each_with_its_locked_version(tmp_path: Path) -> None:
    written = run(RELEASE / "sbom.sh", sys.executable, tmp_path / "parts.cdx.json")
    assert written.returncode == 0, written.stderr
    parts = json.loads((tmp_path / "parts.cdx.json").read_text(encoding="utf-8"))
    assert parts["bomFormat"] == "CycloneDX"
    assert (parts["metadata"]["component"]["name"], parts["metadata"]["component"]["version"]) == (
        "tabkeeper",
        __version__,
    )
    versions = {re.sub(r"[-_.]+", "-", part["name"]).lower(): part["version"] for part in parts["components"]}
    lock = (ROOT / "packaging/locks/app.txt").read_text(encoding="utf-8")
    everywhere = dict(re.findall(r"^([\w.-]+)==(\S+) \\$", lock, re.MULTILINE))
    assert everywhere.items() <= versions.items()
    assert versions["python"] == platform.python_version()
    # These tests' own environment holds more than is shipped.
    assert "pytest" not in versions
    known = {part["bom-ref"] for part in parts["components"]} | {"root-component"}
    assert {ref for one in parts["dependencies"] for ref in (one["ref"], *one.get("dependsOn", ()))} <= known
