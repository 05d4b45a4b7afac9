"""The main window: header, list of entries, foot; other pages plug in by `MainWindow.add_page`."""

from tabkeeper.ui.window.frame import MainWindow

__all__ = ["MainWindow"]
