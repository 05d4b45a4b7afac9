"""Start with the session from a sandbox, which sees no list to write in: the desktop's portal is asked.

The portal writes the desktop's own list, may ask the person, and does not say later how things stand.
"""

from tabkeeper.desktop import portal
from tabkeeper.desktop.autostart.door import AutostartTrouble
from tabkeeper.desktop.bus import Bus, BusTrouble
from tabkeeper.desktop.own_command import own_command

_INTERFACE = "org.freedesktop.portal.Background"
_REASON = "Tabkeeper keeps your time from its icon in the tray."
_AS_IT_WAS = "so the start with your session stays as it was"


class PortalAutostart:
    """Asks anew each time; nothing is kept."""

    async def is_on(self) -> None:
        """Return None: nobody tells."""

    async def switch(self, on: bool) -> None:
        """Let the session start the program, or not; a person may be asked. Raises `AutostartTrouble`."""
        try:
            allowed = await self._ask(on)
        except portal.Declined:
            allowed = not on
        except BusTrouble as trouble:
            raise AutostartTrouble(f"The desktop could not be asked ({trouble}), {_AS_IT_WAS}.") from trouble
        if allowed != on:
            raise AutostartTrouble(f"The desktop has not allowed it, {_AS_IT_WAS}.")

    async def _ask(self, on: bool) -> bool:
        bus = await Bus.open()
        try:
            answer = await portal.ask(
                bus, _INTERFACE, "RequestBackground", "s", "",
                options={
                    "reason": ("s", _REASON),
                    "autostart": ("b", on),
                    "commandline": ("as", list(own_command())),
                },
            )  # fmt: skip
        finally:
            await bus.close()
        return bool(answer.get("autostart", False))
