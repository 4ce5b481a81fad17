"""Events under a visitor's finger."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import MONDAY, NO_QUOTA
from tests.ui.kiosk.stand import KioskBench
from tests.ui.look import assert_sound, settle
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import language
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.frame.shell import LatePage
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


def touch(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def touch_window(widget: QWidget) -> None:
    """Touch as the system does: the window gets the touch and looks for what lies under the finger."""
    QCoreApplication.processEvents()  # a new page takes its place first
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    for kind, held in ((QEvent.Type.MouseButtonPress, LEFT), (QEvent.Type.MouseButtonRelease, NO_BUTTON)):
        event = QMouseEvent(
            kind, place, window.mapToGlobal(place), LEFT, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(window.windowHandle(), event)


def screen_of(kiosk: KioskBench) -> Screen:
    return kiosk.window.flow.scene.visit.screen


def card(kiosk: KioskBench, place: int) -> QWidget:
    return kiosk.window.shell.home.grid.cards[place]


def test_one_touch_takes_a_number(kiosk: KioskBench) -> None:
    touch(card(kiosk, 1))
    assert kiosk.link.asked == [IssueTicket(service_id=2, at_kiosk=True, wants_paper=True)]
    kiosk.link.answer(samples.issued())
    assert kiosk.window.shell.page is kiosk.window.shell.taken
    assert kiosk.window.shell.taken.slip.number.text() == "A012"


def test_a_double_touch_takes_one_number(kiosk: KioskBench) -> None:
    touch(card(kiosk, 1))
    touch(card(kiosk, 1))
    touch(card(kiosk, 3))
    assert len(kiosk.link.asked) == 1


def test_the_second_half_of_a_double_touch_does_not_close_the_number(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=KioskTimes(deaf=60_000))
    kiosk.window.touches.stop()
    touch_window(card(kiosk, 1))
    kiosk.link.answer(samples.issued())
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: kiosk.window.shell.taken.has_paper)
    touch_window(kiosk.window.shell.taken)
    assert screen_of(kiosk) is Screen.TAKEN
    kiosk.window.touches.stop()
    touch_window(kiosk.window.shell.taken)
    assert screen_of(kiosk) is Screen.HOME


def test_a_finger_beside_the_corner_takes_no_number(kiosk: KioskBench) -> None:
    first = kiosk.window.shell.home.grid.cards[0]
    beside = first.corner.geometry().bottomLeft() + QPoint(-8, 8)
    QTest.mouseClick(first, LEFT, pos=beside)
    assert kiosk.link.asked == []
    assert screen_of(kiosk) is Screen.HOME


def test_the_corner_leads_to_the_requirements_and_from_there_to_a_number(kiosk: KioskBench) -> None:
    touch(kiosk.window.shell.home.grid.cards[1].corner)
    shell = kiosk.window.shell
    assert shell.page is shell.info.page
    assert shell.head.title.text() == "Tunjangan Profesi"
    assert shell.info.page.fee.value.text() == "Tidak dipungut biaya"
    touch(shell.info.page.take_button)
    assert kiosk.link.asked[0].service_id == 2


def test_requirements_stand_whole_in_large_letters_and_low_reach(kiosk: KioskBench) -> None:
    kiosk.window.flow.set_view(View(text_size=2, low_reach=True))
    touch(kiosk.window.shell.home.grid.cards[1].corner)
    page = kiosk.window.shell.info.page
    assert kiosk.window.shell.page is page
    settle()
    assert page.rolling.verticalScrollBar().maximum() == 0


def test_priority_asks_ground_help_and_service(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    touch(shell.home.bar)
    touch(shell.grounds.page.grid.cards[0])
    touch(shell.helps.page.cards[Help.WHEELCHAIR])
    touch(shell.helps.page.go_on_button)
    touch(card(kiosk, 0))
    command = kiosk.link.asked[0]
    assert (command.priority, command.help) == (PriorityReason.ELDERLY, (Help.WHEELCHAIR,))


def test_help_is_forgotten_with_the_ground(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    touch(shell.home.bar)
    touch(shell.grounds.page.grid.cards[0])
    touch(shell.helps.page.cards[Help.CANE])
    touch(shell.foot.back_button)
    touch(shell.grounds.page.grid.cards[1])
    touch(shell.helps.page.go_on_button)
    touch(card(kiosk, 0))
    command = kiosk.link.asked[0]
    assert (command.priority, command.help) == (PriorityReason.DISABILITY, ())


def test_a_refusal_says_why_and_leads_home(kiosk: KioskBench) -> None:
    touch(card(kiosk, 4))
    kiosk.link.answer(NO_QUOTA)
    notice = kiosk.window.shell.notice
    assert notice.title.text() == NO_QUOTA.what
    touch(notice.action_button)
    assert kiosk.window.shell.page is kiosk.window.shell.home


def test_an_office_that_takes_its_time_is_said(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=KioskTimes(hurry=1, deaf=0))
    touch(card(kiosk, 0))
    notice = kiosk.window.shell.notice
    qtbot.waitUntil(lambda: kiosk.window.shell.page is notice)
    assert notice.title.text() == "Mengambil nomor untuk Anda…"
    kiosk.link.answer(samples.issued())
    assert kiosk.window.shell.page is kiosk.window.shell.taken


def test_idle_goes_home_and_forgets_everything(kiosk: KioskBench) -> None:
    shell, flow = kiosk.window.shell, kiosk.window.flow
    touch(shell.foot.options_button)
    touch(shell.options.page.contrast)
    touch(shell.options.page.sizes.keys[1])
    touch_window(shell.foot.languages["en"])
    assert (flow.scene.view.high_contrast, language()) == (True, "en")
    kiosk.fall_silent(2)
    assert flow.scene.visit.is_at_start
    assert (flow.scene.view, language()) == (View(), "id")
    assert shell.head.title.text() == "Selamat pagi"


def test_the_usual_looks_are_the_stations(set_up: SetUp) -> None:
    config = StationConfig(language="en", kiosk=KioskConfig(large_text=True))
    kiosk = set_up(config=config)
    assert kiosk.window.shell.head.title.text() == "Good morning"
    touch(kiosk.window.shell.foot.languages["id"])
    kiosk.window.end_visit()
    assert kiosk.window.flow.scene.view == View(text_size=1)
    assert kiosk.window.shell.head.title.text() == "Good morning"


def test_the_language_changes_every_word(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    touch(shell.foot.languages["en"])
    assert shell.home.grid.cards[0].face.title == "Information & Advice"
    assert shell.home.bar.title.text() == "Priority service"
    assert shell.foot.options_button.accessibleName() == "Display"


@pytest.mark.parametrize(
    ("opening", "title", "words"),
    [
        (
            OpeningStatus(state=Openness.OUTSIDE_HOURS, opens_at=MONDAY),
            "Layanan sedang tutup",
            "Buka kembali Senin, 23 November 2026 pukul 07.30\N{NO-BREAK SPACE}WITA.",
        ),
        (
            OpeningStatus(state=Openness.HOLIDAY, reason="Hari Raya Natal", opens_at=MONDAY),
            "Hari ini kami libur",
            "Hari Raya Natal",
        ),
        (
            OpeningStatus(state=Openness.PAUSED, reason="Rapat staf"),
            "Pengambilan nomor dijeda sebentar",
            "Rapat staf",
        ),
    ],
)
def test_a_closed_door_says_so_and_opens_by_itself(
    kiosk: KioskBench, opening: OpeningStatus, title: str, words: str
) -> None:
    kiosk.link.show_board(opening=opening)
    notice = kiosk.window.shell.notice
    assert notice.isVisible()
    assert (notice.title.text(), notice.lines[0].text()) == (title, words)
    kiosk.link.show_board(opening=OpeningStatus())
    assert kiosk.window.shell.home.isVisible()


def test_a_share_that_is_gone_comes_back_by_itself(kiosk: KioskBench) -> None:
    kiosk.link.connect_as(Connection.OFFLINE)
    assert kiosk.window.shell.notice.title.text() == "Mesin ini sedang terputus"
    kiosk.link.connect_as(Connection.ONLINE)
    assert kiosk.window.shell.page is kiosk.window.shell.home


def test_a_number_on_the_screen_outlives_the_share(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    kiosk.link.connect_as(Connection.OFFLINE)
    assert kiosk.window.shell.page is kiosk.window.shell.taken


def test_categories_come_first_with_many_services(set_up: SetUp) -> None:
    kiosk = set_up(samples.big_board())
    shell = kiosk.window.shell
    assert [each.face.title for each in shell.home.grid.cards[:3]] == [
        "Guru & Tenaga Kependidikan",
        "Data Pendidikan",
        "Layanan Umum",
    ]
    touch(card(kiosk, 0))
    assert shell.head.title.text() == "Guru & Tenaga Kependidikan"
    assert kiosk.link.asked == []
    touch(card(kiosk, 0))
    assert shell.head.title.text() == "Nomor Induk"
    touch(shell.foot.back_button)
    touch(shell.foot.back_button)
    assert kiosk.window.flow.scene.visit.is_at_start


def test_a_kiosk_for_some_categories_offers_only_those(set_up: SetUp) -> None:
    config = StationConfig(kiosk=KioskConfig(categories=("nomor",)))
    kiosk = set_up(samples.big_board(), config=config)
    shown = [each.face.badge for each in kiosk.window.shell.home.grid.cards if each.isVisible()]
    assert shown == ["D", "I", "N", "S"]


def test_long_words_of_a_notice_are_whole(kiosk: KioskBench) -> None:
    """An office's title may be long: three lines of it are no less than one."""
    kiosk.window.flow.refuse(UserError("Kuota hari ini untuk layanan ini sudah habis. " * 3))
    for _turn in range(3):
        QCoreApplication.processEvents()
    assert_sound(kiosk.window)


def test_what_can_be_ticked_is_a_square_empty_or_ticked(kiosk: KioskBench) -> None:
    kiosk.window.flow.go(KioskVisit().declares(PriorityReason.ELDERLY))
    wanted = kiosk.window.shell.helps.page.cards[Help.CANE]
    assert not wanted.tick.on
    touch(wanted)
    assert wanted.tick.on


def test_what_was_touched_keeps_no_edge(kiosk: KioskBench) -> None:
    kiosk.window.flow.go(KioskVisit().declares(PriorityReason.ELDERLY))
    wanted = kiosk.window.shell.helps.page.cards[Help.CANE]
    QTest.mouseClick(wanted, LEFT, pos=QPoint(2, 2))
    assert not wanted.isChecked()
    touch(kiosk.window.shell.foot.languages["en"])
    assert not wanted.hasFocus()
    assert not kiosk.window.shell.foot.languages["en"].hasFocus()


def test_what_stands_in_a_wide_foot_begins_where_the_cards_begin(kiosk: KioskBench) -> None:
    kiosk.window.resize(1366, 768)
    for _turn in range(3):
        QCoreApplication.processEvents()
    bar, first = kiosk.window.shell.foot.bar, kiosk.window.shell.home.grid.cards[0]
    lefts = [each.mapTo(kiosk.window, each.target_rect().topLeft()).x() for each in (bar, first)]
    assert abs(lefts[0] - lefts[1]) <= 2


def test_a_page_is_built_for_its_first_visitor_and_stays(kiosk: KioskBench) -> None:
    shell, flow = kiosk.window.shell, kiosk.window.flow
    late = [each for each in vars(shell).values() if isinstance(each, LatePage)]
    assert late
    assert [each.built for each in late if each.built is not None] == []
    flow.go(KioskVisit().asks_code(CodePurpose.ANY))
    page = shell.code.built
    assert page is not None
    assert shell.page is page
    assert page.band.badge in shell.badges
    kiosk.window.end_visit()
    flow.go(KioskVisit().asks_code(CodePurpose.SURVEY))
    assert shell.page is page
    assert [each for each in late if each.built is not None] == [shell.code]
