"""Without keys: with the loudspeaker on the first touch says what lies there, the second presses it."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton

from tests.ui.kiosk import samples
from tests.ui.kiosk.speech.test_guidance import Visitor
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import screen_of, touch_window
from ult_desktop.core.queue.ticket import Help
from ult_desktop.ui.kiosk.frame.still_there import StillThere
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen


@pytest.fixture
def listener(kiosk: KioskBench) -> Visitor:
    listener = Visitor(kiosk)
    touch_window(kiosk.window.shell.speaker)
    assert listener.hears("Sentuh sekali untuk mendengar, sentuh lagi untuk memilih.")
    return listener


def card(kiosk: KioskBench, place: int) -> ServiceCard:
    return kiosk.window.shell.home.grid.cards[place]


def test_a_service_is_heard_before_it_is_taken(listener: Visitor) -> None:
    kiosk = listener.kiosk
    for place in (2, 0):
        touch_window(card(kiosk, place))
        face = card(kiosk, place).face
        assert listener.hears(face.title)
        assert listener.hears(face.status[0])
    assert kiosk.link.asked == []
    touch_window(card(kiosk, 0))
    assert [ask.service_id for ask in kiosk.link.asked] == [1]


def test_a_card_that_became_another_is_heard_again(listener: Visitor) -> None:
    kiosk = listener.kiosk
    touch_window(card(kiosk, 0))
    kiosk.link.show_board(lines=samples.board().lines[1:])
    touch_window(card(kiosk, 0))
    assert kiosk.link.asked == []
    assert listener.hears(card(kiosk, 0).face.title)


def test_the_corner_of_a_card_is_heard_by_its_own_name(listener: Visitor) -> None:
    corner = card(listener.kiosk, 0).corner
    touch_window(corner)
    assert listener.heard[0].startswith("Syarat")
    assert screen_of(listener.kiosk) is Screen.HOME
    touch_window(corner)
    assert screen_of(listener.kiosk) is Screen.INFO


def test_what_can_be_ticked_says_its_state(listener: Visitor) -> None:
    flow, shell = listener.kiosk.window.flow, listener.kiosk.window.shell
    flow.go(KioskVisit().goes_to(Screen.HELP))
    cane = shell.helps.page.cards[Help.CANE]
    touch_window(cane)
    assert (listener.heard[-1], cane.isChecked()) == ("Tidak terpilih", False)
    touch_window(cane)
    assert (listener.heard, cane.isChecked()) == (["Terpilih"], True)


def test_on_the_next_page_the_first_touch_is_heard_again(listener: Visitor) -> None:
    shell = listener.kiosk.window.shell
    for _turn in range(2):
        touch_window(shell.foot.call_button)
    assert screen_of(listener.kiosk) is Screen.CALL
    listener.kiosk.window.flow.go(KioskVisit())
    touch_window(shell.foot.call_button)
    assert screen_of(listener.kiosk) is Screen.HOME


def test_the_loudspeaker_itself_is_pressed_at_once(listener: Visitor) -> None:
    kiosk = listener.kiosk
    touch_window(kiosk.window.shell.speaker)
    assert not kiosk.window.guidance.on
    touch_window(card(kiosk, 0))
    assert len(kiosk.link.asked) == 1


def test_any_touch_says_that_somebody_is_there_but_none_ends_the_visit_unheard(listener: Visitor) -> None:
    window = listener.kiosk.window
    page = window.shell.still_there.page
    for button, asked in ((page.ready_button, True), (page.action_button, False)):
        window.flow.show_question(StillThere(is_last=False))
        touch_window(button)
        assert (window.flow.scene.still_there is not None) is asked


def test_a_pin_is_not_said(listener: Visitor) -> None:
    window = listener.kiosk.window
    window.corner.held.emit()
    listener.heard = []
    for key in window.shell.pin.page.findChildren(QAbstractButton):
        touch_window(key)
    assert listener.heard == []


def test_a_touch_beside_everything_is_nobodys(listener: Visitor) -> None:
    window = listener.kiosk.window
    heard = listener.heard
    assert not window.guidance.handle_touch(QPoint(1, window.height() // 2))
    assert listener.heard == heard
