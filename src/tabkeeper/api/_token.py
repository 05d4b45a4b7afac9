"""The token, wrapped so that it cannot be shown by accident: no repr, log, exception or copy of it has it."""

import logging
from typing import NoReturn

SHOWN_INSTEAD = "[token]"


class Token:
    """A personal access token (`tta_…`) that gives its text to the `Authorization` header only.

    Raises ValueError, without the text, where it cannot be a token.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        text = text.strip()
        # HTTP libraries put a header that they refuse into their message, so none may get that far.
        if not text or not all("!" <= character <= "~" for character in text):
            raise ValueError("This is not a token: it must be one word of plain letters, digits and signs.")
        self._text = text

    def authorization(self) -> str:
        """Return the value of the `Authorization` header."""
        return f"Bearer {self._text}"

    def scrubbed_from(self, text: str) -> str:
        """Return `text` with the token taken out of it, for words that came from elsewhere."""
        return text.replace(self._text, SHOWN_INSTEAD)

    def __repr__(self) -> str:
        return SHOWN_INSTEAD

    def __reduce__(self) -> NoReturn:
        raise TypeError("A token is not to be pickled or copied.")


def _worth_logging(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


def keep_out_of_logs() -> None:
    """Silence the one library logger that would write the token.

    hpack redacts `Authorization` itself, but logs the encoded header block, from which anybody can decode
    it. A filter holds where a level would be undone by whoever turns debug logging on.
    """
    logging.getLogger("hpack.hpack").addFilter(_worth_logging)
