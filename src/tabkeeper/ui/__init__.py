"""The interface on Qt: tray, window, theme; it reads from the tracker and calls it: no SQL, HTTP or rules."""
