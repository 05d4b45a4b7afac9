"""Keys are understood however a person writes them, and kept in one way."""

import pytest

from tabkeeper.settings.chord import parse_chord, spelled_chord


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ctrl+alt+space", "Ctrl+Alt+Space"), ("Shift + Ctrl + t", "Ctrl+Shift+T"), ("super+F5", "Meta+F5"),
        ("F9", "F9"), ("Pause", "Pause"), ("Strg+Ins", "Ctrl+Insert"), ("control+/", "Ctrl+/"), ("", ""),
        ("  ", ""), ("Alt+0", "Alt+0"), ("Ctrl+Ctrl+A", "Ctrl+A"),
    ],
)  # fmt: skip
def test_a_chord_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert spelled_chord(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("T", "typed in every program"), ("Shift+T", "typed in every program"), ("Ctrl", "one key"),
        ("Ctrl+A+B", "one key"), ("Ctrl+Foo", 'no key "Foo"'), ("Ctrl+", 'no key ""'), ("+", 'no key ""'),
    ],
)  # fmt: skip
def test_what_cannot_be_a_hotkey_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_chord(typed)
