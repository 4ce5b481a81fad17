"""Cards of every office in the house, in every room: nothing is cut."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import bench
from tests.ui.look import settle
from tests.ui.shown import theme_of
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid, slots_for, whole_slots
from ult_desktop.ui.kiosk.parts.card_plan import BADGE, CardSizes, card_sizes_for, corner_font, plan_card
from ult_desktop.ui.kiosk.parts.choices import Face, card_faces
from ult_desktop.ui.kit.theme import VISITOR_TEXT_SIZES, Theme
from ult_desktop.ui.kit.typeset import break_words, wrap

ROOMS = [(1080, 1920, 992, 1150), (1920, 1080, 1832, 690), (1024, 768, 962, 430), (1024, 768, 962, 270)]


def cards(count: int) -> tuple[Face, ...]:
    shown = card_faces(samples.board(), samples.lines())
    return tuple(shown[number % len(shown)] for number in range(count))


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("large", [1.0, 1.25])
@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 8])
def test_every_card_is_whole_on_two_pages_at_most(
    qtbot: QtBot, room: tuple[int, int, int, int], large: float, count: int
) -> None:
    theme = Theme.for_window("kiosk", room[0], room[1], large=large)
    grid = CardGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(room[2], room[3])
    grid.show_faces(cards(count))
    assert grid.pages <= 2
    assert all(card.fits() for card in grid.cards if not card.isHidden())


def test_a_long_word_shrinks_the_title_rather_than_being_cut(qtbot: QtBot) -> None:
    theme = Theme.for_window("kiosk", 1024, 768, large=1.25)
    grid = CardGrid(theme)
    qtbot.addWidget(grid)
    grid.resize(962, 270)
    grid.show_faces((replace(cards(1)[0], title="Pertanggungjawaban Kepegawaian"), *cards(7)))
    assert all(card.fits() for card in grid.cards if not card.isHidden())


def test_a_name_that_nobody_foresaw_is_still_there(qtbot: QtBot) -> None:
    grid = CardGrid(Theme.for_window("kiosk", 1024, 768, large=1.25))
    qtbot.addWidget(grid)
    grid.resize(962, 300)
    grid.show_faces((replace(cards(1)[0], title="Kepertanggungjawabanketatausahaan"), *cards(7)))
    assert all(card.fits() for card in grid.cards if not card.isHidden())


def test_six_cards_stand_three_by_three() -> None:
    slots = slots_for(QSize(1832, 690), Theme.for_window("kiosk", 1920, 1080), cards(6))
    assert (slots.columns, slots.rows) == (3, 2)


def test_cards_that_have_no_descriptions_stand_as_wide_as_usual() -> None:
    theme, room = Theme.for_window("kiosk", 1080, 1920), QSize(992, 1450)
    faces = tuple(replace(face, detail="", status=(), info=False) for face in cards(8))
    assert whole_slots(room, theme, faces) == slots_for(room, theme, faces)


def test_leafing_goes_round(qtbot: QtBot) -> None:
    grid = CardGrid(Theme.for_window("kiosk", 1024, 768))
    qtbot.addWidget(grid)
    grid.resize(962, 200)
    grid.show_faces(cards(8))
    assert grid.pages == 2
    with qtbot.waitSignal(grid.chosen) as chosen:
        grid.turn(1)
        grid.cards[0].click()
    assert chosen.args == [4]
    grid.turn(1)
    assert grid.page == 0


def test_wrapping() -> None:
    font = Theme("kiosk").font(28)
    assert wrap("", font, 100) == ()
    assert wrap("satu dua tiga", font, 10_000) == ("satu dua tiga",)
    assert wrap("satu dua tiga", font, 130) == ("satu dua", "tiga")
    assert wrap("Pertanggungjawaban", font, 50) == ()
    assert break_words("Pertanggungjawaban", font, 130)[0] == "Pertangg"


@pytest.mark.parametrize("printer_first", [True, False])
@pytest.mark.parametrize("size", samples.SIZES, ids=str)
def test_the_first_page_is_whole_whenever_board_and_printer_are_heard_of(
    show: Show, picture: Picture, size: samples.Size, *, printer_first: bool
) -> None:
    """The kiosk starts without either; what comes when is up to share and printer."""
    stand = bench(None, Theme.for_window("kiosk", size.width, size.height))
    show(stand.window, size.width, size.height)
    home, silent = stand.window.shell.home, PrinterState.NO_ANSWER
    if printer_first:
        stand.window.flow.set_printer(silent)
    stand.link.answers = True
    stand.link.show_board()
    picture(stand.window, f"kiosk-mulai-{size}-{printer_first}")
    assert home.notice.isVisible() is printer_first
    for state in (silent, PrinterState.READY, silent):
        stand.window.flow.set_printer(state)
        QCoreApplication.processEvents()
        for card in home.grid.cards:
            assert card.isHidden() or home.grid.rect().contains(card.geometry())
    assert home.notice.isVisible()
    stand.window.close()


@pytest.mark.parametrize("tick", ["", "✓"])
def test_a_flat_answer_stands_beside_its_picture(tick: str) -> None:
    theme, box = Theme.for_window("kiosk", 1080, 1920), QRect(0, 0, 960, 260)
    face = Face(title="Sangat sesuai", name="", icon="laugh", tint="green", badge=tick)
    plan = plan_card(face, theme, box, card_sizes_for([face], theme, box.size()))
    assert plan.is_whole
    assert plan.left > plan.tile.right() + (theme.text(BADGE) if tick else 0)
    middle = plan.title.top + plan.title.height // 2
    assert abs(middle - box.center().y()) <= 1
    assert abs(plan.tile.center().y() - box.center().y()) <= 1


def test_a_word_too_long_to_stand_beside_stands_below() -> None:
    theme, box, level = Theme.for_window("kiosk", 1024, 768), QRect(0, 0, 300, 130), CardSizes(40, 30, 0, 14)
    letter = QFontMetrics(theme.font(level.title, 700, tabular=False)).horizontalAdvance("W")
    word = "W" * ((box.width() - 2 * theme.px(level.pad)) // letter)
    plan = plan_card(Face(title=word, name="", icon="laugh", tint="green"), theme, box, level)
    assert plan.is_whole
    assert plan.left < plan.tile.right()


def test_the_services_of_an_upright_kiosk_are_explained(show: Show) -> None:
    stand = bench(samples.board(), Theme.for_window("kiosk", 1080, 1920))
    show(stand.window, 1080, 1920)
    plans = [card.plan for card in stand.window.shell.home.grid.cards]
    assert all(plan.detail.lines for plan in plans if plan is not None)
    stand.window.close()


@pytest.mark.parametrize("room", [*ROOMS, (1366, 768, 1288, 540), (1080, 1920, 992, 754)])
@pytest.mark.parametrize("large", [1.0, 1.25, 1.5])
def test_all_cards_have_their_descriptions_or_none_has(
    qtbot: QtBot, room: tuple[int, int, int, int], large: float
) -> None:
    """On some alone they would look as if the others lacked something."""
    grid = CardGrid(Theme.for_window("kiosk", room[0], room[1], large=large))
    qtbot.addWidget(grid)
    grid.resize(room[2], room[3])
    grid.show_faces(cards(8))
    plans = [card.plan for card in grid.cards if not card.isHidden()]
    assert len({bool(plan and plan.detail.lines) for plan in plans}) == 1


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1366, 768), (1024, 768)])
def test_the_way_to_the_requirements_has_a_frame_inside_its_card(show: Show, width: int, height: int) -> None:
    stand = bench(samples.board(), Theme.for_window("kiosk", width, height))
    show(stand.window, width, height)
    theme = theme_of(stand.window.shell.home.grid)
    for card in stand.window.shell.home.grid.cards:
        if card.isVisible():
            frame = card.corner.frame().translated(card.corner.pos())
            edge = theme.px(4)
            assert card.target_rect().adjusted(edge, edge, -edge, -edge).contains(frame)
            assert card.corner.rect().contains(card.corner.frame())
            plan = card.plan
            assert plan is not None
            assert frame.bottom() < card.target_rect().top() + plan.title.top + theme.px(4)
    stand.window.close()


def test_beside_the_largest_letters_the_way_to_the_requirements_has_no_speck_of_an_icon(show: Show) -> None:
    stand = bench(samples.board(), Theme.for_window("kiosk", 1366, 768))
    show(stand.window, 1366, 768)
    lines = []
    for size in (0, len(VISITOR_TEXT_SIZES) - 1):
        stand.window.flow.set_view(View(size))
        settle()
        card = stand.window.shell.home.grid.cards[0]
        lines.append(card.corner.frame().height() / QFontMetrics(corner_font(theme_of(card))).height())
    assert lines[0] > 1.9 > 1.25 > lines[1]
    stand.window.close()
