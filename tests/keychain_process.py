"""A real gnome-keyring on a session bus of its own, and programs that run beside it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jeepney import message_bus
from tests.session_bus import connected, wait_for_name

PASSWORD = "a password for tests"


@dataclass
class KeychainProcess:
    """Where the keychain is reached: `environment` is for the processes that use it."""

    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self, *words: str, said: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run Python with these words beside the keychain, `said` on its standard input."""
        return subprocess.run(
            (sys.executable, *words),
            env=self.environment | environment,
            input=said,
            stdin=subprocess.DEVNULL if said is None else None,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@contextlib.contextmanager
def keychain(home: Path) -> Iterator[KeychainProcess]:
    """Run an unlocked keychain that keeps its secrets in `home`, and end it afterwards."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "DBUS_", "GNOME_")) and name != "DISPLAY"
    }
    environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}
    with contextlib.ExitStack() as parts:
        bus = _begun(parts, environment, "dbus-daemon", "--session", "--nofork", "--print-address=1")
        assert bus.stdout
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        parts.enter_context(unlocked(environment))
        yield KeychainProcess(environment)


@contextlib.contextmanager
def unlocked(environment: dict[str, str]) -> Iterator[None]:
    """Run an unlocked keychain on the session bus that an environment names."""
    with contextlib.ExitStack() as parts:
        daemon = _begun(
            parts, environment, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"
        )
        assert daemon.stdin
        daemon.stdin.write(PASSWORD)
        daemon.stdin.close()
        wait_for_name("org.freedesktop.secrets", environment["DBUS_SESSION_BUS_ADDRESS"], daemon)
        yield


def lock(process: KeychainProcess) -> None:
    """Lock the keychain, as an idle screen may."""
    _do(process, "lock")


def delete_the_only_one(process: KeychainProcess) -> None:
    """Leave a keychain service that has nothing to keep a secret in, as a new account may have it."""
    _do(process, "delete")


def _do(process: KeychainProcess, what: str) -> None:
    code = (
        "import secretstorage; from contextlib import closing\n"
        f"with closing(secretstorage.dbus_init()) as bus: secretstorage.get_default_collection(bus).{what}()"
    )
    done = process.run("-c", code)
    assert done.returncode == 0, done.stderr


def number_of(process: KeychainProcess) -> int:
    """Return the number that the system knows the keychain's own process by."""
    with connected(process.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        asked = message_bus.GetConnectionUnixProcessID("org.freedesktop.secrets")
        return int(connection.send_and_get_reply(asked).body[0])


@contextlib.contextmanager
def nobody_at_the_prompt(process: KeychainProcess) -> Iterator[None]:
    """Take the desktop's place where the keychain asks for its password, and never answer."""

    with connected(process.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        connection.send_and_get_reply(message_bus.RequestName("org.gnome.keyring.SystemPrompter"))
        yield


def _begun(parts: contextlib.ExitStack, environment: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    process = parts.enter_context(
        subprocess.Popen(
            words,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    )
    parts.callback(process.terminate)
    return process
