"""The settings while the program runs: each choice holds at once, and is written to the file beside it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tabkeeper.settings import Reading, Setting, Settings, SettingsTrouble, Value, read, write


class Choices(QObject):
    """Holds the settings, announces each new choice, and writes it on a thread of its own."""

    changed = Signal(object)
    """The `Settings` that hold now."""
    told = Signal(str)
    """A sentence for the person: why a choice could not be written, or what was done to the file."""

    # From the writing thread; the receivers of the public signals must run in the interface's.
    _reported = Signal(str)
    _read = Signal(object, object)

    def __init__(
        self, settings: Settings, path: Path, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._path, self._clock = settings, path, clock
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="settings")
        self._closed = False
        self._reported.connect(self.told, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    @property
    def settings(self) -> Settings:
        """Return the settings that hold now."""
        return self._settings

    def choose(self, setting: Setting, value: Value) -> None:
        """Let a value hold from now on; raises `ValueError` where the setting does not take it."""
        settings = self._settings.chosen(setting, value)
        if settings == self._settings:
            return
        self._settings = settings
        self._writer.submit(self._write, setting, settings.value(setting))
        self.changed.emit(settings)

    def look_again(self) -> None:
        """Let hold what another program, or the person, has written into the file; returns at once."""
        if not self._closed:
            self._writer.submit(self._find, self._settings)

    def close(self) -> None:
        """Finish writing."""
        self._closed = True
        self._writer.shutdown()

    def _find(self, before: Settings) -> None:
        self._read.emit(before, read(self._path, self._clock()))

    @Slot(object, object)
    def _follow(self, before: Settings, found: Reading) -> None:
        if before != self._settings:
            # A choice was made here in the meantime; what was read may be older than it.
            self.look_again()
            return
        if found.notice:
            self.told.emit(found.notice)
        if found.settings != self._settings:
            self._settings = found.settings
            self.changed.emit(found.settings)

    def _write(self, setting: Setting, value: Value) -> None:
        try:
            notice = write(self._path, setting, value, self._clock())
        except SettingsTrouble as trouble:
            notice = str(trouble)
        if notice:
            self._reported.emit(notice)
