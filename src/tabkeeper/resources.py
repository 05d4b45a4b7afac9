"""Where the files of `resources/` are: inside an installed package, in a checkout, or in a frozen program."""

import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a resource, such as `resource("icons", "play.svg")`.

    Raises FileNotFoundError, with the way out, where this installation has no such file.
    """
    path = _folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"Tabkeeper's file {'/'.join(parts)} is missing from {_folder()}. Your times are untouched; "
            "installing Tabkeeper again brings it back."
        )
    return path


@cache
def _folder() -> Path:
    package = Path(__file__).resolve().parent
    unpacked = Path(getattr(sys, "_MEIPASS", package))
    places = (unpacked / "tabkeeper" / "resources", package / "resources")
    return next((place for place in places if place.is_dir()), package.parents[1] / "resources")
