"""The main window: header, list of entries, foot; other pages plug in by `frame.MainWindow.add_page`."""
