"""What descriptions, names and tags may hold, and how typed text is made to fit without losing any of it.

The limits are those of the wire contract, so that what is accepted here is accepted by a server later.
"""

import re
from collections.abc import Iterable

from tabkeeper.model.catalogue import folded
from tabkeeper.model.refusal import Refused

DESCRIPTION_LIMIT = 2_000
NAME_LIMIT = 200
TAG_LIMIT = 100
TAGS_LIMIT = 50
_REPEATED = 40

# Control characters of 7 and 8 bits, and lone surrogates: what a broken encoding leaves in an argument.
_UNKEEPABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters and outer space."""
    lines = (line.strip() for line in _LINE_BREAKS.split(text))
    return _UNKEEPABLE.sub("", " ".join(filter(None, lines))).replace("\t", " ").strip()


def clean_description(text: str) -> str:
    """Return a description as it is kept; raises `Refused` where it is too long."""
    return _within(one_line(text), DESCRIPTION_LIMIT, "A description")


def clean_name(text: str, of: str) -> str:
    """Return the name of a project or client as it is kept; raises `Refused` where empty or too long."""
    name = _within(one_line(text), NAME_LIMIT, f"The name of a {of}")
    if not name:
        raise Refused(f"A {of} needs a name.")
    return name


def clean_tag(text: str) -> str:
    """Return a tag's name without its `#`; raises `Refused` where it is empty or too long."""
    name = _within(one_line(text).lstrip("#").strip(), TAG_LIMIT, "A tag")
    if not name:
        raise Refused("A tag needs a name.")
    return name


def clean_tags(names: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in their order, each once; raises `Refused` where there are too many."""
    unique: dict[str, str] = {}
    for name in map(clean_tag, names):
        unique.setdefault(folded(name), name)
    tags = tuple(unique.values())
    if len(tags) > TAGS_LIMIT:
        raise Refused(
            f"An entry holds up to {TAGS_LIMIT} tags; these are {len(tags)}. Remove some and try again."
        )
    return tags


def quoted(text: str) -> str:
    """Return typed text as a message repeats it: in quotes, on one line, and cut where it is long."""
    line = one_line(text)
    return f'"{line if len(line) <= _REPEATED else line[:_REPEATED] + "…"}"'


def _within(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise Refused(
            f"{what} holds up to {limit:,} characters; this one has {len(text):,}. Shorten it and try again."
        )
    return text
