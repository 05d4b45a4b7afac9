"""Being the program that opens `tabkeeper://` links: one protocol, a module each, one place that chooses."""

from tabkeeper.desktop.links.chosen import links_of_this_system
from tabkeeper.desktop.links.door import Links

__all__ = ["Links", "links_of_this_system"]
