"""The window: keys become requests, refusals become words, the connection is shown."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import KEYS, CounterBench, OpenCounter, choose, dialog, press
from tests.ui.shown import theme_of, tick
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Role
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard, CounterState, DayEnd

BY_KEY: list[tuple[str, CounterBoard, Command]] = [
    ("F2", samples.board(), commands.CallNext(counter=2)),
    ("F3", samples.board(current=samples.called()), commands.Recall(counter=2)),
    ("F4", samples.board(current=samples.called()), commands.Arrive(counter=2)),
    ("F5", samples.board(current=samples.called()), commands.Recall(counter=2, by_mouth=True)),
    ("F5", samples.board(), commands.CallTicket(counter=2, ticket_id=9003, by_mouth=True)),
    ("F6", samples.board(current=samples.called()), commands.Hold(ticket_id=1012)),
    ("F8", samples.board(current=samples.called(3)), commands.NoShow(counter=2)),
]


@pytest.mark.parametrize(("key", "board", "wanted"), BY_KEY)
def test_a_key_becomes_a_request(
    open_counter: OpenCounter, qtbot: QtBot, key: str, board: CounterBoard, wanted: Command
) -> None:
    counter = open_counter(board)
    qtbot.keyClick(counter.window, KEYS[key])
    assert counter.link.asked == [wanted]


def test_ctrl_z_undoes(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(undoable=samples.MISSED[0]))
    qtbot.keyClick(counter.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.link.asked == [commands.Undo(counter=2, ticket_id=samples.MISSED[0].id)]


def test_a_closed_key_says_why(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    assert counter.link.asked == []
    assert counter.toast == "Belum ada pengunjung di loket ini."


@pytest.mark.parametrize(("key", "current"), [("F9", samples.serving()), ("F8", samples.called(3))])
def test_finish_and_no_show_can_be_undone_from_the_message(
    open_counter: OpenCounter, qtbot: QtBot, key: str, current: object
) -> None:
    counter = open_counter(samples.board(current=current))
    for _press in range(2 if key == "F9" else 1):
        qtbot.keyClick(counter.window, KEYS[key])
    assert counter.toast.startswith("A012")
    counter.link.show_board(samples.board(undoable=current))
    counter.window.frame.toast.undo_button.click()
    assert counter.link.asked[-1] == commands.Undo(counter=2, ticket_id=samples.serving().id)


@pytest.mark.parametrize(("calls", "since_s", "said"), [(2, 60, "2 dari 3 kali"), (3, 5, "15 detik")])
def test_before_a_visitor_had_their_calls_and_their_way_f8_asks(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture, calls: int, since_s: int, said: str
) -> None:
    visitor = samples.called(calls)
    counter = open_counter(samples.board(current=visitor, last_call_at=samples.NOW - since_s * 1000))
    qtbot.keyClick(counter.window, Qt.Key.Key_F8)
    assert counter.link.asked == []
    assert said in said_in(counter)
    picture(dialog(counter), f"counter-tidak-hadir-{calls}")
    press(counter, "Tidak hadir")
    assert counter.link.asked == [commands.NoShow(counter=2)]
    assert counter.toast == f"{visitor.label} tidak hadir; nomornya ada di Terlewat."


def test_a_message_that_can_be_undone_stands_until_its_number_goes_on(
    open_counter: OpenCounter, qtbot: QtBot
) -> None:
    visitor = samples.serving()
    counter = open_counter(samples.board(current=visitor))
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    press(counter, "Alihkan")
    toast = counter.window.frame.toast
    sent = f"{visitor.label} dialihkan ke {visitor.service}."
    assert toast.label.text() == sent
    counter.link.show_board(samples.board(undoable=visitor))
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    assert toast.label.text() == f"Belum ada pengunjung di loket ini.\n{sent}"
    toast.dismiss()
    assert (toast.label.text(), toast.undo_button.isVisible()) == (sent, True)
    counter.link.show_board(samples.board(undoable=samples.MISSED[0]))
    assert not toast.isVisible()


@pytest.mark.parametrize(("act", "told"), [("hold", "A012 ditunda."), ("cancel", "A012 dibatalkan.")])
def test_a_number_of_the_list_is_put_back_from_the_message(
    open_counter: OpenCounter, qtbot: QtBot, act: str, told: str
) -> None:
    counter = open_counter(samples.board())
    choose(counter, 0)
    counter.workspace.action_requested.emit(act)
    if act == "cancel":
        press(counter, "1  Pengunjung tidak jadi")
    assert counter.toast == told
    assert counter.window.frame.toast.undo_button.isVisible()
    qtbot.keyClick(counter.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.link.asked[-1] == commands.Resume(ticket_id=samples.called().id)
    assert counter.toast == "A012 menunggu lagi."


def test_transfer_to_a_service_a_counter_and_back(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving(sender_counter=1)))
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    press(counter, "Alihkan")
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    dialog(counter).to_counter.setChecked(True)  # type: ignore[attr-defined]
    dialog(counter).remark.setText(" cek SK ")  # type: ignore[attr-defined]
    press(counter, "Alihkan")
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    dialog(counter).back.setChecked(True)  # type: ignore[attr-defined]
    press(counter, "Alihkan")
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    dialog(counter).to_officer.setChecked(True)  # type: ignore[attr-defined]
    press(counter, "Alihkan")
    assert counter.link.asked == [
        commands.Transfer(counter=2, to_service=2),
        commands.Transfer(counter=2, to_counter=1, remark="cek SK"),
        commands.Transfer(counter=2, back=True),
        commands.Transfer(counter=2, to_officer=1),
    ]


def test_the_transfer_says_who_sits_where_and_who_waits_for_them(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    sent = samples.ticket(40, 1, target_officer_id=1, target_officer="Dedi Kurniawan")
    mine = samples.ticket(41, 1, target_officer_id=2, target_officer="Siti Rahmawati")
    waiting = (sent, mine, *samples.waiting())
    counter = open_counter(samples.board(current=samples.serving(), waiting=waiting))
    model = counter.workspace.queue.side.waiting.model
    rows = [model.row_at(model.index(n)) for n in range(2)]
    assert [row and row.marks for row in rows] == ["untuk Dedi Kurniawan · loket lain", "untuk Anda"]
    picture(counter.window, "counter-untuk-petugas")
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    officers = dialog(counter).officer  # type: ignore[attr-defined]
    told = [officers.itemText(n) for n in range(officers.count())]
    assert told == ["Dedi Kurniawan · Loket 1 · 1 menunggu", "Rina Marlina · Loket Prioritas"]
    picture(dialog(counter), "counter-alihkan-ke-petugas")
    dialog(counter).reject()


DONE = commands.Finish(counter=2, outcome="Informasi diberikan", leaves=True)


def test_walk_in_by_keyboard(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    qtbot.keyClick(counter.window, Qt.Key.Key_F10)
    services = dialog(counter).service  # type: ignore[attr-defined]
    qtbot.keyClick(services, Qt.Key.Key_Down)
    qtbot.keyClick(services, Qt.Key.Key_Return)
    assert counter.link.asked == [commands.WalkIn(counter=2, service_id=2)]


def test_cancel_with_a_reason(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    choose(counter, 1)
    qtbot.keyClick(counter.window, Qt.Key.Key_Delete)
    press(counter, "Nomor ganda")
    assert counter.link.asked == [commands.Cancel(ticket_id=1013, reason="Nomor ganda")]


def test_cancel_with_another_reason(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.called()))
    qtbot.keyClick(counter.window, Qt.Key.Key_Delete)
    press(counter, "Alasan lain")
    (line,) = dialog(counter).findChildren(QLineEdit)
    qtbot.keyClicks(line, "pindah kantor")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert counter.link.asked == [commands.Cancel(ticket_id=1012, reason="pindah kantor")]


def test_pause_and_open(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    qtbot.keyClick(counter.window, Qt.Key.Key_F11)
    press(counter, "Salat")
    counter.link.show_board(samples.board(mine=samples.counter(2, state=CounterState.PAUSED)))
    qtbot.keyClick(counter.window, Qt.Key.Key_F11)
    assert counter.link.asked == [
        commands.SetCounter(counter=2, state=CounterState.PAUSED, reason="Salat"),
        commands.SetCounter(counter=2, state=CounterState.OPEN),
    ]


def test_the_kiosks_are_paused_and_opened(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    counter.workspace.day.kiosks_button.click()
    press(counter, "Antrean penuh")
    counter.link.show_board(samples.board(kiosk_pause="Antrean penuh"))
    assert counter.workspace.day.kiosks_button.text() == "Buka kios"
    counter.workspace.day.kiosks_button.click()
    assert counter.link.asked == [commands.PauseKiosks(reason="Antrean penuh"), commands.PauseKiosks()]


def test_a_closed_counter_is_staffed_again(open_counter: OpenCounter, qtbot: QtBot) -> None:
    shut = samples.counter(2, state=CounterState.CLOSED, officer_id=None, officer="")
    counter = open_counter(samples.board(mine=shut))
    qtbot.keyClick(counter.window, Qt.Key.Key_F11)
    assert counter.link.asked == [commands.StaffCounter(counter=2)]


def test_the_next_row_is_called_without_a_question(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    choose(counter, 0)
    qtbot.keyClick(counter.workspace.queue.side.waiting.view, Qt.Key.Key_Return)
    assert counter.link.asked == [commands.CallNext(counter=2)]


def test_out_of_order_is_asked_about_by_number(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    choose(counter, 4)
    qtbot.keyClick(counter.workspace.queue.side.waiting.view, Qt.Key.Key_Return)
    assert counter.link.asked == []
    assert dialog(counter).title.text() == "Panggil A015 di luar urutan?"
    press(counter, "Panggil A015")
    assert counter.link.asked == [commands.CallTicket(counter=2, ticket_id=1015)]


def test_rows_of_missed_and_held(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    side = counter.workspace.queue.side
    for each in (side.missed, side.held):
        each.view.setCurrentIndex(each.model.index(0))
        each.button.click()
    assert counter.link.asked == [commands.ComeBack(ticket_id=1009), commands.Resume(ticket_id=3005)]


def test_close_day_says_what_is_left(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.called()))
    counter.workspace.day.close_day_button.click()
    shown = " ".join(label.text() for label in dialog(counter).findChildren(type(dialog(counter).title)))
    assert "7 menunggu, 1 ditunda, 1 dipanggil, 1 sedang dilayani" in shown
    press(counter, "Tutup hari")
    assert counter.link.asked == [commands.CloseDay(reason="Jam layanan berakhir")]
    assert counter.toast == "Hari ditutup. Nomor yang ikut ditutup: 3."
    counter.window.frame.toast.undo_button.click()
    assert counter.link.asked[-1] == commands.TakeBackDay()


def said_in(counter: CounterBench) -> str:
    return " ".join(label.text() for label in dialog(counter).findChildren(type(dialog(counter).title)))


def test_before_the_closing_hour_enter_closes_no_day(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        samples, "SITI", msgspec.structs.replace(samples.SITI, roles=samples.SITI.roles | {Role.HEAD})
    )
    counter = open_counter(samples.board(end=DayEnd(closes="16.00", early=True)))
    counter.workspace.day.close_day_button.click()
    box = dialog(counter)
    assert box.title.text() == "Tutup hari sebelum pukul 16.00?"
    assert "Kantor buka sampai pukul 16.00" in said_in(counter)
    assert "7 menunggu" in said_in(counter)
    picture(box, "counter-tutup-hari-lebih-awal")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert counter.link.asked == []
    counter.workspace.day.close_day_button.click()
    press(counter, "Tutup hari")
    assert counter.link.asked == [commands.CloseDay(reason="Ditutup lebih awal")]


def test_before_the_closing_hour_the_front_office_is_told_why_not(open_counter: OpenCounter) -> None:
    day = open_counter(samples.board(end=DayEnd(closes="16.00", early=True))).workspace.day
    assert not day.close_day_button.isEnabled()
    assert day.close_day_button.toolTip().startswith("Sebelum jam tutup (16.00)")


def test_at_the_end_of_the_hours_enter_closes_the_day(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(end=DayEnd(closes="16.00")))
    counter.workspace.day.close_day_button.click()
    assert "Jam layanan berakhir pukul 16.00." in said_in(counter)
    qtbot.keyClick(dialog(counter), Qt.Key.Key_Return)
    assert counter.link.asked == [commands.CloseDay(reason="Jam layanan berakhir")]


def test_a_counter_says_that_the_day_is_closed(open_counter: OpenCounter, picture: Picture) -> None:
    nobody: dict[str, Any] = {"waiting": (), "missed": (), "held": (), "counters": (samples.counter(2),)}
    counter = open_counter(samples.board(**nobody))
    workspace = counter.workspace
    assert not workspace.day.take_back_button.isEnabled()
    ended = DayEnd(closes="16.00", closed="16.05", can_be_taken_back=True)
    counter.link.show_board(samples.board(**nobody, end=ended))
    assert workspace.queue.current.idle.title.text() == "Hari ini sudah ditutup pukul 16.05"
    assert workspace.rail.state.text() == "hari ditutup 16.05"
    assert workspace.day.close_day_button.toolTip() == "Hari ini sudah ditutup pukul 16.05"
    assert not workspace.day.close_day_button.isEnabled()
    assert workspace.day.take_back_button.isEnabled()
    picture(counter.window, "counter-hari-ditutup")
    workspace.show_page("day")
    assert workspace.day.closed.text() == "Hari ini sudah ditutup pukul 16.05"
    picture(counter.window, "counter-hari-ditutup-hari-ini")


def test_a_number_after_the_closing_is_served_as_ever(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(end=DayEnd(closed="16.05", can_be_taken_back=True)))
    workspace = counter.workspace
    assert workspace.queue.current.idle.title.text() == "Berikutnya P003"
    assert workspace.rail.state.text() == "buka"
    assert workspace.day.close_day_button.isEnabled()


def test_close_day_tells_the_cards_that_are_still_here(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(cards_held=2))
    counter.workspace.day.close_day_button.click()
    shown = " ".join(label.text() for label in dialog(counter).findChildren(type(dialog(counter).title)))
    assert "2 kartu identitas masih dipegang" in shown
    dialog(counter).reject()


def test_reprint_goes_to_the_printer(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [ticket.label for ticket in counter.printed] == ["A012"]
    assert counter.toast == "A012 dicetak ulang."


def test_a_refusal_is_told_without_taking_the_keyboard_away(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    counter.link.refusal = UserError("Nomor A012 sudah dipanggil loket lain.", todo="Panggil yang lain.")
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    assert counter.toast == "Nomor A012 sudah dipanggil loket lain. Panggil yang lain."
    counter.link.refusal = None
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    assert counter.link.asked == [commands.CallNext(counter=2)]


def test_a_box_says_that_a_slow_share_is_waited_for(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    qtbot.keyClick(counter.window, Qt.Key.Key_F7)
    box = dialog(counter)
    box.remark.setText("cek SK")  # type: ignore[attr-defined]
    counter.link.waits = True
    press(counter, "Alihkan")
    qtbot.waitUntil(lambda: "Isian tetap di sini sampai tersimpan" in box.refusal.text())
    press(counter, "Alihkan")
    assert len(counter.link.asked) == 1
    assert box.remark.text() == "cek SK"  # type: ignore[attr-defined]
    counter.link.answer()
    qtbot.waitUntil(lambda: not box.isVisible())


def test_while_a_request_is_under_way_nothing_else_is_sent(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    counter.link.hangs = True
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F2, Qt.Key.Key_F10):
        qtbot.keyClick(counter.window, key)
    assert counter.link.asked == [commands.CallNext(counter=2)]
    button = counter.workspace.queue.action_bar.buttons["call_next"]
    qtbot.waitUntil(lambda: not button.isEnabled())
    assert button.toolTip() == "Tunggu, tindakan sebelumnya sedang disimpan."
    qtbot.waitUntil(lambda: button.toolTip().endswith("sedang disimpan, sudah 2 detik."))


def test_fast_fingers_are_followed(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    counter.link.waits = True
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    qtbot.keyClick(counter.window, Qt.Key.Key_F4)
    assert counter.link.asked == [commands.CallNext(counter=2)]
    counter.link.office.board = samples.board(current=samples.called())
    counter.link.answer()
    assert counter.link.asked == [commands.CallNext(counter=2), commands.Arrive(counter=2)]


def test_cut_off_keeps_the_last_state_and_refuses(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    counter.link.connect_as(Connection.OFFLINE)
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    assert counter.link.asked == []
    assert counter.workspace.queue.current.visit.number.text() == "A012"
    assert counter.window.frame.banner.isVisible()
    counter.link.connect_as(Connection.ONLINE)
    assert not counter.window.frame.banner.isVisible()
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    qtbot.keyClick(counter.window, Qt.Key.Key_F9)
    assert counter.link.asked == [DONE]


def test_the_same_trouble_is_told_once(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    for _again in range(3):
        counter.link.refused.emit(UserError("Loket 2 tidak ada."))
    assert dialog(counter).title.text() == "Loket 2 tidak ada."
    press(counter, "Mengerti")


def test_the_lists_age_with_the_minutes(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    row = counter.workspace.queue.side.waiting.model.index(1)
    assert "3 mnt" in row.data()
    counter.later = timedelta(minutes=2)
    tick(counter.window)
    assert "5 mnt" in row.data()


def test_the_title_tells_how_many_wait(open_counter: OpenCounter) -> None:
    assert open_counter(samples.board()).window.windowTitle() == "Loket 2 · 7 menunggu"


def test_who_joins_an_empty_queue_is_heard(
    open_counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(True))
    nobody = samples.board(waiting=())
    counter = open_counter(nobody)
    counter.link.show_board(samples.board(waiting=samples.waiting()[:1]))
    assert len(rung) == 1
    counter.link.show_board(samples.board())
    assert len(rung) == 1, "only the first of them"
    counter.link.show_board(nobody)
    counter.link.show_board(samples.board(current=samples.serving()))
    assert len(rung) == 1, "an officer at work is not called"


def test_language_and_contrast_can_be_switched_at_work(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    counter.workspace.show_page("day")
    counter.workspace.rail.languages["en"].click()
    assert counter.workspace.page == "day"
    assert counter.workspace.queue.current.visit.service.text() == "Information & Consultation"
    assert counter.window.frame.status.link.text() == "connected"
    counter.workspace.rail.contrast.click()
    assert theme_of(counter.window).contrast == "kontras"


@pytest.mark.parametrize(
    ("current", "verb", "first"),
    [
        (samples.serving(), "Selesaikan dan keluar", commands.Finish(counter=2)),
        (samples.called(), "Tunda dan keluar", commands.Hold(ticket_id=1012)),
    ],
)
def test_leaving_with_a_visitor_asks_first(
    open_counter: OpenCounter, current: object, verb: str, first: Command
) -> None:
    counter = open_counter(samples.board(current=current))
    counter.workspace.rail.leave.click()
    assert counter.link.asked == []
    press(counter, verb)
    assert counter.link.asked == [first, commands.LeaveCounter(counter=2)]
    assert counter.window.session is None
    assert counter.window.sign_in.isVisible()


class ByHand(QCloseEvent):
    """The event that the corner of a window sends."""

    @override
    def spontaneous(self) -> bool:
        return True


def test_closing_by_hand_with_a_visitor_asks_first(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    event = ByHand()
    counter.window.closeEvent(event)
    assert not event.isAccepted()
    press(counter, "Tutup jendela")
    assert not counter.window.isVisible()
    assert counter.link.asked == []


def test_a_shutdown_is_not_held_up_by_a_visitor(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    assert counter.window.close()


def test_closing_an_idle_counter_leaves_it(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board())
    counter.window.close()
    assert counter.link.asked == [commands.LeaveCounter(counter=2)]


def test_the_timer_runs(open_counter: OpenCounter) -> None:
    counter = open_counter(samples.board(current=samples.serving()))
    counter.workspace.show_time(samples.NOW + 1000)
    assert counter.workspace.queue.current.visit.timer.text() == "04:13"
