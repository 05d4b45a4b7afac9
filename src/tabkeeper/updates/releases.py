"""Asks the project's list of releases for the newest one, and believes no more of the answer than a number.

The address stands here alone, and `[project.urls]` in pyproject.toml agrees with it; a fork changes both.
Words and links of the answer are never shown: who could forge it could at most make a number appear.
"""

import json
import re
import ssl
from http.client import HTTPException, HTTPMessage
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import truststore

PROJECT = "tabkeeper/tabkeeper"
FEED = f"https://api.github.com/repos/{PROJECT}/releases/latest"
"""The newest release that is neither a draft nor a pre-release, as an object with a `tag_name`."""
PAGE = f"https://github.com/{PROJECT}/releases/latest"
"""Where a person reads what is new, and finds the files."""

Version = tuple[int, int, int]

_HEADERS = {"User-Agent": "Tabkeeper", "Accept": "application/json"}
"""All that a question says; that there is a User-Agent at all is what GitHub asks for."""
_PATIENCE, _WHOLE_PATIENCE = 10.0, 30.0
"""Seconds for each step of an answer, and for all of it."""
_LONGEST_ANSWER = 500_000
_NUMBER = re.compile(r"v?([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})")


class NotReached(Exception):  # noqa: N818 - a state of the network, not a fault of the program
    """Nobody was there to answer: most likely there is no network now."""


class NoAnswer(Exception):  # noqa: N818 - somebody else's fault
    """Whoever answered said nothing of a release."""


def newest(address: str) -> Version:
    """Ask for the newest release, for half a minute at most; raises `NotReached` or `NoAnswer`."""
    opener = build_opener(
        HTTPSHandler(context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)), _NeverLessSafe()
    )
    until = monotonic() + _WHOLE_PATIENCE
    try:
        with opener.open(Request(address, headers=_HEADERS), timeout=_PATIENCE) as answer:  # noqa: S310
            text = b""
            while part := answer.read1(65_536):
                text += part
                if len(text) > _LONGEST_ANSWER or monotonic() > until:
                    raise NoAnswer("The answer does not end.")
    except HTTPError as refusal:
        refusal.close()
        raise NoAnswer(f"The answer was {refusal.code}.") from refusal
    except URLError as error:
        raise NotReached(str(error.reason)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(f"The answer broke off ({type(error).__name__}).") from error
    return _version_in(text)


def version(text: str) -> Version | None:
    """Return the three numbers of `1.10.0` or `v1.10.0`; None for what is no release, such as `1.10.0rc1`."""
    found = _NUMBER.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _version_in(answer: bytes) -> Version:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("The answer is no JSON.") from error
    if isinstance(said, dict) and not said.get("draft") and not said.get("prerelease"):
        tag = said.get("tag_name")
        found = version(tag) if isinstance(tag, str) else None
        if found is not None:
            return found
    raise NoAnswer("The answer names no release.")


class _NeverLessSafe(HTTPRedirectHandler):
    """Follows a project that has moved, but from https only to https."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if req.type == "https" and not newurl.startswith("https://"):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)
