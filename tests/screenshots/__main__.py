"""`make screenshots`: draws the real program on a real desktop, with times in it, into `screenshots/`."""

import sys
import tempfile
from pathlib import Path

from tests.screenshots.scenes import SCENES, first_start
from tests.screenshots.stage import FOLDER, Look, stage

LOOKS = (Look("light"), Look("dark"), Look("light", 2), Look("dark", 2))


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        for look in LOOKS:
            with stage(look, Path(folder)) as full:
                for scene in SCENES:
                    scene(full)
            with stage(look, Path(folder), demo=False) as empty:
                first_start(empty)
    return 0


if __name__ == "__main__":
    sys.exit(main())
