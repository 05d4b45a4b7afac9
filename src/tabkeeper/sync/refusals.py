"""What becomes of a change that the server would not take, or perhaps did: parked, or sent again later."""

from collections.abc import Awaitable, Callable, Collection, Iterable

from tabkeeper.api import ApiFailure, Offline, RateLimited, Refused, TimedOut, Unauthorized

# So many in a row may be no fault of what was sent: the others are not tried as well.
_ENOUGH = 3


def is_final(failure: ApiFailure) -> bool:
    """Whether the API itself said no, so that the same request would be refused again.

    A refusal without the API's envelope may come from a proxy or a network's login page, and says nothing.
    """
    if isinstance(failure, Unauthorized | RateLimited):
        return False
    return isinstance(failure, Refused) and failure.code is not None and failure.status < 500


class Unsure:
    """Lets changes that fail for reasons of their own not stop others, however often they fail.

    `tried` have had no answer in an earlier round. They are counted apart, and where they are many, those
    that are tried again are drawn by chance, with `uniform`.
    """

    def __init__(self, tried: Collection[str], uniform: Callable[[float, float], float]) -> None:
        self._tried, self._uniform = tried, uniform
        self._left: set[str] = set()
        self.last: ApiFailure | None = None
        """The last failure that was survived: nobody is to take the round for a clean one."""

    def in_turn(self, row_ids: Iterable[str]) -> list[str]:
        """Return rows in their order, but those that were tried in one by chance, each as often as others."""
        rows = list(row_ids)
        tried = [row_id for row_id in rows if row_id in self._tried]
        if len(tried) <= _ENOUGH:
            return rows
        drawn = iter(sorted(tried, key=lambda _: self._uniform(0.0, 1.0)))
        return [next(drawn) if row_id in self._tried else row_id for row_id in rows]

    async def each(self, row_ids: Iterable[str], send: Callable[[str], Awaitable[object]]) -> None:
        """Send one after the other; raises what concerns every request.

        What fails is left for another round, and so are, after several in a row, those behind it.
        """
        in_a_row = {True: 0, False: 0}
        for row_id in row_ids:
            tried = row_id in self._tried
            if in_a_row[tried] >= _ENOUGH:
                self._left.add(row_id)
            if row_id in self._left:
                continue
            try:
                await send(row_id)
            except (Offline, TimedOut, Unauthorized, RateLimited):
                raise
            except ApiFailure as failure:
                in_a_row[tried] += 1
                self._left.add(row_id)
                self.last = failure
            else:
                in_a_row[tried] = 0
