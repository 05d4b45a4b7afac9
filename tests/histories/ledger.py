"""What the persons of a history have done, written down as it happened, to be held against how it ended.

Each entry is known by the first word of its description, which nobody ever changes.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tabkeeper.sync.translate import HIDDEN_PROJECT

FIELDS = ("description", "start", "stop", "billable", "tags", "project")
View = Mapping[str, Mapping[str, Any]]
"""What somebody sees: the fields of each entry, by the id it has there."""


class Claim(NamedTuple):
    """Somebody gave a field a value, where they saw another one; or an end, `by_rule`, with another start.

    One that came `again`, with a step taken back or made once more, may also count as their word.
    """

    actor: str
    field: str
    value: Any
    seen: Any
    by_rule: bool = False
    again: bool = False


def word_of(fields: Mapping[str, Any]) -> str:
    """Return the word by which an entry is known."""
    return str(fields["description"]).partition(" ")[0]


def _runs(fields: Mapping[str, Any] | None) -> bool:
    return fields is not None and fields["stop"] is None


class Ledger:
    """Who made, changed and deleted what."""

    def __init__(self) -> None:
        self.claims: dict[str, list[Claim]] = {}
        self.deleters: dict[str, set[str]] = {}
        """By entry, who has deleted it, and has not taken that back."""
        self.revivers: dict[str, set[str]] = {}
        """By entry, who has taken a deletion back: against another's deletion it may live on."""
        self.uncertain: set[str] = set()
        """Entries of which a person has dropped a version on purpose: a restored file, a discarded change."""
        self._last_seen: dict[tuple[str, str], Mapping[str, Any]] = {}
        """What was in an entry when somebody deleted it, by who did and its word."""

    def note(self, actor: str, act: str, before: View, after: View) -> None:
        """Write down what an act changed in what its actor saw."""
        for key in after.keys() - before.keys():
            word = word_of(after[key])
            if word in self.claims:
                self.deleters.get(word, set()).discard(actor)
                self.revivers.setdefault(word, set()).add(actor)
            claimed = {(claim.field, claim.value) for claim in self.claims.get(word, ())}
            claimed.update(self._last_seen.get((actor, word), {}).items())
            for name in FIELDS:
                # Who takes a deletion back says nothing new of what is in the entry.
                if (name, after[key][name]) not in claimed:
                    self._claim(word, Claim(actor, name, after[key][name], None))
        for key in before.keys() - after.keys():
            word = word_of(before[key])
            self.revivers.get(word, set()).discard(actor)
            self.deleters.setdefault(word, set()).add(actor)
            self._last_seen[actor, word] = before[key]
        begins = any(_runs(fields) and not _runs(before.get(key)) for key, fields in after.items())
        for key in before.keys() & after.keys():
            for name in FIELDS:
                old, new = before[key][name], after[key][name]
                if old != new:
                    claim = Claim(actor, name, new, old)
                    word = word_of(after[key])
                    # Who splits a timer gives an end to its first half, also when doing so once more.
                    given = act == "split" or claim in (
                        other._replace(again=False) for other in self.claims.get(word, ())
                    )
                    by_rule = begins and name == "stop" and old is None and not given
                    self._claim(word, claim._replace(by_rule=by_rule, again=act in ("undo", "redo")))

    def doubt(self, actor: str, before: View, after: View) -> None:
        """Write down that a file was replaced: what differs may be either way from now on.

        So may what was deleted there: the file that knew of it may have gone before it told anybody.
        """
        self.uncertain.update(word for word, deleters in self.deleters.items() if actor in deleters)
        for view, other in ((before, after), (after, before)):
            for key, fields in view.items():
                if other.get(key) != fields:
                    self.uncertain.add(word_of(fields))

    def _claim(self, word: str, claim: Claim) -> None:
        if claim.value == HIDDEN_PROJECT:
            return  # the other half of a split, on a project whose name has not come yet: it may be any
        self.claims.setdefault(word, []).append(claim)
