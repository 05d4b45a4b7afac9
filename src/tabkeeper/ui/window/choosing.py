"""The editor's fields for a project and for tags: lines to type in that offer what there is."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, folded
from tabkeeper.ui.icons import icon
from tabkeeper.ui.theme import Theme, dot_icon
from tabkeeper.ui.window.offers import Offer, OfferingField

_MOST_OFFERS = 50
_BLANK = 6
"""Pixels that Qt leaves between a field's picture and its text beyond what looks like one thing."""


class ProjectChoice(NamedTuple):
    """A project that was chosen by its id, or is to be made of a name; neither is none."""

    project_id: str | None = None
    new_name: str | None = None


class ProjectField(OfferingField):
    """Shows a project, and offers the others, no project, and to make one of what is typed."""

    chosen = Signal(object)
    """A `ProjectChoice`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._catalogue: Catalogue = EMPTY_CATALOGUE
        self._project_id: str | None = None
        self.first_is_meant = True
        self.setAccessibleName("Project")
        self.setPlaceholderText("No project")
        self._dot = QAction(self)
        self.setTextMargins(-_BLANK, 0, 0, 0)
        self.addAction(self._dot, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._offer)
        self.picked.connect(self._pick_offer)
        self.editingFinished.connect(self._settle)
        self._dot.triggered.connect(lambda: self._offer(""))

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        super().dress(theme)
        self.show_project(self._project_id, self._catalogue)

    def show_project(self, project_id: str | None, catalogue: Catalogue) -> None:
        """Show a project, unless another one is being typed."""
        self._project_id, self._catalogue = project_id, catalogue
        self._dot.setIcon(dot_icon(catalogue.colour_of(project_id), self._theme))
        if not self.isModified():
            self.show_text(catalogue.project_label(project_id))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer all projects."""
        super().mousePressEvent(event)
        self.selectAll()
        self._offer("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer all projects on Down; on Escape, go back to the one there was."""
        if event.key() == Qt.Key.Key_Down and not self.offers:
            self._offer("")
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setModified(False)
            self.show_project(self._project_id, self._catalogue)
            self.selectAll()
            self.withdraw()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _offer(self, text: str) -> None:
        wanted, catalogue = folded(text), self._catalogue
        found = [
            Offer(project.name, ProjectChoice(project.id), client.name if client else "", project.color, True)
            for project in catalogue.active_projects()
            for client in (catalogue.client_of(project.id),)
            if wanted in folded(catalogue.project_label(project.id))
        ]
        found.sort(key=lambda offer: not folded(offer.text).startswith(wanted))
        offers = found[:_MOST_OFFERS]
        if wanted and catalogue.may_grow and catalogue.project_named(text) is None:
            offers.append(Offer(f"Create “{text.strip()}”", ProjectChoice(new_name=text.strip())))
        if not wanted and self._project_id is not None:
            offers.append(Offer("No project", ProjectChoice()))
        present = (
            place for place, offer in enumerate(offers) if offer.value == ProjectChoice(self._project_id)
        )
        self.offer(offers, 0 if wanted else next(present, 0))

    @Slot(object)
    def _pick_offer(self, offer: Offer) -> None:
        self.setModified(False)
        choice = offer.value
        assert isinstance(choice, ProjectChoice)
        if choice != ProjectChoice(self._project_id):
            self.chosen.emit(choice)
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Choose what was typed where a project has that name, and show again what holds."""
        named = self._catalogue.project_named(self.text()) if self.isModified() else None
        emptied = self.isModified() and not self.text().strip() and self._project_id is not None
        self.setModified(False)
        if emptied:
            self.chosen.emit(ProjectChoice())
        elif named is not None and named.id != self._project_id:
            self.chosen.emit(ProjectChoice(named.id))
        else:
            self.show_project(self._project_id, self._catalogue)


class TagsField(OfferingField):
    """Shows tags with commas between them, and offers those that there are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._names: list[str] = []
        self.first_is_meant = True
        self.setAccessibleName("Tags")
        self.setPlaceholderText("Tags")
        self._mark = QAction(self)
        self.setTextMargins(-_BLANK, 0, 0, 0)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._offer)
        self.picked.connect(self._take)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        super().dress(theme)
        self._mark.setIcon(icon("tag", theme.colours.muted, theme.measures.icon))

    def know(self, catalogue: Catalogue) -> None:
        """Offer these tags from now on."""
        self._names = sorted((tag.name for tag in catalogue.tags.values() if not tag.archived), key=folded)

    @Slot(str)
    def _offer(self, text: str) -> None:
        *before, begun = text.split(",")
        wanted = folded(begun.strip().lstrip("#"))
        taken = {folded(name) for name in before}
        offers = [
            Offer(f"#{name}", name)
            for name in self._names
            if wanted and wanted in folded(name) and folded(name) != wanted and folded(name) not in taken
        ]
        self.offer(offers[:_MOST_OFFERS])

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        before = [part.strip() for part in self.text().split(",")[:-1]]
        self.setText(", ".join([*before, str(offer.value)]))
        self.setModified(True)
