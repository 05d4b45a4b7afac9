"""The OpenAPI document at `/schema`: the framework's account of the routes, with the wire types' own schemas.

msgspec describes its types exactly. The framework's description of them is only close: it takes an amount
for text, and a field that may be left out for one of its own kind.
"""

import re
from typing import Any

import msgspec
from litestar import Request
from litestar.enums import MediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from tabkeeper.api.wire import (
    Client,
    ClientCreate,
    Entry,
    EntryCreate,
    EntryPatch,
    EntryStart,
    ErrorAnswer,
    GroupBy,
    Me,
    Page,
    Project,
    ProjectCreate,
    Summary,
    Tag,
)

_ANSWERS = (
    Me,
    Entry,
    Page[Entry],
    Page[Project],
    Page[Client],
    Page[Tag],
    Summary,
    ErrorAnswer,
)
_REQUESTS = (EntryCreate, EntryStart, EntryPatch, ProjectCreate, ClientCreate)
_REFERENCE = "#/components/schemas/"


def documentation() -> OpenAPIConfig:
    """Return what the framework needs to know to serve the document."""
    return OpenAPIConfig(
        title="Tabkeeper server",
        version="1",
        description="The Time Tracker API, self-hosted.",
        path="/schema",
        render_plugins=[_ExactDocument(path=["/", "/openapi.json"], media_type=MediaType.JSON)],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer", description="A personal access token.")
            }
        ),
    )


class _ExactDocument(JsonRenderPlugin):
    """Serves the document as JSON, with the schemas put right."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the document; nothing in it depends on the request."""
        document = _simplified(msgspec.to_builtins(openapi_schema, enc_hook=str))
        _, schemas = msgspec.json.schema_components(
            (*_ANSWERS, *_REQUESTS, GroupBy), ref_template=_REFERENCE + "{name}"
        )
        document["components"]["schemas"] = _simplified(schemas)
        # The one body that may be left out: there is nothing that a timer needs.
        document["paths"]["/api/v1/entries/start"]["post"]["requestBody"]["required"] = False
        return msgspec.json.encode(document)


def _simplified(part: Any) -> Any:
    """Return a part of the document with its schemas as they are on the wire.

    Amounts are numbers, a page is named after what is on it, and a parameter of a query is never null.
    """
    if isinstance(part, list):
        return [_simplified(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "decimal":
        return {"type": "number"}
    simple = {key: _simplified(value) for key, value in part.items()}
    if str(part.get("$ref", "")).startswith(_REFERENCE + "Page"):
        simple["$ref"] = re.sub(r"Page_(?:[a-z.]*\.)?(\w+?)_$", r"Page_\1_", part["$ref"])
    if part.get("in") == "query":
        simple["schema"] = _never_null(simple["schema"])
    return simple


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in schema.get("oneOf", ()) if kind != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key not in ("oneOf", "description")}
    return {**kinds[0], **rest} if len(kinds) == 1 else schema
