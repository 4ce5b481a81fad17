"""The last page of the guest book: what is to be reviewed can be read, all of it."""

import math
import re

import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import bench
from tests.ui.look import settle
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit
from ult_desktop.ui.kit.theme import Theme

ANSWERS = (
    *("Dedi Kurniawan", "Dinas Pendidikan dan Kebudayaan Kabupaten Tana Tidung", "10", "Kota Tarakan"),
    *("0812 3456 7890", "informasi/Dapodik", "421.3/017/SMPN1/2026"),
)


@pytest.mark.parametrize("view", [View(), View(text_size=2), View(text_size=3, low_reach=True)], ids=str)
@pytest.mark.parametrize(
    ("width", "height", "inches"), [(1080, 1920, 21.5), (1920, 1080, 21.5), (1024, 768, 15.0)]
)
def test_every_answer_is_read_whole(
    show: Show, picture: Picture, width: int, height: int, inches: float, view: View
) -> None:
    """An answer takes as many lines as it needs; where the page holds fewer, two keys move them."""
    theme = Theme.for_window("kiosk", width, height)
    theme.set_density(math.hypot(width, height) / (inches * 25.4))
    kiosk = bench(samples.board(), theme)
    show(kiosk.window, width, height)
    flow = kiosk.window.flow
    flow.set_view(view)
    flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    flow.look_up("A012")
    kiosk.link.answer_last(samples.known())
    for answer in ANSWERS:
        flow.guest_book.answer(answer)
    settle()
    picture(kiosk.window, f"kiosk-periksa-{width}x{height}-text{view.text_size + 1}", sound=False)
    page = kiosk.window.shell.review.page
    assert page.isVisible()
    shown = [each for each in page.answers.answers if not each.isHidden()]
    assert [each.text() for each in shown][:2] == list(ANSWERS[:2])
    assert len(shown) == len(ANSWERS)
    for each in shown:
        assert each.heightForWidth(each.width()) <= each.height(), each.text()
        words = max(
            each.fontMetrics().horizontalAdvance(word) for word in re.split(r"\s|(?<=/)", each.text())
        )
        assert words <= each.width(), each.text()
    hidden = page.rolling.verticalScrollBar().maximum() > 0
    assert all(key.isVisible() for key in page.rolling.steps) or not hidden
    assert not (height == 1920 and view == View() and hidden), "an upright screen has room for all of them"
    kiosk.window.close()


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1366, 768)])
def test_a_choice_and_the_review_tell_how_far_the_visitor_is(show: Show, width: int, height: int) -> None:
    kiosk = bench(samples.board(), Theme.for_window("kiosk", width, height))
    show(kiosk.window, width, height)
    flow, progress = kiosk.window.flow, kiosk.window.shell.head.progress
    assert not progress.isVisible()
    flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    flow.look_up("A012")
    kiosk.link.answer_last(samples.known())
    for answer, place in zip(ANSWERS, ("", "", "4 dari 8", "", "6 dari 8", "", "8 dari 8"), strict=True):
        flow.guest_book.answer(answer)
        settle()
        assert progress.isVisible() is bool(place)
        assert not place or progress.place.text() == place
    kiosk.window.close()


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1366, 768), (1024, 768)])
def test_one_answer_is_changed_without_going_back_through_the_others(
    show: Show, picture: Picture, width: int, height: int
) -> None:
    kiosk = bench(samples.board(), Theme.for_window("kiosk", width, height))
    show(kiosk.window, width, height)
    flow, shell = kiosk.window.flow, kiosk.window.shell
    flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    flow.look_up("A012")
    kiosk.link.answer_last(samples.known())
    for answer in ANSWERS:
        flow.guest_book.answer(answer)
    settle()
    shell.review.page.change_button.click()
    settle()
    picture(kiosk.window, f"kiosk-ubah-{width}x{height}")
    cards = [card for card in shell.choice.page.grid.cards if card.isVisible()]
    assert [card.face.title for card in cards][:2] == ["Nama", "Instansi"]
    cards[1].click()
    assert shell.writing.page.isVisible()
    flow.back()
    assert shell.choice.page.isVisible()
    cards[1].click()
    flow.guest_book.answer("SDN 3 Tarakan")
    assert shell.review.page.isVisible()
    assert [each.text() for each in shell.review.page.answers.answers][:3] == [
        ANSWERS[0],
        "SDN 3 Tarakan",
        "10",
    ]
    shell.review.page.change_button.click()
    flow.back()
    assert shell.review.page.isVisible()
    kiosk.window.close()


def test_few_answers_are_large(show: Show) -> None:
    kiosk = bench(samples.board(), Theme.for_window("kiosk", 1080, 1920))
    show(kiosk.window, 1080, 1920)
    flow = kiosk.window.flow
    flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    flow.look_up("A012")
    kiosk.link.answer_last(samples.known())
    for answer in (ANSWERS[0], *[""] * (len(ANSWERS) - 1)):
        flow.guest_book.answer(answer)
    settle()
    assert kiosk.window.shell.review.page.answers.answers[0].property("type") == "title"
    kiosk.window.close()
