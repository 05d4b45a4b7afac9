"""What gets into the frozen app: what is named, on each platform, and nothing that Qt or a system adds."""

import runpy
import zipfile
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "packaging" / "app"
CONTENTS, MODULES = (runpy.run_path(str(APP / name)) for name in ("contents.py", "modules.py"))
belongs = CONTENTS["belongs"]


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", "PySide6/Qt/lib/libQt6Core.so.6"),
        ("linux", "PySide6/QtWidgets.abi3.so"),
        ("linux", "PySide6/Qt/plugins/platforms/libqxcb.so"),
        ("linux", "libpython3.11.so.1.0"),
        ("linux", "libxcb-cursor.so.0"),
        ("linux", "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so"),
        ("linux", "keyring-25.7.0.dist-info/entry_points.txt"),
        ("linux", "tabkeeper/resources/icons/play.svg"),
        ("win32", r"PySide6\Qt6Core.dll"),
        ("win32", r"PySide6\plugins\platforms\qwindows.dll"),
        ("win32", "libcrypto-3.dll"),
        ("win32", "VCRUNTIME140.dll"),
        ("win32", r"shiboken6\MSVCP140.dll"),
        ("win32", r"PySide6\MSVCP140_2.dll"),
        ("darwin", "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore"),
    ],
)
def test_what_the_program_uses_is_in_the_app(platform: str, place: str) -> None:
    assert belongs(place, platform)


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", "PySide6/Qt/lib/libQt6Quick.so.6"),
        ("linux", "libQt6Quick.so.6"),
        ("linux", "PySide6/Qt/plugins/platforms/libqlinuxfb.so"),
        ("linux", "PySide6/Qt/plugins/tls/libqopensslbackend.so"),
        ("linux", "PySide6/Qt/translations/qtbase_de.qm"),
        ("linux", "libgtk-3.so.0"),
        ("linux", "libcrypto.so.3"),
        ("linux", "certifi/cacert.pem"),
        ("linux", "keyring-25.7.0.dist-info/RECORD"),
        ("win32", r"PySide6\opengl32sw.dll"),
        ("win32", r"PySide6\VCRUNTIME140.dll"),
        ("win32", r"PySide6\MSVCP140.dll"),
        ("win32", r"tzdata\zoneinfo\tzdata.zi"),
        ("win32", r"PySide6\Qt6Pdf.dll"),
        ("win32", r"PySide6\translations\qtbase_de.qm"),
        ("darwin", "PySide6/Qt/lib/QtPdf.framework/Versions/A/Resources/Info.plist"),
    ],
)
def test_what_it_does_not_use_is_not(platform: str, place: str) -> None:
    assert not belongs(place, platform)


def test_windows_has_a_program_without_a_console_for_the_tray() -> None:
    programs = CONTENTS["CONTENTS"]["win32"].programs
    assert {(program.name, program.console) for program in programs} == {
        ("tabkeeper", True),
        ("tabkeeper-tray", False),
    }


def test_others_modules_are_put_into_one_file_and_what_has_more_beside_them_is_left(tmp_path: Path) -> None:
    for name in ("abc.pyc", "json/__init__.pyc", "json/tool.pyc", "spread/one.pyc", "tabkeeper/__init__.pyc",
                 "zones/__init__.pyc", "zones/data/UTC", "fast/__init__.pyc", "fast/_core.pyd"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    MODULES["pack_modules"](tmp_path)
    with zipfile.ZipFile(tmp_path / "base_library.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            name: name for name in ("abc.pyc", "json/__init__.pyc", "json/tool.pyc")
        }
    assert {path.name for path in tmp_path.iterdir()} == {
        "base_library.zip", "spread", "tabkeeper", "zones", "fast",
    }  # fmt: skip
    assert (tmp_path / "fast" / "__init__.pyc").exists()
