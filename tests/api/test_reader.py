"""Every answer shape that the contract tolerates, one test each; and that nothing else gets through."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.api import UnexpectedAnswer, wire
from tabkeeper.api._reader import read_current, read_one, read_page, read_refusal

ENDPOINT = "GET /entries"
ENTRY: dict[str, Any] = {
    "id": "e-1",
    "user_id": "u-1",
    "project_id": "p-1",
    "description": "Drafting",
    "tags": ["writing"],
    "start": "2026-05-24T14:00:00Z",
    "stop": "2026-05-24T15:30:00Z",
    "duration": 5400,
    "billable": True,
    "created_at": "2026-05-24T14:00:01Z",
    "updated_at": "2026-05-24T15:30:01Z",
}
PROJECT: dict[str, Any] = {
    "id": "p-1",
    "name": "Retainer",
    "client_id": None,
    "color": "#3B82F6",
    "billable": True,
    "hourly_rate": 175,
    "currency": "USD",
    "archived": False,
    "created_at": "2026-01-01T00:00:00Z",
}
ME: dict[str, Any] = {
    "user": {
        "id": "u-1",
        "name": "Ada",
        "email": "ada@example.org",
        "role": "owner",
        "timezone": "Europe/Oslo",
    },
    "workspace": {"id": "w-1", "name": "Ada's", "currency": "EUR", "week_start": "monday", "plan": "pro"},
}
SUMMARY: dict[str, Any] = {
    "from": "2026-05-01T00:00:00Z",
    "to": "2026-06-01T00:00:00Z",
    "group_by": "project",
    "currency": "EUR",
    "total": {"seconds": 10, "billable_seconds": 5, "billable_amount": 1.1},
    "groups": [
        {
            "key": "p",
            "label": "P",
            "seconds": 10,
            "billable_seconds": 5,
            "billable_amount": "1.10",
            "entries": 1,
        }
    ],
}


def entry(**changes: object) -> wire.Entry:
    return read_one(wire.Entry, json.dumps({**ENTRY, **changes}).encode(), ENDPOINT)


def entries(answer: object) -> wire.Page[wire.Entry]:
    return read_page(wire.Entry, json.dumps(answer).encode(), ENDPOINT)


def camel(tree: object) -> object:
    if isinstance(tree, dict):
        return {_camel_name(name): camel(value) for name, value in tree.items()}
    return [camel(item) for item in tree] if isinstance(tree, list) else tree


def _camel_name(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.title() for other in others)


# Lists


def test_the_contracts_own_envelope_is_read_with_its_counts() -> None:
    page = entries({"data": [ENTRY], "total": 7, "limit": 1, "offset": 3})
    assert (page.data[0].id, page.total, page.limit, page.offset) == ("e-1", 7, 1, 3)


@pytest.mark.parametrize("wrapper", ["data", "items", "results", "entries"])
def test_a_list_is_read_from_under_any_tolerated_name(wrapper: str) -> None:
    assert entries({wrapper: [ENTRY]}).data == (entry(),)


def test_a_bare_array_is_a_list_of_unknown_total() -> None:
    page = entries([ENTRY])
    assert page.data == (entry(),)
    assert page.total is None


def test_a_total_beside_another_wrapper_is_read() -> None:
    assert entries({"items": [ENTRY], "total": 9}).total == 9


@pytest.mark.parametrize("total", [-1, "9", True, None, 1.5])
def test_a_total_that_is_no_count_is_as_good_as_none(total: object) -> None:
    assert entries({"items": [ENTRY], "total": total}).total is None


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [ENTRY], "items": [ENTRY]},
        {"rows": [ENTRY]},
        {"projects": [ENTRY]},
        {"data": {"entries": [ENTRY]}},
        {},
        None,
        "e-1",
        7,
    ],
)
def test_a_list_that_is_not_under_exactly_one_known_name_is_refused(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer, match="GET /entries"):
        entries(answer)


def test_the_same_id_twice_in_one_list_is_refused() -> None:
    with pytest.raises(UnexpectedAnswer, match="same id twice"):
        entries([ENTRY, ENTRY])


# Single things


@pytest.mark.parametrize("wrapper", ["data", "entry"])
def test_a_single_thing_is_read_from_under_data_or_its_name(wrapper: str) -> None:
    assert read_one(wire.Entry, json.dumps({wrapper: ENTRY}).encode(), ENDPOINT) == entry()


def test_me_is_read_bare_and_wrapped() -> None:
    bare = read_one(wire.Me, json.dumps(ME).encode(), "GET /me")
    assert read_one(wire.Me, json.dumps({"data": ME}).encode(), "GET /me") == bare
    assert (bare.user.timezone, bare.workspace.currency) == ("Europe/Oslo", "EUR")


def test_a_summary_is_read_bare_and_wrapped() -> None:
    bare = read_one(wire.Summary, json.dumps(SUMMARY).encode(), "GET /reports/summary")
    wrapped = read_one(wire.Summary, json.dumps({"summary": SUMMARY}).encode(), "GET /reports/summary")
    assert wrapped == bare
    assert bare.from_ == datetime(2026, 5, 1, tzinfo=UTC)
    assert bare.groups[0].billable_amount == Decimal("1.10")


# The running entry


@pytest.mark.parametrize("answer", [b"null", b"{}", b'{"entry": null}', b'{"data": null}'])
def test_nothing_runs_in_each_of_its_forms(answer: bytes) -> None:
    assert read_current(answer, "GET /entries/current") is None


@pytest.mark.parametrize("wrapped", [ENTRY, {"data": ENTRY}, {"entry": ENTRY}])
def test_the_running_entry_is_read_bare_and_wrapped(wrapped: object) -> None:
    assert read_current(json.dumps(wrapped).encode(), "GET /entries/current") == entry()


@pytest.mark.parametrize("answer", [b"", b"[]", b"false", b'{"error": null}', b'{"entry": []}', b'"null"'])
def test_what_does_not_say_that_nothing_runs_is_not_taken_to_say_so(answer: bytes) -> None:
    with pytest.raises(UnexpectedAnswer, match="GET /entries/current"):
        read_current(answer, "GET /entries/current")


# Fields


@pytest.mark.parametrize(
    "tags", [["a", "b"], [{"name": "a"}, {"name": "b"}], [{"id": "t-1", "name": "a"}, "b"]]
)
def test_tags_may_be_names_or_objects(tags: list[object]) -> None:
    assert entry(tags=tags).tags == ("a", "b")


@pytest.mark.parametrize("text", ["0.1", '"0.1"', "1e-1"])
def test_a_rate_is_read_from_its_text_and_never_through_a_float(text: str) -> None:
    body = json.dumps({**PROJECT, "hourly_rate": "RATE"}).replace('"RATE"', text).encode()
    assert read_one(wire.Project, body, "POST /projects").hourly_rate == Decimal("0.1")


def test_a_rate_of_many_digits_loses_none_in_a_tolerated_shape_either() -> None:
    digits = "12345678901234.123456789012345"
    body = json.dumps({"data": {**PROJECT, "hourly_rate": "RATE"}}).replace('"RATE"', digits).encode()
    assert read_one(wire.Project, body, "POST /projects").hourly_rate == Decimal(digits)


@pytest.mark.parametrize(
    "rate",
    [
        '"NaN"',
        '"Infinity"',
        "1e999999999",
        "1e99999999999999999999",
        '"twenty"',
        "true",
        "0." + "1" * 9_999,
    ],
)
def test_a_rate_that_is_no_sane_number_is_refused(rate: str) -> None:
    body = json.dumps({**PROJECT, "hourly_rate": "RATE"}).replace('"RATE"', rate).encode()
    with pytest.raises(UnexpectedAnswer):
        read_one(wire.Project, body, "POST /projects")


def test_a_project_may_come_without_a_rate() -> None:
    without = {name: value for name, value in PROJECT.items() if name != "hourly_rate"}
    assert read_one(wire.Project, json.dumps(without).encode(), "POST /projects").hourly_rate is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-24T14:00:00.123Z",
        "2026-05-24T16:00:00.123+02:00",
        "2026-05-24T08:30:00.123000-05:30",
        "2026-05-24T14:00:00.123456789Z",
    ],
)
def test_an_instant_of_any_offset_and_precision_is_utc_in_milliseconds(text: str) -> None:
    assert entry(start=text).start == datetime(2026, 5, 24, 14, 0, 0, 123000, tzinfo=UTC)
    assert entry(start=text).start.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2026-05-24", "2026-05-24T14:00:00", "yesterday", "", 1779631200, None, True]
)
def test_a_start_that_is_no_instant_is_refused_by_name(text: object) -> None:
    with pytest.raises(UnexpectedAnswer, match="start"):
        entry(start=text)


def test_an_instant_that_utc_cannot_express_is_refused() -> None:
    with pytest.raises(UnexpectedAnswer):
        entry(start="0001-01-01T00:00:00+14:00")


def test_an_entry_without_stop_runs() -> None:
    without = {name: value for name, value in ENTRY.items() if name not in ("stop", "duration")}
    assert read_one(wire.Entry, json.dumps(without).encode(), ENDPOINT).stop is None
    assert entry(stop=None, duration=None).stop is None


def test_a_role_nobody_has_heard_of_is_a_member() -> None:
    body = json.dumps({**ME, "user": {**ME["user"], "role": "wizard"}}).encode()
    assert read_one(wire.Me, body, "GET /me").user.role is wire.Role.MEMBER


def test_unknown_fields_are_ignored() -> None:
    assert entry(mood="good", invoice={"id": 7}) == entry()


@pytest.mark.parametrize(("kind", "example"), [(wire.Entry, ENTRY), (wire.Project, PROJECT), (wire.Me, ME)])
def test_camel_case_reads_the_same_as_snake_case(kind: Any, example: object) -> None:
    snake = read_one(kind, json.dumps(example).encode(), ENDPOINT)
    assert read_one(kind, json.dumps(camel(example)).encode(), ENDPOINT) == snake


def test_the_contracts_own_name_wins_over_its_camel_case() -> None:
    both = {**ENTRY, "tags": [{"name": "a"}], "userId": "u-2", "projectId": None}
    read = read_one(wire.Entry, json.dumps(both).encode(), ENDPOINT)
    assert (read.user_id, read.project_id) == ("u-1", "p-1")


def test_camel_case_is_read_inside_the_contracts_own_envelope() -> None:
    page = entries({"data": [camel(ENTRY)], "total": 1, "limit": 50, "offset": 0})
    assert page.data == (entry(),)


def test_a_summary_in_camel_case_reads_the_same() -> None:
    snake = read_one(wire.Summary, json.dumps(SUMMARY).encode(), ENDPOINT)
    assert read_one(wire.Summary, json.dumps(camel(SUMMARY)).encode(), ENDPOINT) == snake


def test_null_for_a_field_that_has_a_usual_value_is_that_value() -> None:
    assert (entry(description=None).description, entry(tags=None).tags) == ("", ())


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("id", 7),
        ("id", ""),
        ("id", None),
        ("user_id", 7),
        ("project_id", 7),
        ("stop", 5),
        ("duration", "5400"),
        ("billable", "yes"),
        ("tags", "writing"),
        ("tags", [7]),
    ],
)
def test_a_field_of_the_wrong_type_is_refused_by_name(field: str, wrong: object) -> None:
    with pytest.raises(UnexpectedAnswer, match=rf"GET /entries.*{field}"):
        entry(**{field: wrong})


def test_a_missing_id_or_start_is_refused_by_name() -> None:
    for field in ("id", "start"):
        without = {name: value for name, value in ENTRY.items() if name != field}
        with pytest.raises(UnexpectedAnswer, match=field):
            read_one(wire.Entry, json.dumps(without).encode(), ENDPOINT)


def test_the_refused_field_of_a_long_list_is_named_with_its_place() -> None:
    rows = [{**ENTRY, "id": f"e-{number}"} for number in range(5)]
    rows[3]["start"] = 7
    with pytest.raises(UnexpectedAnswer, match=r"\[3\]\.start"):
        entries({"data": rows, "total": 5})


# Bodies that are no JSON


def test_a_web_page_is_called_one() -> None:
    with pytest.raises(UnexpectedAnswer, match="login"):
        read_page(wire.Entry, b"\n<!doctype html><title>Hotel</title>", ENDPOINT)


@pytest.mark.parametrize(
    "body", [b"", b" ", b'{"data": [', b"\xff\xfe", b'"\xed\xa0\x80"', b"[" * 100_000, b"9" * 100_000]
)
def test_what_is_no_json_is_one_clear_failure(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswer, match="GET /entries"):
        read_page(wire.Entry, body, ENDPOINT)


def test_the_message_never_carries_the_body_along() -> None:
    body = json.dumps({"data": "x" * 5000, "secret": "tta_abc" * 1000}).encode()
    with pytest.raises(UnexpectedAnswer) as caught:
        read_page(wire.Entry, body, ENDPOINT)
    assert "tta_abc" not in str(caught.value)
    assert len(str(caught.value)) < 400


# Refusals


def test_an_error_envelope_is_read() -> None:
    body = b'{"error": {"code": "conflict", "message": "No.", "details": [{"field": "a", "message": "b"}]}}'
    said = read_refusal(body)
    assert said is not None
    assert (said.code, said.message, said.details[0].field) == ("conflict", "No.", "a")


@pytest.mark.parametrize("details", [None, {"name": ["too long"]}, "too long", [7]])
def test_details_of_another_form_do_not_cost_the_message(details: object) -> None:
    body = json.dumps({"error": {"code": "conflict", "message": "No.", "details": details}}).encode()
    said = read_refusal(body)
    assert said is not None
    assert (said.message, said.details) == ("No.", ())


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "no"}', b"[]", b'{"error": {"code": 7}}'])
def test_an_error_of_another_shape_is_none(body: bytes) -> None:
    assert read_refusal(body) is None


# Whatever comes

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | st.text(max_size=20) | st.sampled_from(list(ENTRY.values()))
names = st.sampled_from(
    [*ENTRY, *camel(ENTRY), *PROJECT, *SUMMARY, "data", "entry", "entries", "items", "total"]
)  # type: ignore[misc]
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=8),
    max_leaves=30,
)
bodies = trees.map(lambda tree: json.dumps(tree).encode()) | st.binary(max_size=200)
nearly_right = st.dictionaries(st.sampled_from(list(ENTRY)), trees, max_size=2).map(
    lambda changes: json.dumps({"data": [{**ENTRY, **changes}], "total": 1}).encode()
)


@given(bodies | nearly_right)
def test_any_list_answer_is_a_value_or_an_unexpected_answer(body: bytes) -> None:
    try:
        page = read_page(wire.Entry, body, ENDPOINT)
    except UnexpectedAnswer:
        return
    assert all(one.id and one.start.tzinfo is UTC for one in page.data)


@given(bodies, st.sampled_from([wire.Me, wire.Entry, wire.Project, wire.Client, wire.Summary]))
def test_any_single_answer_is_a_value_or_an_unexpected_answer(body: bytes, kind: Any) -> None:
    try:
        assert isinstance(read_one(kind, body, ENDPOINT), kind)
    except UnexpectedAnswer:
        return


@given(bodies)
def test_any_current_or_error_answer_is_read_or_refused_cleanly(body: bytes) -> None:
    read_refusal(body)
    try:
        read_current(body, ENDPOINT)
    except UnexpectedAnswer:
        return


@given(
    st.text(max_size=300).map(
        lambda digits: f'{{"id":"p","name":"n","created_at":null,"hourly_rate":{digits}}}'
    )
)
def test_any_text_where_a_number_belongs_is_read_or_refused_cleanly(body: str) -> None:
    try:
        read_one(wire.Project, body.encode("utf-8", "replace"), ENDPOINT)
    except UnexpectedAnswer:
        return


@given(
    st.builds(
        lambda sign, digits, point, e: f"{sign}{digits}{point}e{e}",
        st.sampled_from(["", "-"]),
        st.integers(0),
        st.sampled_from(["", ".5"]),
        st.integers(),
    )
)
def test_any_number_is_a_finite_rate_or_refused(text: str) -> None:
    for body in (
        f'{{"id":"p","name":"n","created_at":null,"hourly_rate":{text}}}',
        f'{{"data":{{"id":"p","name":"n","hourly_rate":{text}}}}}',
    ):
        try:
            rate = read_one(wire.Project, body.encode(), ENDPOINT).hourly_rate
        except UnexpectedAnswer:
            continue
        assert rate is not None
        assert rate.is_finite()
