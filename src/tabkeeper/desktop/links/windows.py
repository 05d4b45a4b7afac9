"""Links under Windows: a class of the person's own in the registry."""

import subprocess
import sys
from contextlib import suppress

from tabkeeper.desktop.links.door import SCHEME
from tabkeeper.desktop.own_command import own_command

if sys.platform == "win32":
    import winreg

    _CLASS = rf"Software\Classes\{SCHEME}"
    _COMMAND = rf"{_CLASS}\shell\open\command"
    _KEYS = (_COMMAND, rf"{_CLASS}\shell\open", rf"{_CLASS}\shell", _CLASS)

    class RegistryLinks:
        """A few keys in the registry."""

        def switch(self, on: bool) -> None:
            """Be the one that opens our links, or not; raises OSError."""
            if not on:
                for name in _KEYS:
                    with suppress(FileNotFoundError):
                        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, name)
                return
            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _CLASS) as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, "URL:Tabkeeper")
                winreg.SetValueEx(key, "URL Protocol", 0, winreg.REG_SZ, "")
            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _COMMAND) as key:
                command = f'{subprocess.list2cmdline((*own_command(), "open"))} "%1"'
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, command)
