"""Durations: how they are shown, what people type for them, and what is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.durations import clock, parse_change, parse_duration, plain, short, words, written
from tabkeeper.model.refusal import Refused

HOUR, MINUTE = 3600, 60
SECONDS = st.integers(0, 999_999 * HOUR)
# Texts near the grammar find more than random ones.
NEARLY = st.text(st.sampled_from("0123456789:.,+-−hms in٣９：\u3000½²"), max_size=12)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00:00"), (59, "0:00:59"), (5025, "1:23:45"), (360_000, "100:00:00")]
)
def test_the_clock_shows_hours_minutes_and_seconds(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59, "0:00"), (3599, "0:59"), (5025, "1:23")])
def test_the_short_form_cuts_seconds(seconds: int, shown: str) -> None:
    assert short(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (45, "45 s"), (60, "1 min"), (3600, "1 h"), (5025, "1 h 23 min"), (7260, "2 h 1 min")],
)
def test_messages_say_hours_and_minutes_in_words(seconds: int, said: str) -> None:
    assert words(seconds) == said


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("9", 9 * MINUTE),
        ("90", 90 * MINUTE),
        ("0", 0),
        ("930", 9 * HOUR + 30 * MINUTE),
        ("0930", 9 * HOUR + 30 * MINUTE),
        ("1200", 12 * HOUR),
        ("9:30", 9 * HOUR + 30 * MINUTE),
        (":30", 30 * MINUTE),
        ("0:45:10", 45 * MINUTE + 10),
        ("9.30", 9 * HOUR + 30 * MINUTE),
        ("9.5", 9 * HOUR + 30 * MINUTE),
        ("9,5", 9 * HOUR + 30 * MINUTE),
        ("1,25", 75 * MINUTE),
        (".5", 30 * MINUTE),
        ("1.75", 105 * MINUTE),
        ("1.80", 108 * MINUTE),
        ("0.125", 450),
        ("1h20", 80 * MINUTE),
        ("1h5", 65 * MINUTE),
        ("1h 20m", 80 * MINUTE),
        ("1 h 20 min", 80 * MINUTE),
        ("1h20m30s", 80 * MINUTE + 30),
        ("5m30", 5 * MINUTE + 30),
        ("2 hours", 2 * HOUR),
        ("1.5h", 90 * MINUTE),
        ("1,5h", 90 * MINUTE),
        ("1.25h", 75 * MINUTE),
        ("90m", 90 * MINUTE),
        ("90 Min", 90 * MINUTE),
        ("45s", 45),
        ("  1h\t20m ", 80 * MINUTE),
        ("٩:٣٠", 9 * HOUR + 30 * MINUTE),
        ("９：３０", 9 * HOUR + 30 * MINUTE),
    ],
)
def test_a_duration_is_read_as_people_type_it(typed: str, seconds: int) -> None:
    assert parse_duration(typed) == seconds


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("+15m", 75 * MINUTE), ("-5m", 55 * MINUTE), ("−5m", 55 * MINUTE), ("+5", 65 * MINUTE),
     ("- 0:10", 50 * MINUTE), ("-1h", 0), ("+1h20", 140 * MINUTE), ("+90s", HOUR + 90)],
)  # fmt: skip
def test_a_sign_changes_the_duration_there_is(typed: str, seconds: int) -> None:
    assert parse_duration(typed, current=HOUR) == seconds


def test_what_is_typed_without_a_sign_replaces_the_duration_there_is() -> None:
    assert parse_duration("10m", current=HOUR) == 10 * MINUTE


def test_a_change_needs_something_to_change() -> None:
    with pytest.raises(Refused, match="there is none yet"):
        parse_duration("-5m")


def test_no_more_is_taken_away_than_there_is() -> None:
    with pytest.raises(Refused, match="0:04:00"):
        parse_duration("-5m", current=4 * MINUTE)


@pytest.mark.parametrize("typed", ["1.25", "1.50", "0.25", "9.50"])
def test_quarters_after_a_point_are_asked_about_since_they_have_two_readings(typed: str) -> None:
    with pytest.raises(Refused, match=f"{typed.replace('.', ':')} or {typed}h"):
        parse_duration(typed)


def test_sixty_minutes_are_no_minutes_of_a_clock() -> None:
    with pytest.raises(Refused, match="175m"):
        parse_duration("175")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "nine", "h", "9:", "9:5", "9:60", "1:75", "1:2:3", "12345", "1.", ".", ",", "1..5", "1h1h",
     "20m 1h", "1h90", "1h 2.5", "5s 3", "5 30", "1d", "1e3", "--5m", "+", "-", "+ -5m", "½", "1" * 5000,
     "9\x00"],
)  # fmt: skip
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_duration(typed, current=10 * HOUR)
    assert "1h30" in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_refusal_repeats_what_was_typed_on_one_short_line() -> None:
    with pytest.raises(Refused) as refused:
        parse_duration("so\nmany " + "x" * 5000)
    assert str(refused.value).startswith('"so many xxx')
    assert "\n" not in str(refused.value)


def test_a_text_without_a_sign_is_no_change() -> None:
    assert parse_change("5m") is None
    assert parse_change("-5m") == -5 * MINUTE
    assert parse_change("+0:00:05") == 5


@given(SECONDS)
def test_the_clock_reads_back_exactly(seconds: int) -> None:
    assert parse_duration(clock(seconds)) == seconds


@given(SECONDS)
def test_the_short_form_and_the_words_read_back_to_the_minute(seconds: int) -> None:
    assert parse_duration(short(seconds)) == seconds // 60 * 60
    assert parse_duration(words(seconds)) == (seconds // 60 * 60 if seconds >= 60 else seconds)


@given(SECONDS, SECONDS)
def test_a_change_there_and_back_leaves_what_was(current: int, change: int) -> None:
    longer = parse_duration(f"+{clock(change)}", current)
    assert parse_duration(f"-{clock(change)}", longer) == current


@given(st.text() | NEARLY, st.none() | SECONDS)
def test_any_text_is_a_duration_or_is_refused(text: str, current: int | None) -> None:
    with suppress(Refused):
        assert parse_duration(text, current) >= 0


@given(NEARLY)
def test_the_plain_form_is_its_own_plain_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("seconds", "minutes", "whole", "decimal"),
    [
        (0, "0:00", "0:00:00", "0.00 h"),
        (59, "0:00", "0:00:59", "0.02 h"),
        (2400, "0:40", "0:40:00", "0.67 h"),
        (4980, "1:23", "1:23:00", "1.38 h"),
        (5025, "1:23", "1:23:45", "1.40 h"),
        (359_982, "99:59", "99:59:42", "100.00 h"),
    ],
)
def test_a_duration_is_written_in_the_form_that_is_chosen(
    seconds: int, minutes: str, whole: str, decimal: str
) -> None:
    assert [written(seconds, form) for form in ("minutes", "seconds", "decimal")] == [minutes, whole, decimal]


@given(st.integers(0, 10**7))
def test_every_form_but_minutes_can_be_typed_again_as_it_is_shown(seconds: int) -> None:
    assert parse_duration(written(seconds, "seconds")) == seconds
    assert abs(parse_duration(written(seconds, "decimal")) - seconds) <= 18
