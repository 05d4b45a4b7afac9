"""The one typed line: what somebody does, with its `@project`, `#tags`, `$` and times, read and written.

Reading never fails and takes time in proportion to the text: what has no meaning here is the description.
Limits of length are the tracker's to check.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Literal, NamedTuple

from tabkeeper.model import quick_add_times as times
from tabkeeper.model.catalogue import Catalogue, Project, folded
from tabkeeper.model.days import moved
from tabkeeper.model.edits import with_start, with_stop
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_time import parse_time_of_day

Kind = Literal["project", "new_project", "tag", "billable", "time"]


class Span(NamedTuple):
    """A part of the text that has a meaning: from `begin` up to `end`, in code points (Qt counts UTF-16)."""

    kind: Kind
    begin: int
    end: int


class QuickAdd(NamedTuple):
    """What a line means. `new_project` is the name after `@` that no project has; spans are in order."""

    draft: Draft
    start: datetime | None = None
    stop: datetime | None = None
    new_project: str | None = None
    spans: tuple[Span, ...] = ()


class _Mark(NamedTuple):
    """A meaning that begins at a word: how many words it takes, and what it says."""

    kind: Kind
    words: int
    name: str = ""
    project: Project | None = None
    billable: bool = False
    start: datetime | None = None
    stop: datetime | None = None


class _Known(NamedTuple):
    """The names that marks are looked up in: projects by the words of their names, tags by folded name."""

    projects: Mapping[tuple[str, ...], Project]
    tags: Mapping[str, str]


# A quoted name is one word; its length is bounded so that an open quote does not search far.
_WORD = re.compile(r'[@#]"(?:[^"\\]|\\.){1,1000}"[,;]*(?!\S)|\S+', re.DOTALL)
_QUOTED = re.compile(r'[@#]"((?:[^"\\]|\\.){1,1000})"[,;]*', re.DOTALL)
_ESCAPED = re.compile(r"\\+(?:[@#\d].*|-?\$|ago)", re.IGNORECASE | re.DOTALL)
_BILLABLE = {"$": True, "-$": False}


def parse(text: str, catalogue: Catalogue, now: datetime, zone: tzinfo) -> QuickAdd:
    """Return what a typed line means; it is never refused.

    Marks begin a word; inside one (`me@example.com`, `C#`) they are text, and so is a mark after a backslash.

    - `@name` is the project: the longest run of words that a project (or `Project · Client`) is called,
      whatever the letters' case, else the longest that one project alone begins with, else the word is a
      `new_project`. `@"Q2 Retainer"` says where a name ends. The first one counts, later ones are text.
    - `#tag` and `#"two words"` are tags. A new project and a tag need a letter: `#12` is an issue, `@9` text.
    - `$` alone is billable, `-$` alone is not; without them the project decides. The last one counts.
    - `30m ago`, `1h20 ago`, `since 9:30`, `at 9am` are the start, `9:00-9:15` start and stop. They need a
      unit, minutes or am/pm, as bare numbers are text; `9:00-9:15pm` is all in the evening. A time still to
      come is yesterday's where that is at most 12 hours ago. The first one counts, later ones are text.

    The rest is the description, with single spaces. A comma or semicolon that ends a name is dropped.
    """
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    known = _Known(_projects(catalogue) if "@" in text else {}, _tags(catalogue) if "#" in text else {})
    left: list[str] = []
    marks: list[_Mark] = []
    spans: list[Span] = []
    said: set[Kind] = set()
    position = 0
    while position < len(words):
        mark = _mark(words, position, known, now, zone, said)
        if mark is None:
            left.append(_unescaped(words[position]))
            position += 1
        else:
            last = position + mark.words - 1
            marks.append(mark)
            said.add(mark.kind)
            spans.append(Span(mark.kind, found[position].start(), found[last].end()))
            position = last + 1
    return _meaning(" ".join(left), marks, spans)


def compose(draft: Draft, catalogue: Catalogue) -> str:
    """Return a line that `parse` reads as a draft of the same meaning.

    Spaces in the description become single ones. `$` and `-$` are written where the project says otherwise.
    A project that is not in the catalogue is left out.
    """
    words = draft.description.split()
    escaped = {at for start in range(len(words)) for at in _to_escape(words, start)}
    parts = ["\\" + word if at in escaped else word for at, word in enumerate(words)]
    project = catalogue.project(draft.project_id)
    if project is not None:
        parts.append("@" + _called(project, catalogue))
    parts += ["#" + (tag if _tag_name("#" + tag) == tag else in_quotes(tag)) for tag in draft.tags]
    usual = project is not None and project.billable
    if draft.billable is not None and draft.billable != usual:
        parts.append("$" if draft.billable else "-$")
    return " ".join(parts)


def _meaning(description: str, marks: list[_Mark], spans: list[Span]) -> QuickAdd:
    project_id = new_project = billable = start = stop = None
    tags: dict[str, str] = {}
    for mark in marks:
        if mark.kind == "project" and mark.project is not None:
            project_id = mark.project.id
        elif mark.kind == "new_project":
            new_project = mark.name
        elif mark.kind == "tag":
            tags.setdefault(folded(mark.name), mark.name)
        elif mark.kind == "billable":
            billable = mark.billable
        else:
            start, stop = mark.start, mark.stop
    draft = Draft(description, project_id, tuple(tags.values()), billable)
    return QuickAdd(draft, start, stop, new_project, tuple(spans))


def _mark(
    words: list[str], at: int, known: _Known, now: datetime, zone: tzinfo, said: set[Kind]
) -> _Mark | None:
    """Return the meaning that begins at that word, or None where it is text, or has been `said` before."""
    word = words[at]
    if word in _BILLABLE:
        return _Mark("billable", 1, billable=_BILLABLE[word])
    if word.startswith("@"):
        return None if said & {"project", "new_project"} else _project_mark(words, at, known.projects)
    if word.startswith("#"):
        name = _tag_name(word)
        return _Mark("tag", 1, known.tags.get(folded(name), name)) if name else None
    return None if "time" in said else _time_mark(words, at, now, zone)


# Names


def _project_mark(words: list[str], at: int, projects: Mapping[tuple[str, ...], Project]) -> _Mark | None:
    name = _quoted_name(words[at])
    if name:
        project = projects.get(_folded_words(name))
        return _Mark("project", 1, project=project) if project else _Mark("new_project", 1, name)
    name = words[at][1:].rstrip(",;")
    if not name or name.startswith('"'):
        return None
    for count, run in _runs(words, at, max(map(len, projects), default=0)):
        if run in projects:
            return _Mark("project", count, project=projects[run])
    for count, run in _runs(words, at, max(map(len, projects), default=0)):
        begun = {
            project.id: project
            for key, project in projects.items()
            if not project.archived
            and len(key) >= count
            and key[: count - 1] == run[:-1]
            and key[count - 1].startswith(run[-1])
        }
        if len(begun) == 1:
            return _Mark("project", count, project=next(iter(begun.values())))
    return _Mark("new_project", 1, name) if _has_letter(name) else None


def _runs(words: list[str], at: int, longest: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return the runs of folded words after the `@` at that word, the longest first, up to the next mark."""
    run = [words[at][1:]]
    for word in words[at + 1 : at + longest]:
        if word[0] in "@#" or word in _BILLABLE:
            break
        run.append(word)
    return [(count, _folded_words(" ".join(run[:count]).rstrip(",;"))) for count in range(len(run), 0, -1)]


def _projects(catalogue: Catalogue) -> dict[tuple[str, ...], Project]:
    """Return projects by the folded words of their names and of `Project · Client`; the first one counts."""
    ordered = sorted(catalogue.projects.values(), key=lambda project: project.archived)
    found: dict[tuple[str, ...], Project] = {}
    for project in ordered:
        found.setdefault(_folded_words(project.name), project)
    for project in ordered:
        found.setdefault(_folded_words(catalogue.project_label(project.id)), project)
    return found


def _called(project: Project, catalogue: Catalogue) -> str:
    """Return what after `@` means this project."""
    projects = _projects(catalogue)
    words = project.name.split()
    if projects.get(_folded_words(project.name)) != project:
        return in_quotes(catalogue.project_label(project.id))
    plain = not project.name.startswith('"') and not project.name.endswith((",", ";"))
    if plain and not any(word[0] in "@#" or word in _BILLABLE for word in words[1:]):
        return " ".join(words)
    return in_quotes(project.name)


def _tags(catalogue: Catalogue) -> dict[str, str]:
    return {folded(tag.name): tag.name for tag in catalogue.tags.values()}


def _tag_name(word: str) -> str:
    """Return the tag that a word beginning with `#` names, or an empty text."""
    quoted_name = _quoted_name(word)
    if quoted_name:
        return quoted_name
    name = word[1:].rstrip(",;")
    return name if name[:1] not in ("", "#", '"') and _has_letter(name) and not re.search(r"\s", name) else ""


def _quoted_name(word: str) -> str:
    match = _QUOTED.fullmatch(word)
    return re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL).strip() if match else ""


def in_quotes(name: str) -> str:
    """Return a name as it is written after its mark where it could be read as something else."""
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def _folded_words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


def _has_letter(name: str) -> bool:
    """Whether there is a letter or a picture in it: not a number or punctuation alone."""
    return any(sign.isalpha() or ord(sign) > 0x2190 for sign in name)


# Times


def _time_mark(words: list[str], at: int, now: datetime, zone: tzinfo) -> _Mark | None:
    found = times.ago(words, at), times.since(words, at), times.span(words, at)
    try:
        if found[0]:
            count, length = found[0]
            return _Mark("time", count, start=moved(now, -length))
        if found[1]:
            count, clock = found[1]
            return _Mark("time", count, start=_passed(parse_time_of_day(clock, now, zone), now, zone))
        if found[2]:
            count, begin, end = found[2]
            start = _passed(parse_time_of_day(begin, now, zone), now, zone)
            stop = parse_time_of_day(end, start, zone, not_before=start)
            return _Mark("time", count, start=start, stop=with_stop(Entry("", start), stop, zone).stop)
    except Refused:
        pass  # 25:00 is text like any other
    return None


def _passed(start: datetime, now: datetime, zone: tzinfo) -> datetime:
    """Return the start, the evening before where that is what somebody means after midnight."""
    try:
        return with_start(Entry("", now), start, zone, now).start
    except Refused:
        return start


# Text that looks like a mark


def _unescaped(word: str) -> str:
    return word[1:] if _ESCAPED.fullmatch(word) else word


def _to_escape(words: list[str], at: int) -> list[int]:
    """Return which words need a backslash so that nothing that begins at that word has a meaning."""
    word = words[at]
    name = word.startswith(("@", '#"')) or (word.startswith("#") and _tag_name(word))
    found = [at] if name or word in _BILLABLE or _ESCAPED.fullmatch(word) else []
    long_ago = times.ago(words, at)
    if long_ago:
        found.append(at + long_ago[0] - 1)
    if times.since(words, at):
        found.append(at + 1)
    if times.span(words, at):
        found.append(at)
    return found
