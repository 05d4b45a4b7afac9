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
REMINDERS = (
    (
        "At work",
        (
            Row("remind.not_tracking", "Nothing is tracked for", "Said once, while you are there.",
                unit="minutes", usual=15.0),
            Row("remind.end_of_day", "A timer runs at the end of the day"),
            Row("work.days", "Days"),
            Row("work.starts", "From"),
            Row("work.ends", "To"),
        ),
    ),
    (
        "Of a timer",
        (
            Row("remind.long_hours", "It has been running for", unit="hours", usual=10.0),
            Row("pomodoro.work", "A break is due after", unit="minutes", usual=25.0),
            Row("pomodoro.break", "A break lasts", unit="minutes"),
        ),
    ),
)  # fmt: skip
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
            Row(
                "start.open_links",
                "Open tabkeeper:// links",
                "What a link proposes starts when you press Enter.",
            ),
            Row("time.clock", "Times of day", words={"24h": "14:02", "12h": "2:02 PM"}),
            Row(
                "time.durations",
                "Durations",
                words={"minutes": "1:23", "seconds": "1:23:45", "decimal": "1.40 h"},
            ),
            Row("time.week_starts", "A week begins on", words=_DAYS),
            Row("week.hours", "Weekly target", unit="hours", usual=40.0),
            Row(
                "updates.check",
                "Tell when a newer version is out",
                "Looked for once a day at most; the question says nothing of you.",
            ),
        ),
    ),
)
