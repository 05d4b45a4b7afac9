"""Makes a person's text safe for what may take text for markup: menus, tooltips, notifications."""

_MARKUP_BREAK = "\u2060"
"""WORD JOINER: shows as nothing, and keeps a `<` or `&` from beginning anything."""

SENTENCE = 400
"""Characters of the longest sentence that is said; a tooltip of the tray has room for 120."""


def in_menu(text: str, limit: int = 48) -> str:
    """Return a text for a menu, at most `limit` characters long, with each `&` shown as it is."""
    short = text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    return short.replace("&", "&&")


def in_tooltip(text: str, limit: int = 120) -> str:
    """Return a text for a tooltip or a notification, at most `limit` characters long.

    Whether these are read as markup is decided by the desktop; escaping would show where they are not.
    """
    short = text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    return short.replace("<", f"<{_MARKUP_BREAK}").replace("&", f"&{_MARKUP_BREAK}")
