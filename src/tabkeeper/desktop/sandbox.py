"""Where a program sees that it is in a Flatpak's sandbox."""

from pathlib import Path

SANDBOX = Path("/.flatpak-info")
"""What every program in a Flatpak sees, and no other."""
