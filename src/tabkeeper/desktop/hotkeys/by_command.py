"""What is left where the program is given no keys: its commands, bound in the desktop's own settings."""

from tabkeeper.desktop.hotkeys.door import Outcome

NO_PORTAL = "This desktop offers no hotkeys to programs."
NO_WAY = "This session lets no program hear keys of others."
_COMMANDS = {
    "toggle": "tabkeeper toggle",
    "continue": "tabkeeper continue",
    "quick_add": "tabkeeper quick-add",
    "window": "tabkeeper window",
}


def by_command(name: str, why: str) -> Outcome:
    """Return the answer to a wish that names the command to bind."""
    return Outcome(refusal=_advice(why, _COMMANDS[name]))


def all_by_command(why: str) -> str:
    """Return the same about all commands."""
    *first, last = _COMMANDS.values()
    return _advice(why, f"{', '.join(first)} or {last}")


def _advice(why: str, command: str) -> str:
    return f"{why} Bind {command} to keys in the desktop's own settings."
