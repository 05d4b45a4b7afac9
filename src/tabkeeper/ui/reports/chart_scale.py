"""What a chart's scale ends at, and which of its columns are named below them."""

from collections.abc import Iterator, Sequence

from tabkeeper.model.periods import Unit
from tabkeeper.model.report import Column

_HOUR = 3600
_STEPS = (1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)
_FEW = 10


def nice_hours(seconds: int) -> int:
    """Return the even or round number of hours that a chart of at most so many seconds ends at."""
    hours, times = -(-seconds // _HOUR), 1
    while hours > _STEPS[-1] * times:
        times *= 10
    return next(step * times for step in _STEPS if step * times >= hours)


def labels(columns: Sequence[Column], unit: Unit, first_weekday: int) -> Sequence[tuple[int, str]]:
    """Return the names of columns, in their order; what finds no room is left out by who draws them.

    Where the chart begins near the end of a week, month or year, that has no name: it would take the room
    of the next one.
    """
    found = list(_names(columns, unit, first_weekday))
    if len(found) > 2 and 2 * found[1][0] < found[2][0] - found[1][0]:
        del found[0]
    return found


def _names(columns: Sequence[Column], unit: Unit, first_weekday: int) -> Iterator[tuple[int, str]]:
    for place, column in enumerate(columns):
        first = column.first
        if unit == "day" and len(columns) <= _FEW:
            yield place, f"{first:%a}" if len(columns) > 1 else f"{first:%a} {first.day} {first:%b}"
        elif unit == "day":
            if first.weekday() == first_weekday or place == 0:
                yield place, f"{first.day} {first:%b}"
        elif unit == "week":
            if place == 0 or first.month != columns[place - 1].first.month:
                yield place, f"{first:%b}"
        elif unit == "month":
            if len(columns) <= _FEW + 2:
                yield place, f"{first:%b}"
            elif place == 0 or first.month == 1:
                yield place, str(first.year)
        else:
            yield place, str(first.year)
