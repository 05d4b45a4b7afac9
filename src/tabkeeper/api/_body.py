"""Reading an answer's body off the wire, bounded at every step, compressed or not."""

import zlib

import httpx

from tabkeeper.api.errors import BrokenOff, UnexpectedAnswer

ANSWER_BYTES_MAX = 8 * 1024 * 1024
# What zlib calls a gzip header with the largest window.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class _Plain:
    """A body that is sent as it is."""

    complete = True

    def feed(self, chunk: bytes, room: int) -> bytes:
        return chunk


class _Gzip:
    """A compressed body, inflated no further than there is room for: a small bomb stays small."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)
        self._begun = False

    @property
    def complete(self) -> bool:
        return self._inflate.eof or not self._begun

    def feed(self, chunk: bytes, room: int) -> bytes:
        self._begun = True
        return self._inflate.decompress(chunk, room)


async def read_body(response: httpx.Response, endpoint: str) -> bytes:
    """Return the whole body, inflated.

    Raises UnexpectedAnswer for more than 8 MiB, inflated or as they are sent, or an encoding that was not
    asked for, and BrokenOff where the body ends early.
    """
    coding = _coding(response, endpoint)
    parts: list[bytes] = []
    room = ANSWER_BYTES_MAX
    try:
        async for chunk in response.aiter_raw():
            # One byte more than there is room for is enough to know.
            part = coding.feed(chunk, room + 1)
            room -= len(part)
            # What follows a compressed body, or is in it and inflates to nothing, takes no room.
            if room < 0 or response.num_bytes_downloaded > ANSWER_BYTES_MAX:
                raise UnexpectedAnswer(endpoint, f"{endpoint} answered with more than 8 MiB.")
            parts.append(part)
    except zlib.error:
        raise UnexpectedAnswer(endpoint, f"{endpoint} answered with damaged compression.") from None
    except httpx.TimeoutException:
        raise
    except (httpx.TransportError, OSError):
        raise BrokenOff(endpoint, f"{endpoint}: the answer broke off in the middle.") from None
    if not coding.complete:
        raise BrokenOff(endpoint, f"{endpoint}: the answer broke off in the middle.")
    return b"".join(parts)


def _coding(response: httpx.Response, endpoint: str) -> _Plain | _Gzip:
    name = response.headers.get("Content-Encoding", "identity").strip().lower()
    if name in ("gzip", "x-gzip"):
        return _Gzip()
    if name in ("identity", ""):
        return _Plain()
    raise UnexpectedAnswer(endpoint, f"{endpoint} answered in an encoding that was not asked for.")
