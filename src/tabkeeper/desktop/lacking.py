"""What a session may lack, and what works instead: in the same words in the settings and from the doctor."""

NO_TRAY = (
    "There is no tray here, so no icon; the window takes its place. GNOME shows one with the extension "
    "AppIndicator."
)
NO_IDLE = "This session does not tell when nobody is there. Sleep and a power cut are noticed all the same."
NO_NOTIFICATIONS = "No service here shows notifications. Reminders stand beside the icon, without buttons."


def left_out(silent: str) -> str:
    """Say what comes of it that somebody on the session bus did not answer when the program began."""
    return (
        f"{silent} did not answer when Tabkeeper began, so its icon and windows do without the session bus: "
        "some panels do not show the icon, and screen readers find nothing to read. Tabkeeper begins anew by "
        "itself when that answers and no window is open."
    )


def unanswered(silent: str) -> str:
    """Say what comes of it that somebody on the session bus does not answer now."""
    return (
        f"{silent} does not answer. If Tabkeeper begins now, its icon and windows do without the session bus."
    )
