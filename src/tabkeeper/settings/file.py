"""Reads and writes the settings' file: a person may write in it, too, and nothing of theirs is lost.

Reading needs the standard library alone; what keeps comments is imported when something is written.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tabkeeper.paths import make_private, write_whole
from tabkeeper.settings.declared import SETTINGS, Setting, Settings, Value

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class SettingsTrouble(Exception):  # noqa: N818 - shown to a person as it is
    """The settings could not be written. The text says what holds now, and what to do."""


class SettingsBroken(Exception):  # noqa: N818 - an answer
    """The file is no TOML; the text says where that shows."""


class Reading(NamedTuple):
    """The settings that hold, and what the person must be told about the file."""

    settings: Settings
    notice: str | None = None


def read(path: Path, now: datetime) -> Reading:
    """Return the settings in a file; those of a person who has chosen nothing where there is none.

    What cannot be used is never an error: a file that is no TOML is kept aside, a value that a setting does
    not take counts as not chosen and stays in the file; `notice` says either.
    """
    try:
        return look(path)
    except SettingsBroken as error:
        try:
            return Reading(Settings(), _put_aside(path, now, error))
        except OSError as trouble:
            return Reading(
                Settings(),
                f"The settings' file could not be understood ({error}), nor put aside "
                f"({trouble.strerror or trouble}). It is in {path} as it was, and the usual settings hold "
                "until you put it right.",
            )


def look(path: Path) -> Reading:
    """Return the same and leave a file that is no TOML where it is; raises `SettingsBroken`."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Reading(Settings())
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise SettingsBroken(str(error)) from error
    except OSError as error:
        reason = error.strerror or error
        return Reading(
            Settings(), f"The settings in {path} cannot be read ({reason}); the usual ones hold for now."
        )
    return _understood(found)


def write(path: Path, setting: Setting, value: Value, now: datetime) -> str | None:
    """Write one setting into a file, made where there is none; all else in it stays as it is.

    The file is private and whole at any moment. Returns what the person must be told, as `read` does; raises
    `SettingsTrouble` where it cannot be written.
    """
    from tomlkit import document
    from tomlkit.exceptions import TOMLKitError

    # Behind a link is where the person keeps the file; the link must stay one.
    place, notice = path.resolve(), None
    try:
        try:
            written = _written(place)
        except (TOMLKitError, ValueError) as error:
            written, notice = document(), _put_aside(place, now, error)
        _set(written, setting, value)
        make_private(place.parent)
        write_whole(place, written.as_string())
    except (OSError, TOMLKitError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SettingsTrouble(
            f"The settings in {path} cannot be written ({reason}). What you chose holds until Tabkeeper "
            "ends; make the folder writable to keep it."
        ) from error
    return notice


def _understood(found: Mapping[str, Any]) -> Reading:
    settings, wrong = Settings(), []
    for setting, value in _declared_in(found):
        try:
            settings = settings.chosen(setting, value)
        except ValueError as error:
            wrong.append(str(error))
    notice = f"Part of the settings' file was not used: {' '.join(wrong)}" if wrong else None
    return Reading(settings, notice)


def _declared_in(found: Mapping[str, Any]) -> Iterator[tuple[Setting, Any]]:
    for setting in SETTINGS:
        table, name = setting.key.split(".")
        values = found.get(table)
        if isinstance(values, Mapping) and name in values:
            yield setting, values[name]


def _put_aside(path: Path, now: datetime, error: Exception) -> str:
    """Keep a file under another name, and return what the person must be told; raises OSError."""
    aside = path.with_name(f"{path.stem}-broken-{now:%Y%m%dT%H%M%S}{path.suffix}")
    # Of two programs that read it at once, one is first; the other has nothing to do.
    with suppress(FileNotFoundError):
        path.replace(aside)
    return (
        f"The settings' file could not be understood ({error}). It is kept as {aside.name}, and the usual "
        "settings hold until you choose others."
    )


def _written(path: Path) -> "TOMLDocument":
    from tomlkit import document, parse

    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return document()


def _set(written: "TOMLDocument", setting: Setting, value: Value) -> None:
    """Set a value where it stands; a new one gets its meaning in a comment above it."""
    from tomlkit import comment, table
    from tomlkit.items import Table

    section, name = setting.key.split(".")
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    values = written.get(section)
    if not isinstance(values, Mapping):
        written[section] = values = table()
    if name not in values and isinstance(values, Table):
        choices = f": {' | '.join(setting.words)}" if setting.words else ""
        values.add(comment(setting.meaning + choices))
    values[name] = plain  # type: ignore[index]
