"""The commands that take entries elsewhere and bring them back: export, backup, restore."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tabkeeper.cli.answers import print_csv, print_json, say
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.moments import typed_end
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import printable
from tabkeeper.model.instants import rfc3339
from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_time import parse_instant
from tabkeeper.tracker.backups import Backup


def _export_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a file to write; without it they are printed"
    )
    parser.add_argument("--from", dest="begin", metavar="TIME", help="from then on: monday, 2026-11-24, 9:30")
    parser.add_argument("--to", dest="end", metavar="TIME", help="before then; of a day, up to its end")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--csv", action="store_true", help="CSV for spreadsheets, which is the default")
    forms.add_argument("--json", action="store_true", help="JSON, which is also what FILE.json gets")


def _export(given: Namespace) -> None:
    from tabkeeper.tracker.exporting import save, table, values

    named_json = given.file is not None and given.file.lower().endswith(".json")
    as_json = given.json or (named_json and not given.csv)
    with opened() as tracker:
        now, zone = tracker.now(), tracker.zone
        begin = parse_instant(given.begin, now, zone) if given.begin is not None else None
        end = typed_end(given.end, now, zone) if given.end is not None else None
        if given.file is not None:
            save(tracker, Path(given.file), "json" if as_json else "csv", begin, end)
        elif as_json:
            print_json(values(tracker, begin, end))
        else:
            print_csv(table(tracker, begin, end))


def _backup_options(parser: ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="list those there are, the newest first")
    json_option(parser)


def _backup(given: Namespace) -> None:
    with opened() as tracker:
        copies = tracker.backups.all() if given.list else [tracker.backups.make()]
        values = [_value(copy) for copy in copies]
        if given.json:
            print_json(values if given.list else values[0])
            return
        for copy in copies:
            made = f"{copy.made.astimezone(tracker.zone):%Y-%m-%d %H:%M}"
            print(printable(f"{made}  {copy.path.name if given.list else copy.path}"))
        if not copies:
            say("No backups yet.")


def _restore_options(parser: ArgumentParser) -> None:
    parser.add_argument("copy", metavar="NAME", help="as in tabkeeper backup --list, or a file elsewhere")
    json_option(parser)


def _restore(given: Namespace) -> None:
    with opened() as tracker:
        known = {copy.path.name: copy.path for copy in tracker.backups.all()}
        copy = known.get(given.copy, Path(given.copy))
        if not copy.is_file():
            raise Refused(f"There is no backup {printable(given.copy)}. tabkeeper backup --list names them.")
        before = tracker.backups.restore(copy)
    if given.json:
        print_json({"restored": str(copy), "before": _value(before)})
    else:
        print(printable(f"Restored from {copy.name}."))
        say(f"What was there before is kept: tabkeeper restore {before.path.name}")


def _value(copy: Backup) -> dict[str, str]:
    return {"name": copy.path.name, "path": str(copy.path), "made": rfc3339(copy.made)}


COMMANDS = {
    "export": Command("Write all entries out, as CSV or JSON", _export_options, _export),
    "backup": Command("Make a backup of the file now, or list those there are", _backup_options, _backup),
    "restore": Command(
        "Go back to a backup; what is there now is backed up first", _restore_options, _restore
    ),
}
