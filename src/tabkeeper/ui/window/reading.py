"""What the typed line is understood as, in words for the hint below it, and what could complete it."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tabkeeper.model.catalogue import Catalogue, folded
from tabkeeper.model.entry import Draft
from tabkeeper.model.quick_add import QuickAdd, compose, parse
from tabkeeper.model.text import quoted
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.window.offers import Offer
from tabkeeper.ui.window.rows import second_line

SYNTAX = "@project  #tag  $ billable  30m ago"
_MOST_OFFERS = 8
# From the last mark before the cursor on: a project's name has spaces, a tag's has none.
_BEGUN_PROJECT = re.compile(r"(?:^|\s)@([^@#$\"]{0,60})$")
_BEGUN_TAG = re.compile(r"(?:^|\s)#([^\s#@\"]{0,60})$")


class Reading(NamedTuple):
    """A typed line and its meaning. `hint` says it in words, `keys` what Enter would do."""

    text: str
    meaning: QuickAdd
    hint: str
    keys: str


def read(text: str, catalogue: Catalogue, now: datetime, face: Clockface) -> Reading:
    """Return how a line is understood."""
    meaning = parse(text, catalogue, now, face.zone)
    adds = meaning.start is not None and meaning.stop is not None
    keys = f"Enter {'adds' if adds else 'starts'} · Esc leaves"
    return Reading(text, meaning, _hint(meaning, catalogue, face, now) or SYNTAX, keys)


def history_offers(reading: Reading, drafts: Iterable[Draft], catalogue: Catalogue) -> list[Offer]:
    """Return offers of what was done before; each is the line that would start it again.

    Times that are typed stay: "review 30m ago" becomes "Review PR @Billing 30m ago".
    """
    times = " ".join(
        reading.text[span.begin : span.end] for span in reading.meaning.spans if span.kind == "time"
    )
    found: dict[str, Offer] = {}
    for draft in drafts:
        line = " ".join(filter(None, (compose(draft, catalogue), times)))
        project = catalogue.project(draft.project_id)
        name = draft.description or (project.name if project else "")
        if name and line != reading.text.strip():
            label = second_line(draft.project_id, draft.tags, catalogue)
            found.setdefault(line, Offer(name, line, label, project.color if project else None, True))
    return list(found.values())[:_MOST_OFFERS]


def begun_offers(text: str, cursor: int, catalogue: Catalogue) -> list[Offer] | None:
    """Return offers for the `@project` or `#tag` that is being typed, or None where none is.

    `cursor` counts code points. Each offer is the whole line with the name written out.
    """
    before, after = text[:cursor], text[cursor:]
    if match := _BEGUN_PROJECT.search(before):
        return _project_offers(before[: match.start(1) - 1], match[1], after, catalogue)
    if match := _BEGUN_TAG.search(before):
        return _tag_offers(before[: match.start(1) - 1], match[1], after, catalogue)
    return None


def _project_offers(before: str, begun: str, after: str, catalogue: Catalogue) -> list[Offer]:
    wanted = folded(begun)
    found = []
    for project in catalogue.active_projects():
        if wanted in folded(catalogue.project_label(project.id)) and wanted != folded(project.name):
            mark = compose(Draft(project_id=project.id), catalogue).partition(" $")[0].removesuffix(" -$")
            client = catalogue.client_of(project.id)
            detail = client.name if client else ""
            line = f"{before}{mark} {after.lstrip()}"
            found.append(Offer(project.name, line, detail, project.color, True))
    found.sort(key=lambda offer: not folded(offer.text).startswith(wanted))
    return found[:_MOST_OFFERS]


def _tag_offers(before: str, begun: str, after: str, catalogue: Catalogue) -> list[Offer]:
    wanted = folded(begun)
    names = sorted((tag.name for tag in catalogue.tags.values() if not tag.archived), key=folded)
    return [
        Offer(f"#{name}", f"{before}{compose(Draft(tags=(name,)), catalogue)} {after.lstrip()}")
        for name in names
        if wanted in folded(name) and wanted != folded(name)
    ][:_MOST_OFFERS]


def _hint(meaning: QuickAdd, catalogue: Catalogue, face: Clockface, now: datetime) -> str:
    draft = meaning.draft
    no_project = "new project" if catalogue.may_grow else "there is no project"
    what = [
        f"{no_project} {quoted(meaning.new_project)}" if meaning.new_project else "",
        catalogue.project_label(draft.project_id),
        *(f"#{tag}" for tag in draft.tags),
        "billable" if catalogue.is_billable(draft) else ("not billable" if draft.billable is False else ""),
    ]
    hint = " · ".join(part for part in what if part)
    return ", ".join(part for part in (hint, _when(meaning, face, now)) if part)


def _when(meaning: QuickAdd, face: Clockface, now: datetime) -> str:
    if meaning.start is None:
        return ""
    if meaning.stop is None:
        return f"from {face.since(meaning.start, now).removeprefix('since ')}"
    began = face.since(meaning.start, now).removeprefix("since ")
    return f"{began} – {face.time(meaning.stop)}"
