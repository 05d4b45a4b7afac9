"""One round of sync, from what was left open to what is new; safe to be cut off anywhere, and to repeat."""

from typing import NamedTuple

from tabkeeper.api import ApiFailure
from tabkeeper.store import outbox, sync_state
from tabkeeper.sync import catalogue
from tabkeeper.sync.pull import Looked, pull, sweep
from tabkeeper.sync.push import answer_open_creates, push
from tabkeeper.sync.refusals import Unsure
from tabkeeper.sync.session import Session

# Longer than any network carries a request, or any proxy holds one back.
CARRIED_AT_MOST_MILLISECONDS = 15 * 60 * 1000


class Outcome(NamedTuple):
    """What a round has left for another one at once: `older` entries to be read, or `changes` to be sent.

    `failure` is one that concerned a change alone, which is to be tried again after a pause.
    """

    older: bool
    changes: bool
    failure: ApiFailure | None


async def sync_round(session: Session, *, with_catalogue: bool, with_sweep: bool) -> Outcome:
    """Read and send.

    Raises `ApiFailure` where the server or the way to it fails, and `StoreTrouble` where the file does. What
    was done until then is kept.
    """
    with session.reading() as connection:
        nameless = sync_state.get(connection, sync_state.NAMELESS) is not None
        makes = any(one.kind != "entry" and one.refused is None for one in outbox.waiting(connection))
        unread = sync_state.get(connection, sync_state.SWEEP_TO) is not None
        looked = Looked(sync_state.get(connection, sync_state.RESTORED))
        unsure = Unsure(outbox.asked(connection), session.timing.uniform)
    if with_catalogue or nameless or makes:
        await catalogue.pull(session)
    await answer_open_creates(session, looked, unsure)
    began = session.timing.monotonic()
    await pull(session, looked)
    _forget_what_cannot_arrive(session, session.timing.monotonic() - began)
    more = await push(session, looked, unsure)
    done = await sweep(session, looked) if with_sweep or unread or _went_back(session) else True
    return Outcome(not done, more, unsure.last)


def _went_back(session: Session) -> bool:
    with session.reading() as connection:
        return sync_state.went_back(connection)


def _forget_what_cannot_arrive(session: Session, seconds: float) -> None:
    """Forget the edits and deletions that could no longer arrive when the pull began, so many seconds ago.

    It has looked at their entries, so that what they have brought there is known for ours.
    """
    when_it_began = session.server_at() - round(seconds * 1000)
    with session.writing() as connection:
        outbox.forget_older(connection, when_it_began - CARRIED_AT_MOST_MILLISECONDS)
