"""Widgets are tested without a display, unless the environment names one."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
