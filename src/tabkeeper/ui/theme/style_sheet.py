"""The one style sheet, written from the tokens for the widgets in use; painters of rows have no need of it.

Dynamic properties choose a variant: buttons have a `kind` (primary, quiet, chip, toast, start, stop; plain
without one), line edits (line) and check boxes (bare) too, frames a `surface` (window, raised, header, tabs,
editor, foot, card, toast), labels a `tone` (muted, accent, warning), a `type` (caption, emphasis, clock)
and a `weight` (medium, strong).
"""

from tabkeeper.resources import resource
from tabkeeper.ui.theme.contrast import text_on
from tabkeeper.ui.theme.tokens import FOCUS_RING, HAIRLINE, Radius, Size, Space, Weight
from tabkeeper.ui.theme.value import Theme


def style_sheet(theme: Theme) -> str:
    """Return the application's style sheet for a theme."""
    parts = (
        *(_surfaces, _labels, _fields, _check_boxes, _buttons, _choices, _round_buttons),
        *(_tabs, _lists_and_menus, _scroll_bars),
    )
    return "\n".join(part(theme) for part in parts)


def _surfaces(theme: Theme) -> str:
    colours = theme.colours
    return f"""
QDialog, QFrame[surface="window"] {{ background: {colours.window}; }}
QFrame[surface="raised"] {{ background: {colours.raised}; }}
QFrame[surface="header"] {{
    background: {colours.raised}; border: none; border-bottom: {HAIRLINE}px solid {colours.line};
}}
QFrame[surface="tabs"] {{
    background: {colours.window}; border: none; border-bottom: {HAIRLINE}px solid {colours.line};
}}
QFrame[surface="foot"] {{
    background: {colours.raised}; border: none; border-top: {HAIRLINE}px solid {colours.line};
}}
QFrame[surface="foot"][tone="warning"] {{ background: {colours.warning_tint}; }}
QFrame[surface="foot"][tone="warning"] QPushButton[kind="quiet"] {{
    color: {colours.warning}; font-weight: {Weight.STRONG};
}}
QFrame[surface="segments"] {{
    background: {colours.raised};
    border: {HAIRLINE}px solid {colours.line}; border-radius: {Radius.CONTROL}px;
}}
QFrame[surface="editor"] {{
    background: {colours.raised}; border: none; border-bottom: {HAIRLINE}px solid {colours.line};
}}
QFrame[surface="popup"] {{ background: {colours.window}; border: {HAIRLINE}px solid {colours.line}; }}
QFrame[surface="line"] {{
    background: {colours.line}; border: none; min-height: {HAIRLINE}px; max-height: {HAIRLINE}px;
}}
QFrame[surface="toast"] {{ background: {colours.text}; border: none; border-radius: {Radius.CONTROL}px; }}
QFrame[surface="toast"] QLabel {{ color: {colours.window}; }}
QFrame[surface="card"] {{
    background: {colours.window}; border: {HAIRLINE}px solid {colours.line}; border-radius: {Radius.CARD}px;
}}
QToolTip {{
    background: {colours.raised}; color: {colours.text};
    border: {HAIRLINE}px solid {colours.line}; padding: {Space.HAIR}px {Space.SMALL}px;
}}"""


def _labels(theme: Theme) -> str:
    colours = theme.colours
    sizes = {
        "caption": Size.CAPTION,
        "emphasis": Size.EMPHASIS,
        "clock": Size.CLOCK,
    }
    rules = [f'*[type="{name}"] {{ font-size: {theme.pixels(size)}px; }}' for name, size in sizes.items()]
    rules += [
        f'*[weight="medium"] {{ font-weight: {Weight.MEDIUM}; }}',
        f'*[weight="strong"] {{ font-weight: {Weight.STRONG}; }}',
        "QLabel { background: transparent; }",
        f'QLabel[tone="muted"] {{ color: {colours.muted}; }}',
        f'QLabel[tone="accent"] {{ color: {colours.accent}; }}',
        f'QLabel[tone="warning"] {{ color: {colours.warning}; }}',
    ]
    return "\n".join(rules)


def _fields(theme: Theme) -> str:
    colours = theme.colours
    # The ring is wider than the border; the padding gives way by the difference, so that no text moves.
    given_way = Space.SMALL - (FOCUS_RING - HAIRLINE)
    return f"""
QLineEdit, QComboBox {{
    background: {colours.window}; color: {colours.text};
    border: {HAIRLINE}px solid {colours.line}; border-radius: {Radius.CONTROL}px;
    padding: 0 {Space.SMALL}px; min-height: {theme.measures.field - 2 * HAIRLINE}px;
    selection-background-color: {colours.accent}; selection-color: {colours.on_accent};
    placeholder-text-color: {colours.muted};
}}
QLineEdit:hover, QComboBox:hover {{
    border-color: {colours.muted};
}}
QLineEdit:focus, QComboBox:focus {{
    border: {FOCUS_RING}px solid {colours.accent}; padding: 0 {given_way}px;
    min-height: {theme.measures.field - 2 * FOCUS_RING}px;
}}
QLineEdit:disabled, QComboBox:disabled {{
    background: {colours.raised}; color: {colours.muted};
}}
QLineEdit[kind="line"] {{
    background: transparent; border: {FOCUS_RING}px solid transparent;
    padding: 0 0 0 -{2 * FOCUS_RING}px; min-height: {theme.measures.start - 2 * FOCUS_RING}px;
}}
QLineEdit[kind="line"]:focus {{
    background: {colours.window}; border-color: {colours.accent}; padding: 0 {given_way}px;
}}
QComboBox::drop-down {{ border: none; width: {Space.WIDE}px; }}
QComboBox::down-arrow {{
    width: {Space.SMALL}px; height: {Space.SMALL}px; background: {_triangle(colours.muted)};
}}
"""


def _check_boxes(theme: Theme) -> str:
    colours, side = theme.colours, theme.measures.icon
    resting, focused = side - 2 * HAIRLINE, side - 2 * FOCUS_RING
    # A sheet names pictures as files only, so there is one of the mark for each scheme.
    mark = resource("icons", f"checked-{'dark' if theme.dark else 'light'}.svg").as_posix()
    return f"""
QCheckBox {{
    color: {colours.text}; outline: none; spacing: {Space.SMALL}px; min-height: {theme.measures.field}px;
}}
QCheckBox[kind="bare"] {{ spacing: 0; }}
QCheckBox:disabled {{ color: {colours.muted}; }}
QCheckBox::indicator {{
    width: {resting}px; height: {resting}px; background: {colours.window};
    border: {HAIRLINE}px solid {colours.muted}; border-radius: {Radius.MARK}px;
}}
QCheckBox::indicator:hover {{ border-color: {colours.text}; }}
QCheckBox::indicator:checked {{
    background: {colours.accent}; border-color: {colours.accent}; image: url("{mark}");
}}
QCheckBox::indicator:focus {{
    width: {focused}px; height: {focused}px; border: {FOCUS_RING}px solid {colours.accent};
}}
QCheckBox::indicator:checked:focus {{ border-color: {colours.text}; }}"""


def _triangle(colour: str) -> str:
    """Return a brush that draws a triangle pointing down; a sheet can name pictures only as files."""
    sector = f"stop: 0 {colour}, stop: 0.25 {colour}, stop: 0.251 transparent, stop: 1 transparent"
    return f"qconicalgradient(cx: 0.5, cy: 0.6, angle: 45, {sector})"


def _buttons(theme: Theme) -> str:
    colours = theme.colours
    chip = theme.measures.target
    return f"""
QPushButton {{
    background: {colours.window}; color: {colours.text}; font-weight: {Weight.MEDIUM}; outline: none;
    border: {HAIRLINE}px solid {colours.line}; border-radius: {Radius.CONTROL}px;
    padding: 0 {Space.MEDIUM}px; min-height: {theme.measures.field - 2 * HAIRLINE}px;
}}
QPushButton:hover {{ background: {colours.hover}; }}
QPushButton:pressed {{ background: {colours.selected}; }}
QPushButton:focus {{ border: {HAIRLINE}px solid {colours.accent}; }}
QPushButton:disabled {{ color: {colours.muted}; background: {colours.raised}; }}
QPushButton[kind="primary"] {{
    background: {colours.accent}; color: {colours.on_accent}; border-color: {colours.accent};
}}
QPushButton[kind="primary"]:focus {{ border: {FOCUS_RING}px solid {colours.text}; }}
QPushButton[kind="primary"]:disabled {{
    background: {colours.hover}; color: {colours.muted}; border-color: {colours.line};
}}
QPushButton[kind="toast"] {{
    background: transparent; color: {colours.window}; font-weight: {Weight.STRONG};
    border: {HAIRLINE}px solid transparent; text-decoration: underline;
}}
QPushButton[kind="toast"]:hover, QPushButton[kind="toast"]:focus {{ border-color: {colours.window}; }}
QPushButton[kind="quiet"], QToolButton {{
    background: transparent; color: {colours.text};
    border: {HAIRLINE}px solid transparent; border-radius: {Radius.CONTROL}px;
    padding: 0 {Space.HAIR}px; min-height: {theme.measures.tool - 2 * HAIRLINE}px;
}}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {colours.hover}; }}
QPushButton[kind="quiet"]:pressed, QToolButton:pressed {{ background: {colours.selected}; }}
QPushButton[kind="quiet"]:focus, QToolButton:focus {{ border-color: {colours.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton {{ min-width: {theme.measures.tool - 2 * HAIRLINE - 2 * Space.HAIR}px; }}
QLineEdit QToolButton {{ border: none; padding: 0; min-width: 0; min-height: 0; }}
QPushButton[kind="chip"] {{
    background: {colours.window}; color: {colours.text};
    font-size: {theme.pixels(Size.CAPTION)}px; font-weight: {Weight.REGULAR};
    border: {HAIRLINE}px solid {colours.line}; border-radius: {chip // 2}px;
    padding: 0 {Space.SMALL}px; min-height: {chip - 2 * HAIRLINE}px; max-height: {chip - 2 * HAIRLINE}px;
}}
QPushButton[kind="chip"]:hover {{ background: {colours.hover}; }}
QPushButton[kind="chip"]:checked {{ background: {colours.selected}; border-color: {colours.accent}; }}
QPushButton[kind="chip"]:focus {{ border-color: {colours.accent}; }}"""


def _choices(theme: Theme) -> str:
    """Return what buttons look like of which one is chosen."""
    colours = theme.colours
    return f"""
QPushButton[kind="segment"] {{
    background: transparent; color: {colours.muted}; border-color: transparent;
    min-height: {theme.measures.tool - 2 * HAIRLINE}px;
}}
QPushButton[kind="segment"][tight="true"] {{ padding: 0 {Space.HAIR + 2 * HAIRLINE}px; }}
QPushButton[kind="segment"]:hover {{ color: {colours.text}; }}
QPushButton[kind="segment"]:checked {{
    background: {colours.window}; color: {colours.text}; border-color: {colours.line};
}}
QPushButton[kind="segment"]:focus {{ border-color: {colours.accent}; }}
QPushButton[kind="range"] {{
    background: transparent; border-color: transparent; text-align: left; font-weight: {Weight.REGULAR};
    padding: 0 {Space.SMALL}px; min-height: {theme.measures.tool - 2 * HAIRLINE}px;
}}
QPushButton[kind="range"]:hover {{ background: {colours.hover}; }}
QPushButton[kind="range"]:checked {{ background: {colours.selected}; font-weight: {Weight.STRONG}; }}
QPushButton[kind="range"]:focus {{ border-color: {colours.accent}; }}"""


def _round_buttons(theme: Theme) -> str:
    rules = []
    for kind, colour in (("start", theme.colours.accent), ("stop", theme.colours.stop)):
        side = theme.measures.start - 2 * FOCUS_RING
        rules.append(f"""
QPushButton[kind="{kind}"] {{
    background: {colour}; color: {text_on(colour)};
    border: {FOCUS_RING}px solid {colour}; border-radius: {theme.measures.start // 2}px; padding: 0;
    min-width: {side}px; max-width: {side}px; min-height: {side}px; max-height: {side}px;
}}
QPushButton[kind="{kind}"]:hover {{ border-color: {theme.colours.muted}; }}
QPushButton[kind="{kind}"]:focus {{ border-color: {theme.colours.text}; }}
QPushButton[kind="{kind}"]:pressed {{ border-color: {theme.colours.line}; }}""")
    return "".join(rules)


def _tabs(theme: Theme) -> str:
    colours = theme.colours
    return f"""
QTabBar {{ background: transparent; border: none; outline: none; qproperty-drawBase: 0; }}
QTabBar::tab {{
    background: transparent; color: {colours.muted}; font-weight: {Weight.MEDIUM};
    border: none; border-bottom: {FOCUS_RING}px solid transparent;
    padding: 0 {Space.MEDIUM}px; min-height: {theme.measures.tab - FOCUS_RING}px;
}}
QTabBar::tab:hover {{ color: {colours.text}; }}
QTabBar::tab:selected {{ color: {colours.text}; border-bottom-color: {colours.accent}; }}
QTabBar:focus {{ color: {colours.accent}; }}
QTabBar::tab:selected:focus {{ color: {colours.accent}; background: {colours.accent_tint}; }}"""


def _lists_and_menus(theme: Theme) -> str:
    colours = theme.colours
    row = theme.measures.row_single
    return f"""
QAbstractItemView {{
    background: {colours.window}; color: {colours.text}; border: none; outline: none;
    selection-background-color: {colours.selected}; selection-color: {colours.text};
}}
QListView[surface="navigation"] {{
    background: {colours.raised}; padding: {Space.SMALL}px;
    border-right: {HAIRLINE}px solid {colours.line};
}}
QListView[surface="navigation"]::item {{
    border-radius: {Radius.CONTROL}px; padding: 0 {Space.SMALL}px; height: {row}px;
}}
QListView[surface="navigation"]::item:hover {{ background: {colours.hover}; }}
QListView[surface="navigation"]::item:selected {{ background: {colours.selected}; color: {colours.text}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: {colours.window}; }}
QComboBox QAbstractItemView, QAbstractItemView[surface="popup"] {{
    border: {HAIRLINE}px solid {colours.line}; padding: {Space.HAIR}px;
}}
QAbstractItemView[surface="popup"] {{ border-radius: {Radius.CONTROL}px; }}
QMenu {{
    background: {colours.window}; color: {colours.text};
    border: {HAIRLINE}px solid {colours.line}; padding: {Space.HAIR}px;
}}
QMenu::item {{
    border-radius: {Radius.CONTROL}px; padding: 0 {Space.LARGE}px 0 {Space.SMALL}px; height: {row}px;
}}
QMenu::item:selected {{ background: {colours.accent}; color: {colours.on_accent}; }}
QMenu::item:disabled {{ background: transparent; color: {colours.muted}; }}
QMenu::icon {{ padding-left: {Space.SMALL}px; }}
QMenu::separator {{
    background: {colours.line}; height: {HAIRLINE}px; margin: {Space.HAIR}px {Space.SMALL}px;
}}"""


def _scroll_bars(theme: Theme) -> str:
    colours = theme.colours
    width = Space.SMALL + 2 * HAIRLINE
    thumb = f"margin: {2 * HAIRLINE}px; border-radius: {(width - 4 * HAIRLINE) // 2}px"
    return f"""
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {width}px; }}
QScrollBar:horizontal {{ height: {width}px; }}
QScrollBar::handle {{ background: {colours.line}; {thumb}; }}
QScrollBar::handle:vertical {{ min-height: {theme.measures.target}px; }}
QScrollBar::handle:horizontal {{ min-width: {theme.measures.target}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {colours.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""
