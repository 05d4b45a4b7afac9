"""The typed line: what its marks mean, what stays text, and that it is written back with the same meaning."""

import gc
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.entry import Draft
from tabkeeper.model.quick_add import compose, parse

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)  # 14:00 in Berlin
PROJECTS = (
    Project("billing", "Billing", "acme", billable=True),
    Project("retainer", "Q2 Retainer"),
    Project("research", "Q2 Research"),
    Project("acme", "Acme"),
    Project("acme-web", "Acme Web", "acme"),
    Project("web-1", "Website", "acme"),
    Project("web-2", "Website", "north"),
    Project("odd", '#1 "odd" @\\ $, '.strip()),
    Project("old", "Zeta", archived=True),
)
CATALOGUE = Catalogue(
    {project.id: project for project in PROJECTS},
    {"acme": Client("acme", "Acme Ltd"), "north": Client("north", "Northwind")},
    {"bug": Tag("bug", "Bug")},
)


def read(text: str) -> Draft:
    return parse(text, CATALOGUE, NOW, BERLIN).draft


def test_a_whole_line_is_taken_apart() -> None:
    text = "review  PR @Billing #code-review 30m ago"
    found = parse(text, CATALOGUE, NOW, BERLIN)
    assert found.draft == Draft("review PR", "billing", ("code-review",))
    assert (found.start, found.stop, found.new_project) == (NOW - timedelta(minutes=30), None, None)
    assert [(span.kind, text[span.begin : span.end]) for span in found.spans] == [
        ("project", "@Billing"),
        ("tag", "#code-review"),
        ("time", "30m ago"),
    ]


@pytest.mark.parametrize(
    ("text", "project", "description"),
    [
        ("@billing x", "billing", "x"),
        ("x @BILLING", "billing", "x"),
        ("x @bil", "billing", "x"),
        ("@Q2 Retainer x", "retainer", "x"),
        ("@q2 ret x", "retainer", "x"),
        ('@"Q2 Retainer" x', "retainer", "x"),
        ('x @"q2  retainer"', "retainer", "x"),
        ("@Acme Web x", "acme-web", "x"),
        ("@Acme x", "acme", "x"),
        ("@Acme, then", "acme", "then"),
        ("@Acme #Web", "acme", ""),
        ('@"Website · Northwind" x', "web-2", "x"),
        ("@Website · Northwind x", "web-2", "x"),
        ("@zeta x", "old", "x"),
        ("@Billing for @Acme", "billing", "for @Acme"),
    ],
)
def test_a_project_is_found_by_its_name(text: str, project: str, description: str) -> None:
    found = read(text)
    assert (found.project_id, found.description) == (project, description)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x @New", "New"),
        ('x @"Brand new"', "Brand new"),
        ("@q2 x", "q2"),
        ("@zet", "zet"),
        ('@"a \\"b\\""', 'a "b"'),
    ],
)
def test_a_name_that_no_project_has_is_a_new_one(text: str, name: str) -> None:
    found = parse(text, CATALOGUE, NOW, BERLIN)
    assert (found.new_project, found.draft.project_id) == (name, None)
    assert [span.kind for span in found.spans] == ["new_project"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a #b", ("a", "b")),
        ("#a, #b;", ("a", "b")),
        ("#a #A", ("a",)),
        ("#bug", ("Bug",)),
        ('#"two words"', ("two words",)),
        ("#2026-q1", ("2026-q1",)),
        ('#"12"', ("12",)),
        ("#🐛", ("🐛",)),
        ("#שלום", ("שלום",)),
    ],
)
def test_tags_are_found_each_once_in_the_spelling_that_is_known(text: str, tags: tuple[str, ...]) -> None:
    assert read(text) == Draft(tags=tags)


@pytest.mark.parametrize(
    "text",
    ["me@example.com", "C# and F#", "issue #12", "a@b #3,", "## title", "@ home", "# x", "@9 x", "$50 back",
     "US$", '@"open x', '#"open', "<img src=x>", "a & b", "2 ago", "version 3 ago", "at 9", "at 2024",
     "since 25:00", "9-10", "1-2-3", "long ago", "30m", "ago", "at", "5-3 - 2", "9:00 pm",
     "9:00 -", "9:00 pm –", "9-10 am", "9:00 - 25:00 pm", "-9:00"],
)  # fmt: skip
def test_what_has_no_meaning_is_text(text: str) -> None:
    found = parse(text, CATALOGUE, NOW, BERLIN)
    assert (found.draft, found.start, found.spans) == (Draft(text), None, ())


@pytest.mark.parametrize(
    "text", ["@Billing", "#bug", "$", "-$", "\\@x", "30m ago", "since 9:30", "9:00-9:15", "9:00-9:15pm"]
)
def test_a_backslash_makes_text_of_it(text: str) -> None:
    words = text.split()
    at = len(words) - 1
    escaped = " ".join([*words[:at], "\\" + words[at]])
    assert read(escaped) == Draft(text)


def test_a_path_keeps_its_backslashes() -> None:
    assert read("copy \\\\server\\share").description == "copy \\\\server\\share"


@pytest.mark.parametrize(("text", "billable"), [("x", None), ("x $", True), ("$ x", True), ("x -$", False)])
def test_a_dollar_alone_is_billable(text: str, billable: bool | None) -> None:
    assert read(text) == Draft("x", billable=billable)


@pytest.mark.parametrize(
    ("text", "start", "stop"),
    [
        ("x 1h20 ago", "2026-11-24 12:40", None),
        ("x 1 h 20 min ago", "2026-11-24 12:40", None),
        ("5 minutes ago x", "2026-11-24 13:55", None),
        ("x since 9:30", "2026-11-24 09:30", None),
        ("x at 9am", "2026-11-24 09:00", None),
        ("x At 9:30 am", "2026-11-24 09:30", None),
        ("x since 21h30", "2026-11-24 21:30", None),
        ("x 9:00-9:15", "2026-11-24 09:00", "2026-11-24 09:15"),
        ("x 9:00 – 9:15", "2026-11-24 09:00", "2026-11-24 09:15"),
        ("9am-10:30am x", "2026-11-24 09:00", "2026-11-24 10:30"),
        ("x 13:00-01:00", "2026-11-24 13:00", "2026-11-25 01:00"),
        ("x 9:00-9:15pm", "2026-11-24 21:00", "2026-11-24 21:15"),
        ("x 9:00-9:15 am", "2026-11-24 09:00", "2026-11-24 09:15"),
        ("2:00-3:30PM x", "2026-11-24 14:00", "2026-11-24 15:30"),
        ("2:00 - 3:30 pm x", "2026-11-24 14:00", "2026-11-24 15:30"),
        ("x 2h00 – 3pm", "2026-11-24 14:00", "2026-11-24 15:00"),
        ("x 9:00 AM – 9:15 AM", "2026-11-24 09:00", "2026-11-24 09:15"),
        ("x 9 am - 1 pm", "2026-11-24 09:00", "2026-11-24 13:00"),
        ("x 11:00-1:00pm", "2026-11-24 11:00", "2026-11-24 13:00"),
        ("x 11:00 - 12:00 pm", "2026-11-24 11:00", "2026-11-24 12:00"),
        ("x 12:00-1:00pm", "2026-11-24 12:00", "2026-11-24 13:00"),
        ("x 9:00-9pm", "2026-11-24 09:00", "2026-11-24 21:00"),
        ("x 10:00-2:00am", "2026-11-24 22:00", "2026-11-25 02:00"),
        ("x 13:00-3:30pm", "2026-11-24 13:00", "2026-11-24 15:30"),
        ("x 0:30-1:00am", "2026-11-24 00:30", "2026-11-24 01:00"),
    ],
)
def test_times_are_taken_out_of_the_line(text: str, start: str, stop: str | None) -> None:
    found = parse(text, CATALOGUE, NOW, BERLIN)
    shown = [one and one.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") for one in (found.start, found.stop)]
    assert shown == [start, stop]
    assert found.draft == Draft("x")


def test_the_evening_before_is_meant_after_midnight() -> None:
    night = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 0:30 in Berlin
    found = parse("x since 23:50", CATALOGUE, night, BERLIN)
    assert found.start == datetime(2026, 11, 23, 22, 50, tzinfo=UTC)


def test_only_the_first_time_counts() -> None:
    assert read("broke 2h ago since 9:30").description == "broke since 9:30"


descriptions = st.lists(
    st.sampled_from(["review", "@Billing", "@", "#bug", "#12", "$", "-$", "30m", "ago", "since", "at", "9:30",
                     "pm", "AM", "-", "–", "9:00-9:15", '#"two', 'words"', "\\@x", "\\\\", "1", "h", "\\9",
                     "me@x.y", "🎉", "\\ago"])
    | st.text(min_size=1).map(lambda text: "".join(text.split())).filter(bool),
    max_size=8,
).map(" ".join)  # fmt: skip
tag_names = st.lists(
    st.sampled_from(["Bug", "a", "two words", "12", '"', "\\", "x,", "🐛", "a#b", "$"]),
    max_size=4,
    unique=True,
).map(tuple)
drafts = st.builds(
    Draft,
    descriptions,
    st.none() | st.sampled_from([project.id for project in PROJECTS]),
    tag_names,
    st.sampled_from([None, True, False]),
)


def billable(draft: Draft) -> bool:
    project = CATALOGUE.project(draft.project_id)
    return draft.billable if draft.billable is not None else project is not None and project.billable


@given(drafts)
def test_a_composed_line_reads_back_with_the_same_meaning(draft: Draft) -> None:
    found = parse(compose(draft, CATALOGUE), CATALOGUE, NOW, BERLIN)
    assert found.draft._replace(billable=None) == draft._replace(billable=None)
    assert billable(found.draft) == billable(draft)
    assert (found.start, found.stop, found.new_project) == (None, None, None)


def test_a_composed_line_is_as_short_as_a_person_would_type_it() -> None:
    assert compose(Draft("review PR", "retainer", ("bug", "two words"), True), CATALOGUE) == (
        'review PR @Q2 Retainer #bug #"two words" $'
    )
    assert compose(Draft("fix #12", "billing", (), True), CATALOGUE) == "fix #12 @Billing"
    assert compose(Draft("x", "gone"), CATALOGUE) == "x"


@given(st.text() | descriptions)
def test_any_text_is_read_and_its_spans_are_in_order_within_it(text: str) -> None:
    end = 0
    for span in parse(text, CATALOGUE, NOW, BERLIN).spans:
        assert end <= span.begin < span.end <= len(text)
        assert not text[span.begin].isspace()
        end = span.end


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "@a ", "#a ", "#a @b ", '@"', '@"a ', '#"\\" ', "\\", "1h ago ", "1 ", "at 9:00 ", "9:00-",
     "@Q2 ", "$ ", "\u202e", "🎉", ",", "#" + ",", "9" * 50 + "h ago "],
)  # fmt: skip
def test_a_hostile_text_takes_no_longer_for_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        parse(text, CATALOGUE, NOW, BERLIN)
        return time.process_time() - began

    # Collecting garbage takes time by what the whole process holds, not by this text.
    gc.disable()
    try:
        short, long = (min(seconds(length) for _ in range(3)) for length in (10_000, 160_000))
    finally:
        gc.enable()
    # Sixteen times the text: linear takes 16 times as long, quadratic 256 times.
    assert long < 100 * max(short, 0.002)
