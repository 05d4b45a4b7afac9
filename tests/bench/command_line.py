"""How long a command of the command line takes, from starting the process to its end."""

import os
import subprocess
import sys
import time
from pathlib import Path


def seconds(words: tuple[str, ...], home: Path) -> float:
    """Return how long the command took; it must succeed."""
    environment = os.environ | {"TABKEEPER_HOME": str(home)}
    began = time.perf_counter()
    subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.perf_counter() - began


def floor(home: Path) -> float:
    """Return how long Python takes to do nothing."""
    return seconds((sys.executable, "-c", "pass"), home)
