"""Where reports come from: this computer's file, or the workspace's server; never one for the other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import OF_THIS_COMPUTER, Grouping, NotGrouped, Question, Report
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.reports.choice import Source
from tabkeeper.ui.reports.workspace_reads import Workspace, WorkspaceReads

_KIND = "report"


class Sources(QObject):
    """Asks the source that is chosen; what the other one was asked does not matter any more."""

    dropped = Signal(str)
    """The server does not know a `Grouping`, which is no longer offered."""

    def __init__(self, reads: LongReads) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self._reads, self._workspace_reads = reads, WorkspaceReads(self)
        self._unknown: set[Grouping] = set()

    def offer(self, workspace: Workspace | None) -> bool:
        """Ask this workspace from now on; returns whether it is another one than before."""
        before, self.workspace = self.workspace, workspace
        same = before is not None and workspace is not None and before.identity == workspace.identity
        if not same:
            self._workspace_reads.cancel()
            self._unknown.clear()
        return not same and (before is not None or workspace is not None)

    def known(self, source: Source) -> Source:
        """Return the source that can be asked: one's own where there is no workspace."""
        return source if self.workspace is not None else "mine"

    def groupings(self, source: Source) -> tuple[Grouping, ...]:
        """Return what a source groups by."""
        if source == "mine" or self.workspace is None:
            return OF_THIS_COMPUTER
        return tuple(by for by in self.workspace.groupings if by not in self._unknown)

    def ask(
        self,
        source: Source,
        question: Question,
        answer: Callable[[Report], None],
        failed: Callable[[str], None],
    ) -> None:
        """Put a question; one of `answer` and `failed` is called unless it is cancelled."""
        self.cancel()

        def refused(refusal: Refused) -> None:
            failed(str(refusal))
            if isinstance(refusal, NotGrouped):
                self._unknown.add(question.by)
                self.dropped.emit(question.by)  # after the failure, for another report may be asked for now

        if source == "workspace" and self.workspace is not None:
            self._workspace_reads.ask(self.workspace, question, answer, refused)
        else:
            self._reads.ask(_KIND, lambda tracker, wanted: tracker.report(question, wanted), answer, failed)

    def cancel(self) -> None:
        """Want no answer any more."""
        self._workspace_reads.cancel()
        self._reads.cancel(_KIND)
