"""The composition root of the tray program: builds all that is behind the icon, connects it, and ends it."""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop  # type: ignore[import-untyped]

from tabkeeper import settings
from tabkeeper.background_sync import BackgroundSync
from tabkeeper.daily_backup import DailyBackup
from tabkeeper.desktop.calendar_watch import CalendarWatch
from tabkeeper.desktop.network import Network
from tabkeeper.first_sight import FirstSight
from tabkeeper.model.instants import utc_now
from tabkeeper.reflexes import Reflexes, Surroundings
from tabkeeper.sign_in.shown import ShownAccounts
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import Theme, ThemeSource
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener
from tabkeeper.ui.window.place import WindowMemory, read_state
from tabkeeper.update_watch import UpdateWatch

if TYPE_CHECKING:
    from tabkeeper.ui.window.program_window import ProgramWindow


def serve(application: QApplication, seen: FirstSight, silent: str) -> None:
    """Run until the person quits, or the session ends. `silent` is who on the session bus does not answer."""
    with QEventLoop(application) as loop:
        serving = loop.create_task(_serve(application, seen, silent))
        serving.add_done_callback(lambda _: loop.stop())
        loop.run_forever()
        if not serving.done():
            # At a session's end, Windows and macOS have Qt leave its loop before all is done that has to be.
            loop.run_forever()
        serving.result()


async def _serve(application: QApplication, seen: FirstSight, silent: str) -> None:
    desk, tray, source = seen.desk, seen.tray, seen.source
    choices = Choices(seen.chosen.settings, seen.paths.settings, utc_now)
    reads = LongReads(lambda: desk.workplace, (StoreTrouble,))
    closing = asyncio.Event()
    try:
        application.aboutToQuit.connect(closing.set)
        opener = _window_opener(seen, reads)
        opener.quit_requested.connect(closing.set)
        settings_opener = SettingsOpener(choices, source)
        opener.settings_requested.connect(settings_opener.open)
        _add_data_page(settings_opener, desk, reads, opener)
        reflexes = Reflexes(
            Surroundings(desk, choices, tray, opener, settings_opener, seen.zone, seen.paths.data, silent)
        )
        shown_accounts = ShownAccounts(seen.accounts, seen.current.account, desk, seen.workplace)
        sign_in = shown_accounts.show_in(opener, settings_opener, source)
        source.changed.connect(tray.dress)
        calendar = CalendarWatch(seen.zone, utc_now, desk)
        _follow(choices, source, tray, desk, opener, calendar)
        background = _keep_in_step(seen, shown_accounts, opener)
        calendar.changed.connect(reflexes.look_at_the_clock)
        reflexes.left.connect(background.rest)
        for woken in (tray.count, background.wake, calendar.look):
            reflexes.came_back.connect(woken)
        DailyBackup(desk)
        _tell_of_releases(seen, choices, opener)
        for speaker in (choices, reflexes, shown_accounts.desk):
            speaker.told.connect(desk.tell)
        words = _words_for_windows(opener, tray) | {
            "changed": desk.look_again,
            "settings": choices.look_again,
            "account": shown_accounts.desk.look_again,
            "quit": closing.set,
        }
        for notice in filter(None, (seen.chosen.notice, seen.current.notice)):
            desk.tell(notice)
        reflexes.begin(seen.snapshot)
        seen.answers["hotkeys"] = lambda: json.dumps(reflexes.hotkeys)
        seen.heard.hand_over(lambda word: (words.get(word, desk.look_again)(), background.wake()))
        seen.links.hand_over(reflexes.open_link)
        seen.choices_made.hand_over(desk.change)
        seen.told.hand_over(lambda text: opener.tell(text) or tray.tell(text))
        seen.asked_to_end.hand_over(closing.set)
        seen.asks.toggle.hand_over(lambda: opener.toggle(tray.place()))
        seen.asks.open.hand_over(lambda: opener.open(tray.place()))
        seen.asks.sync.hand_over(lambda: opener.open_needs(tray.place()))
        seen.asks.settings.hand_over(settings_opener.open)
        seen.asks.quit.hand_over(closing.set)
        await closing.wait()
        tray.hide()
        for part in (opener, settings_opener, sign_in, background):
            part.finish()
        await reflexes.release()
    finally:
        reads.close()
        choices.close()


def _window_opener(seen: FirstSight, reads: LongReads) -> WindowOpener:
    """Return what opens the window, which does without a tray where there is none."""
    state = seen.paths.config / "window.json"
    memory = WindowMemory(state, read_state(state))
    opener = WindowOpener(seen.snapshot, seen.source, seen.zone, utc_now, seen.desk, memory, reads)
    opener.look_for_a_tray()
    return opener


def _add_data_page(settings: SettingsOpener, desk: Desk, reads: LongReads, opener: WindowOpener) -> None:
    """Let the settings have a page about the file itself."""

    def page(_: Theme) -> QWidget:
        from tabkeeper.ui.settings.data_page import DataPage

        made = DataPage(desk, reads, lambda: opener.face, utc_now)
        made.restored.connect(opener.forget_offers)
        return made

    settings.add_page("Data", page, last=True)


def _words_for_windows(opener: WindowOpener, tray: Tray) -> dict[str, Callable[[], object]]:
    """Return what the words of `nudge` about windows do."""
    return {
        "show": lambda: opener.open(tray.place()),
        "window": lambda: opener.toggle(tray.place()),
        "quick-add": opener.open_quick_add,
    }


def _keep_in_step(seen: FirstSight, shown: ShownAccounts, opener: WindowOpener) -> BackgroundSync:
    """Sync the account in use: after each change, when the network is back, and when somebody looks."""
    desk = seen.desk
    background = BackgroundSync(seen.accounts, shown.tokens)
    shown.desk.changed.connect(background.follow)
    background.happened.connect(desk.look_again)
    for reason in (desk.written, Network(background).came_back):
        reason.connect(background.wake)

    def follow_the_window(window: "ProgramWindow") -> None:
        window.frame.seen.connect(background.wake)
        window.foot.sync.unlock_requested.connect(background.ask_again)

    opener.made.connect(follow_the_window)
    return background


def _tell_of_releases(seen: FirstSight, choices: Choices, opener: WindowOpener) -> None:
    """Have a line in both menus where a newer release is out."""
    watch, tray = UpdateWatch(choices, seen.paths.data, utc_now), seen.tray
    watch.told.connect(tray.show_news)
    watch.told.connect(opener.show_news)
    tray.news_requested.connect(lambda: opener.open_news(tray.place()))


def _follow(
    choices: Choices,
    source: ThemeSource,
    tray: Tray,
    desk: Desk,
    opener: WindowOpener,
    calendar: CalendarWatch,
) -> None:
    """Let the choices hold, and each later one at once; what is today's follows the computer's calendar."""

    def dress_the_tray() -> None:
        tray.follow(choices.settings, source.system_is_dark)

    def follow(now: settings.Settings) -> None:
        source.choose(now.theme)
        dress_the_tray()
        desk.begin_weeks_on(settings.first_weekday(now))
        opener.follow(now)

    choices.changed.connect(follow)
    source.changed.connect(dress_the_tray)
    calendar.changed.connect(lambda: follow(choices.settings))
    desk.changed.connect(calendar.look)
    opener.follow(choices.settings)
    dress_the_tray()
