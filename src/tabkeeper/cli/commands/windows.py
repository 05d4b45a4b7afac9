"""The commands that open windows of the tray program, for desktops that bind keys to commands, and end it."""

import os
import subprocess
import time
from argparse import ArgumentParser, Namespace

from tabkeeper.cli.command import Command, no_options
from tabkeeper.desktop.nudge import Word, nudge
from tabkeeper.desktop.own_command import own_command
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.paths import find_paths

_LONGEST_LINK = 4_000
_PATIENCE, _BETWEEN_LOOKS = 15.0, 0.1
"""Seconds that the tray program has to start or to end, and between two tries to reach it."""


def _window(_: Namespace) -> None:
    _say("window")


def _quick_add(_: Namespace) -> None:
    _say("quick-add")


def _say(word: Word) -> None:
    if not nudge(find_paths(os.environ).socket, word):
        raise NothingToDo("Tabkeeper does not run in the tray. Start it first: tabkeeper")


def _link_options(parser: ArgumentParser) -> None:
    words = "tabkeeper://start?description=Review&project=Acme; without one, Tabkeeper's window opens"
    parser.add_argument("link", metavar="LINK", nargs="?", help=words)


def _open(given: Namespace) -> None:
    word: Word = "show" if given.link is None else "link"
    link = given.link or ""
    if word == "link" and (len(link) > _LONGEST_LINK or link.split() != [link]):
        raise Refused("This is no link that Tabkeeper opens.")
    socket = find_paths(os.environ).socket
    if nudge(socket, word, link):
        return
    nothing = subprocess.DEVNULL
    subprocess.Popen(own_command(), start_new_session=True, stdin=nothing, stdout=nothing, stderr=nothing)
    deadline = time.monotonic() + _PATIENCE
    while not nudge(socket, word, link):
        if time.monotonic() > deadline:
            raise Refused(
                "Tabkeeper could not be started. Its log, which tabkeeper doctor names, may say why."
            )
        time.sleep(_BETWEEN_LOOKS)


def _quit(_: Namespace) -> None:
    _say("quit")
    socket = find_paths(os.environ).socket
    deadline = time.monotonic() + _PATIENCE
    while nudge(socket, "quit"):
        if time.monotonic() > deadline:
            raise Refused("Tabkeeper was asked to quit, but goes on. Quit it in its icon's menu.")
        time.sleep(_BETWEEN_LOOKS)


COMMANDS = {
    "window": Command("Show or hide the window of the tray program", no_options, _window),
    "quick-add": Command("Open a line to type in, over any program", no_options, _quick_add),
    "open": Command("Show the window, or what a tabkeeper:// link would start", _link_options, _open),
    "quit": Command("Take the icon out of the tray; a timer goes on", no_options, _quit),
}
