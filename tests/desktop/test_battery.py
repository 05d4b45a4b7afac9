"""Whether Linux runs on its battery, read from folders as the kernel makes them."""

from pathlib import Path

import pytest

from tabkeeper.desktop.battery import linux_drains

MAINS, USB = {"type": "Mains", "online": "{}"}, {"type": "USB", "online": "{}"}
BATTERY = {"type": "Battery", "status": "{}", "present": "1"}
MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging", "online": "1"}


def made(folder: Path, **supplies: dict[str, str]) -> Path:
    for name, said in supplies.items():
        (folder / name).mkdir()
        for file, words in said.items():
            (folder / name / file).write_text(words + "\n")
    return folder


def of(supply: dict[str, str], said: str) -> dict[str, str]:
    return {file: words.format(said) for file, words in supply.items()}


@pytest.mark.parametrize(
    ("mains", "usb", "battery", "drains"),
    [
        ("0", "0", "Discharging", True),
        ("1", "0", "Charging", False),
        ("1", "0", "Full", False),
        ("0", "1", "Discharging", False),
        ("0", "0", "Unknown", False),
    ],
)
def test_a_laptop_runs_on_its_battery_where_that_drains_and_nothing_feeds_it(
    tmp_path: Path, mains: str, usb: str, battery: str, drains: bool
) -> None:
    supplies = made(tmp_path, AC=of(MAINS, mains), USBC=of(USB, usb), BAT0=of(BATTERY, battery), mouse=MOUSE)
    assert linux_drains(supplies) == drains


def test_a_computer_whose_mouse_has_the_only_battery_does_not(tmp_path: Path) -> None:
    assert not linux_drains(made(tmp_path, hid=MOUSE))


def test_nor_does_one_of_which_the_kernel_says_nothing(tmp_path: Path) -> None:
    assert not linux_drains(tmp_path / "nothing")
