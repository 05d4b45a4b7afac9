"""What can become of a request, and how often; the networks of all histories draw from here."""

import json
import random

FATES = (
    "lost", "unheard", "twice", "late", "slow", "cut", "login page", "401", "429", "500 before", "500 after",
    "502", "crash before", "crash after",
)  # fmt: skip
WEIGHTS = [3, 6, 2, 3, 3, 2, 1, 0.3, 1, 1, 2, 1, 2, 3]
SPOKEN = ("login page", "401", "429", "500 before", "500 after", "502")
"""Those in which somebody else than the server speaks; `after` it has acted in one."""
_HTML = b"<!doctype html><title>Sign in to this network</title>"
_CODES = {401: "unauthorized", 429: "rate_limited", 500: "internal_error"}


def drawn(chance: random.Random, trouble: float) -> str:
    """Return a request's fate; `trouble` is the share of those that something befalls."""
    return chance.choices(FATES, WEIGHTS)[0] if chance.random() < trouble else "delivered"


def spoken(fate: str) -> tuple[int, bytes]:
    """Return status and body of an answer that the server has not given."""
    if fate == "login page":
        return 200, _HTML
    status = int(fate.split()[0])
    if status not in _CODES:
        return status, _HTML
    return status, json.dumps({"error": {"code": _CODES[status], "message": fate}}).encode()
