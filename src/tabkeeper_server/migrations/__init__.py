"""The migrations of the server's schema, oldest first in `versions/`."""
