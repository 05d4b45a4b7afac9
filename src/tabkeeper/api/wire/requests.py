"""What a client asks of the server: the bodies of the writing endpoints.

The limits are part of the types; a field that no endpoint knows is refused (`forbid_unknown_fields`).
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tabkeeper.api.wire.values import (
    DESCRIPTION_MAX,
    IDEMPOTENCY_KEY_MAX,
    NAME_MAX,
    TAG_MAX,
    TAGS_MAX,
    Amount,
    Instant,
    normalise_instants,
    sound_amount,
)

Description = Annotated[str, Meta(max_length=DESCRIPTION_MAX)]
Name = Annotated[str, Meta(min_length=1, max_length=NAME_MAX)]
TagName = Annotated[str, Meta(min_length=1, max_length=TAG_MAX)]
TagNames = Annotated[tuple[TagName, ...], Meta(max_length=TAGS_MAX)]
IdempotencyKey = Annotated[str, Meta(min_length=1, max_length=IDEMPOTENCY_KEY_MAX)]
# The lengths shut out the newline that `$` alone would let through.
Color = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$", max_length=7)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", max_length=3)]


class GroupBy(StrEnum):
    """What a summary can be grouped by."""

    PROJECT = "project"
    CLIENT = "client"
    USER = "user"
    TAG = "tag"
    DAY = "day"
    WEEK = "week"
    BILLABLE = "billable"


class EntryCreate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """The body of `POST /entries`. Without `stop` it becomes the running entry.

    `billable` left out means: as the project says, and not billable without a project. With an
    `idempotency_key` the same body can be sent again safely; it belongs to the user and never expires.
    """

    description: Description = ""
    project_id: str | None = None
    tags: TagNames = ()
    start: Instant
    stop: Instant | None = None
    billable: bool | UnsetType = UNSET
    idempotency_key: IdempotencyKey | None = None

    def __post_init__(self) -> None:
        normalise_instants(self, "start", "stop")


class EntryStart(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """The body of `POST /entries/start`: an `EntryCreate` whose start is the server's now."""

    description: Description = ""
    project_id: str | None = None
    tags: TagNames = ()
    billable: bool | UnsetType = UNSET
    idempotency_key: IdempotencyKey | None = None


class EntryPatch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body of `PATCH /entries/{id}`: what is UNSET stays as it is, None clears.

    `stop` None resumes the entry.
    """

    description: Description | UnsetType = UNSET
    project_id: str | UnsetType | None = UNSET
    tags: TagNames | UnsetType = UNSET
    start: Instant | UnsetType = UNSET
    stop: Instant | UnsetType | None = UNSET
    billable: bool | UnsetType = UNSET

    def __post_init__(self) -> None:
        normalise_instants(self, "start", "stop")


class ProjectCreate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """The body of `POST /projects`. Without `currency` the rate is in the workspace's."""

    name: Name
    client_id: str | None = None
    color: Color | None = None
    billable: bool = False
    hourly_rate: Amount | None = None
    currency: Currency | None = None

    def __post_init__(self) -> None:
        if self.hourly_rate is not None and sound_amount(self.hourly_rate) < 0:
            raise ValueError("An hourly rate must not be negative")


class ClientCreate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The body of `POST /clients`."""

    name: Name
