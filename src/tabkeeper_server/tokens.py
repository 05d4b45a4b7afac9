"""Personal access tokens: how they are made, recognised and compared. Only a hash of one is ever kept."""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

# `tta_` and the first characters of the random part: enough to recognise a token by, far too few to guess it.
PREFIX_LENGTH = 12
SECRET_LENGTH = 43
_SHAPE = re.compile(rf"tta_[A-Za-z0-9_-]{{{SECRET_LENGTH}}}", re.ASCII)


class FreshToken(NamedTuple):
    """A token at the only moment its secret is known, with what is kept of it."""

    secret: str
    prefix: str
    digest: str


def new_token() -> FreshToken:
    """Make a token of 256 random bits."""
    secret = f"tta_{secrets.token_urlsafe(32)}"
    return FreshToken(secret, prefix_of(secret), digest_of(secret))


def looks_like_token(text: str) -> bool:
    """Say whether `text` has the shape of a token, so that anything else is refused without a look-up."""
    return _SHAPE.fullmatch(text) is not None


def prefix_of(secret: str) -> str:
    """Return the part of a token that is kept in the clear, to recognise it by."""
    return secret[:PREFIX_LENGTH]


def digest_of(secret: str) -> str:
    """Return what is stored of a token. So much chance needs no slow hash to withstand guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, digest: str) -> bool:
    """Compare a token with a stored digest in a time that does not tell how much of it is right."""
    return hmac.compare_digest(digest_of(secret), digest)
