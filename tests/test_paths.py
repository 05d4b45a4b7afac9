"""Where things are kept: in one folder that is named, or the platform's own; the socket is with the data."""

import sys
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from tabkeeper.desktop.nudge import address
from tabkeeper.paths import find_paths, make_private

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the folders of Linux")


def test_a_home_of_its_own_holds_everything(tmp_path: Path) -> None:
    paths = find_paths({"TABKEEPER_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    places = (paths.database, paths.settings, paths.log, paths.socket)
    assert all(place.is_relative_to(tmp_path) for place in places)


@linux
@pytest.mark.parametrize(
    "variables", [{}, {"XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"}]
)
def test_the_folders_of_linux_are_those_that_platformdirs_says(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    folders = PlatformDirs("tabkeeper", appauthor=False)
    paths = find_paths(variables)
    assert paths[:3] == (folders.user_data_path, folders.user_config_path, folders.user_log_path)


@linux
def test_the_socket_is_the_same_in_a_session_and_over_ssh() -> None:
    assert find_paths({"XDG_RUNTIME_DIR": "/run/user/1"}).socket == find_paths({}).socket
    assert find_paths({}).socket.parent == find_paths({}).data


@linux
def test_a_folder_whose_socket_would_have_too_long_a_path_has_it_elsewhere(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    other = tmp_path / ("y" * 100)
    first, second = (find_paths({"TABKEEPER_HOME": str(folder)}).socket for folder in (long, other))
    assert max(len(str(first)), len(str(second))) < 100
    assert first != second


def test_on_windows_the_lock_lies_with_the_data_and_the_pipe_is_named_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    homes = [tmp_path / ("x" * 200), tmp_path / "y"]
    sockets = [find_paths({"TABKEEPER_HOME": str(home)}).socket for home in homes]
    assert [socket.with_suffix(".lock").parent for socket in sockets] == homes
    pipes = {address(socket) for socket in sockets}
    assert len(pipes) == 2
    assert all(pipe.startswith("\\\\.\\pipe\\") and len(pipe) < 100 for pipe in pipes)


def test_a_private_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b")
    assert [(tmp_path / part).stat().st_mode & 0o77 for part in ("a", "a/b")] == [0, 0]
