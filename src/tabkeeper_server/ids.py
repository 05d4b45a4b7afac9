"""Ids of everything the server keeps: UUIDs of version 7, so that newer rows sort after older ones."""

import secrets
import time
import uuid


def new_id() -> str:
    """Return a new id. Its first 48 bits are the milliseconds since 1970, the rest is random."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=number))
