"""The use cases, the one door for changes: each is one transaction, on disk when it returns, and undoable."""

from tabkeeper.store.history import Step
from tabkeeper.tracker.tracker import Tracker
from tabkeeper.tracker.views import Page, Snapshot, remark_on, why_it_does_not_run

__all__ = ["Page", "Snapshot", "Step", "Tracker", "remark_on", "why_it_does_not_run"]
