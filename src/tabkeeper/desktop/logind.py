"""systemd's logind, on the system bus: the session of the person that this program runs for."""

from tabkeeper.desktop.bus import PATIENCE, Bus, Place

MANAGER = Place("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


async def session_of_the_person(bus: Bus, patience: float = PATIENCE) -> Place:
    """Return where the session is asked; raises `BusTrouble`.

    Desktops start programs as services of the person's systemd, which belong to no session themselves, so it
    is not looked up by process: "auto" means the person's graphical one then.
    """
    (path,) = await bus.call(MANAGER, "GetSession", "s", "auto", patience=patience)
    return Place(MANAGER.owner, path, "org.freedesktop.login1.Session")
