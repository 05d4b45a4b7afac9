"""Hears that the network is back; a system that says nothing is no error: others try again in time.

Under Linux the kernel itself is heard: NetworkManager, which Qt would ask, may hang, and Qt waits for it.
"""

import sys

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

from tabkeeper.desktop.lent import lent


class Network(QObject):
    """Listens from its making on."""

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if _system_is_heard():
            QNetworkInformation.instance().reachabilityChanged.connect(self._changed)

    @Slot(QNetworkInformation.Reachability)
    def _changed(self, reachability: QNetworkInformation.Reachability) -> None:
        # A network without the world may well have a server of one's own.
        if reachability is not QNetworkInformation.Reachability.Disconnected:
            self.came_back.emit()


def _system_is_heard() -> bool:
    if not sys.platform.startswith("linux"):
        return QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)
    with lent("GIO_USE_NETWORK_MONITOR", "netlink"):
        return QNetworkInformation.loadBackendByName("glib")
