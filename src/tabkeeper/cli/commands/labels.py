"""The commands about clients and tags, which have nothing but a name: list, add, rename, archive, restore."""

from argparse import SUPPRESS, Action, ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tabkeeper.cli.answers import print_json, say
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.commands.projects import list_options
from tabkeeper.cli.completers import offer_clients, offer_tags
from tabkeeper.cli.opened import opened
from tabkeeper.cli.output import label_line, label_value
from tabkeeper.cli.which import client_named, tag_named
from tabkeeper.model.catalogue import Client, Tag, folded
from tabkeeper.tracker import Tracker

_Label = Client | Tag


class _Kind(NamedTuple):
    """A kind of label, and the use cases on it."""

    word: str
    all: Callable[[Tracker], list[_Label]]
    add: Callable[[Tracker, str], _Label]
    rename: Callable[[Tracker, str, str], _Label]
    archive: Callable[[Tracker, str, bool], _Label]
    offer: Callable[[Action], None]


def _client_id(tracker: Tracker, name: str) -> str:
    return client_named(name, tracker.catalogue()).id


def _tag_id(tracker: Tracker, name: str) -> str:
    return tag_named(name, tracker.catalogue()).id


_CLIENTS = _Kind(
    "client",
    lambda tracker: [*tracker.catalogue().clients.values()],
    lambda tracker, name: tracker.names.add_client(name),
    lambda tracker, name, new: tracker.names.edit_client(_client_id(tracker, name), name=new),
    lambda tracker, name, archived: tracker.names.edit_client(_client_id(tracker, name), archived=archived),
    offer_clients,
)
_TAGS = _Kind(
    "tag",
    lambda tracker: [*tracker.catalogue().tags.values()],
    lambda tracker, name: tracker.names.add_tag(name),
    lambda tracker, name, new: tracker.names.rename_tag(_tag_id(tracker, name), new),
    lambda tracker, name, archived: tracker.names.archive_tag(_tag_id(tracker, name), archived),
    offer_tags,
)


def _options(kind: _Kind, parser: ArgumentParser) -> None:
    list_options(parser, _list)
    acts = parser.add_subparsers(metavar="ACTION", prog=f"tabkeeper {kind.word}s")
    parser_of_list = acts.add_parser("list", help=f"list {kind.word}s", allow_abbrev=False)
    list_options(parser_of_list, _list, default=SUPPRESS)
    for word, act, text in (
        ("add", _add, f"make a {kind.word}"),
        ("rename", _rename, f"give a {kind.word} another name"),
        ("archive", partial(_archive, archived=True), f"take a {kind.word} out of what is offered"),
        ("restore", partial(_archive, archived=False), f"bring an archived {kind.word} back"),
    ):
        parser_of_act = acts.add_parser(word, help=text, allow_abbrev=False)
        name = parser_of_act.add_argument("name", metavar="NAME")
        if word != "add":
            kind.offer(name)
        if word == "rename":
            parser_of_act.add_argument("new", metavar="NEW")
        json_option(parser_of_act, default=SUPPRESS)
        parser_of_act.set_defaults(act=act)


def _run(kind: _Kind, given: Namespace) -> None:
    with opened() as tracker:
        given.act(kind, given, tracker)


def _list(kind: _Kind, given: Namespace, tracker: Tracker) -> None:
    labels = sorted(kind.all(tracker), key=lambda label: (label.archived, folded(label.name)))
    shown = [label for label in labels if given.all or not label.archived]
    if given.json:
        print_json([label_value(label) for label in shown])
        return
    for label in shown:
        print(label_line(label))
    if not shown:
        say(f"No {kind.word}s.")


def _add(kind: _Kind, given: Namespace, tracker: Tracker) -> None:
    _show(kind.add(tracker, given.name), given)


def _rename(kind: _Kind, given: Namespace, tracker: Tracker) -> None:
    _show(kind.rename(tracker, given.name, given.new), given)


def _archive(kind: _Kind, given: Namespace, tracker: Tracker, *, archived: bool) -> None:
    _show(kind.archive(tracker, given.name, archived), given)


def _show(label: _Label, given: Namespace) -> None:
    if given.json:
        print_json(label_value(label))
    else:
        print(label_line(label))


COMMANDS = {
    f"{kind.word}s": Command(
        f"List, add and change {kind.word}s", partial(_options, kind), partial(_run, kind)
    )
    for kind in (_CLIENTS, _TAGS)
}
