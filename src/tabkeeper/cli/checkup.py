"""What `doctor` looks at, each a finding in words for people; nothing is changed, and no secret is read."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import monotonic

from tabkeeper.accounts import Accounts, Current
from tabkeeper.cli import desktop_checkup
from tabkeeper.cli.finding import Finding
from tabkeeper.paths import Paths
from tabkeeper.settings import Settings, SettingsBroken, look
from tabkeeper.store.backup import backup_folder, backups, made_at
from tabkeeper.store.examination import examine
from tabkeeper.store.trouble import StoreTrouble

PATIENCE = 4.0
"""Seconds after which a desktop, bus or keychain that does not answer is left alone."""
_LITTLE_ROOM = 100_000_000
_OLD_BACKUP = timedelta(days=2)


def findings(paths: Paths, environment: Mapping[str, str]) -> list[Finding]:
    """Look at everything; what could wait without end is asked beside, and given up on in time."""
    current = Accounts(paths).current()
    settings, understood = _settings(paths.settings)
    told = _told(paths)
    answers = _asked_beside(
        {
            "display": lambda: desktop_checkup.display(environment),
            "tray": lambda: desktop_checkup.tray(environment),
            "hotkeys": lambda: desktop_checkup.hotkeys(environment, settings.chords(), told),
            "idle": lambda: desktop_checkup.idle(environment),
            "notices": lambda: desktop_checkup.notifications(environment),
            "keychain": lambda: desktop_checkup.keychain(
                signed_in=current.account is not None, environment=environment
            ),
        }
        | ({"bus": lambda: desktop_checkup.bus(environment)} if sys.platform.startswith("linux") else {})
    )
    folder = current.database.parent
    looks = [_account(current), _folder(folder), _file(current.database), _backup(current.database)]
    if os.path.isdir(folder):
        looks.append(_room(folder))
    updates = _updates(paths, environment, asked=settings.updates_check)
    return [*looks, understood, _program(paths), updates, *answers()]


def _account(current: Current) -> Finding:
    if current.notice is not None:
        return Finding("account", "fault", current.notice)
    account = current.account
    return Finding("account", "ok", f"{account.name}  {account.detail}" if account else "none, a local file")


def _folder(folder: Path) -> Finding:
    if not os.path.exists(folder):  # unlike Path's, it answers also where nobody may look
        above = next(place for place in folder.parents if os.path.exists(place))
        if above.is_dir() and _takes_changes(above):
            return Finding("folder", "ok", "is made at the first start")
        words = f"{folder} cannot be made in {above}. Make that writable, or name another in TABKEEPER_HOME."
        return Finding("folder", "fault", words)
    if not _takes_changes(folder):
        return Finding("folder", "fault", f"{folder} does not take changes. Make it writable.")
    seen = [path for path in folder.glob("*.db*") if _is_open_to_others(path)]
    if seen and _is_open_to_others(folder):
        words = f"Others on this computer can read {seen[0]}. Close the folder: chmod -R go= '{folder}'"
        return Finding("folder", "fault", words)
    return Finding("folder", "ok", "writable, its files private")


def _takes_changes(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _is_open_to_others(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _file(database: Path) -> Finding:
    if not os.path.exists(database):
        return Finding("file", "ok", "none yet; it is made at the first start")
    try:
        found = examine(database)
    except StoreTrouble as trouble:
        return Finding("file", "fault", str(trouble))
    entries = "1 entry" if found.entries == 1 else f"{found.entries:,} entries"
    return Finding("file", "ok", f"sound, {entries}, {found.size / 1_000_000:,.1f} MB")


def _backup(database: Path) -> Finding:
    copies = backups(database) if os.path.isdir(backup_folder(database)) else []
    if not copies:
        return Finding("backup", "note", "none yet; one is made on each day on which something changes")
    made = made_at(copies[0])
    words = f"the last one of {made.astimezone():%Y-%m-%d %H:%M}, {len(copies)} kept"
    if database.exists() and database.stat().st_mtime - made.timestamp() > _OLD_BACKUP.total_seconds():
        return Finding(
            "backup", "fault", f"{words}; the file has changed since. Is {copies[0].parent} writable?"
        )
    return Finding("backup", "ok", words)


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free / 1_000_000_000:,.1f} GB free"
    if free < _LITTLE_ROOM:
        return Finding("disk", "fault", f"{words}. Make room, so that what you track can be saved.")
    return Finding("disk", "ok", words)


def _settings(path: Path) -> tuple[Settings, Finding]:
    try:
        reading = look(path)
    except SettingsBroken as broken:
        words = (
            f"{path} could not be understood ({broken}). Put it right; else the next start keeps it aside, "
            "and the usual settings hold."
        )
        return Settings(), Finding("settings", "fault", words)
    if reading.notice is not None:
        return reading.settings, Finding("settings", "fault", reading.notice)
    return reading.settings, Finding("settings", "ok", "understood" if path.exists() else "the usual ones")


def _told(paths: Paths) -> Mapping[str, Sequence[str]] | None:
    """Return what came of the hotkeys in the program that runs; None where it does not say."""
    from tabkeeper.desktop.nudge import ask

    told = ask(paths.socket, "hotkeys")
    return json.loads(told) if told is not None else None


def _program(paths: Paths) -> Finding:
    from tabkeeper.desktop.nudge import nudge

    runs = nudge(paths.socket, "changed")
    return Finding("program", "ok" if runs else "note", "runs in the tray" if runs else "does not run now")


def _updates(paths: Paths, environment: Mapping[str, str], *, asked: bool) -> Finding:
    """Say what the program in the tray has heard; nobody is asked for this."""
    from tabkeeper.updates import news

    if not asked:
        return Finding("updates", "ok", "not looked for: updates.check is off")
    known = news.read(news.kept_in(paths.data))
    told = news.news(known, environment)
    if told is not None:
        return Finding("updates", "note", f"{told.words}  {told.page}")
    if known.asked is None:
        return Finding("updates", "ok", "not looked for yet; in the tray, Tabkeeper looks once a day")
    return Finding("updates", "ok", f"nothing newer was out on {known.asked.astimezone():%Y-%m-%d %H:%M}")


def _asked_beside(questions: Mapping[str, Callable[[], Finding]]) -> Callable[[], list[Finding]]:
    """Ask all at once, on threads that may be left behind; returns what waits for their answers."""
    found: dict[str, Finding] = {}

    def ask(what: str, question: Callable[[], Finding]) -> None:
        try:
            found[what] = question()
        except Exception as error:  # a desktop that is broken is what a doctor must be able to say
            found[what] = Finding(what, "note", f"could not be found out ({type(error).__name__})")

    threads = [Thread(target=ask, args=each, daemon=True) for each in questions.items()]
    for thread in threads:
        thread.start()
    end = monotonic() + PATIENCE

    def answers() -> list[Finding]:
        for thread in threads:
            thread.join(max(0.0, end - monotonic()))
        late = f"did not answer within {PATIENCE:.0f} s"
        return [found.get(what, Finding(what, "note", late)) for what in questions]

    return answers
