"""Which settings stand on which page of the dialog, and what they are called there; data only."""

from tabkeeper.ui.settings.page import Row

_DAYS = {"system": "As the system"}

AWAY = (
    (
        "",
        (
            Row(
                "idle.minutes",
                "Ask what the time was after being away for",
                "Also after sleep, a locked screen or a power cut, if a timer was running.",
                unit="minutes",
                usual=10.0,
            ),
        ),
    ),
)
APPEARANCE = (
    (
        "",
        (
            Row("appearance.theme", "Windows and menus"),
            Row("appearance.tray_text", "Elapsed time in the tray icon"),
            Row(
                "appearance.panel",
                "The panel with the tray is",
                "Tabkeeper looks for itself where it can; choose where the icon is hard to see.",
                {"auto": "Automatic"},
            ),
        ),
    ),
)
GENERAL = (
    (
        "",
        (
            Row("start.with_session", "Start when you log in", "Quietly: only the tray icon shows."),
            Row("time.clock", "Times of day", words={"24h": "14:02", "12h": "2:02 PM"}),
            Row("time.week_starts", "A week begins on", words=_DAYS),
            Row("week.hours", "Weekly target", unit="hours", usual=40.0),
        ),
    ),
)
