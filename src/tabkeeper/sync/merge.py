"""The three-way merge of one thing, field by field: what both agreed on, what it is here, what it is there.

Pure: no file, no network. A field that only one side changed is that side's. Where both changed it, what was
done here wins, for a person sees it and waits for it to be sent; the other value is returned, to be kept.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from tabkeeper.store.outbox import Fields

_NOTHING: Mapping[str, Collection[Any]] = {}


class Merged(NamedTuple):
    """What a thing is from now on, and the server's values that were overruled."""

    fields: Fields
    overruled: Fields


def merge(
    base: Fields | None, here: Fields, there: Fields, echoes: Mapping[str, Collection[Any]] = _NOTHING
) -> Merged:
    """Merge; without a `base` whatever differs was changed on both sides.

    `echoes` are, by field, values that requests of ours may have brought there late: they are nobody's
    change, and what is here now wins over them without anything lost.
    """
    fields: dict[str, Any] = {}
    overruled: dict[str, Any] = {}
    for name, ours in here.items():
        theirs = there[name]
        changed_here = base is None or ours != base[name]
        changed_there = (base is None or theirs != base[name]) and theirs not in echoes.get(name, ())
        fields[name] = theirs if changed_there and not changed_here else ours
        if changed_here and changed_there and ours != theirs:
            overruled[name] = theirs
    whole = possible(fields, here)
    for name in ("start", "stop") if whole is not fields else ():
        if there[name] != here[name] and (base is None or there[name] != base[name]):
            overruled[name] = there[name]
    return Merged(whole, overruled)


def possible(fields: Fields, otherwise: Fields) -> Fields:
    """Return the fields, with both times of `otherwise` where an entry would end before it starts."""
    stop = fields.get("stop")
    if stop is None or fields["start"] <= stop:
        return fields
    return {**fields, "start": otherwise["start"], "stop": otherwise["stop"]}
