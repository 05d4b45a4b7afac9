"""What must hold when a history has come to rest, whatever has happened in it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tests.histories.ledger import FIELDS, Claim, Ledger, View, word_of

from tabkeeper.model.instants import from_milliseconds, rfc3339
from tabkeeper.store.overruled import Overruled
from tabkeeper.sync.absorb import FROM_BACKUP


class Ending(NamedTuple):
    """How a history ended: what the web shows, what each computer shows, and what the records hold."""

    web: View
    computers: Mapping[str, View]
    tied: Mapping[str, Mapping[str, str | None]]
    overruled: Sequence[Overruled]
    waiting: Mapping[str, int]
    raced: frozenset[tuple[str, str, Any]]
    faults: Sequence[str]


class Around(NamedTuple):
    """What bears on an entry beside its claims: when others began, which of its values nobody saw or are
    on record as lost, which of those to what the server had of it when a file came from a backup, who has
    deleted it, and whether it came back from that.
    """

    began: frozenset[Any]
    raced: frozenset[tuple[str, Any]]
    lost: frozenset[tuple[str, Any]]
    outdated: frozenset[tuple[str, Any]]
    deleters: frozenset[str]
    came_back: bool


def complaints(ledger: Ledger, ending: Ending) -> list[str]:
    """Return everything that is not as it must be."""
    return [
        *(f"a fault inside: {fault}" for fault in ending.faults),
        *_disagreements(ending),
        *_wrong_numbers(ledger, ending),
        *_wrong_values(ledger, ending),
    ]


def agree(ending: Ending) -> bool:
    """Whether all show the same, and nothing waits."""
    return not any(_disagreements(ending))


def _disagreements(ending: Ending) -> Iterator[str]:
    for name, view in ending.computers.items():
        tied = ending.tied[name]
        here = {tied[key] or f"untied {key}": fields for key, fields in view.items()}
        for key in ending.web.keys() | here.keys():
            if ending.web.get(key) != here.get(key):
                yield f"{name} has {here.get(key)}, the server {ending.web.get(key)}"
        if ending.waiting[name]:
            yield f"{name} still has {ending.waiting[name]} changes waiting"


def _wrong_numbers(ledger: Ledger, ending: Ending) -> Iterator[str]:
    counts = Counter(word_of(fields) for fields in ending.web.values())
    for word in ledger.claims:
        count = counts[word]
        deleted, revived = (bool(by.get(word)) for by in (ledger.deleters, ledger.revivers))
        if count > 1:
            yield f"{word} is there {count} times"
        elif word in ledger.uncertain:
            continue
        elif deleted and not revived and count:
            yield f"{word} was deleted, and is there again"
        elif not deleted and not count:
            yield f"{word} is gone, and nobody has deleted it"
    if sum(fields["stop"] is None for fields in ending.web.values()) > 1:
        yield "more than one timer runs"
    for word in counts.keys() - ledger.claims.keys():
        yield f"nobody has ever made {word!r}"


def _wrong_values(ledger: Ledger, ending: Ending) -> Iterator[str]:
    starts = {
        (claim.value, word)
        for word, claims in ledger.claims.items()
        for claim in claims
        if claim.field == "start"
    }
    lost = _lost_values(ending.overruled)
    outdated = _lost_values(record for record in ending.overruled if record.reason == FROM_BACKUP)
    for fields in ending.web.values():
        word = word_of(fields)
        if word in ledger.uncertain:
            continue
        around = Around(
            began=frozenset(start for start, other in starts if other != word),
            raced=frozenset((name, value) for of, name, value in ending.raced if of == word),
            lost=frozenset(lost.get(word, ())),
            outdated=frozenset(outdated.get(word, ())),
            deleters=frozenset(ledger.deleters.get(word, ())),
            came_back=word in ledger.revivers,
        )
        for name in FIELDS:
            claims = [claim for claim in ledger.claims.get(word, ()) if claim.field == name]
            if claims:
                yield from _wrong_value(name, claims, fields, around)


def _wrong_value(
    name: str, claims: Sequence[Claim], fields: Mapping[str, Any], around: Around
) -> Iterator[str]:
    word, final = word_of(fields), fields[name]
    given = [claim.value for claim in claims if not claim.by_rule or claim.again]
    if final not in given and not (name == "stop" and _may_be_by_rule(claims, fields, around)):
        yield f"nobody has given {word} the {name} {final!r}"
    for at, claim in enumerate(claims):
        # Whose start has ended another timer has said nothing of that one's end.
        is_there = claim.value == final or claim.by_rule
        is_kept = (name, claim.value) in around.lost | around.raced
        # Who deleted it misses nothing of what they had made of it, where others let it live on.
        is_missed = claim.actor not in around.deleters and not _is_settled(claim, at, claims, final)
        if not is_there and not is_kept and is_missed:
            yield f"{claim.actor} gave {word} the {name} {claim.value!r}, which vanished silently"


def _may_be_by_rule(claims: Sequence[Claim], fields: Mapping[str, Any], around: Around) -> bool:
    """Whether a timer may have given way to another one then: no end stands that somebody has given.

    None does where somebody let it go on afterwards, or without having seen who ended it; and where nobody
    could see it. One that was given at the very instant at which another began shows nobody elsewhere that
    it is not by rule as well; and one that is on record may have lost against such a one, against a deletion
    after which the entry came back, against a start that somebody has given it later, or, in a file from a
    backup, against whatever the server had.
    """
    said = [claim for claim in claims if not claim.by_rule]
    lost_elsewhere = around.came_back or any(claim.value in around.began for claim in said)

    def stands(claim: Claim, later: Sequence[Claim]) -> bool:
        of_stop = ("stop", claim.value)
        if claim.value is None or of_stop in around.raced or claim.value in around.began:
            return False
        is_excused = of_stop in around.lost and (lost_elsewhere or claim.value < fields["start"])
        return not (is_excused or of_stop in around.outdated or _was_replaced(claim, later))

    def goes_on(claim: Claim, later: Sequence[Claim]) -> bool:
        return claim.value is None and not any(
            other.seen is None or other.actor == claim.actor for other in later
        )

    later = [(claim, said[at + 1 :]) for at, claim in enumerate(said)]
    final = fields["stop"]
    by_rule = final in around.began or any(claim.by_rule and claim.value == final for claim in claims)
    return by_rule and (not any(stands(*each) for each in later) or any(goes_on(*each) for each in later))


def _is_settled(claim: Claim, at: int, claims: Sequence[Claim], final: Any) -> bool:
    """Whether a value is rightly there no more: by who knew of it, or could not tell it from another."""
    return (
        any(_was_replaced(*each) for each in _alike(claim, at, claims))
        or _went_back(claim, claims, final)
        or _was_the_same_before(claim, claims[:at], final)
    )


def _was_replaced(claim: Claim, later: Sequence[Claim]) -> bool:
    """Whether somebody who saw the value, or who had given it, gave another one."""
    running = claim.field == "stop" and claim.value is None
    return running or any(other.seen == claim.value or other.actor == claim.actor for other in later)


def _alike(claim: Claim, at: int, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Sequence[Claim]]]:
    """Yield a claim, and those that put the same in the same place elsewhere, each with what came later.

    On the server they are one: who takes the value back takes it back for all.
    """
    for place, other in enumerate(claims):
        if place == at or (
            other.actor != claim.actor and other._replace(actor=claim.actor, again=claim.again) == claim
        ):
            yield other, claims[place + 1 :]


def _went_back(claim: Claim, claims: Sequence[Claim], final: Any) -> bool:
    """Whether its actor only took a change of theirs back, and it is as it is by somebody else.

    That one has given what there is now, or another value in the place of the one that is back.
    """
    own = [other for other in claims if other.actor == claim.actor and other is not claim]
    others = [other for other in claims if other.actor != claim.actor]
    return any(other.seen == claim.value for other in own) and any(
        final == other.value or claim.value == other.seen for other in others
    )


def _was_the_same_before(claim: Claim, before: Sequence[Claim], final: Any) -> bool:
    """Whether it only brought an older value back, in whose place somebody has given what there is now.

    Who has seen the older one, and not what came between, cannot tell the two.
    """
    return any(other.value == claim.value for other in before) and any(
        other.seen == claim.value and other.value == final for other in before
    )


def _lost_values(records: Iterable[Overruled]) -> Mapping[str, set[tuple[str, Any]]]:
    """Return, by entry, the values that the computers' records hold."""
    found: dict[str, set[tuple[str, Any]]] = {}
    for record in records:
        for name, value in record.fields.items():
            found.setdefault(record.subject.partition(" ")[0], set()).add(_readable(name, value))
    return found


def _readable(name: str, value: Any) -> tuple[str, Any]:
    """Return a recorded field in the terms of the views."""
    if name in ("start", "stop") and value is not None:
        return name, rfc3339(from_milliseconds(value))
    if name == "tags":
        return name, tuple(json.loads(value))
    if name == "billable":
        return name, bool(value)
    return name, value
