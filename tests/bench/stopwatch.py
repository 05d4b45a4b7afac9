"""Compares ways of doing a thing in one run: in turns, so that a busy moment of the machine meets all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Figure:
    """What was measured, in seconds, beside its floor of the same run."""

    what: str
    seconds: float
    floor_of: str
    floor: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor


def in_turns(measures: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """Return each measure's median over `rounds`; one round more goes before, to warm files and caches."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(rounds + 1):
        for name, measure in measures.items():
            seconds = measure()
            if turn:
                taken[name].append(seconds)
    return {name: median(times) for name, times in taken.items()}


def table(figures: list[Figure]) -> str:
    """Return the figures as lines of text."""
    head = f"{'':44} {'median':>9} {'floor':>9} {'ratio':>7}"
    lines = [
        f"{figure.what:44} {_milliseconds(figure.seconds)} {_milliseconds(figure.floor)} {figure.ratio:6.2f}x"
        f"   floor: {figure.floor_of}"
        for figure in figures
    ]
    return "\n".join((head, *lines))


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:6.{2 if seconds < 0.01 else 0}f} ms"
