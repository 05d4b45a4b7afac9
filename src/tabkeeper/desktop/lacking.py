"""What a session may lack, and what works instead: in the same words in the settings and from the doctor."""

NO_TRAY = (
    "There is no tray here, so no icon; the window takes its place. GNOME shows one with the extension "
    "AppIndicator."
)
NO_IDLE = "This session does not tell when nobody is there. Sleep and a power cut are noticed all the same."
NO_NOTIFICATIONS = "No service here shows notifications. Reminders stand beside the icon, without buttons."
