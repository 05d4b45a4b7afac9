"""The commands by the word that names them. Each module is loaded when one of its words is used."""

from importlib import import_module

from tabkeeper.cli.command import Command

_MODULES = {
    "timer": ("start", "stop", "toggle", "continue", "status"),
    "entries": ("list", "add", "edit", "delete"),
    "history": ("undo", "redo"),
    "report": ("report",),
    "projects": ("projects",),
    "labels": ("clients", "tags"),
    "api": ("api",),
    "windows": ("window", "quick-add", "open", "quit"),
    "config": ("config",),
    "accounts": ("login", "logout", "accounts"),
    "sync": ("sync",),
    "completion": ("completion",),
    "keeping": ("export", "backup", "restore"),
    "demo": ("demo",),
    "doctor": ("doctor",),
}
_MODULE_OF = {word: module for module, words in _MODULES.items() for word in words}
WORDS = tuple(_MODULE_OF)


def command(word: str) -> Command:
    """Return the command of one of the `WORDS`."""
    module = import_module(f"tabkeeper.cli.commands.{_MODULE_OF[word]}")
    found: Command = module.COMMANDS[word]
    return found
