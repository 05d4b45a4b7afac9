"""What a system's list of programs that open links is to the rest of the program."""

from typing import Protocol

SCHEME = "tabkeeper"


class Links(Protocol):
    """Reads and writes the person's own list, for no other person; a thread may do it."""

    def switch(self, on: bool) -> None:
        """Be the one that opens our links, or not; raises OSError."""
