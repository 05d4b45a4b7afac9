"""The program's entry: with words it is the command line, without any it is the tray program."""

import sys


def main() -> int:
    """Run what the words of the command line say; returns the exit code."""
    if len(sys.argv) > 1:
        from tabkeeper.cli.main import run

        return run(sys.argv[1:])
    from tabkeeper.app import main as tray

    return tray()


if __name__ == "__main__":
    sys.exit(main())
