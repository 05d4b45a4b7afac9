"""The commands by the word that names them. What they do is in `timer`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple

from tabkeeper.cli.commands import timer


class Command(NamedTuple):
    """What a command is for, which words it takes, and what it does."""

    summary: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], None]


COMMANDS = {
    "start": Command("Start a timer; one that runs is stopped", timer.start_options, timer.start),
    "stop": Command("Stop the timer", timer.stop_options, timer.stop),
    "status": Command("Say what runs", timer.json_option, timer.status),
}
