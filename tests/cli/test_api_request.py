"""What the words of `tabkeeper api` mean as a request, on their own; `tests/api` sends them to the server."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabkeeper.cli.api_request import Request, request_of
from tabkeeper.cli.command import Misused
from tabkeeper.cli.main import parser


def meant(*words: str) -> Request:
    """What a command line means, without making the request."""
    return request_of(parser("api").parse_args(["api", *words]))


def refused(*words: str) -> str:
    with pytest.raises(Misused) as caught:
        meant(*words)
    return str(caught.value)


def test_the_method_is_get_and_post_where_there_is_a_body() -> None:
    assert meant("/entries").method == "GET"
    assert meant("/entries", "-f", "description=x").method == "POST"
    assert meant("get", "/entries", "-f", "description=x").method == "GET"
    assert meant("/entries", "-X", "patch").method == "PATCH"


def test_fields_of_a_get_are_its_query_and_else_the_body() -> None:
    get = meant(
        "GET", "/entries?limit=5", "-f", "project_id=p 1", "-F", "billable=true", "-f", "x[]=1", "-f", "x[]=2"
    )
    assert get.query == (("limit", "5"), ("project_id", "p 1"), ("billable", "true"), ("x", "1"), ("x", "2"))
    assert get.body is None
    post = meant("POST", "/entries?limit=5", "-f", "description=x=y")
    assert (post.query, post.body) == ((("limit", "5"),), b'{"description":"x=y"}')


def test_typed_fields_are_what_they_look_like_and_raw_ones_stay_text() -> None:
    typed = ("-F", "a=true", "-F", "b=null", "-F", "c=175.10", "-F", "d=-3", "-F", "e=1.", "-F", "f=x")
    assert meant("POST", "/p", *typed).body == b'{"a":true,"b":null,"c":175.10,"d":-3,"e":"1.","f":"x"}'
    assert meant("POST", "/p", "-f", "a=true", "-f", "c=175").body == b'{"a":"true","c":"175"}'


def test_a_typed_field_can_be_the_content_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("Long note")
    assert (
        meant("POST", "/p", "-F", f"description=@{tmp_path / 'note'}").body == b'{"description":"Long note"}'
    )


def test_lists_are_gathered_in_their_order() -> None:
    body = meant("POST", "/p", "-f", "tags[]=b", "-F", "n=1", "-f", "tags[]=a").body
    assert body == b'{"tags":["b","a"],"n":1}'


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Moves this computer to another time zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "instant"), [("Europe/Zurich", "2026-10-31T23:00:00Z"), ("UTC", "2026-11-01T00:00:00Z")]
)
def test_a_bare_date_is_its_first_moment_here(
    in_zone: Callable[[str], None], zone: str, instant: str
) -> None:
    in_zone(zone)
    assert meant("GET", "/entries", "-f", "from=2026-11-01").query == (("from", instant),)


def test_an_instant_is_left_as_it_was_written() -> None:
    text = "2026-11-01T08:00:00+01:00"
    assert meant("GET", "/entries", "-f", f"to={text}").query == (("to", text),)


def test_mistakes_in_the_words_are_named() -> None:
    assert "one method and one path" in refused("GET", "/a", "-X", "POST")
    assert "path only" in refused("https://elsewhere.example.org/me")
    assert "path only" in refused("//elsewhere.example.org/me")
    assert "KEY=VALUE" in refused("/a", "-f", "=x")
    assert "--paginate" in refused("POST", "/a", "--paginate")
    assert "both as one value and as a list" in refused("POST", "/a", "-f", "t=1", "-f", "t[]=2")
    assert "not a date" in refused("GET", "/entries", "-f", "from=2026-13-40")
    assert "method" in refused("-X", "G T", "/a")
    assert "cannot be read" in refused("/a", "-F", "x=@/nowhere/at/all")


def test_standard_input_can_be_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"piped")))
    assert meant("POST", "/p", "-F", "description=@-").body == b'{"description":"piped"}'
