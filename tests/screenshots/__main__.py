"""`make screenshots`: draws the real program on a real desktop, with times in it, into `screenshots/`.

`make screenshots ARGS=readme` draws the README's two pictures anew instead, into `docs/images/`.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.screenshots import readme
from tests.screenshots.coming_back import away
from tests.screenshots.odd_reports import odd_reports, odd_years
from tests.screenshots.reminding import reminders
from tests.screenshots.scenes import SCENES, first_start, menu, window
from tests.screenshots.signing_in import signing_in
from tests.screenshots.stage import FOLDER, Fill, Look, Stage, half_a_year, nothing, stage

LOOKS = (Look("light"), Look("dark"), Look("light", 2), Look("dark", 2))


def main(words: Sequence[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        if words == ["readme"]:
            draw(readme.LOOKS, (menu, window), Path(folder), half_a_year)
            for scene in ("menu", "window"):
                print(readme.compose(scene))
            return 0
        draw(LOOKS, SCENES, Path(folder), half_a_year)
        draw(LOOKS, (first_start,), Path(folder), nothing)
        draw(LOOKS, (away,), Path(folder), half_a_year)
        draw(LOOKS[:2], (reminders,), Path(folder), nothing)
        draw(LOOKS, (signing_in,), Path(folder), half_a_year)
        draw(LOOKS, (odd_reports,), Path(folder), odd_years)
    return 0


def draw(looks: Sequence[Look], scenes: Sequence[Callable[[Stage], None]], folder: Path, fill: Fill) -> None:
    """Draw scenes one after the other, in each look."""
    for look in looks:
        with stage(look, folder, fill) as there:
            for scene in scenes:
                scene(there)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
