"""Hears that the network is back; a system that says nothing is no error: others try again in time."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """Listens from its making on."""

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        feature = QNetworkInformation.Feature.Reachability
        if QNetworkInformation.loadBackendByFeatures(feature):
            QNetworkInformation.instance().reachabilityChanged.connect(self._changed)

    @Slot(QNetworkInformation.Reachability)
    def _changed(self, reachability: QNetworkInformation.Reachability) -> None:
        # A network without the world may well have a server of one's own.
        if reachability is not QNetworkInformation.Reachability.Disconnected:
            self.came_back.emit()
