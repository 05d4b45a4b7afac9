"""Tabkeeper: a tray timer that keeps your time, on one local file and, with an account, on a server."""

__version__ = "0.1.0"
