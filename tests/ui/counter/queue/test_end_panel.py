"""The end of a service: what is missing is seen, the outcome is one digit, F9 twice is all."""

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench, OpenCounter, press
from ult_desktop.core.accountability.causes import NO_CASE, NO_GUEST_BOOK, NO_LETTER
from ult_desktop.core.accountability.deviations import DeviationKind, Lack
from ult_desktop.core.office.template import Calling
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import LeavingChecks
from ult_desktop.core.survey.commands import InviteSurvey
from ult_desktop.ui.counter.queue.queue_page import EndPanel

FIRST = "Informasi diberikan"
LACKS = (
    Lack(kind=DeviationKind.OUTPUT, step=1, steps=(1, 2, 3, 4), cause_key=NO_GUEST_BOOK, mended_by="guest"),
    Lack(kind=DeviationKind.OUTPUT, step=7, activity="Memastikan identitas", mended_by="identity"),
    Lack(
        kind=DeviationKind.TIME,
        step=8,
        activity="Menanyakan detail layanan",
        spent=WorkedTime(minutes=9),
        standard="3 menit",
    ),
)
LACKING = LeavingChecks(
    guest_book_signed=False, survey_offered=False, lacks=LACKS, lacks_if_service_given=LACKS
)
DONE = commands.Finish(counter=2, outcome=FIRST, leaves=True)


def end_panel(counter: CounterBench) -> EndPanel:
    """Open the panel as F9 does."""
    counter.workspace.action_requested.emit("finish")
    assert counter.workspace.queue.is_ending
    return counter.workspace.queue.ending


def test_four_keys_from_the_call_to_the_end_of_the_visit(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    counter.link.show_board(samples.board(current=samples.called()))
    qtbot.keyClick(counter.window, Qt.Key.Key_F4)
    counter.link.show_board(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    assert counter.link.asked == [commands.CallNext(counter=2), commands.Arrive(counter=2), DONE]
    counter.link.show_board(samples.board())
    assert not counter.workspace.queue.is_ending


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ((Qt.Key.Key_Return,), DONE),
        ((Qt.Key.Key_4, Qt.Key.Key_Return), structs.replace(DONE, outcome="Dirujuk ke instansi lain")),
        ((Qt.Key.Key_0, Qt.Key.Key_Return), structs.replace(DONE, outcome="")),
        ((Qt.Key.Key_7, Qt.Key.Key_X, Qt.Key.Key_Return), DONE),
        ((Qt.Key.Key_G, Qt.Key.Key_Return), structs.replace(DONE, leaves=False)),
    ],
)
def test_the_end_is_chosen_by_single_keys(
    open_counter: OpenCounter, qtbot: QtBot, keys: tuple[Qt.Key, ...], wanted: commands.Finish
) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    panel = end_panel(counter)
    for key in keys:
        qtbot.keyClick(panel, key)
    assert counter.link.asked == [wanted]


def test_a_superscript_digit_chooses_nothing(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    panel = end_panel(counter)
    panel.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "²"))
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert counter.link.asked == [DONE]


def test_not_finished_yet(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(end_panel(counter), Qt.Key.Key_Escape)
    assert not counter.workspace.queue.is_ending
    end_panel(counter).back_button.click()
    assert not counter.workspace.queue.is_ending
    assert counter.link.asked == []


def test_what_is_missing_is_named_with_what_helps(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    lacks = LeavingChecks(
        guest_book_signed=False,
        survey_offered=False,
        held_cards="KTP di laci 2",
        awaited_step="langkah 10, Petugas Keamanan",
    )
    office = structs.replace(samples.OFFICE, survey_url="https://ult.example/survei")
    counter = open_counter(samples.board(current=samples.serving(), leaving=lacks, office=office))
    panel = end_panel(counter)
    picture(counter.window, "counter-selesai-yang-kurang")
    assert panel.lacks_label.text() == (
        "Buku tamu belum diisi. Survei belum ditawarkan. Kartu identitas masih dipegang: KTP di laci 2."
    )
    assert panel.stays.isChecked(), "another officer has the visitor next"
    wanted: list[str] = []
    panel.mending_wanted.connect(wanted.append)
    qtbot.keyClick(panel, Qt.Key.Key_B)
    panel.mend_buttons["card_back"].click()
    qtbot.keyClick(panel, Qt.Key.Key_S)
    assert wanted == ["guest", "card_back", "survey"]
    press(counter, "Diarahkan mengisi survei")
    assert counter.link.asked == [InviteSurvey(ticket_id=samples.serving().id)]


def test_a_letter_that_was_not_brought_is_named_with_the_key_that_records_it(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    item = "Surat Tugas/Resmi"
    lack = Lack(kind=DeviationKind.EQUIPMENT, step=1, item=item, cause_key=NO_LETTER, mended_by="letter")
    leaving = LeavingChecks(
        guest_book_signed=True, survey_offered=True, lacks=(lack,), lacks_if_service_given=(lack,)
    )
    counter = open_counter(samples.board(current=samples.serving(), leaving=leaving))
    panel = end_panel(counter)
    picture(counter.window, "counter-selesai-tanpa-surat")
    written = "Akan tercatat sebagai penyimpangan: Perlengkapan yang kurang: Surat Tugas/Resmi (langkah 1)."
    assert panel.lacks_label.text() == written
    wanted: list[str] = []
    panel.mending_wanted.connect(wanted.append)
    qtbot.keyClick(panel, Qt.Key.Key_T)
    assert wanted == ["letter"]


def test_what_would_be_written_is_named_with_its_mending_and_one_reason(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    """F9, A, 3, F9: four keys, and nothing of it stands open; the digits are the outcome's until A."""
    counter = open_counter(samples.board(current=samples.serving(), leaving=LACKING))
    panel = end_panel(counter)
    assert panel.lacks_label.text().splitlines() == [
        (
            "Akan tercatat sebagai penyimpangan: Tanpa buku tamu (langkah 1–4); "
            "Memastikan identitas (langkah 7); Menanyakan detail layanan (langkah 8) · 9 menit, baku 3 menit."
        ),
        "Survei belum ditawarkan.",
    ]
    assert not panel.reason.isVisible()
    wanted: list[str] = []
    panel.mending_wanted.connect(wanted.append)
    for key in (Qt.Key.Key_I, Qt.Key.Key_B, Qt.Key.Key_2, Qt.Key.Key_A, Qt.Key.Key_3):
        qtbot.keyClick(panel, key)
    picture(counter.window, "counter-selesai-alasan")
    assert wanted == ["identity", "guest"]
    qtbot.keyClick(panel, Qt.Key.Key_F9)
    assert counter.link.asked == [
        structs.replace(DONE, outcome="Berkas diserahkan", reason="Antrean sedang ramai")
    ]


def test_what_was_given_needs_no_request(open_counter: OpenCounter, qtbot: QtBot, picture: Picture) -> None:
    """The list says which outcomes want one, and what would be written follows the digit."""
    of_a_request = Lack(kind=DeviationKind.OUTPUT, step=8, steps=(8, 9, 15, 16), cause_key=NO_CASE)
    lacking = LeavingChecks(lacks=(of_a_request,))
    counter = open_counter(samples.board(current=samples.serving(), leaving=lacking))
    panel = end_panel(counter)
    assert panel.lacks_label.text() == "Semua tercatat dan survei sudah ditawarkan."
    assert [option.text() for option in panel.outcome.options[2:4]] == [
        "3  SPD ditandatangani",
        "4  Dirujuk ke instansi lain",
    ]
    qtbot.keyClick(panel, Qt.Key.Key_4)
    picture(counter.window, "counter-selesai-perlu-permohonan")
    assert (
        panel.lacks_label.text()
        == "Akan tercatat sebagai penyimpangan: Tanpa permohonan (langkah 8–9, 15–16)."
    )
    assert panel.explain_button.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_3)
    assert (panel.lacks_label.text(), panel.explain_button.isVisible()) == (
        "Semua tercatat dan survei sudah ditawarkan.",
        False,
    )


def test_a_reason_in_own_words_or_none(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving(), leaving=LACKING))
    panel = end_panel(counter)
    qtbot.keyClick(panel, Qt.Key.Key_A)
    qtbot.keyClick(panel, Qt.Key.Key_A)
    assert panel.command() == DONE, "asked for and put away again"
    qtbot.keyClick(panel, Qt.Key.Key_A)
    qtbot.keyClick(panel, Qt.Key.Key_0)
    assert panel.reason.words.isVisible()
    qtbot.keyClicks(panel.reason.words, "Listrik padam")
    qtbot.keyClick(panel.reason.words, Qt.Key.Key_Return)
    assert counter.link.asked == [structs.replace(DONE, reason="Listrik padam")]


def test_mended_meanwhile_there_is_nothing_to_explain(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving(), leaving=LACKING))
    panel = end_panel(counter)
    qtbot.keyClick(panel, Qt.Key.Key_A)
    counter.link.show_board(samples.board(current=samples.serving(), leaving=LeavingChecks()))
    assert panel.lacks_label.text() == "Semua tercatat dan survei sudah ditawarkan."
    assert (panel.explain_button.isVisible(), panel.command()) == (False, DONE)


def test_the_result_of_a_request_stands_there_and_keeps_the_visit(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    held = LeavingChecks(case_number="0012/ULT/2026", open_cases=("0012/ULT/2026",))
    counter = open_counter(samples.board(current=samples.serving(), leaving=held))
    panel = end_panel(counter)
    picture(counter.window, "counter-selesai-permohonan")
    assert (panel.outcome.options, panel.stays.isVisible()) == ([], False)
    assert "0012/ULT/2026 masih terbuka" in panel.goes_on.text()
    qtbot.keyClick(panel, Qt.Key.Key_G)
    qtbot.keyClick(panel, Qt.Key.Key_B)
    qtbot.keyClick(panel, Qt.Key.Key_F9)
    assert counter.link.asked == [commands.Finish(counter=2, leaves=True)]


def test_an_office_without_outcomes_is_not_asked_for_one(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    assert len(end_panel(counter).outcome.options) == 6
    board = samples.board(current=samples.serving(), calling=Calling(given=(), outcomes=()))
    counter.link.show_board(board)
    assert counter.workspace.queue.ending.result.isHidden()
    assert counter.workspace.queue.ending.command() == commands.Finish(counter=2, leaves=True)
