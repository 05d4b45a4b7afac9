"""A real Plasma 6 session without a screen: its bus, compositor and portal, in a Debian of their own.

`packaging/dev/plasma.sh` prepares that Debian, with what it needs of /proc and /dev. KWin is copied, because
the original carries a capability that a container may not give; the copy keeps its name, which KWin's own
plugin looks at.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.desktop.screen import end, launch, wait_until
from tests.program_process import ProgramProcess

_KWIN = (
    "kwin_wayland",
    "--virtual",
    "--width",
    "1280",
    "--height",
    "800",
    "--no-lockscreen",
    "--socket",
    "wl-t",
)
_PORTAL = "org.freedesktop.portal.Desktop"
_BUS = ("--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus")
_ACCELERATORS = ("call", "--dest", "org.kde.kglobalaccel", "--object-path")


@contextmanager
def running_plasma(root: Path, home: Path) -> Iterator["Plasma"]:
    """Begin it in a Debian, for programs whose home is elsewhere, and end all that was started in it."""
    with ExitStack() as parts:
        plasma = Plasma(root, home, parts)
        plasma.begin()
        yield plasma


class Plasma:
    """`environment` is all that a program outside needs to appear in it."""

    def __init__(self, root: Path, home: Path, parts: ExitStack) -> None:
        self.root, self.home = root, home
        self.runtime = root / "session"
        self._inside = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/session/home",
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": "/session",
            "XDG_CURRENT_DESKTOP": "KDE",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/session/bus",
        }
        keep = ("PATH", "PYTHONPATH", "TZ", "LD_LIBRARY_PATH")
        self.environment = {name: os.environ[name] for name in keep if name in os.environ} | {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CURRENT_DESKTOP": "KDE",
            "WAYLAND_DISPLAY": "wl-t",
            "QT_QPA_PLATFORM": "wayland",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.runtime}/bus",
        }
        self._parts = parts

    def begin(self) -> None:
        """Start its bus, its compositor and its portal."""
        shutil.rmtree(self.runtime, ignore_errors=True)
        (self.runtime / "home").mkdir(mode=0o700, parents=True)
        self.runtime.chmod(0o700)
        self._let_nobody_start_the_portal()
        shutil.copy(self.root / "usr/bin/kwin_wayland", self.runtime / "kwin_wayland")
        self._start("dbus-daemon", "--session", "--nofork", "--address=unix:path=/session/bus")
        wait_until((self.runtime / "bus").exists, "the bus")
        self._start(f"/session/{_KWIN[0]}", *_KWIN[1:])
        wait_until(self._compositor_answers, "the compositor")
        self._inside |= {"WAYLAND_DISPLAY": "wl-t", "QT_QPA_PLATFORM": "wayland"}
        self._run("dbus-update-activation-environment", *self._inside)
        self._start_portal()

    def start(self, program: ProgramProcess) -> None:
        """Start a Tabkeeper, and wait until it is on the bus."""
        program.start()
        wait_until(lambda: program.pid and "app.tabkeeper" in self.names(), "Tabkeeper on the bus")

    def _start_portal(self) -> None:
        """Start KDE's part of the portal and the portal itself."""
        (of_kde,) = self.root.glob("usr/lib/*/libexec/xdg-desktop-portal-kde")
        self._start(f"/{of_kde.relative_to(self.root)}")
        wait_until(lambda: "impl.portal.desktop.kde" in self.names(), "KDE's part of the portal")
        self._start("/usr/libexec/xdg-desktop-portal")
        wait_until(self._is_complete, "the portal")

    def names(self) -> str:
        """Return the names on the bus."""
        return self.gdbus("call", *_BUS, "--method", "org.freedesktop.DBus.ListNames")

    def gdbus(self, *words: str) -> str:
        """Return what GLib's tool for D-Bus prints, run inside."""
        return self._run("gdbus", words[0], "--session", *words[1:])

    def press(self, component: str, shortcut: str) -> None:
        """Press a shortcut as KWin does when its keys are pressed."""
        self._of_component(component, "invokeShortcut", shortcut)

    def shortcuts(self, component: str) -> str:
        """Return the names of the shortcuts that a program has bound."""
        return self._of_component(component, "shortcutNames")

    def _of_component(self, component: str, method: str, *words: str) -> str:
        path = f"/component/{component}"
        return self.gdbus(
            *_ACCELERATORS, path, "--method", f"org.kde.kglobalaccel.Component.{method}", *words
        )

    def _let_nobody_start_the_portal(self) -> None:
        """KWin would have the bus start one before there is a display, in which half of it is missing."""
        services = self.runtime / "dbus-1/services"
        services.mkdir(parents=True)
        (services / f"{_PORTAL}.service").write_text(f"[D-BUS Service]\nName={_PORTAL}\nExec=/bin/false\n")

    def _is_complete(self) -> bool:
        offered = self.gdbus(
            "introspect", "--dest", _PORTAL, "--object-path", "/org/freedesktop/portal/desktop"
        )
        return all(f"org.freedesktop.portal.{name} " in offered for name in ("GlobalShortcuts", "Background"))

    def _compositor_answers(self) -> bool:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.runtime / "wl-t"))
            return True
        return False

    def _start(self, *words: str) -> None:
        log = self.home.parent / f"{Path(words[0]).name}.log"
        process = launch(("chroot", str(self.root), *words), self._inside, log)
        self._parts.callback(end, process)

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ("chroot", str(self.root), *words),
            env=self._inside,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout
