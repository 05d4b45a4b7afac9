"""The installer in a Windows: it comes, works, is upgraded while it runs, and goes; the times stay."""

import re
from pathlib import Path

from tests.desktop.screen import wait_until
from tests.package_windows.conftest import BUILT, NEWER
from tests.package_windows.installed import LISTED, Installed
from tests.server_process import serving
from tests.windows.windows import PATIENCE

from tabkeeper import __version__

ENVIRONMENT = r"HKCU\Environment"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
LINKS = r"HKCU\Software\Classes\tabkeeper\shell\open\command"
MOST_TO_DOWNLOAD, MOST_ON_THE_DISK = 23e6, 70e6
LONG_PATH = ";".join(rf"%SystemRoot%\Folder {number}" for number in range(80))
"""More letters than the installer's own texts can have, and than Wine lets a terminal have."""


def test_programs_and_installer_bear_the_icon_and_say_what_they_are(installer: Path, app: Path) -> None:
    icon = (BUILT / "work" / "tabkeeper" / "tabkeeper.ico").read_bytes()
    largest = icon[icon.index(b"\x89PNG") :]
    for file in (installer, app / "tabkeeper.exe", app / "tabkeeper-tray.exe"):
        content = file.read_bytes()
        assert largest in content, file
        named, version = (text.encode("utf-16-le") for text in ("ProductVersion", f"{__version__}\0"))
        assert re.search(re.escape(named) + b"(\0\0)+" + re.escape(version), content), file


def test_it_installs_works_is_upgraded_while_it_runs_and_leaves_only_the_persons_data(
    installed: Installed, installer: Path, newer_installer: Path, tmp_path: Path
) -> None:
    windows, screen = installed.windows, installed.windows.screen
    files, registry = installed.files(), installed.registry()
    assert installed.install(installer) == 0
    assert installer.stat().st_size <= MOST_TO_DOWNLOAD
    on_the_disk = [path.stat().st_size for path in installed.folder.rglob("*") if path.is_file()]
    assert sum(on_the_disk) <= MOST_ON_THE_DISK
    assert windows.registered(LISTED, "DisplayVersion") == __version__
    assert windows.registered(RUN, "Tabkeeper") is None
    installed.start()
    wait_until(screen.tray_icons, "the tray icon", PATIENCE)

    with serving(tmp_path / "server") as server:
        person = server.team().owner
        there = {"TABKEEPER_SERVER": server.api}
        assert installed.say("login", "--token-stdin", said=person.token, **there).returncode == 0
        wait_until(
            lambda: "Windows WinVaultKeyring" in installed.say("doctor").stdout, "the keychain", PATIENCE
        )
        started = installed.ask("start", "Review")
        assert installed.say("sync").returncode == 0
        assert [entry["description"] for entry in person.listed()] == ["Review"]
        for file in installed.data.rglob("*"):
            assert not file.is_file() or person.token.encode() not in file.read_bytes()
        installed.say("config", "set", "start.with_session", "true")
        wait_until(lambda: windows.registered(RUN, "Tabkeeper"), "the start with the session", PATIENCE)

        of_the_former_version = installed.folder / "_internal" / "former.dll"
        of_the_former_version.touch()
        assert installed.install(newer_installer) == 0
        assert not of_the_former_version.exists()
        assert windows.registered(LISTED, "DisplayVersion") == NEWER
        wait_until(lambda: installed.began() == [__version__, NEWER], "the newer version to begin", PATIENCE)
        wait_until(screen.tray_icons, "the newer version's tray icon", PATIENCE)
        entry = installed.ask("status")["entry"]
        assert (entry["id"], entry["start"]) == (started["id"], started["start"])
        assert windows.registered(RUN, "Tabkeeper")

        installed.uninstall()
        assert screen.tray_icons() == []
        assert installed.registry() == registry
        data = str(installed.data.relative_to(installed.profile))
        assert {path for path in installed.files() - files if not path.startswith(f"{data}/")} == set()
        assert installed.install(installer) == 0
        assert installed.ask("status")["entry"]["id"] == started["id"]
        assert installed.say("sync").returncode == 0  # the token is where it was


def test_where_a_program_does_not_end_nothing_is_changed(
    installed: Installed, installer: Path, newer_installer: Path, tmp_path: Path
) -> None:
    windows = installed.windows
    assert installed.install(installer, "/AUTOSTART") == 0
    tray = rf'"{installed.own_path}\tabkeeper-tray.exe"'
    assert windows.registered(RUN, "Tabkeeper") == tray
    assert windows.registered(LINKS) == f'{tray} open "%1"'
    installed.start_with_data_in(tmp_path / "other")
    wait_until(windows.screen.tray_icons, "the tray icon", PATIENCE)
    assert installed.install(newer_installer) == 3
    assert windows.registered(LISTED, "DisplayVersion") == __version__
    assert installed.say("--version").stdout.split() == ["tabkeeper", __version__]
    assert not (installed.folder / "new").exists()
    assert windows.screen.tray_icons()


def test_the_persons_path_keeps_what_was_in_it_however_long_it_is(
    installed: Installed, installer: Path
) -> None:
    windows = installed.windows
    value = ("/v", "Path", "/t", "REG_EXPAND_SZ", "/d", LONG_PATH, "/f")
    windows.run(windows.wine, "reg", "add", ENVIRONMENT, *value)
    before = installed.registry()
    assert f"    Path    REG_EXPAND_SZ    {LONG_PATH}" in before
    for _ in range(2):
        assert installed.install(installer) == 0
        assert f"    Path    REG_EXPAND_SZ    {LONG_PATH};{installed.own_path}" in installed.registry()
    installed.uninstall()
    assert installed.registry() == before


def test_in_another_folder_it_has_one_of_its_own_and_touches_nothing_beside_it(
    installed: Installed, installer: Path
) -> None:
    tools = installed.drive / "Tools"
    of_another = tools / "_internal" / "part.dll"
    of_another.parent.mkdir(parents=True)
    of_another.touch()
    for _ in range(2):
        assert installed.install(installer, r"/D=C:\Tools") == 0
        assert (tools / "Tabkeeper" / "tabkeeper.exe").exists()
    installed.uninstall()
    wait_until(lambda: not (tools / "Tabkeeper").exists(), "its folder to go", PATIENCE)
    assert of_another.exists()
