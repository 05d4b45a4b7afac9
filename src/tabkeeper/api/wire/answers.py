"""What the server answers: entries, projects, clients, tags, the person behind the token, and summaries.

A field with a default may be left out. A field of two words has none, even where it may be null: an answer
that writes `projectId` must not pass for an entry without a project, but go the reader's tolerant way.
"""

from enum import StrEnum
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

from tabkeeper.api.wire.values import PAGE_DEFAULT, Amount, Instant, normalise_instants, sound_amount

Id = Annotated[str, Meta(min_length=1)]
Thing = TypeVar("Thing")


class Role(StrEnum):
    """What a person may do in the workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"

    @classmethod
    def _missing_(cls, value: object) -> "Role":
        """A role we have never heard of gets the rights of a member."""
        return cls.MEMBER


class User(msgspec.Struct, frozen=True, kw_only=True):
    """The person a token belongs to. `timezone` is an IANA name; days and weeks of reports are its."""

    id: Id
    name: str = ""
    email: str = ""
    role: Role = Role.MEMBER
    timezone: str = "UTC"


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """The workspace a token belongs to.

    `currency` is an ISO 4217 code. `week_start` is an English weekday in lower case; some servers count
    instead (0 or 7 Sunday, 1 Monday), and None is a server that does not say.
    """

    id: Id
    name: str = ""
    currency: str = ""
    week_start: str | int | None
    plan: str = ""


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `GET /me`."""

    user: User
    workspace: Workspace


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A time entry. `stop` None means that it runs; `duration` is whole seconds, None while it runs."""

    id: Id
    user_id: str | None
    project_id: str | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    start: Instant
    stop: Instant | None = None
    duration: int | None = None
    billable: bool = False
    created_at: Instant | None
    updated_at: Instant | None

    def __post_init__(self) -> None:
        normalise_instants(self, "start", "stop", "created_at", "updated_at")


class Project(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A project. `hourly_rate` is in `currency`, or in the workspace's where that is None."""

    id: Id
    name: str
    client_id: str | None = None
    color: str | None = None
    billable: bool = False
    hourly_rate: Amount | None = None
    currency: str | None = None
    archived: bool = False
    created_at: Instant | None

    def __post_init__(self) -> None:
        normalise_instants(self, "created_at")
        if self.hourly_rate is not None:
            sound_amount(self.hourly_rate)


class Client(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Somebody the work is done for."""

    id: Id
    name: str
    archived: bool = False
    created_at: Instant | None

    def __post_init__(self) -> None:
        normalise_instants(self, "created_at")


class Tag(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A tag; it came into being by being used on an entry."""

    id: Id
    name: str


class OtherCurrency(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a group earned in a currency that is not the workspace's."""

    currency: str
    billable_amount: Amount

    def __post_init__(self) -> None:
        sound_amount(self.billable_amount)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a summary. `key` is an id, a date or a word, after `group_by`; None is "without".

    `other_currencies` is left out where there is none.
    """

    key: str | None
    label: str
    color: str | None = None
    seconds: int
    billable_seconds: int
    billable_amount: Amount
    entries: int = 0
    other_currencies: tuple[OtherCurrency, ...] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        sound_amount(self.billable_amount)


class Total(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The sums of a summary, each entry counted once; `billable_amount` is in the workspace's currency."""

    seconds: int
    billable_seconds: int
    billable_amount: Amount

    def __post_init__(self) -> None:
        sound_amount(self.billable_amount)


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The answer of `GET /reports/summary`: totals, and one group a value of `group_by`."""

    from_: Instant
    to: Instant
    group_by: str
    currency: str = ""
    total: Total
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        normalise_instants(self, "from_", "to")


class Page(msgspec.Struct, Generic[Thing], frozen=True, kw_only=True):
    """A part of a list: `total` counts the whole list as it was when this part was read.

    Our server always counts; None is what the reader makes of a server that does not.
    """

    data: tuple[Thing, ...]
    total: int | None
    limit: int = PAGE_DEFAULT
    offset: int = 0
