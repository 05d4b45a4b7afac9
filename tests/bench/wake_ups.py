"""How often a program wakes up while nobody does anything: its voluntary context switches, of all threads."""

import re
import time
from pathlib import Path


def switches(pid: int) -> dict[str, int]:
    """Return the voluntary context switches of each thread of a process."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        match = re.search(r"^voluntary_ctxt_switches:\s+(\d+)$", (task / "status").read_text(), re.MULTILINE)
        found[task.name] = int(match[1]) if match else 0
    return found


def per_minute(pids: dict[str, int], seconds: float) -> dict[str, float]:
    """Watch processes side by side, and return how often each wakes up in a minute."""
    before = {name: switches(pid) for name, pid in pids.items()}
    time.sleep(seconds)
    after = {name: switches(pid) for name, pid in pids.items()}
    return {
        name: sum(count - before[name].get(task, 0) for task, count in after[name].items()) * 60 / seconds
        for name in pids
    }
