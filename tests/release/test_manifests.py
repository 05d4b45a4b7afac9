"""What macOS, Homebrew and winget are told of the app, as data: no Mac is needed for it."""

import hashlib
import os
import plistlib
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from PIL import Image
from tests.test_house import ROOT

from tabkeeper import __version__
from tabkeeper.desktop.autostart.macos import LaunchAgent
from tabkeeper.updates import installation, releases

MACOS, WINGET = ROOT / "packaging" / "macos", ROOT / "packaging" / "windows" / "winget"
FILES = (
    f"Tabkeeper-{__version__}-arm64.dmg",
    f"Tabkeeper-{__version__}-x86_64.dmg",
    f"tabkeeper-{__version__}-setup.exe",
    f"tabkeeper-{__version__}-linux-x86_64.tar.xz",
)
WINGET_WORDS = {
    "PackageIdentifier": r"[^.\s]{1,32}(\.[^.\s]{1,32}){1,7}",
    "PackageVersion": r"\d+(\.\d+)+",
    "Platform": r"Windows\.Desktop",
    "MinimumOSVersion": r"\d{1,5}(\.\d{1,5}){3}",
    "InstallerType": "nullsoft",
    "Scope": "user",
    "InstallModes": "interactive|silent|silentWithProgress",
    "ExpectedReturnCodes": "",
    "UnsupportedArguments": "log|location",
    "UpgradeBehavior": "install|uninstallPrevious|deny",
    "Commands": r"\S{1,40}",
    "Protocols": r"[a-z]+",
    "ProductCode": ".{1,255}",
    "ReleaseDate": r"\d{4}-\d\d-\d\d",
    "Installers": "",
    "Architecture": "x86|x64|arm|arm64|neutral",
    "InstallerUrl": r"https://.{1,2000}",
    "InstallerSha256": "[0-9A-Fa-f]{64}",
    "ManifestType": "installer",
    "ManifestVersion": r"1\.10\.0",
}
"""What the schema of winget's installer manifests, 1.10.0, allows in the fields that we use; no others."""
PROJECT = f"https://github.com/{releases.PROJECT}"


def fill(release: Path, *words: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "packaging" / "release" / "manifests.py"
    return subprocess.run(
        (sys.executable, script, release, *words),
        env={"SOURCE_DATE_EPOCH": "1764000000"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def release(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def sum_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def test_the_bundle_lives_in_the_menu_bar_and_opens_links() -> None:
    told = plistlib.loads((MACOS / "Info.plist").read_bytes())
    assert told["LSUIElement"] is True
    [links] = told["CFBundleURLTypes"]
    assert links["CFBundleURLSchemes"] == ["tabkeeper"]
    assert "CFBundleShortVersionString" not in told  # the version stands in one place, and not here


def test_the_bundle_s_icon_has_a_picture_for_each_size_and_is_the_program_s_own(tmp_path: Path) -> None:
    png = runpy.run_path(str(ROOT / "packaging" / "app" / "drawing.py"))["png"]
    runpy.run_path(str(MACOS / "icns.py"))["write_icns"](png, tmp_path / "Tabkeeper.icns")
    with Image.open(tmp_path / "Tabkeeper.icns") as icon:
        assert {width * ratio for width, _, ratio in icon.info["sizes"]} == {16, 32, 64, 128, 256, 512, 1024}
        assert icon.size == (1024, 1024)
        picture = icon.convert("RGBA")
        assert picture.getpixel((0, 0))[3] == 0
        red, green, blue, _ = picture.getpixel((512, 80))
        assert green > red + 60
        assert blue > red + 60


def test_the_hardened_runtime_allows_what_ctypes_needs_and_no_more() -> None:
    allowed = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert allowed == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_bundle_says_how_it_was_installed_in_a_word_that_the_program_knows() -> None:
    assert (MACOS / "installed-by").read_text().strip() in installation.KINDS


@pytest.mark.skipif(os.name != "posix", reason="the script is the shell's")
def test_of_what_the_tools_say_of_keys_only_the_lines_for_the_environment_are_printed(tmp_path: Path) -> None:
    answer = tmp_path / "security"
    answer.write_text("""#!/bin/sh
case $1 in find-identity) echo '  1) 0A "Developer ID Application: Ada (7)"' ;; *) echo "$1: 1 done." ;; esac
""")
    answer.chmod(0o755)
    (tmp_path / "xcrun").symlink_to(answer)
    names = ("MACOS_CERTIFICATE", "MACOS_CERTIFICATE_PASSWORD", "NOTARY_APPLE_ID", "NOTARY_TEAM_ID",
             "NOTARY_PASSWORD")  # fmt: skip
    given = dict.fromkeys(names, "c2VjcmV0") | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(MACOS / "keychain.sh", env=given, capture_output=True, text=True, check=True)
    assert done.stdout == "MACOS_IDENTITY=Developer ID Application: Ada (7)\nNOTARY_PROFILE=tabkeeper\n"
    assert "c2VjcmV0" not in done.stderr


def test_the_cask_names_both_kinds_of_mac_with_their_sums(release: Path) -> None:
    assert fill(release).stderr == ""
    cask = (release / "tabkeeper.rb").read_text()
    assert "@" not in cask
    assert f'version "{__version__}"' in cask
    arm, intel, *_ = map(sum_of, FILES)
    assert f'arm:   "{arm}"' in cask
    assert f'intel: "{intel}"' in cask
    [url] = re.findall(r'^  url "(.*)"$', cask, re.MULTILINE)
    named = url.replace("#{version}", __version__).replace("#{arch}", "arm64")
    assert named == f"{PROJECT}/releases/download/v{__version__}/{FILES[0]}"


def test_a_zap_takes_away_the_start_with_the_session_and_an_upgrade_does_not_and_neither_the_time(
    release: Path,
) -> None:
    fill(release)
    cask = (release / "tabkeeper.rb").read_text()
    agent = LaunchAgent()._path
    uninstalled, _, zapped = cask.partition("  zap ")
    assert f'"~/{agent.relative_to(Path.home())}"' in zapped
    assert "launchctl" not in uninstalled
    assert not re.search(r'^ +"[^"]*Application Support', cask, re.MULTILINE)


def test_winget_is_told_of_one_installer_for_one_person_in_three_files_that_agree(release: Path) -> None:
    assert fill(release).stderr == ""
    told = {path.name: yaml.safe_load(path.read_text()) for path in release.glob("Tabkeeper.*.yaml")}
    assert sorted(manifest["ManifestType"] for manifest in told.values()) == [
        "defaultLocale",
        "installer",
        "version",
    ]
    for name, manifest in told.items():
        assert name.startswith(manifest["PackageIdentifier"] + ".")
        assert (manifest["PackageVersion"], manifest["ManifestVersion"]) == (__version__, "1.10.0")
    installer = told["Tabkeeper.Tabkeeper.installer.yaml"]
    assert (installer["InstallerType"], installer["Scope"]) == ("nullsoft", "user")
    assert installer["ReleaseDate"] == "2025-11-24"
    [file] = installer["Installers"]
    assert file["InstallerUrl"] == f"{PROJECT}/releases/download/v{__version__}/{FILES[2]}"
    assert file["InstallerSha256"] == sum_of(FILES[2])


def test_winget_knows_every_word_that_it_is_told_of_the_installer(release: Path) -> None:
    fill(release)
    told = yaml.safe_load((release / "Tabkeeper.Tabkeeper.installer.yaml").read_text())
    for name, value in (
        (name, value) for part in (told, *told["Installers"]) for name, value in part.items()
    ):
        for one in value if isinstance(value, list) else [value]:
            assert re.fullmatch(WINGET_WORDS[name], one if isinstance(one, str) else ""), (name, one)


def test_winget_and_the_installer_mean_the_same_by_what_windows_keeps_of_it(release: Path) -> None:
    fill(release)
    told = yaml.safe_load((release / "Tabkeeper.Tabkeeper.installer.yaml").read_text())
    script = (ROOT / "packaging" / "windows" / "installer.nsi").read_text()
    running = (ROOT / "packaging" / "windows" / "running.nsh").read_text()
    assert rf'\CurrentVersion\Uninstall\{told["ProductCode"]}"' in script
    assert f"${{AtLeastBuild}} {told['MinimumOSVersion'].split('.')[2]}" in script
    [in_use] = told["ExpectedReturnCodes"]
    assert in_use["ReturnResponse"] == "packageInUse"
    assert f"SetErrorLevel {in_use['InstallerReturnCode']}\n" in running
    page = yaml.safe_load((release / "Tabkeeper.Tabkeeper.locale.en-US.yaml").read_text())
    assert f'"Publisher" "{page["Publisher"]}"' in script
    assert f'"DisplayName" "{page["PackageName"]}"' in script


def test_the_flatpak_is_made_of_the_release_s_tarball(release: Path) -> None:
    assert fill(release, "--only", "flatpak").stderr == ""
    [manifest] = release.glob("*.yaml")
    told = yaml.safe_load(manifest.read_text())
    assert f"{told['id']}.yaml" == manifest.name
    [source] = told["modules"][0]["sources"]
    assert source["url"] == f"{PROJECT}/releases/download/v{__version__}/{FILES[3]}"
    assert source["sha256"] == sum_of(FILES[3])


@pytest.mark.parametrize(
    ("gone", "system"), [(FILES[1], "homebrew"), (FILES[2], "winget"), (FILES[3], "flatpak")]
)
def test_where_a_system_s_file_is_missing_it_is_named_and_nothing_is_written(
    release: Path, gone: str, system: str
) -> None:
    (release / gone).unlink()
    answer = fill(release)
    assert answer.returncode == 1
    [lack, end] = answer.stderr.splitlines()
    assert lack.startswith(f"There is nothing to tell {system} of: {release} has no file named ")
    assert end == "No manifest was written."
    assert {path.name for path in release.iterdir()} == set(FILES) - {gone}


def test_one_system_can_be_told_alone(release: Path) -> None:
    (release / FILES[0]).unlink()
    assert fill(release, "--only", "winget").returncode == 0
    assert len([*release.glob("*.yaml")]) == 3
