"""The async client of the Time Tracker API; usable alone in a script."""
