"""The look as data: every colour, type size, space, height, corner and duration, and nothing of Qt.

No other file of the interface holds a literal colour, size or font; what is missing is added here.
"""

from enum import IntEnum
from typing import NamedTuple


class Colours(NamedTuple):
    """The colours of one scheme as `#RRGGBB`, named by what they are for."""

    window: str
    """Behind the list, fields and menus."""
    raised: str
    """Behind the header, the editor and the foot."""
    text: str
    muted: str
    """Second lines, captions, hints."""
    line: str
    """Hair lines and field borders; never the only sign of a thing."""
    accent: str
    """Start, the focus ring, selection, the primary button."""
    on_accent: str
    accent_tint: str
    """Behind the running row."""
    selected: str
    """Behind the chosen row."""
    hover: str
    """Behind what the pointer is over."""
    stop: str
    """The stop button, and only that: deleting can be undone and is not red."""
    warning: str
    """Offline, or something needs the person."""
    warning_tint: str


LIGHT = Colours(
    window="#FFFFFF",
    raised="#F5F6F7",
    text="#1B1F23",
    muted="#5C6670",
    line="#E3E6E9",
    accent="#0B6E69",
    on_accent="#FFFFFF",
    accent_tint="#E4F2F0",
    selected="#DCEEEC",
    hover="#EFF1F3",
    stop="#C8372D",
    warning="#8A5A00",
    warning_tint="#FFF3DC",
)
DARK = Colours(
    window="#1B1E21",
    raised="#23272B",
    text="#ECEFF1",
    muted="#A0A9B2",
    line="#343A40",
    accent="#4CC2B8",
    on_accent="#06211F",
    accent_tint="#173533",
    selected="#1E3F3C",
    hover="#2A2F34",
    stop="#FF7A6E",
    warning="#F0BD62",
    warning_tint="#3A2F17",
)

WHITE = "#FFFFFF"
NEAR_BLACK = "#050607"
"""So dark that this or white reaches 4.5 : 1 on any colour whatever."""


class TrayColours(NamedTuple):
    """The few colours of the tray icon that belong to no scheme: a panel has its own."""

    light_ink: str = "#ECEFF1"
    dark_ink: str = "#2A2F34"
    light_panel: str = "#EFEFEF"
    """What a panel is taken to look like: a program cannot ask."""
    dark_panel: str = "#202326"
    offline: str = "#8A949E"
    needs_you: str = "#E2A01F"


TRAY = TrayColours()


class Size(IntEnum):
    """Type sizes in logical pixels at the system's normal text scale."""

    CAPTION = 11
    BODY = 13
    EMPHASIS = 15
    FIGURES = 20
    CLOCK = 26


class Weight(IntEnum):
    """Type weights as OpenType counts them."""

    REGULAR = 400
    MEDIUM = 500
    STRONG = 600


class Space(IntEnum):
    """Distances between things, in logical pixels."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24


class Radius(IntEnum):
    """Corners, in logical pixels; chips are round by half their height."""

    MARK = 4
    """Of what is smaller than a control: check boxes."""
    CONTROL = 6
    CARD = 10


class Measures(NamedTuple):
    """Heights and widths that hold text or a finger, in logical pixels; they grow with the text scale."""

    row: int = 46
    """A row of two lines."""
    row_single: int = 30
    """A row of one line."""
    day: int = 34
    """The heading of a day in the list."""
    header: int = 108
    foot: int = 32
    tab: int = 36
    field: int = 30
    """Text fields and buttons."""
    target: int = 24
    """The least that is clicked; chips have this height."""
    tool: int = 28
    """A button that shows an icon only."""
    start: int = 40
    """The round start and stop button."""
    icon: int = 16
    icon_large: int = 20
    report_row: int = 40
    """A row of one line above a share bar."""
    chart: int = 116
    """A chart with the names below it."""
    bar: int = 3
    """The project's bar at a row's edge."""
    dot: int = 8
    """The project's dot in menus and chips."""

    def scaled(self, scale: float) -> "Measures":
        """Return the measures for a text scale, in whole pixels."""
        return Measures(*(round(value * scale) for value in self))


HAIRLINE = 1
FOCUS_RING = 2
