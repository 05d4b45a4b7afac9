"""Start with the session under Windows: a value under the person's own `Run` key."""

import subprocess
import sys

from tabkeeper.desktop.autostart.door import AutostartTrouble
from tabkeeper.desktop.own_command import own_command

if sys.platform == "win32":
    import winreg

    _RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
    _NAME = "Tabkeeper"

    class RunKey:
        """One value in the registry."""

        def is_on(self) -> bool:
            """Return whether the session will start the program."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                    winreg.QueryValueEx(key, _NAME)
            except OSError:
                return False
            return True

        def switch(self, on: bool) -> None:
            """Let the session start the program, or not; raises `AutostartTrouble`."""
            try:
                with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _RUN, access=winreg.KEY_SET_VALUE) as key:
                    if on:
                        command = subprocess.list2cmdline(own_command())
                        winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, command)
                    else:
                        winreg.DeleteValue(key, _NAME)
            except FileNotFoundError:
                return  # it was off already
            except OSError as error:
                raise AutostartTrouble(
                    f"Windows' list of programs to start could not be changed ({error.strerror}), so the "
                    "start with your session stays as it was."
                ) from error
