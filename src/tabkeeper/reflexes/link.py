"""What a `tabkeeper://` link asks for. Anybody can write one, so it is text to show, and does nothing."""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Draft
from tabkeeper.model.quick_add import compose, in_quotes
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import clean_description, clean_name, clean_tags

LONGEST = 4_000
_BILLABLE = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class Link(NamedTuple):
    """An entry that a link proposes to start."""

    draft: Draft
    project: str | None = None

    def line(self, catalogue: Catalogue) -> str:
        """Return the line that a person would type to start it."""
        project = catalogue.project_named(self.project) if self.project is not None else None
        if project is not None:
            return compose(self.draft._replace(project_id=project.id), catalogue)
        named = f"@{in_quotes(self.project)}" if self.project is not None else ""
        return " ".join(filter(None, (compose(self.draft, catalogue), named)))


def parse_link(text: str) -> Link:
    """Return what a link asks for; raises `Refused` for what is no link of ours."""
    try:
        url = urlsplit(text if len(text) <= LONGEST else "")
        asked = parse_qs(url.query, max_num_fields=60)
    except ValueError as error:
        raise _no_link() from error
    if url.scheme.lower() != "tabkeeper" or (url.netloc + url.path).lower().rstrip("/") != "start":
        raise _no_link()
    names = [name for name in asked.get("project", ()) if name.strip()]
    tags = [tag for named in asked.get("tag", ()) for tag in named.split(",") if tag.strip(" #")]
    draft = Draft(
        clean_description(" ".join(asked.get("description", ()))),
        tags=clean_tags(tags),
        billable=_BILLABLE.get("".join(asked.get("billable", ())).lower()),
    )
    return Link(draft, clean_name(names[0], "project") if names else None)


def _no_link() -> Refused:
    return Refused(
        "This is no link that Tabkeeper opens. They look like tabkeeper://start?description=Review&project=Acme"
    )
