"""What texts may hold, and that typed text is made to fit without losing any of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import (
    DESCRIPTION_LIMIT,
    clean_description,
    clean_name,
    clean_tag,
    clean_tags,
    one_line,
    quoted,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  ", "a"),
        ("a \r\n\n b", "a b"),
        ("a\n \nb", "a b"),
        ("a\tb", "a b"),
        ("a\x00\x7f\ud800b", "ab"),
        ("a\x80\x84\x86\x9b31m\x9fb", "a31mb"),
        ("a\x85b", "a b"),
        ("a\u202eb\u2066c", "a\u202eb\u2066c"),
        ("a  b", "a  b"),
        ("<img src=x> & שלום 🎉", "<img src=x> & שלום 🎉"),
    ],
)
def test_a_text_is_kept_on_one_line_without_control_characters(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
    assert clean_description(typed) == kept


@given(st.text())
def test_what_is_kept_stays_as_it_is_when_it_is_cleaned_again(text: str) -> None:
    kept = one_line(text)
    assert one_line(kept) == kept
    assert len(kept.splitlines()) <= 1


def test_a_description_of_spaces_takes_no_longer_for_its_length() -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        one_line("a" + " " * length + "b")
        return time.process_time() - began

    assert seconds(160_000) < 80 * max(seconds(10_000), 0.001)


def test_a_description_that_is_too_long_is_refused_and_not_cut() -> None:
    assert len(clean_description("x" * DESCRIPTION_LIMIT)) == DESCRIPTION_LIMIT
    with pytest.raises(Refused, match=r"2,000 characters; this one has 10,000"):
        clean_description("x" * 10_000)


@pytest.mark.parametrize("typed", ["", "  ", "\x00"])
def test_names_and_tags_are_not_empty(typed: str) -> None:
    with pytest.raises(Refused, match="A project needs a name"):
        clean_name(typed, "project")
    with pytest.raises(Refused, match="A tag needs a name"):
        clean_tag("#" + typed)


def test_tags_lose_their_sign_and_come_once_in_their_order() -> None:
    assert clean_tags(["#b", "a", " B "]) == ("b", "a")


def test_an_entry_holds_fifty_tags() -> None:
    assert len(clean_tags(map(str, range(50)))) == 50
    with pytest.raises(Refused, match="these are 51"):
        clean_tags(map(str, range(51)))


def test_a_message_repeats_a_text_on_one_short_line() -> None:
    assert quoted("a\nb") == '"a b"'
    assert quoted("x" * 100) == '"' + "x" * 40 + '…"'
