"""The day's backup while the tray program runs: looked after at each change, said once where it fails."""

from PySide6.QtCore import QObject, Slot

from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.desk import Desk


class DailyBackup(QObject):
    """Makes it on the desk's thread. The same trouble is not told a second time before one was made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._told = ""
        desk.changed.connect(self._make)

    @Slot(object)
    def _make(self, _: object) -> None:
        self._desk.ask("backup", _trouble_of_making_it, self._tell)

    def _tell(self, trouble: str) -> None:
        if trouble and trouble != self._told:
            self._desk.tell(trouble)
        self._told = trouble


def _trouble_of_making_it(tracker: Tracker) -> str:
    try:
        tracker.backups.make_daily()
    except StoreTrouble as trouble:
        return str(trouble)
    return ""
