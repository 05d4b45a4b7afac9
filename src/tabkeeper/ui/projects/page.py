"""The page itself: chooses what is listed, makes what is new, and hands in what was changed."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.text import one_line
from tabkeeper.tracker import Tracker
from tabkeeper.ui.projects.editors import Editor, NameEditor, ProjectEditor
from tabkeeper.ui.projects.field import Field
from tabkeeper.ui.projects.thing_list import ThingList
from tabkeeper.ui.projects.things import Kind, Thing, named, things
from tabkeeper.ui.segments import Segments
from tabkeeper.ui.theme import Space, Theme

_EMPTY = {
    "project": "Name a project above and press Enter. It gets a colour, and can have a client and a rate.",
    "client": "Name a client above and press Enter. Projects can be for a client.",
    "tag": "Name a tag above and press Enter, or type #name with what you are doing.",
}


class Change(Protocol):
    """Hands a change in, as the desk takes it: `done` or `refused` is called when it was carried out."""

    def __call__(
        self,
        change: Callable[[Tracker], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None: ...


class ProjectsPage(QFrame):
    """Lists projects, clients or tags; one of them is changed in its place."""

    changed = Signal(str)
    """What was done, in words, when it is on disk; it can be undone."""

    def __init__(self, catalogue: Catalogue, theme: Theme, change: Change) -> None:
        super().__init__()
        self._catalogue, self._theme, self._change = catalogue, theme, change
        self._kind: Kind = "project"
        self.setProperty("surface", "window")
        self.kinds = Segments(
            "What is listed", (("project", "Projects"), ("client", "Clients"), ("tag", "Tags"))
        )
        self.archived = QCheckBox("Show archived")
        self.field = Field(self._what_the_field_is_for)
        self.hint = QLabel()
        self.list = ThingList(theme)
        self._lay_out()
        self.setFocusProxy(self.field)
        self.kinds.chosen.connect(self._choose)
        self.archived.toggled.connect(self._refresh)
        self.field.line.textEdited.connect(self._refresh)
        self.field.entered.connect(self._enter)
        self.list.opened.connect(self._open)
        self.list.passed_top.connect(self.field.setFocus)
        self._refresh()

    @Slot(object)
    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Show how projects, clients and tags stand now."""
        if catalogue != self._catalogue:
            self._catalogue = catalogue
            self._refresh()

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self._refresh()

    def edit(self, kind: Kind, thing_id: str) -> None:
        """List things of a kind, and open the editor of one where it is still there."""
        known = things(kind, self._catalogue, archived=True)
        thing = next((thing for thing in known if thing.id == thing_id), None)
        if thing is not None:
            self._show(thing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down from the field into the list; empty the field with Escape."""
        if event.key() == Qt.Key.Key_Down:
            self.list.focus_first()
        elif event.key() == Qt.Key.Key_Escape and self.field.text:
            self._clear_field()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("type", "caption")
        self.hint.setProperty("tone", "muted")
        self.hint.setWordWrap(True)
        above = QHBoxLayout()
        above.addWidget(self.kinds)
        above.addStretch(1)
        above.addWidget(self.archived)
        head = QVBoxLayout()
        head.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.SMALL)
        head.setSpacing(Space.SMALL)
        head.addLayout(above)
        head.addWidget(self.field)
        head.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    @Slot()
    def _refresh(self) -> None:
        typed = one_line(self.field.text)
        edited = self.list.edited
        kept = edited.id if edited else None
        found = things(self._kind, self._catalogue, typed, self.archived.isChecked(), kept)
        empty = f"No {self._kind} is called that." if typed else self._when_empty()
        self.list.show_things(found, self._theme, empty)
        self.field.line.setPlaceholderText(self._what_the_field_is_for)
        self.field.line.setAccessibleName(self._what_the_field_is_for)
        self.hint.setText(self._what_enter_does(typed))
        self.hint.setVisible(bool(typed))

    @property
    def _may_add(self) -> bool:
        return self._kind == "tag" or self._catalogue.may_grow

    @property
    def _what_the_field_is_for(self) -> str:
        return f"Find {'or add ' if self._may_add else ''}a {self._kind}"

    def _when_empty(self) -> str:
        return _EMPTY[self._kind] if self._may_add else f"An admin of this workspace can make a {self._kind}."

    def _what_enter_does(self, typed: str) -> str:
        known = named(self._kind, self._catalogue, typed)
        if known is None and not self._may_add:
            return f"There is no {self._kind} “{typed}”, and your role in this workspace may not make one."
        if known is None:
            return f"Enter adds the {self._kind} “{typed}”."
        return f"Enter opens “{known.name}”{', which is archived' if known.archived else ''}."

    @Slot(str)
    def _choose(self, kind: Kind) -> None:
        if kind == self._kind:
            return

        def show_kind() -> None:
            self._kind = kind
            self._clear_field()

        self._leave(show_kind)

    def _clear_field(self) -> None:
        self.field.line.clear()
        self._refresh()

    # Making

    @Slot()
    def _enter(self) -> None:
        typed = one_line(self.field.text)
        if not typed:
            return
        known = named(self._kind, self._catalogue, typed)
        if known is None and not self._may_add:
            return  # the hint has said so
        if known is None:
            self._change(self._adding(typed), self._added, self.field.complain)
            return
        self._show(known)

    def _adding(self, name: str) -> Callable[[Tracker], Project | Client | Tag]:
        if self._kind == "project":
            return lambda tracker: tracker.names.add_project(name)
        if self._kind == "client":
            return lambda tracker: tracker.names.add_client(name)
        return lambda tracker: tracker.names.add_tag(name)

    def _added(self, thing: Project | Client | Tag) -> None:
        self._clear_field()
        self.changed.emit(f"Added {thing.name}")

    # Changing

    def _show(self, thing: Thing) -> None:
        """Open the editor of a thing, whatever is listed."""

        def show() -> None:
            self._kind = thing.kind
            self.kinds.show_chosen(thing.kind)
            self.archived.setChecked(self.archived.isChecked() or thing.archived)
            self._clear_field()
            if thing.id not in (row.thing.id for row in self.list.rows):
                self.field.line.setText(thing.name)  # there are more than are listed at once
                self._refresh()
            self._open_editor(thing)

        self._leave(show)

    @Slot(object)
    def _open(self, thing: Thing) -> None:
        edited = self.list.edited
        same = edited is not None and edited.id == thing.id
        self._leave(None if same else lambda: self._open_editor(thing))

    def _open_editor(self, thing: Thing) -> None:
        editor = self._editor_of(thing)
        if editor is None:
            return
        editor.left.connect(lambda: self._leave())
        editor.given_up.connect(lambda: self._go_on(None))
        editor.archived.connect(self._archive)
        self.list.open(thing.id, editor)

    def _editor_of(self, thing: Thing) -> Editor | None:
        known = self._catalogue
        if thing.kind == "project":
            project = known.projects.get(thing.id)
            return ProjectEditor(project, known, self._theme) if project else None
        named_thing = known.clients.get(thing.id) if thing.kind == "client" else known.tags.get(thing.id)
        return NameEditor(named_thing) if named_thing else None

    def _leave(self, then: Callable[[], None] | None = None) -> None:
        """Hand in what the open editor has changed, close it, and go on; it stays where that is refused."""
        editor, thing = self.list.editor, self.list.edited
        changes = editor.changes() if editor else {}
        if changes is None:
            self._stay()
        elif not changes or thing is None:
            self._go_on(then)
        else:
            self._hand_in(thing, changes, f"Changed {changes.get('name', thing.name)}", then)

    @Slot(bool)
    def _archive(self, archived: bool) -> None:
        editor, thing = self.list.editor, self.list.edited
        changes = editor.changes() if editor else None
        if thing is not None and changes is not None:
            done = "Archived" if archived else "Brought back"
            name = changes.get("name", thing.name)
            self._hand_in(thing, changes | {"archived": archived}, f"{done} {name}", None)

    def _hand_in(
        self, thing: Thing, changes: dict[str, Any], done: str, then: Callable[[], None] | None
    ) -> None:
        def refused(text: str) -> None:
            if self.list.editor is not None:
                self.list.editor.complain(text)
            self._stay()

        def kept(_: object) -> None:
            self._go_on(then)
            self.changed.emit(done)

        self._change(lambda tracker: _carry_out(tracker, thing, changes), kept, refused)

    def _stay(self) -> None:
        """Keep the switch at what is listed: the person has to finish there first."""
        self.kinds.choose(self._kind)

    def _go_on(self, then: Callable[[], None] | None) -> None:
        self.list.close_editor()
        self._refresh()
        if then is not None:
            then()


def _carry_out(tracker: Tracker, thing: Thing, changes: dict[str, Any]) -> None:
    if thing.kind == "project":
        tracker.names.edit_project(thing.id, **changes)
    elif thing.kind == "client":
        tracker.names.edit_client(thing.id, **changes)
    else:
        if "name" in changes:
            tracker.names.rename_tag(thing.id, changes["name"])
        if "archived" in changes:
            tracker.names.archive_tag(thing.id, changes["archived"])
