"""The operating system behind narrow doors: one instance, the display; no rules of time keeping, no store."""
