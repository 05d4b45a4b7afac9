"""The command that gives scripts any endpoint of the API, with the person's own token."""

import re
import sys
from argparse import Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING

from tabkeeper.cli.command import Command
from tabkeeper.cli.completers import offer_words
from tabkeeper.cli.output import printable
from tabkeeper.model.refusal import Refused

if TYPE_CHECKING:
    from tabkeeper.api import Answer, Client
    from tabkeeper.api import Refused as RefusedByServer
    from tabkeeper.cli.api_request import Request

_METHODS = ("GET", "POST", "PATCH", "DELETE")
_PATHS = (
    "/me",
    "/entries",
    "/entries/current",
    "/entries/start",
    "/entries/stop",
    "/projects",
    "/clients",
    "/tags",
    "/reports/summary",
)
# What a terminal would obey, or read backwards; JSON may have it in a text as it is.
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_EPILOG = """\
examples:
  tabkeeper api /me
  tabkeeper api GET /entries -f from=2026-11-01 --paginate
  tabkeeper api POST /entries/start -f description="Code review" -F billable=true -f 'tags[]=review'
  tabkeeper api PATCH /entries/ID -F stop=null
  tabkeeper api POST /entries --input entry.json

The token is that of TABKEEPER_TOKEN, for the server in TABKEEPER_SERVER or else the hosted service; without
it, that of the account in use.
"""


def _options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.usage = "tabkeeper api [-h] [METHOD] PATH [-f KEY=VALUE ...] [option ...]"
    parser.epilog = _EPILOG
    add = parser.add_argument
    words = add(
        "words", nargs="+", metavar="[METHOD] PATH", help="such as GET /entries; POST where there is a body"
    )
    offer_words(words, (*_METHODS, *_PATHS))
    method = add("-X", "--method", help="the HTTP method, where it is not the first word")
    offer_words(method, _METHODS)
    add(
        "-f", "--raw-field", action=_Field, dest="fields", default=[], metavar="KEY=VALUE",
        help="a text: a query parameter of a GET, else a field of the JSON body; KEY[]=VALUE adds to a list; "
        "a bare date for from or to is its first moment here",
    )  # fmt: skip
    add(
        "-F", "--field", action=_TypedField, dest="fields", metavar="KEY=VALUE",
        help="the same, but true, false, null and numbers are what they look like, and @FILE is its content",
    )  # fmt: skip
    add("--input", metavar="FILE", help="the file that is the body; - is standard input")
    add("--paginate", action="store_true", help="read all pages of a list, and print one list")
    add("-i", "--include", action="store_true", help="print the status and the headers of the answer first")
    add("--server", metavar="URL", help="the API's address (default: the account's)")


class _Field(Action):
    """Collects `-f` and `-F` into one list in their order, each with whether its value is typed."""

    typed = False

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: object, _: object = None
    ) -> None:
        setattr(namespace, self.dest, [*getattr(namespace, self.dest), (str(values), self.typed)])


class _TypedField(_Field):
    typed = True


def _run(given: Namespace) -> None:
    import asyncio

    from tabkeeper.api import ApiFailure
    from tabkeeper.api import Refused as RefusedByServer
    from tabkeeper.cli.api_request import request_of

    request = request_of(given)
    try:
        asyncio.run(_answer_to(request, given))
    except RefusedByServer as refusal:
        raise Refused(_told(refusal)) from None
    except (ApiFailure, ValueError) as failure:
        raise Refused(str(failure)) from None


def _told(refusal: "RefusedByServer") -> str:
    """Return what the server said, to what, and what a script can tell it by."""
    said = str(refusal).removeprefix(refusal.endpoint).lstrip()
    code = f", {refusal.code}" if refusal.code else ""
    return f"{refusal.endpoint}: {said} (HTTP {refusal.status}{code})"


async def _answer_to(request: "Request", given: Namespace) -> None:
    from tabkeeper.api import Client, server_address
    from tabkeeper.cli.kept_token import server_in_use, token_for

    server = server_address(given.server or server_in_use())
    async with Client(server, token_for(server)) as client:
        if given.paginate:
            await _print_all(client, request)
        else:
            answer = await client.request(
                request.method, request.path, query=request.query, body=request.body
            )
            _print(answer, include=given.include)


async def _print_all(client: "Client", request: "Request") -> None:
    from tabkeeper.api.raw import each_row

    rows = [bytes(row) async for row in each_row(client, request.path, request.query)]
    _write(b"[" + b",".join(rows) + b"]")


def _print(answer: "Answer", *, include: bool) -> None:
    if include:
        head = [f"{answer.protocol} {answer.status} {answer.reason}".rstrip()]
        head += [f"{name}: {printable(value)}" for name, value in answer.headers.multi_items()]
        print("\n".join(head) + "\n")
    if answer.body:
        _write(answer.body)


def _write(body: bytes) -> None:
    """Write JSON as it came; to a person laid out, and with nothing in it that a terminal obeys."""
    if sys.stdout.isatty():
        print(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", _laid_out(body)))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(body + b"\n")
    sys.stdout.buffer.flush()


def _laid_out(body: bytes) -> str:
    import contextlib

    import msgspec

    with contextlib.suppress(msgspec.DecodeError):  # what is no JSON is shown as it is
        body = msgspec.json.format(body, indent=2)
    return body.decode("utf-8", "replace")


COMMANDS = {"api": Command("Call any endpoint of the API", _options, _run)}
