"""Ids are UUIDs of version 7: unique, and in the order of their making."""

from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.identity import new_id


@given(st.integers(0, 2**48 - 1))
def test_an_id_is_a_uuid_of_version_seven_that_holds_its_time(milliseconds: int) -> None:
    made = UUID(new_id(milliseconds))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == milliseconds


@given(st.integers(0, 2**48 - 2))
def test_a_later_id_sorts_after_an_earlier_one(milliseconds: int) -> None:
    assert new_id(milliseconds) < new_id(milliseconds + 1)


def test_ids_of_the_same_millisecond_differ() -> None:
    assert len({new_id(1) for _ in range(1000)}) == 1000


def test_an_id_is_written_as_others_write_it() -> None:
    made = new_id()
    assert str(UUID(made)) == made
