"""How a request's body becomes a wire type: strictly, and naming the field where it cannot."""

import re
from typing import Any, TypeVar

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from tabkeeper_server.errors import RefusedError, invalid

Body = TypeVar("Body", bound=msgspec.Struct)

_AT_PATH = re.compile(r" - at `\$\.?(?P<field>[^.\[`]*).*`$")
_NAMED = re.compile(r"(?:unknown|required) field `(?P<field>[^`]*)`")


def read_body(body: bytes, kind: type[Body]) -> Body:
    """Decode JSON into a wire type. Raises `validation_error` for anything that is not exactly that."""
    try:
        wanted = msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _complaint(body, kind, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise invalid("body", "must be one JSON object") from None
    for field in wanted.__struct_fields__:
        if _holds_nul(getattr(wanted, field)):
            raise invalid(field, "must not contain the character NUL")
    return wanted


def _holds_nul(value: object) -> bool:
    """Say whether text, or one of several texts, has the one character PostgreSQL cannot keep."""
    return (
        "\0" in value if isinstance(value, str) else isinstance(value, tuple) and any(map(_holds_nul, value))
    )


def _complaint(body: bytes, kind: type[Body], error: str) -> RefusedError:
    """Turn the decoder's words into a refusal that names the field."""
    message = _AT_PATH.sub("", error)
    if found := _NAMED.search(message) or _AT_PATH.search(error):
        return invalid(found["field"] or "body", message)
    return invalid(_blamed(body, kind), message)


def _blamed(body: bytes, kind: type[Body]) -> str:
    """Find the field that a check of the whole refuses: the one without which the rest would pass."""
    try:
        # Each value is left as it was written, for there are numbers that nothing can hold.
        given = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return "body"
    required = [field for field, info in _fields(kind).items() if info.required]
    for field in given:
        if field not in required and _passes({k: v for k, v in given.items() if k != field}, kind):
            return str(field)
    return required[0] if required else "body"


def _passes(given: dict[str, Any], kind: type[Body]) -> bool:
    try:
        msgspec.json.decode(msgspec.json.encode(given), type=kind)
    except msgspec.ValidationError:
        return False
    return True


def _fields(kind: type[Body]) -> dict[str, msgspec.structs.FieldInfo]:
    return {info.encode_name: info for info in msgspec.structs.fields(kind)}


class StrictBody(AbstractDTO[Body]):
    """Makes the framework read a handler's `data` with `read_body`.

    On its own it would turn "1" into 1, "true" into true, and a rate into a float.
    """

    def decode_bytes(self, value: bytes) -> Any:
        return read_body(value, self.model_type)

    @classmethod
    def create_for_field_definition(cls, *_args: Any, **_options: Any) -> None:
        """Nothing is generated: the wire types are what is read."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        return schema_creator.for_field_definition(field_definition)

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        raise NotImplementedError("the wire types are read as they are")

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        return False


class _Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request that takes none: some clients send `{}` all the same."""


def require_no_body(body: bytes) -> None:
    """Refuse any field in a body where no field has a meaning."""
    if body.strip():
        read_body(body, _Nothing)
