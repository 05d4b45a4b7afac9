"""That the network is back is heard from the kernel, in a network of the test's own."""

import shutil
import subprocess
import sys

import pytest

HEARING = """
import subprocess
from PySide6.QtCore import QCoreApplication, QTimer
from tabkeeper.desktop.network import Network

def route(word):
    subprocess.run(("ip", "route", word, "default", "dev", "lo"), check=True)

application = QCoreApplication([])
network = Network()
network.came_back.connect(lambda: (print("back"), application.quit()))
QTimer.singleShot(0, lambda: route("add"))
QTimer.singleShot(20_000, application.quit)
application.exec()
"""
ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere Qt hears the system's own service"
)
def test_a_network_that_has_come_is_heard_without_any_service() -> None:
    if not shutil.which("ip") or subprocess.run((*ALONE, "ip link set lo up"), check=False).returncode:
        pytest.skip("no network of one's own can be made here: it needs ip, and unshare --net allowed")
    words = (*ALONE, 'ip link set lo up && exec "$0" -c "$1"', sys.executable, HEARING)
    heard = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert heard.stdout == "back\n"
