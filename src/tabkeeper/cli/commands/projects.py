"""The command about projects: list, add, edit, rename, archive, restore."""

from argparse import SUPPRESS, ArgumentParser, BooleanOptionalAction, Namespace
from typing import Any

from tabkeeper.cli.answers import print_json, say, say_what_is_new
from tabkeeper.cli.command import Command, Misused, json_option
from tabkeeper.cli.completers import offer_clients, offer_projects
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import project_line, project_value
from tabkeeper.cli.which import project_named
from tabkeeper.model.catalogue import Project, folded
from tabkeeper.model.money import parse_rate
from tabkeeper.tracker import Tracker


def _options(parser: ArgumentParser) -> None:
    list_options(parser, _list)
    acts = parser.add_subparsers(metavar="ACTION", prog="tabkeeper projects")
    list_options(acts.add_parser("list", help="list projects", allow_abbrev=False), _list, default=SUPPRESS)
    add = acts.add_parser("add", help="make a project", allow_abbrev=False)
    add.add_argument("name", metavar="NAME")
    _fields_options(add, _add)
    edit = acts.add_parser("edit", help="change a project", allow_abbrev=False)
    offer_projects(edit.add_argument("project", metavar="NAME"))
    edit.add_argument("--name", metavar="NEW", help="its new name")
    _fields_options(edit, _edit)
    rename = acts.add_parser("rename", help="give a project another name", allow_abbrev=False)
    offer_projects(rename.add_argument("project", metavar="NAME"))
    rename.add_argument("name", metavar="NEW")
    json_option(rename, default=SUPPRESS)
    rename.set_defaults(act=_rename)
    for word, act, text in (
        ("archive", _archive, "take a project out of what is offered; its entries stay"),
        ("restore", _restore, "bring an archived project back"),
    ):
        parser_of_act = acts.add_parser(word, help=text, allow_abbrev=False)
        offer_projects(parser_of_act.add_argument("project", metavar="NAME"))
        json_option(parser_of_act, default=SUPPRESS)
        parser_of_act.set_defaults(act=act)


def list_options(parser: ArgumentParser, act: object, *, default: bool | str = False) -> None:
    """Take the words of a list of things that can be archived; `default` as in `json_option`."""
    parser.add_argument("--all", action="store_true", default=default, help="list archived ones as well")
    json_option(parser, default=default)
    parser.set_defaults(act=act)


def _fields_options(parser: ArgumentParser, act: object) -> None:
    offer_clients(
        parser.add_argument("--client", metavar="NAME", help="made where there is none; '' for none")
    )
    parser.add_argument("--color", "--colour", metavar="#RRGGBB")
    parser.add_argument("--rate", metavar="NUMBER", help="what an hour costs; '' for nothing")
    parser.add_argument("--currency", metavar="CODE", help="of the rate: EUR, USD")
    parser.add_argument("--billable", action=BooleanOptionalAction, help="whether its new entries are")
    json_option(parser, default=SUPPRESS)
    parser.set_defaults(act=act)


def _run(given: Namespace) -> None:
    given.act(given)


def _list(given: Namespace) -> None:
    with opened() as tracker:
        catalogue = tracker.catalogue()
        projects = sorted(catalogue.projects.values(), key=lambda p: (p.archived, folded(p.name)))
        shown = [project for project in projects if given.all or not project.archived]
        if given.json:
            print_json([project_value(project, catalogue) for project in shown])
            return
        for project in shown:
            print(project_line(project, catalogue))
        if not shown:
            say("No projects.")


def _add(given: Namespace) -> None:
    with opened() as tracker:
        known = tracker.catalogue()
        project = tracker.names.add_project(given.name, client=given.client or None, **_fields(given))
        say_what_is_new(known.clients, tracker.catalogue().clients, "client")
        _show(project, tracker, given)


def _edit(given: Namespace) -> None:
    fields = _fields(given)
    if given.name is not None:
        fields["name"] = given.name
    if given.client == "":
        fields["client_id"] = None
    if not fields and given.client is None:
        raise Misused("Say what to change.")
    with opened() as tracker:
        known = tracker.catalogue()
        project = project_named(given.project, known)
        changed = tracker.names.edit_project(project.id, client=given.client or None, **fields)
        say_what_is_new(known.clients, tracker.catalogue().clients, "client")
        _show(changed, tracker, given)


def _rename(given: Namespace) -> None:
    _change(given, name=given.name)


def _archive(given: Namespace) -> None:
    _change(given, archived=True)


def _restore(given: Namespace) -> None:
    _change(given, archived=False)


def _change(given: Namespace, **fields: Any) -> None:
    with opened() as tracker:
        project = project_named(given.project, tracker.catalogue())
        _show(tracker.names.edit_project(project.id, **fields), tracker, given)


def _fields(given: Namespace) -> dict[str, Any]:
    """Return what was typed of a project's fields; an empty text takes a field away."""
    fields: dict[str, Any] = {}
    if given.color is not None:
        fields["color"] = given.color or None
    if given.rate is not None:
        fields["hourly_rate"] = parse_rate(given.rate)
    if given.currency is not None:
        fields["currency"] = given.currency or None
    if given.billable is not None:
        fields["billable"] = given.billable
    return fields


def _show(project: Project, tracker: Tracker, given: Namespace) -> None:
    catalogue = tracker.catalogue()
    if given.json:
        print_json(project_value(project, catalogue))
    else:
        print(project_line(project, catalogue))


COMMANDS = {"projects": Command("List, add and change projects", _options, _run)}
