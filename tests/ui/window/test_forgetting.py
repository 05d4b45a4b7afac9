"""When another file is shown, nothing of the one before can be undone by a press."""

from PySide6.QtCore import Qt
from tests.ui.window.conftest import NOW, Bench

from tabkeeper.model.entry import Draft


def test_an_offer_to_undo_goes_and_a_sentence_stays(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.add(Draft("Mail"), NOW.replace(hour=8), NOW.replace(hour=9)))
    bench.choose("Mail")
    bench.press(Qt.Key.Key_Delete)
    assert bench.toast.button.isVisible()
    bench.window.forget_offers()
    assert not bench.toast.isVisible()
    bench.window.tell("Signed in to Acme Inc.")
    bench.window.forget_offers()
    assert bench.toast.isVisible()
