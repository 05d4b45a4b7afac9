"""The tray program's log: a small private file that says what went wrong, and nothing of what somebody did.

A person may send it to a stranger, so the text of an error stays out of it: it can quote a description.
"""

import logging
import os
import sys
from copy import copy
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import StackSummary, walk_tb
from types import TracebackType
from typing import Any

from tabkeeper.paths import make_private

_LARGEST = 500_000
"""Bytes of one file; there are two."""
_log = logging.getLogger(__name__)


def begin_log(path: Path) -> None:
    """Write what the program logs from now on to a file, and each error that nobody expected.

    Where it cannot be written, stderr says so: time is kept without a log.
    """
    try:
        make_private(path.parent)
        handler = _PrivateFile(path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8")
    except OSError as error:
        print(f"Tabkeeper goes on without its log {path}: {error.strerror or error}", file=sys.stderr)
        return
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("tabkeeper").setLevel(logging.INFO)
    sys.excepthook = _unexpected


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding=self.encoding, opener=private)


class _WithoutWords(logging.Formatter):
    """Writes where an error came from and of what kind it is, but not its text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, whatever others have made of its error before."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: Any) -> str:
        """Return the calls that led to an error and its kind, and those of the errors that caused it."""
        error, parts = ei[1], []
        while error is not None:
            calls = StackSummary.extract(walk_tb(error.__traceback__), lookup_lines=False)
            parts.append("".join(f"  {call.filename}:{call.lineno} {call.name}\n" for call in calls))
            parts.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
            error = error.__cause__ or error.__context__
        return "".join(parts).rstrip("\n")


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.error("Nobody expected this", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
