"""The real Tabkeeper on a `Screen`: its process and command line, and what a person sees of it there."""

from contextlib import suppress
from pathlib import Path

from PIL import ImageColor
from tests.desktop.screen import Screen, Window, wait_until
from tests.program_process import AS_HERE, ProgramProcess, Way


class Program(ProgramProcess):
    """Tabkeeper with `home` as its folder."""

    def __init__(self, screen: Screen, home: Path, way: Way = AS_HERE, /, **environment: str) -> None:
        own = {"TABKEEPER_HOME": str(home)}
        super().__init__(screen.environment | own | environment, home.with_suffix(".log"), way)
        self.screen, self.home = screen, home

    def icon(self) -> Window:
        """Wait for the icon in the tray, until it stands still: a panel moves it when it takes it in."""
        return wait_until(self._icons, "the tray icon", self.way.patience)[0]

    def _icons(self) -> list[Window]:
        assert self.pid
        before, after = self.screen.tray_icons(), self.screen.tray_icons()
        return before if before == after else []

    def icon_shows(self, colour: str) -> bool:
        """Whether something in the icon has a colour, as `#E11D48`."""
        colours = self.screen.picture(self.icon()).convert("RGB").getcolors(10_000) or []
        return ImageColor.getrgb(colour) in [shown for _, shown in colours]

    def wait_for_no_icon(self) -> None:
        """Wait until the tray is empty."""
        wait_until(lambda: not self.screen.tray_icons(), "the icon to go", self.way.patience)

    def windows(self) -> list[Window]:
        """Return its windows and menus that can be seen, without the tray icon."""
        return self.screen.windows(self.pid)

    def window(self) -> Window:
        """Wait for exactly one window or menu that stands still."""

        return wait_until(self._settled, "one window that stands still", self.way.patience)[0]

    def choose(self, *keys: str) -> None:
        """Go by keys through the menu that is open, and take the row: it is seen before it hears any."""
        menu = self.window()
        before = self.screen.picture(menu)

        def is_heard() -> bool:
            self.screen.press(keys[0])
            with suppress(AssertionError):
                return wait_until(lambda: self.screen.picture(menu) != before, "a row to be chosen", 5)
            return False

        wait_until(is_heard, "the menu to hear keys", self.way.patience)
        self.screen.press(*keys[1:], "Return")

    def _settled(self) -> list[Window]:
        before, after = self.windows(), self.windows()
        return before if len(before) == 1 and before == after else []

    def open_window(self) -> Window:
        """Open the window by a click on the icon, and wait until it has the keyboard."""
        self.screen.click(self.icon())
        opened = self.window()
        wait_until(lambda: self.screen.active_window() == opened.number, "the window to have the keyboard")
        return opened

    def open_settings(self) -> Window:
        """Open the settings by their key in the window, and wait until they have the keyboard."""
        self.screen.press("ctrl+comma")
        opened, *_ = wait_until(
            lambda: [window for window in self.windows() if window.title.startswith("Settings")],
            "the settings",
            self.way.patience,
        )
        wait_until(lambda: self.screen.active_window() == opened.number, "the settings to have the keyboard")
        return opened
