"""Keeps of an environment's list of parts what is shipped: the packages of the app's lock, and Python itself.

    python packaging/release/shipped.py PARTS.cdx.json PYTHON_VERSION

What froze the app is in its environment, too, but not in the app.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[2] / "packaging" / "locks" / "app.txt"


def main(file: Path, python: str) -> None:
    """Rewrite the list in place."""
    parts = json.loads(file.read_text(encoding="utf-8"))
    locked = {
        _plain(name) for name in re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    }
    shipped = [part for part in parts["components"] if _plain(part["name"]) in locked]
    shipped.append(
        {
            "bom-ref": "python",
            "name": "python",
            "purl": f"pkg:generic/python@{python}",
            "type": "platform",
            "version": python,
        }
    )
    parts["components"] = shipped
    _forget_others(parts["dependencies"], {part["bom-ref"] for part in shipped} | {"root-component"})
    file.write_text(json.dumps(parts, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _forget_others(dependencies: list[dict[str, Any]], known: set[str]) -> None:
    dependencies[:] = [one for one in dependencies if one["ref"] in known]
    for one in dependencies:
        if "dependsOn" in one:
            one["dependsOn"] = [ref for ref in one["dependsOn"] if ref in known]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
