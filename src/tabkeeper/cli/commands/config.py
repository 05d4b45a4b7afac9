"""The command config: the settings, listed, read and written; a tray program that runs follows at once."""

import os
from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import Any

from tabkeeper.cli.answers import close_to, print_json, say
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.completers import offer_words
from tabkeeper.cli.output import printable
from tabkeeper.model.instants import utc_now
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted
from tabkeeper.paths import find_paths
from tabkeeper.settings import SETTINGS, Setting, Settings, SettingsTrouble, Value, read, write


def _options(parser: ArgumentParser) -> None:
    keys = [setting.key for setting in SETTINGS]
    json_option(parser)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list all settings with what they mean")
    getting = actions.add_parser("get", help="print one")
    offer_words(getting.add_argument("key", metavar="KEY", help="as in the list: idle.minutes"), keys)
    setting = actions.add_parser("set", help="choose a value")
    offer_words(setting.add_argument("key", metavar="KEY"), keys)
    setting.add_argument("value", metavar="VALUE", help='"" for none, where there can be none')
    for action in (listing, getting, setting):
        json_option(action, default=SUPPRESS)


def _run(given: Namespace) -> None:
    if given.action == "list":
        _list(_settings(), as_json=given.json)
        return
    setting = _named(given.key)
    if given.action == "get":
        _show(setting, _settings().value(setting), as_json=given.json)
    else:
        _show(setting, _set(setting, given.value), as_json=given.json)


def _settings() -> Settings:
    reading = read(find_paths(os.environ).settings, utc_now())
    if reading.notice is not None:
        say(reading.notice)
    return reading.settings


def _set(setting: Setting, text: str) -> Value:
    paths, now = find_paths(os.environ), utc_now()
    try:
        value = _settings().chosen(setting, setting.typed(text)).value(setting)
        notice = write(paths.settings, setting, value, now)
    except (ValueError, SettingsTrouble) as error:
        raise Refused(str(error)) from error
    if notice is not None:
        say(notice)
    from tabkeeper.desktop.nudge import nudge

    nudge(paths.socket, "settings")
    return value


def _named(key: str) -> Setting:
    found = next((setting for setting in SETTINGS if setting.key == key.strip().lower()), None)
    if found is None:
        raise Refused(
            f"There is no setting {quoted(key)}.{close_to(key, [setting.key for setting in SETTINGS])} "
            "tabkeeper config list names them all."
        )
    return found


def _list(settings: Settings, *, as_json: bool) -> None:
    if as_json:
        print_json([_value(setting, settings.value(setting)) for setting in SETTINGS])
        return
    width = max(len(setting.key) for setting in SETTINGS)
    for setting in SETTINGS:
        text = _text(settings.value(setting)) or '""'
        print(printable(f"{setting.key.ljust(width)}  {text.ljust(8)}  {setting.meaning}"))


def _show(setting: Setting, value: Value, *, as_json: bool) -> None:
    if as_json:
        print_json(_value(setting, value))
    else:
        print(printable(_text(value)))


def _value(setting: Setting, value: Value) -> dict[str, Any]:
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    return {
        "key": setting.key,
        "value": plain,
        "default": setting.default,
        "expected": setting.expected,
        "meaning": setting.meaning,
    }


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else value


COMMANDS = {"config": Command("Show and choose settings; what runs follows at once", _options, _run)}
