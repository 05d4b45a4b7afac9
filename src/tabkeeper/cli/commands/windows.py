"""The commands that open windows of the tray program, for desktops that bind keys to commands."""

import os
from argparse import Namespace

from tabkeeper.cli.command import Command, no_options
from tabkeeper.desktop.nudge import Word, nudge
from tabkeeper.model.refusal import NothingToDo
from tabkeeper.paths import find_paths


def _window(_: Namespace) -> None:
    _say("window")


def _quick_add(_: Namespace) -> None:
    _say("quick-add")


def _say(word: Word) -> None:
    if not nudge(find_paths(os.environ).socket, word):
        raise NothingToDo("Tabkeeper does not run in the tray. Start it first: tabkeeper")


COMMANDS = {
    "window": Command("Show or hide the window of the tray program", no_options, _window),
    "quick-add": Command("Open a line to type in, over any program", no_options, _quick_add),
}
