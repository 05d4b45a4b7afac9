"""What the wire's fields are made of: instants, amounts, limits, and the one way they are written as JSON.

An instant on the wire is RFC 3339 in UTC with `Z` and at most milliseconds; in Python it is an aware UTC
`datetime` of whole milliseconds, whatever offset and digits the other end wrote.
"""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

DESCRIPTION_MAX = 2000
TAGS_MAX = 50
TAG_MAX = 100
NAME_MAX = 200
IDEMPOTENCY_KEY_MAX = 200
BODY_BYTES_MAX = 64 * 1024
PAGE_DEFAULT = 50
PAGE_MAX = 200

# Decimals are exact at any size, so a hostile `1e999999` would cost memory as soon as it is formatted. What a
# float was written out to has some fifty digits.
AMOUNT_DIGITS_MAX = 30
_WRITTEN_DIGITS_MAX = 60

Instant = Annotated[datetime, Meta(tz=True)]
Amount = Decimal


def whole_milliseconds(instant: datetime) -> datetime:
    """Return the same instant in UTC, cut to milliseconds.

    Raises ValueError for a `datetime` without a zone, and for one that UTC cannot express.
    """
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone or Z")
    if instant.tzinfo is not UTC:
        try:
            instant = instant.astimezone(UTC)
        except OverflowError:
            raise ValueError("This instant is outside the years 1 to 9999 in UTC") from None
    if beyond := instant.microsecond % 1000:
        instant = instant.replace(microsecond=instant.microsecond - beyond)
    return instant


def parse_instant(text: str) -> datetime:
    """Read RFC 3339 with any offset and 0 to 9 fraction digits; a date alone or no offset is refused.

    Raises ValueError.
    """
    try:
        instant = msgspec.convert(text, Instant)
    except msgspec.ValidationError:
        raise ValueError(f"{text[:40]!r} is not an instant such as 2026-05-24T14:00:00Z") from None
    return whole_milliseconds(instant)


def format_instant(instant: datetime) -> str:
    """Write RFC 3339 in UTC with `Z`, with milliseconds only where there are any."""
    instant = whole_milliseconds(instant)
    digits = "milliseconds" if instant.microsecond else "seconds"
    return instant.isoformat(timespec=digits)[: -len("+00:00")] + "Z"


def sound_amount(amount: Decimal) -> Decimal:
    """Return `amount` where it is a finite number of a sane size, else raise ValueError."""
    if (
        not amount.is_finite()
        or abs(amount.adjusted()) > AMOUNT_DIGITS_MAX
        or len(amount.as_tuple().digits) > _WRITTEN_DIGITS_MAX
    ):
        raise ValueError("An amount must be a finite decimal number")
    return amount


def normalise_instants(struct: msgspec.Struct, *fields: str) -> None:
    """Bring the named fields of a struct under construction to UTC and whole milliseconds.

    Called from `__post_init__`, which is where a frozen struct may still be completed. Nearly always
    nothing is to be done, and looking costs a fifth of what converting every instant would.
    """
    for field in fields:
        instant = getattr(struct, field)
        if isinstance(instant, datetime) and (instant.tzinfo is not UTC or instant.microsecond % 1000):
            msgspec.structs.force_setattr(struct, field, whole_milliseconds(instant))


_encoder = msgspec.json.Encoder(decimal_format="number")

_INSTANT_KEYS = ("start", "stop", "created_at", "updated_at", "from", "to")

# The end of an instant that has six fraction digits, if what stands before it is one. A quote inside a JSON
# string is always escaped, so that can only be a key with its value. To begin with the end takes a quarter of
# the time.
_needless_digits = re.compile(
    '000Z"(?:{})'.format(
        "|".join(rf'(?<="{key}":"....-..-..T..:..:..\....000Z")' for key in _INSTANT_KEYS)
    ).encode()
)


def to_json(value: object) -> bytes:
    """Write wire types as JSON: amounts as numbers, instants with at most milliseconds.

    The same value always gives the same bytes, so that a body can be sent again byte for byte.
    """
    text = _encoder.encode(value)
    # msgspec writes six fraction digits where there are any, the contract allows three.
    return _needless_digits.sub(b'Z"', text)
