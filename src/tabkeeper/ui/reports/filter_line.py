"""The line that narrows a report: it offers projects, clients and tags, and what was chosen is a chip."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, folded
from tabkeeper.model.filters import Filter
from tabkeeper.ui.icons import icon
from tabkeeper.ui.plain import in_menu
from tabkeeper.ui.reports.wrapped_row import WrappedRow
from tabkeeper.ui.theme import Space, Theme, dot_icon
from tabkeeper.ui.window.offers import Offer, OfferingField

_MOST_OFFERS = 50
_LONGEST_CHIP = 28
_EVERYTHING = "Project, client, #tag, billable, or a text"
_BILLABLE = "Billable, or not billable"


class _Part(NamedTuple):
    """One thing that a filter names: in which of its fields, and what."""

    field: str
    value: Any


class FilterLine(QWidget):
    """Shows a filter, and says when it is another one."""

    changed = Signal(object)
    """The `Filter` that is wanted now."""
    left = Signal()
    """The person is done here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._catalogue: Catalogue = EMPTY_CATALOGUE
        self._only, self._names_things = Filter(), True
        self.field = _Field(theme, self._offers)
        self.chips = WrappedRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.field)
        column.addWidget(self.chips)
        self.field.picked.connect(self._take)
        self.field.given_up.connect(self.left)

    @property
    def only(self) -> Filter:
        """Return the filter that is shown."""
        return self._only

    def show_filter(self, only: Filter, catalogue: Catalogue | None) -> None:
        """Show a filter, and offer these projects, clients and tags; without any, only billable or not."""
        self._only, self._catalogue = only, catalogue or EMPTY_CATALOGUE
        self._names_things = catalogue is not None
        self.field.setPlaceholderText(_EVERYTHING if self._names_things else _BILLABLE)
        self.chips.show_widgets([self._chip(part) for part in _parts(only)])
        self.chips.setVisible(only != Filter())

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.field.dress(theme)
        self.show_filter(self._only, self._catalogue if self._names_things else None)

    def _chip(self, part: _Part) -> QPushButton:
        name = self._name(part)
        chip = QPushButton(in_menu(name, _LONGEST_CHIP) + "  ×")
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(f"Take away the filter {name}")
        chip.setToolTip("Take this filter away")
        if part.field == "projects":
            project = self._catalogue.project(part.value)
            chip.setIcon(dot_icon(project.color if project else None, self._theme))
        chip.clicked.connect(lambda: self._change(part, add=False))
        return chip

    def _name(self, part: _Part) -> str:
        if part.field == "billable":
            return "Billable" if part.value else "Not billable"
        if part.value is None:
            return {"projects": "No project", "clients": "No client", "tags": "No tags"}[part.field]
        if part.field == "projects":
            return self._catalogue.project_label(part.value) or "A project that is gone"
        if part.field == "clients":
            client = self._catalogue.clients.get(part.value)
            return client.name if client else "A client that is gone"
        return f"#{part.value}" if part.field == "tags" else f"“{part.value}”"

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        self.field.clear()
        assert isinstance(offer.value, _Part)
        self._change(offer.value, add=True)

    def _change(self, part: _Part, *, add: bool) -> None:
        held = getattr(self._only, part.field)
        if isinstance(held, tuple):
            held = tuple(value for value in held if value != part.value)
            changed: Any = (*held, part.value) if add else held
        else:
            changed = part.value if add else Filter._field_defaults[part.field]
        self.changed.emit(self._only._replace(**{part.field: changed}))

    def _offers(self, text: str) -> list[Offer]:
        """Return what could be meant by a text: what is called so, and the text itself."""
        wanted = folded(text)
        found = [
            offer
            for offer in self._all_offers()
            if wanted in folded(f"{offer.text} {offer.detail}") and not self._has(offer.value)
        ]
        found.sort(key=lambda offer: not folded(offer.text.lstrip("#")).startswith(wanted))
        del found[_MOST_OFFERS:]
        if wanted and self._names_things:
            found.append(Offer(f"“{text.strip()}”", _Part("text", text.strip()), "in the description"))
        return found

    def _has(self, part: object) -> bool:
        return part in _parts(self._only)

    def _all_offers(self) -> Iterator[Offer]:
        known = self._catalogue
        for project in sorted(known.projects.values(), key=lambda p: (p.archived, folded(p.name))):
            client = known.client_of(project.id)
            detail = client.name if client else ""
            yield Offer(project.name, _Part("projects", project.id), detail, project.color, dotted=True)
        for person in sorted(known.clients.values(), key=lambda c: (c.archived, folded(c.name))):
            yield Offer(person.name, _Part("clients", person.id), "client")
        for tag in sorted(known.tags.values(), key=lambda t: (t.archived, folded(t.name))):
            yield Offer(f"#{tag.name}", _Part("tags", tag.name))
        yield Offer("Billable", _Part("billable", True))
        yield Offer("Not billable", _Part("billable", False))
        if not self._names_things:
            return
        yield Offer("No project", _Part("projects", None))
        yield Offer("No client", _Part("clients", None))
        yield Offer("No tags", _Part("tags", None))


class _Field(OfferingField):
    """The line to type in; it offers everything before anything is typed."""

    given_up = Signal()
    """Escape was pressed with nothing typed."""

    def __init__(self, theme: Theme, offers: Callable[[str], list[Offer]]) -> None:
        super().__init__(theme)
        self._offers_for = offers
        self.first_is_meant = True
        self.setAccessibleName("Filter")
        self.setPlaceholderText(_EVERYTHING)
        self._glass = self.addAction(icon("search", theme.colours.muted, theme.measures.icon), _LEADING)
        self.textEdited.connect(lambda text: self.offer(offers(text)))

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        super().dress(theme)
        self._glass.setIcon(icon("search", theme.colours.muted, theme.measures.icon))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer everything on Down; empty the line on Escape, then be done."""
        if event.key() == Qt.Key.Key_Down and not self.offers:
            self.offer(self._offers_for(self.text()))
        elif event.key() == Qt.Key.Key_Escape and not self.offers:
            if self.text():
                self.clear()
            else:
                self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer everything to who came by pointer."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            self.offer(self._offers_for(self.text()))


_LEADING = OfferingField.ActionPosition.LeadingPosition


def _parts(only: Filter) -> list[_Part]:
    """Return what a filter names, one by one."""
    found = [
        _Part(field, value) for field in ("projects", "clients", "tags") for value in getattr(only, field)
    ]
    found += [_Part("billable", only.billable)] if only.billable is not None else []
    return found + ([_Part("text", only.text)] if only.text else [])
