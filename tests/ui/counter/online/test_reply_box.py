"""The reply: copied, laid into the mail program, told as sent; what is typed is never lost."""

from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.counter.online.conftest import Ask, opens
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.db.accountability import deviations
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.online.acts import MailDrafts, ReplyBox


@pytest.fixture
def reply(bench: Bench, opened: CasesPage, mails: list[Path], ask: Ask) -> ReplyBox:
    opens(bench, opened, ask("Dedi Kurniawan", 1, "sempena", topic="Rapor"))
    assert opened.pane.reply is not None
    return opened.pane.reply


def test_text_to_paste(bench: Bench, reply: ReplyBox) -> None:
    assert not reply.copy_button.isEnabled()
    bench.type(reply.form.field("answer"), "Ini datanya.")
    reply.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Selamat pagi, Bapak/Ibu Dedi Kurniawan.")
    assert "D-0001/2026 tentang “Rapor”" in text
    assert "Ini datanya." in text
    assert reply.preview.text() == text
    assert bench.toast.startswith("Teks disalin.")


def test_a_draft_for_the_mail_program(
    bench: Bench, reply: ReplyBox, mails: list[Path], tmp_path: Path
) -> None:
    bench.type(reply.form.field("answer"), "Ini.")
    reply.mail_button.click()
    bench.wait(lambda: mails)
    message = message_from_bytes(mails[0].read_bytes())
    assert (mails[0].name, message["To"]) == ("D-0001-2026.eml", "pemohon@dinas.go.id")
    assert bench.toast == "Draf surel dibuka: D-0001-2026.eml"
    (tmp_path / "berkas").write_text("")
    reply._drafts = MailDrafts(tmp_path / "berkas", mails.append)
    reply.mail_button.click()
    bench.wait(reply.form.refusal.isVisible)
    assert "tidak dapat ditulis" in reply.form.refusal.words.text()


def test_sent(bench: Bench, opened: CasesPage, reply: ReplyBox) -> None:
    assert reply.form.field("way").value() is DeliveryChannel.APPLICATION
    bench.type(reply.form.field("answer"), "Ini.")
    reply.form.submit()
    bench.wait(lambda: bench.toast == "Jawaban dicatat terkirim.")
    bench.wait(lambda: opened.pane.due.words.text() == "Dijawab tepat waktu")
    assert opened.pane.view is not None
    assert opened.pane.view.card.case.answer == "Ini."
    assert opened.pane.reply is reply
    assert reply.form.verb.text() == "Perbaiki catatan"


def test_it_is_sent_before_it_is_told_as_sent(bench: Bench, reply: ReplyBox) -> None:
    """From the top: the answer, the ways of sending it, that it was sent."""
    parts = (reply.form.field("answer"), reply.copy_button, reply.preview, reply.form.verb)
    places = [part.mapTo(reply, part.rect().topLeft()).y() for part in parts]
    assert places == sorted(places)
    assert reply.form.verb.text() == "Catat terkirim"


def test_who_answers_days_late_says_why(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    request = ask("Dedi Kurniawan")
    bench.set_time("2026-11-27 09:00")
    opens(bench, opened, request)
    assert opened.pane.reply is not None
    form = opened.pane.reply.form
    bench.wait(lambda: form.field("reason").is_shown)
    form.show_values({"answer": "Ini.", "reason": "Listrik padam"})
    form.submit()
    bench.wait(lambda: bench.toast == "Jawaban dicatat terkirim.")
    found = bench.office.read(lambda tx: deviations.of_visit(tx, request.visit_id))
    assert [(each.steps, each.cause) for each in found] == [((2,), "Listrik padam")]


def test_a_draft_comes_back(bench: Bench, opened: CasesPage, reply: ReplyBox, ask: Ask) -> None:
    bench.type(reply.form.field("answer"), "Belum selesai")
    first = reply.request
    ask("Lain lagi")
    bench.wait(lambda: opened.cases.count == 2)
    assert opened.pane.reply is reply  # what others do takes nothing away
    opens(bench, opened, ask("Lain"))
    opens(bench, opened, first)
    assert opened.pane.reply is not None
    field = opened.pane.reply.form.field("answer")
    bench.wait(lambda: field.value() == "Belum selesai")
