"""Links under macOS: the application bundle says which it opens, so there is nothing to do at run time."""


class BundleLinks:
    """Leaves it to the bundle."""

    def switch(self, on: bool) -> None:
        """There is nothing to switch."""
