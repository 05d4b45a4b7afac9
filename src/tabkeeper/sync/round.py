"""One round of sync, from what was left open to what is new; safe to be cut off anywhere, and to repeat."""

from tabkeeper.store import outbox, sync_state
from tabkeeper.sync import catalogue
from tabkeeper.sync.pull import Looked, pull, sweep
from tabkeeper.sync.push import answer_open_creates, push
from tabkeeper.sync.refusals import Unsure
from tabkeeper.sync.session import Session

# Longer than any network carries a request, or any proxy holds one back.
CARRIED_AT_MOST_MILLISECONDS = 15 * 60 * 1000


async def sync_round(session: Session, *, with_catalogue: bool, with_sweep: bool) -> bool:
    """Read and send; returns whether older entries are left to be read.

    Raises `ApiFailure` where the server or the way to it fails, and `StoreTrouble` where the file does. What
    was done until then is kept.
    """
    with session.reading() as connection:
        nameless = sync_state.get(connection, sync_state.NAMELESS) is not None
        makes = any(one.kind != "entry" and one.refused is None for one in outbox.waiting(connection))
        unread = sync_state.get(connection, sync_state.SWEEP_TO) is not None
        looked, unsure = Looked(sync_state.get(connection, sync_state.RESTORED)), Unsure()
    if with_catalogue or nameless or makes:
        await catalogue.pull(session)
    await answer_open_creates(session, looked, unsure)
    began = session.timing.monotonic()
    await pull(session, looked)
    _forget_what_cannot_arrive(session, session.timing.monotonic() - began)
    await push(session, looked, unsure)
    done = await sweep(session, looked) if with_sweep or unread or _went_back(session) else True
    unsure.raise_the_last()
    return not done


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
