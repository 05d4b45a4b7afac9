"""What becomes of a change that the server would not take, or perhaps did: parked, or sent again later."""

from collections.abc import Awaitable

from tabkeeper.api import ApiFailure, Offline, RateLimited, Refused, TimedOut, Unauthorized

# So many in a row are no longer the fault of what was sent.
_ENOUGH = 3


def is_final(failure: ApiFailure) -> bool:
    """Whether the API itself said no, so that the same request would be refused again.

    A refusal without the API's envelope may come from a proxy or a network's login page, and says nothing.
    """
    if isinstance(failure, Unauthorized | RateLimited):
        return False
    return isinstance(failure, Refused) and failure.code is not None and failure.status < 500


class Unsure:
    """Lets one change that fails for reasons of its own not stop those behind it."""

    def __init__(self) -> None:
        self._in_a_row = 0
        self._last: ApiFailure | None = None

    async def survive(self, sending: Awaitable[object]) -> None:
        """Send; raises what concerns every request, and what has failed several times in a row."""
        try:
            await sending
        except (Offline, TimedOut, Unauthorized, RateLimited):
            raise
        except ApiFailure as failure:
            self._in_a_row += 1
            self._last = failure
            if self._in_a_row >= _ENOUGH:
                raise
        else:
            self._in_a_row = 0

    def raise_the_last(self) -> None:
        """Raise the last failure that was survived, if any: so nobody takes the round for a clean one."""
        if self._last is not None:
            raise self._last
