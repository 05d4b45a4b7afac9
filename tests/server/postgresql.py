"""A PostgreSQL of the test's own: a real cluster in a folder of its own, gone when the tests are."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.server.ports import held_port

USER = "tabkeeper"
# With what has to be written differently in a URL.
PASSWORD = "p@ss/w:rd%"


@cache
def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3])
    return versions[-1].parent if versions else None


@dataclass
class Cluster:
    """A running cluster on a port of this machine."""

    programs: Path
    port: int

    def new_database(self, name: str) -> str:
        """Make an empty database, and return its URL."""
        words = ("-h", "127.0.0.1", "-p", str(self.port), "-U", USER, name)
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        subprocess.run((self.programs / "createdb", *words), check=True, env=environment)
        return f"postgresql://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{name}"


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Make and run a cluster, as somebody unprivileged: PostgreSQL refuses to run as root."""
    folder = programs()
    assert folder
    home = Path(tempfile.mkdtemp(prefix="tabkeeper-postgresql-"))
    somebody = _somebody_unprivileged(home)
    data = home / "data"
    try:
        secret = home / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        words = ("-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}")
        words += ("-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        subprocess.run((folder / "initdb", *words), check=True, capture_output=True, cwd=home, **somebody)
        settings = (
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={home}",
            "fsync=off",
            "max_connections=60",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        with (
            held_port() as port,
            (home / "log").open("w") as log,
            subprocess.Popen(
                (folder / "postgres", "-D", data, "-p", str(port), *options),
                stdout=log,
                stderr=log,
                cwd=home,
                **somebody,
            ) as process,
        ):
            try:
                _wait_until_ready(folder, port, process, home / "log")
                yield Cluster(folder, port)
            finally:
                process.terminate()
                process.wait(timeout=60)
    finally:
        shutil.rmtree(home)


def _somebody_unprivileged(home: Path) -> dict[str, Any]:
    """Return how to start a process as somebody who is not root, and give them `home`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    os.chown(home, pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid)
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _wait_until_ready(folder: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ready = (folder / "pg_isready", "-q", "-t", "1", "-h", "127.0.0.1", "-p", str(port), "-U", USER)
    while subprocess.run(ready, check=False).returncode:
        assert process.poll() is None, log.read_text()
