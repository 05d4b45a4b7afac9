"""What a text typed into a field of the editor changes; done on the desk, to the entry as it is then."""

from tabkeeper.model.days import local_day
from tabkeeper.model.durations import parse_change, parse_duration
from tabkeeper.model.edits import with_day, with_duration, with_start, with_stop
from tabkeeper.model.entry import Entry
from tabkeeper.model.typed_day import parse_day
from tabkeeper.model.typed_time import parse_time_of_day
from tabkeeper.tracker import Tracker


def describe(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Describe the entry otherwise."""
    return tracker.edit(entry_id, description=text)


def tag(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Give the entry the tags that are named with commas between them, and only those."""
    return tracker.edit(entry_id, tags=tag_names(text))


def begin(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Let the entry begin at a time of day, of which the evening before may be meant, or so much later."""
    entry, now, zone = tracker.entry(entry_id), tracker.now(), tracker.zone
    start = parse_time_of_day(text, entry.start, zone)
    if parse_change(text) is None:
        start = with_start(entry, start, zone, now).start
    return tracker.edit(entry_id, start=start)


def end(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Let the entry end at a time of day, of which the next morning may be meant, or so much later.

    One that runs is stopped there.
    """
    entry, zone = tracker.entry(entry_id), tracker.zone
    if not text.strip():
        return entry
    reference = entry.stop or tracker.now()
    stop = parse_time_of_day(text, reference, zone, not_before=entry.start)
    if parse_change(text) is None:
        stop = with_stop(entry, stop, zone).stop or stop
    return tracker.edit(entry_id, stop=stop)


def last(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Let the entry last so long."""
    entry, now = tracker.entry(entry_id), tracker.now()
    changed = with_duration(entry, parse_duration(text, entry.seconds(now)), now)
    return _timed(tracker, entry, changed)


def move(tracker: Tracker, entry_id: str, text: str) -> Entry:
    """Move the entry to another day."""
    entry, zone = tracker.entry(entry_id), tracker.zone
    day = parse_day(text, local_day(entry.start, zone), local_day(tracker.now(), zone))
    return _timed(tracker, entry, with_day(entry, day, zone))


def split(tracker: Tracker, entry_id: str, text: str) -> tuple[Entry, Entry]:
    """Cut the entry in two at a time of day, or at so much after its start or before its end."""
    entry, zone = tracker.entry(entry_id), tracker.zone
    at = parse_time_of_day(text, entry.start, zone, not_before=entry.start)
    if at <= entry.start:  # a time of the day on which it ends
        at = parse_time_of_day(text, entry.stop or tracker.now(), zone)
    return tracker.split(entry_id, at)


def tag_names(text: str) -> tuple[str, ...]:
    """Return the tags of a text that has commas between them."""
    return tuple(name for part in text.split(",") if (name := part.strip().lstrip("#").strip()))


def _timed(tracker: Tracker, entry: Entry, changed: Entry) -> Entry:
    if entry.stop is None:
        return tracker.edit(entry.id, start=changed.start)
    return tracker.edit(entry.id, start=changed.start, stop=changed.stop)
