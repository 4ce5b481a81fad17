"""A visitor who is called while at the kiosk is told on every page, and what they wrote is not lost."""

from dataclasses import replace

import pytest

from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import door, enter, open_book, write
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import CALM, KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch
from ult_desktop.core.kiosk_code import TicketNow
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen


def news(kiosk: KioskBench, now: TicketNow) -> None:
    kiosk.link.office.now[now.ticket.code] = now
    kiosk.link.changed.emit()


def told(kiosk: KioskBench) -> tuple[str, ...]:
    page = kiosk.window.shell.summons.page
    assert kiosk.window.shell.page is page
    return (page.title.text(), *(line.text() for line in page.lines if line.text()))


def lines_sent(kiosk: KioskBench) -> list[SignGuestBook]:
    return [each.ask for each in kiosk.link.requests if isinstance(each.ask, SignGuestBook)]


@pytest.mark.parametrize("page", ["taken", "code", "found", "book", "call", "options"])
def test_a_call_stands_over_every_page_of_the_visit(kiosk: KioskBench, page: str) -> None:
    heard: list[bool] = []
    kiosk.window.attention.connect(lambda: heard.append(True))
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    flow, shell = kiosk.window.flow, kiosk.window.shell
    if page == "code":
        flow.go(flow.scene.visit.asks_code(CodePurpose.ANY))
    elif page in ("found", "book"):
        touch(shell.taken.book_button)
        kiosk.link.answer_last(samples.known(signable=page == "book"))
    elif page == "call":
        touch(shell.foot.call_button)
    elif page == "options":
        touch(shell.foot.options_button)
    news(kiosk, samples.called())
    assert told(kiosk) == ("Nomor A012 dipanggil", "Silakan ke Loket 3.")
    news(kiosk, samples.called())
    assert heard == [True]
    touch(shell.foot.back_button)
    assert shell.page is not shell.summons.page
    news(kiosk, samples.called(calls=2))
    assert told(kiosk)[0] == "Nomor A012 dipanggil"
    assert heard == [True, True]
    touch(shell.summons.page.action_button)
    assert shell.page is shell.home


def test_what_was_answered_reaches_the_counter_before_the_visitor_does(kiosk: KioskBench) -> None:
    open_book(kiosk)
    write(kiosk, "Dedi Kurniawan", "SMPN 1")
    news(kiosk, samples.called())
    (line,) = lines_sent(kiosk)
    assert (line.ticket_id, line.name, line.institution) == (12, "Dedi Kurniawan", "SMPN 1")
    assert (line.remember, line.notice, line.finished) == (False, "", False)  # neither was read yet
    assert len(told(kiosk)) == 2
    kiosk.link.answer_last(None)
    assert told(kiosk)[2].startswith("Isian buku tamu Anda sudah tersimpan.")
    touch(kiosk.window.shell.foot.back_button)
    thanks = kiosk.window.shell.notice.notice
    assert screen_of(kiosk) is Screen.THANKS
    assert thanks is not None
    assert thanks.words[1] == "Nomor Anda sedang dipanggil. Silakan menuju Loket 3."


def test_without_a_name_there_is_nothing_to_hand_over(kiosk: KioskBench) -> None:
    open_book(kiosk)
    news(kiosk, samples.called())
    assert lines_sent(kiosk) == []
    touch(kiosk.window.shell.foot.back_button)
    assert kiosk.window.shell.page is kiosk.window.shell.writing.page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TicketState.WAITING, "Silakan menunggu nomor A012 dipanggil."),
        (TicketState.SERVING, "Nomor ini sedang dilayani."),
        (TicketState.DONE, "Layanan untuk nomor ini sudah selesai."),
    ],
)
def test_thanks_ask_nobody_to_wait_who_was_called(kiosk: KioskBench, state: TicketState, words: str) -> None:
    open_book(kiosk)
    write(kiosk, "Dedi", "", "", "", "", "", "")
    touch(kiosk.window.shell.review.page.save_button)
    kiosk.link.answer_last(None)
    news(kiosk, samples.ticket_now(samples.ticket(state=state)))
    notice = kiosk.window.shell.notice.notice
    assert notice is not None
    assert notice.words[1] == words


def test_a_number_called_in_vain_is_told_too(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    news(kiosk, samples.called(TicketState.NO_SHOW))
    assert told(kiosk) == ("Nomor A012 sudah dipanggil", "Silakan lapor kepada petugas.")


def test_who_reads_the_call_where_the_code_was_asked_is_not_told_twice(kiosk: KioskBench) -> None:
    door(kiosk, CodePurpose.ANY)
    enter(kiosk, "A012")
    now = samples.called()
    kiosk.link.answer_last(samples.known(ticket=now.ticket, ahead=None, wait=None, counter_name="Loket 3"))
    news(kiosk, now)
    assert kiosk.window.shell.page is kiosk.window.shell.found.page


def test_at_the_counter_the_visit_at_the_kiosk_ends(set_up: SetUp) -> None:
    kiosk = set_up(times=replace(CALM, photo=60_000))
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    news(kiosk, samples.called())
    news(kiosk, samples.called(TicketState.SERVING))
    assert kiosk.window.flow.scene.visit == KioskVisit()
    news(kiosk, samples.called(calls=2))
    assert kiosk.window.shell.page is kiosk.window.shell.home  # nobody is here whom it concerns


def test_who_leaves_the_call_alone_has_gone(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    news(kiosk, samples.called())
    kiosk.fall_silent()
    assert kiosk.window.shell.page is kiosk.window.shell.home
