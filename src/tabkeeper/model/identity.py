"""Makes the ids that entries, projects, clients and tags carry on this computer."""

import os
import time

HANDLE = 8
"""How many of the last characters of an id name an entry in a list: the first ones tell only when it was."""


def new_id(milliseconds: int | None = None) -> str:
    """Return a UUIDv7 (RFC 9562) as text: unique, and sorted by the time it was made.

    `milliseconds` since 1970 UTC may be given by tests; the default is now. Ids never change; the server's
    own id is kept in a column beside them, and this one is the idempotency key of the create.
    """
    moment = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (moment & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76  # version 7
    value = value & ~(0x3 << 62) | 0x2 << 62  # the variant of RFC 9562
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
