"""What the doctor says about one thing."""

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """How one thing stands: `ok`, a `note` that explains what works otherwise, or a `fault` to see to."""

    what: str
    state: Literal["ok", "note", "fault"]
    detail: str
