"""What every test may rely on: nothing of the person's own is touched, and Qt draws without a screen."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt. Tests of the real app on a real X server give it an environment of its own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# A busy machine is no reason to fail; what takes too long is the bench's concern.
settings.register_profile("tabkeeper", deadline=None)
settings.load_profile("tabkeeper")


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("person")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _an_empty_tabkeeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABKEEPER_HOME", str(tmp_path / "tabkeeper"))
