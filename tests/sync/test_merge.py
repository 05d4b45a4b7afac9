"""The three-way merge, field by field."""

from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.sync.merge import merge

BASE = {"start": 10, "stop": 20, "description": "agreed", "billable": 0}


def test_what_only_one_side_changed_is_that_sides() -> None:
    merged = merge(BASE, {**BASE, "description": "here"}, {**BASE, "billable": 1})
    assert merged.fields == {**BASE, "description": "here", "billable": 1}
    assert merged.overruled == {}


def test_what_both_changed_is_as_it_is_here_and_the_other_value_is_kept() -> None:
    merged = merge(BASE, {**BASE, "description": "here"}, {**BASE, "description": "there"})
    assert merged.fields["description"] == "here"
    assert merged.overruled == {"description": "there"}


def test_what_both_changed_alike_is_no_conflict() -> None:
    both = {**BASE, "description": "same"}
    assert merge(BASE, both, both) == (both, {})


def test_without_an_agreement_what_is_here_wins_and_whatever_differs_is_kept() -> None:
    merged = merge(None, BASE, {**BASE, "billable": 1})
    assert (merged.fields, merged.overruled) == (BASE, {"billable": 1})


def test_a_late_echo_of_our_own_is_nobodys_change() -> None:
    undone, late = BASE, {**BASE, "description": "sent and never answered"}
    merged = merge(BASE, undone, late, {"description": {"sent and never answered"}})
    assert merged == (BASE, {})


def test_times_that_would_end_before_they_start_are_taken_from_here_together() -> None:
    merged = merge(BASE, {**BASE, "start": 18}, {**BASE, "stop": 15})
    assert (merged.fields["start"], merged.fields["stop"]) == (18, 20)
    assert merged.overruled == {"stop": 15}


FIELDS = st.fixed_dictionaries(
    {
        "start": st.integers(0, 9),
        "stop": st.none() | st.integers(9, 15),
        "description": st.sampled_from("abc"),
        "billable": st.integers(0, 1),
    }
)
Fields = dict[str, object]


@given(FIELDS, FIELDS, FIELDS)
def test_nothing_vanishes_each_changed_value_wins_or_is_kept(
    base: Fields, here: Fields, there: Fields
) -> None:
    merged = merge(base, here, there)
    for name in base:
        if here[name] != base[name]:
            assert merged.fields[name] == here[name]
        if there[name] != base[name]:
            assert there[name] in (merged.fields[name], merged.overruled.get(name))


@given(FIELDS, FIELDS)
def test_a_side_that_changed_nothing_gives_way_wholly(base: Fields, other: Fields) -> None:
    assert merge(base, base, other) == (other, {})
    assert merge(base, other, base) == (other, {})
