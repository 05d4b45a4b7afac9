"""How tray and window word what a step of the history did."""

from tabkeeper.tracker import Step

_DONE = {
    "start": "started",
    "stop": "stopped",
    "add": "added",
    "edit": "changed",
    "duplicate": "duplicated",
    "split": "split",
    "take out": "took time out of",
    "delete": "deleted",
    "add project": "added the project",
    "edit project": "changed the project",
    "add client": "added the client",
    "edit client": "changed the client",
    "add tag": "added the tag",
    "edit tag": "changed the tag",
    "rename tag": "renamed the tag",
    "pin": "pinned",
    "unpin": "unpinned",
}
_SUBJECT_LIMIT = 60


def done(step: Step) -> str:
    """Return what a step did: `deleted “Stand-up”`."""
    word = _DONE.get(step.action, step.action)
    subject = step.subject
    if not subject:
        return f"{word} an entry without a description" if " " not in step.action else word
    short = subject if len(subject) <= _SUBJECT_LIMIT else subject[:_SUBJECT_LIMIT].rstrip() + "…"
    return f"{word} “{short}”"
