"""The program's entry: with words it is the command line, without any it is the tray program."""

import os
import sys

NO_DISPLAY = 4


def main() -> int:
    """Run what the words of the command line say; returns the exit code."""
    # A shell that completes a line starts the program without words, and gives the line in variables.
    if len(sys.argv) > 1 or "_ARGCOMPLETE" in os.environ:
        from tabkeeper.cli.main import run

        return run(sys.argv[1:])
    try:
        from tabkeeper.app import main as tray
    except ImportError as error:
        print(
            f"Tabkeeper's icon cannot be drawn here: {error}. Install what is missing, or use the command "
            "line: tabkeeper --help",
            file=sys.stderr,
        )
        return NO_DISPLAY
    return tray()


if __name__ == "__main__":
    sys.exit(main())
