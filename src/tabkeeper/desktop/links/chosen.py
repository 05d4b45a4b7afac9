"""The one place that decides how this system is told who opens our links."""

import sys

from tabkeeper.desktop.links.door import Links


def links_of_this_system() -> Links:
    """Return how this system is told who opens our links."""
    links: Links
    if sys.platform == "win32":
        from tabkeeper.desktop.links.windows import RegistryLinks

        links = RegistryLinks()
    elif sys.platform == "darwin":
        from tabkeeper.desktop.links.bundle import BundleLinks

        links = BundleLinks()
    else:
        from tabkeeper.desktop.links.xdg import XdgLinks

        links = XdgLinks()
    return links
