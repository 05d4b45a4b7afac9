"""`tabkeeper-server`: carries out the words of an administrator, and says in one line why it cannot."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from tabkeeper_server.commands.words import build_parser


def main(words: Sequence[str] | None = None) -> int:
    """Carry out a command line, and return the exit code: 0, 1 when refused, 2 for a mistake in the words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a letter must not keep a token that was made from being shown.
            stream.reconfigure(errors="backslashreplace")
    said = vars(build_parser().parse_args(words))
    # Only now what is heavy: `--help` and mistakes answer at once.
    from sqlalchemy.exc import SQLAlchemyError

    from tabkeeper_server.commands.opening import CommandError
    from tabkeeper_server.migrating import DatabaseError
    from tabkeeper_server.settings import SettingsError

    try:
        said.pop("command")(**said)
    except (CommandError, DatabaseError, SettingsError) as refusal:
        print(f"tabkeeper-server: {refusal}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(f"tabkeeper-server: The database refused, and nothing was changed: {error}", file=sys.stderr)
        return 1
    except UnicodeError:
        print("tabkeeper-server: A word of this is not in UTF-8. Nothing was changed.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
