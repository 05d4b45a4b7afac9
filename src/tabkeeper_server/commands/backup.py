"""`backup`: a copy of the database that is whole, taken while the server runs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from tabkeeper_server.commands.opening import CommandError, require_file
from tabkeeper_server.settings import database_url, shown, url_for_programs


def back_up(database: str | None, target: Path) -> None:
    """Write a copy of the database to `target`, which must not exist yet, and check it where that can be."""
    url = database_url(database)
    if url.get_backend_name() == "sqlite":
        require_file(url)
    try:
        _copy(url, target)
    except OSError as error:
        raise CommandError(
            f"{target} cannot be written: {error.strerror}. There is no backup; name a file in a folder "
            "that this user may write to."
        ) from None
    except sqlite3.Error as error:
        raise CommandError(f"{shown(url)} cannot be copied, and there is no backup: {error}.") from None
    print(f"Wrote {target} ({target.stat().st_size:,} bytes).")


def _copy(url: URL, target: Path) -> None:
    if target.exists():
        raise CommandError(f"{target} exists already; nothing was overwritten. Name another file.")
    if not target.absolute().parent.is_dir():
        raise CommandError(f"There is no folder {target.absolute().parent}. Make it first.")
    # Made next to its place and moved there when it is whole: a backup that exists is a good one.
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        if url.get_backend_name() == "sqlite":
            _copy_sqlite(Path(str(url.database)), unfinished)
        else:
            _dump_postgresql(url, unfinished)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        # A copy in one file, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise CommandError(f"The copy is damaged, and so perhaps is the database: {verdict}")


def _dump_postgresql(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CommandError("A PostgreSQL database is backed up by pg_dump, which is not installed here.")
    # The password goes by the environment: arguments can be read by everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(
        [
            program,
            "--format=custom",
            f"--file={target}",
            f"--dbname={url_for_programs(url).render_as_string()}",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"pg_dump failed, and there is no backup: {done.stderr.strip()}")
