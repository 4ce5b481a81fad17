"""The page Keamanan: one tap, the vulnerable, badges, the daily report."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.desk_book import ReportEntryKind
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.care import declarations
from ult_desktop.db.visits import guests
from ult_desktop.db.visits.guests import VisitRow
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.visits.security_page import SecurityPage

TODAY = "2026-11-23"


@pytest.fixture
def page(bench: Bench) -> SecurityPage:
    bench.sign_in("amir", Role.SECURITY, name="Pak Amir")
    return bench.open(SecurityPage)


def courtesies(bench: Bench, visit_id: int) -> tuple[Courtesy, ...]:
    card = bench.office.read(lambda tx: guests.visit_card(tx, visit_id))
    assert card is not None
    return card.courtesies


def lines(bench: Bench) -> tuple[VisitRow, ...]:
    return bench.office.read(lambda tx: guests.of_day(tx, TODAY))


def test_one_tap_records_an_arrival(bench: Bench, page: SecurityPage, picture: Picture) -> None:
    assert not page.guest.isVisible()
    page.welcome.button.click()
    bench.wait(lambda: "Persilakan ke resepsionis" in bench.toast)
    bench.wait(page.guest.isVisible)
    (line,) = lines(bench)
    bench.press(Qt.Key.Key_N, page.visits.view, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: len(lines(bench)) == 2)
    bench.wait(lambda: page.visits.selected == line.id + 1)
    assert courtesies(bench, line.id + 1) == tuple(Courtesy)
    bench.do(SignGuestBook(visit_id=line.id, name="Dedi"), bench.sign_in("nina", Role.RECEPTION))
    page.visits.choose(line.id)
    bench.wait(lambda: page.guest.title.text() == "Dedi")
    picture(bench.window, "keamanan-1366x768")


def test_what_was_left_out_is_ticked_and_nothing_is_ticked_beforehand(
    bench: Bench, page: SecurityPage, picture: Picture
) -> None:
    page.welcome.incomplete_button.click()
    box = bench.box()
    assert isinstance(box, FormBox)
    field = box.form.field("left_out")
    assert field.value() == ()
    box.form.submit()
    assert field.error.isVisible()
    assert lines(bench) == ()
    field.show_value((Courtesy.ADDRESS,))
    picture(box, "keamanan-terlewat")
    box.form.submit()
    bench.wait(lambda: len(lines(bench)) == 1)
    (line,) = lines(bench)
    assert courtesies(bench, line.id) == (Courtesy.SMILE, Courtesy.GREETING, Courtesy.DIRECTED)


def test_a_vulnerable_visitor_is_declared_and_reception_alerted(
    bench: Bench, page: SecurityPage, picture: Picture
) -> None:
    page.welcome.button.click()
    bench.wait(lambda: "vulnerable" in page.buttons.buttons)
    page.buttons.buttons["vulnerable"].click()
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.show_values({"grounds": (PriorityReason.ELDERLY,), "help": (Help.WHEELCHAIR,)})
    picture(box, "keamanan-kelompok-rentan")
    box.form.submit()
    bench.wait(lambda: "diberi tahu" in bench.toast)
    (alert,) = bench.office.read(declarations.open_alerts)
    assert alert.help == (Help.WHEELCHAIR,)
    bench.wait(page.tags.isVisible)


def test_a_badge_goes_out_at_the_door(bench: Bench, page: SecurityPage) -> None:
    page.welcome.button.click()
    bench.wait(lambda: "badge" in page.buttons.buttons)
    page.buttons.buttons["badge"].click()
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.show_values({"number": "12"})
    box.form.submit()
    bench.wait(lambda: "badge_back" in page.buttons.buttons)
    assert page.visits.model.count_of("badges") == 1


def test_the_daily_report_is_written_and_exported(
    bench: Bench, page: SecurityPage, picture: Picture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.book.form.show_values({"sort": ReportEntryKind.DEPOSIT, "text": "Tas hitam milik tamu"})
    page.book.form.submit()
    bench.wait(lambda: len(page.book.entries.lines) == 1)
    bench.wait(lambda: page.book.form.values() == {"sort": ReportEntryKind.EVENT, "text": ""})
    page.book.form.show_values({"sort": None, "text": "Lampu padam 5 menit"})
    page.book.form.submit()
    bench.wait(lambda: len(page.book.entries.lines) == 2)
    sorts = [each.sort for each in bench.office.read(lambda tx: guests.entries_between(tx, TODAY, TODAY))]
    assert sorts == [ReportEntryKind.DEPOSIT, ReportEntryKind.OTHER]
    picture(bench.window, "keamanan-buku-laporan")
    monkeypatch.setattr(papers, "user_documents_path", lambda: tmp_path / "Dokumen")
    (tmp_path / "Dokumen").write_text("bukan folder")
    page.export_button.click()
    bench.wait(lambda: "tidak dapat ditulis" in bench.toast)
    (tmp_path / "Dokumen").unlink()
    page.export_button.click()
    bench.wait(lambda: "Tersimpan" in bench.toast)
    sheet = (tmp_path / "Dokumen" / "ult-desktop" / "Buku Laporan 23 November 2026.csv").read_text(
        encoding="utf-8-sig"
    )
    assert "Barang titipan;Tas hitam milik tamu;Pak Amir" in sheet


def test_a_gift_stays_on_the_page_until_it_is_reported(
    bench: Bench, page: SecurityPage, picture: Picture
) -> None:
    text = "Sekotak kue dari tamu sekolah dasar"
    page.book.form.show_values({"sort": ReportEntryKind.GRATUITY, "text": text})
    page.book.form.submit()
    bench.wait(lambda: len(page.book.unsettled.buttons) == 1)
    picture(bench.window, "counter-keamanan-gratifikasi")
    next(iter(page.book.unsettled.buttons.values())).click()
    box = bench.box()
    box.findChild(QLineEdit).setText("Dilaporkan ke UPG")
    next(each for each in box.findChildren(QAbstractButton) if each.text() == "Simpan").click()
    bench.wait(lambda: bench.toast == "Tindak lanjut tersimpan.")
    bench.wait(lambda: not page.book.unsettled.isVisible())


def test_security_ends_a_visit(bench: Bench, page: SecurityPage) -> None:
    page.welcome.button.click()
    bench.wait(lambda: "end" in page.buttons.buttons)
    page.buttons.buttons["end"].click()
    bench.box().form.show_values({"ending": Ending.LEFT})
    bench.box().form.submit()
    bench.wait(lambda: bench.toast == "Kunjungan diakhiri.")
