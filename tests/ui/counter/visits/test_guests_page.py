"""The page Tamu on a real office: the list, one visit in full, and every form of reception."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from tests.reports.pdf_words import pages_and_words
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.visits.reception_bench import ReceptionBench
from tests.ui.opened_files import OpenedFiles
from tests.ui.shown import facts_of
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.queue.wait_range import WaitRange, until_words, wait_until
from ult_desktop.core.visits.commands import (
    GiveBadge,
    LendCard,
    RecordLetter,
    SignGuestBook,
    SignSpd,
    VerifyIdentity,
)
from ult_desktop.core.visits.identity import IdDocument, LetterKind
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import personal
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.conflict_box import ConflictBox
from ult_desktop.ui.counter.pages.page import CaseWanted
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.visit_boxes import GuestBox

ODD = "Dedi 🌺 Kurniawan, S.Pd."
LONG = ("Sekolah Menengah Pertama Negeri Terpadu " * 8)[:300].strip()


@pytest.fixture
def reception(bench: Bench) -> ReceptionBench:
    return ReceptionBench(bench)


def test_the_guest_book_is_filled_in_and_any_name_has_room(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    page = reception.open()
    box = reception.box("guest")
    box.form.show_values(
        {"name": ODD, "institution": LONG, "regency": "Kota Tarakan", "phone": "081234567678"}
    )
    picture(box, "tamu-buku-tamu")
    reception.send(box, "Buku tamu tersimpan")
    bench.wait(lambda: page.view.title.text() == ODD)
    guest = reception.card().guest
    assert guest is not None
    assert (guest.institution, guest.regency, guest.notice) == (LONG, "Kota Tarakan", "2026-1")
    picture(bench.window, "tamu-1366x768")
    assert guest.phone == "0812••••678"
    reception.press("guest")
    bench.wait(bench.has_box)
    again = bench.box()
    assert (again.form.values()["institution"], again.form.values()["phone"]) == (LONG, "081234567678")
    again.reject()


def test_what_a_colleague_saved_meanwhile_stays_in_the_guest_book(
    bench: Bench, reception: ReceptionBench
) -> None:
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, institution="SDN 1"))
    reception.open()
    box = reception.box("guest")
    bench.later(1)
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, institution="SDN 1", phone="081234567678"))
    box.form.field("institution").show_value("SDN 1 Tarakan")
    reception.send(box, "Buku tamu tersimpan. Isian petugas lain tetap dipakai: Nomor telepon")
    guest = reception.card().guest
    assert guest is not None
    assert (guest.institution, guest.phone) == ("SDN 1 Tarakan", "0812••••678")
    bench.wait(lambda: bench.host.can_undo)
    bench.later(1)
    bench.host.undo()
    bench.wait(lambda: bench.toast == "Diurungkan: isian sebelumnya kembali.")
    guest = reception.card().guest
    assert guest is not None
    assert (guest.institution, guest.phone) == ("SDN 1", "0812••••678"), "the colleague's stays"


def test_what_two_people_changed_differently_is_asked_side_by_side(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    """Both opened the empty form of one guest."""
    reception.open()
    box = reception.box("guest")
    bench.do(SignGuestBook(visit_id=reception.visit.id, name="Dedi", phone="081300000999", meets="Kasubag"))
    box.form.show_values({"name": "Dedi Kurniawan", "institution": "SDN 1", "phone": "081234567678"})
    box.form.submit()
    bench.wait(lambda: bench.frame.findChildren(ConflictBox))
    (asked,) = bench.frame.findChildren(ConflictBox)
    picture(asked, "tamu-dua-orang-satu-isian")
    assert list(asked.form.values()) == ["name", "phone"]
    asked.form.show_values({"name": "mine", "phone": "theirs"})
    asked.form.submit()
    bench.wait(lambda: "Isian petugas lain tetap dipakai" in bench.toast)
    guest = reception.card().guest
    assert guest is not None
    assert (guest.name, guest.institution, guest.meets) == ("Dedi Kurniawan", "SDN 1", "Kasubag")
    assert guest.phone == "0813••••999"
    bench.wait(lambda: not bench.has_box())


def test_the_holder_of_a_kiosk_number_is_received_before_a_counter_calls(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    ticket = bench.do(commands.IssueTicket(service_id=1, at_kiosk=False)).ticket
    page = reception.open()
    page.open_subject(ticket.label)
    bench.wait(lambda: page.view.title.text() == ticket.label)
    picture(bench.window, "tamu-nomor-kios-1366x768")
    page.view.acts.buttons["reprint"].click()
    bench.wait(lambda: bench.printed)
    assert bench.printed == [ticket]
    page.view.acts.buttons["purpose"].click()
    bench.wait(bench.has_box)
    box = bench.box()
    box.form.show_values({"purpose": "legalisir ijazah"})
    reception.send(box, "Keperluan tercatat")
    bench.wait(lambda: "purpose" in page.view.acts.buttons and page._chosen_visit_id is not None)
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    assert (visit.id, visit.purpose) == (page._chosen_visit_id, "legalisir ijazah")


def test_who_nobody_welcomed_is_a_guest_all_the_same(bench: Bench, reception: ReceptionBench) -> None:
    page = reception.open()
    page.guest_button.click()
    bench.wait(bench.has_box)
    box = bench.box()
    box.form.show_values({"name": "Ani"})
    reception.send(box, "Buku tamu tersimpan")
    bench.wait(lambda: page.view.title.text() == "Ani")
    assert page._chosen_visit_id != reception.visit.id


@pytest.mark.parametrize("group", ["here", "cards"])
def test_a_new_guest_whom_the_list_hides_gets_the_book_and_not_who_was_chosen(
    bench: Bench, reception: ReceptionBench, group: str
) -> None:
    bench.do(SignGuestBook(visit_id=reception.visit.id, name="Dedi"))
    bench.do(LendCard(visit_id=reception.visit.id, kind=IdDocument.KTP, held=True))
    page = reception.open()
    bench.wait(lambda: page.view.title.text() == "Dedi")
    page.visits.filters.choose(group)
    page.visits.search.setText("dedi")
    page.guest_button.click()
    bench.wait(bench.has_box)
    box = bench.box()
    assert box.form.values()["name"] == ""
    box.form.show_values({"name": "Ani"})
    reception.send(box, "Buku tamu tersimpan")
    bench.wait(lambda: page.view.title.text() == "Ani")
    guest = reception.card().guest
    assert guest is not None
    assert guest.name == "Dedi"
    assert page.visits.selected == page._chosen_visit_id


def test_a_guest_chosen_meanwhile_gets_no_book_of_the_new_one(
    bench: Bench, reception: ReceptionBench
) -> None:
    other = reception.welcome()
    page = reception.open()
    page._choose_and_do(other.id, "guest")
    page.visits.choose(reception.visit.id)
    bench.wait(lambda: page._fetching._under_way == {})
    assert not bench.has_box()
    assert page._chosen_visit_id == reception.visit.id


def test_a_visit_opened_from_elsewhere_is_shown_though_the_list_hides_it(
    bench: Bench, reception: ReceptionBench
) -> None:
    other = reception.welcome()
    page = reception.open()
    page.visits.search.setText("tidak ada")
    page.open_subject(other.id)
    bench.wait(lambda: page.visits.selected == other.id)


def test_who_missed_the_call_comes_back_at_reception(bench: Bench, reception: ReceptionBench) -> None:
    ticket = bench.do(commands.IssueTicket(service_id=1)).ticket
    siti = bench.sign_in("siti", Role.FRONT_OFFICE)
    for command in (commands.StaffCounter(counter=1), commands.CallTicket(counter=1, ticket_id=ticket.id)):
        bench.do(command, siti)
    bench.do(commands.NoShow(counter=1), siti)
    bench.sign_in("nina")
    page = reception.open()
    page.open_subject(ticket.label)
    bench.wait(lambda: "come_back" in page.view.acts.buttons)
    bench.act(page.view, "come_back")
    bench.wait(lambda: f"{ticket.label} masuk antrean lagi" in bench.toast)


def test_enter_on_a_guest_does_what_the_blue_button_does(bench: Bench, reception: ReceptionBench) -> None:
    bench.do(SignGuestBook(visit_id=reception.visit.id, name="Dedi"))
    page = reception.open()
    bench.wait(lambda: page.view.title.text() == "Dedi")
    page.visits.opened.emit(reception.visit.id)
    bench.wait(bench.has_box)
    assert bench.box().title.text() == "Beri nomor antrean"
    bench.box().reject()


def test_what_a_guest_asks_is_written_down_without_a_counter_too(
    bench: Bench, reception: ReceptionBench
) -> None:
    """POS Kaltara 4; reception, which works on no cases, is not offered it."""
    reception.open()
    assert "case" not in {each.name for each in reception.page.acts.actions()}
    bench.sign_in("hadi", Role.HELPDESK)
    reception.open()
    reception.press("case")
    assert bench.jumps == [("cases", CaseWanted(reception.visit.id))]


def test_the_eye_lifts_the_masks_for_a_while(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    bench.do(
        SignGuestBook(visit_id=reception.visit.id, name=ODD, phone="081234567678", email="dedi@dinas.go.id")
    )
    bench.do(VerifyIdentity(visit_id=reception.visit.id, kind=IdDocument.KTP, number_tail="3456"))
    bench.do(
        RecordLetter(visit_id=reception.visit.id, number="094/ST/2026", issuer="Dinas", subject="Konsultasi")
    )
    page = reception.open()

    def seen() -> set[str]:
        return {value for _name, value in facts_of(page.view.facts)}

    bench.wait(page.view.unmask_button.isVisible)
    assert {"0812••••678", "d•••@dinas.go.id"} <= seen()
    picture(bench.window, "tamu-tersamar-1366x768")
    page.view.unmask_button.click()
    bench.wait(page.view.mask_button.isVisible)
    assert {"081234567678", "dedi@dinas.go.id", "KTP ••••3456 cocok"} <= seen()
    picture(bench.window, "tamu-terbuka-1366x768")
    bench.later(1)
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, phone="081300000999"))
    bench.wait(lambda: "0813••••999" in seen())  # written since: not seen by anybody yet
    assert "KTP ••••3456 cocok" in seen()
    page.view.mask_button.click()
    assert "KTP •••• cocok" in seen()
    page.view.unmask_button.click()
    bench.wait(lambda: "081300000999" in seen())
    page.view._minute.timeout.emit()
    assert "0813••••999" in seen()
    other = reception.welcome()
    page.view.unmask_button.click()
    page.open_subject(other.id)
    bench.wait(lambda: page.view.title.text() != ODD)
    assert "081300000999" not in seen()
    assert not page.view.unmask_button.isVisible()


def test_who_has_no_keys_yet_sees_that_it_is_sealed(bench: Bench, reception: ReceptionBench) -> None:
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, phone="081234567678"))
    bench.link.read(lambda office: office.sign_out(), lambda _nothing: None)
    page = reception.open()
    bench.wait(lambda: "belum terbuka" in {value for _name, value in facts_of(page.view.facts)})
    page.view.unmask_button.click()
    bench.wait(lambda: "belum terbuka di komputer ini" in bench.toast)


def test_a_sealed_ground_is_asked_again_and_never_an_ordinary_number(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    declare = DeclareVulnerable(visit_id=reception.visit.id, grounds=(PriorityReason.ELDERLY,))
    bench.do(declare, reception.guard)
    reception.open()
    known = reception.box("number")
    assert known.form.values()["priority"] == PriorityReason.ELDERLY
    known.reject()
    bench.link.read(lambda office: office.sign_out(), lambda _nothing: None)
    reception.open()
    box = reception.box("number")
    picture(box, "tamu-nomor-alasan-tersegel")
    box.form.show_values({"service_id": 1})
    box.form.submit()
    assert box.isVisible(), "the ground is missing"
    box.form.show_values({"priority": PriorityReason.ELDERLY})
    reception.send(box, "Nomor ")
    bench.wait(lambda: (reception.card().visit.label or "").startswith("P"))


def test_who_was_here_before_fills_the_form_with_one_press(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    old = reception.welcome()
    bench.do(
        SignGuestBook(
            visit_id=old.id, name="Sri Wahyuni", institution="SDN 1", phone="081300000001", remember=True
        )
    )
    reception.open((1280, 720))
    box = reception.box("guest")
    assert isinstance(box, GuestBox)
    bench.type(box.form.field("name"), "sri")
    bench.wait(box.known.isVisible)
    picture(box, "tamu-pernah-datang")
    box.known.buttons[0].click()
    assert box.form.values()["institution"] == "SDN 1"
    assert not box.known.isVisible()
    bench.wait(lambda: box.form.values()["phone"] == "081300000001")
    box.form.field("name").show_value("Sr")
    assert not box.known.isVisible()
    reception.send(box, "Buku tamu tersimpan")


def test_purpose_number_and_end(bench: Bench, reception: ReceptionBench) -> None:
    page = reception.open()
    box = reception.box("purpose")
    box.form.show_values({"purpose": "titip surat"})
    reception.send(box, "Keperluan tercatat")
    box = reception.box("number")
    box.form.show_values({"service_id": 1})
    reception.send(box, "Nomor ")
    bench.wait(lambda: reception.card().visit.label == "A001")
    bench.wait(lambda: "number" not in page.view.acts.buttons)
    bench.wait(lambda: bool(bench.printed))
    (issued,) = bench.printed
    assert issued.ticket.label == "A001"
    wait = wait_until(WaitRange(10, 20), issued.ticket.issued_at, bench.office.read(office_rows.zone))
    bench.host.hand_out(replace(issued, wait=wait))
    told = bench.toast.split("\n")[0]
    assert told.endswith(f". Perkiraan menunggu {until_words(wait)}."), "as the kiosk tells it"
    bench.do(commands.Cancel(ticket_id=reception.card().visit.ticket_id or 0))
    box = reception.box("end")
    box.form.show_values({"ending": Ending.LEFT})
    reception.send(box, "Kunjungan diakhiri")
    bench.wait(lambda: reception.card().visit.ending == Ending.LEFT)
    bench.wait(lambda: not page.view.acts.buttons["guest"].isEnabled())


def test_a_number_from_the_kiosk_is_joined(bench: Bench, reception: ReceptionBench) -> None:
    reception.open()
    bench.do(commands.IssueTicket(service_id=1), Actor(station="kios"))
    box = reception.box("join")
    box.form.show_values({"label": "A009"})
    box.form.submit()
    bench.wait(box.form.refusal.isVisible)
    box.form.show_values({"label": "a001"})
    reception.send(box, "digabung")
    assert reception.card().visit.label == "A001"


def test_identity_for_another_and_the_letter_with_its_scan(
    bench: Bench, reception: ReceptionBench, picture: Picture, tmp_path: Path
) -> None:
    page = reception.open()
    box = reception.box("identity")
    box.form.show_values({"kind": IdDocument.KTP, "number": "6571 0112 3456", "for_other": True})
    picture(box, "tamu-identitas")
    reception.send(box, "Identitas tercatat")
    assert reception.card().checks[0].number_tail == "••••"
    bench.wait(lambda: reception.card().lacks_letter and page.view.tags.pills)
    scan = tmp_path / "kuasa.pdf"
    scan.write_bytes(b"%PDF-1.4 kuasa")
    box = reception.box("acting")
    box.form.show_values({"principal": "Bu Sri", "issuer": "Kepala SDN 1"})
    box.form.submit()
    assert box.form.field("number").error.text()
    box.form.show_values({"scan": scan, "kind": LetterKind.ASSIGNMENT, "date": "2026-11-20"})
    reception.send(box, "layanan dapat dilanjutkan")
    acting = reception.card().representation
    assert acting is not None
    assert (acting.date, acting.document_id) == ("2026-11-20", reception.card().documents[0].id)


def test_letters_scans_requirements_and_spd(
    bench: Bench, reception: ReceptionBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reception.open()
    bench.do(SignGuestBook(visit_id=reception.visit.id, name="Dedi", institution="Disdik"))
    bench.do(commands.IssueTicket(service_id=1, visit_id=reception.visit.id))
    bench.wait(lambda: "number" not in page.view.acts.buttons)
    box = reception.box("letter")
    box.form.show_values({"number": "1/ST"})
    reception.send(box, "Surat tercatat")
    scan = tmp_path / "foto.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n...")
    box = reception.box("scan")
    box.form.show_values({"scan": scan})
    reception.send(box, "Dokumen terlampir")
    box = reception.box("requirements")
    box.form.show_values({"lacking": "Fotokopi SK\n"})
    reception.send(box, "persyaratan tercatat")
    needed = reception.card().requirements
    assert reception.card().requirement_checks[0].missing == (
        *(words.indonesian for words in needed),
        "Fotokopi SK",
    )
    box = reception.box("spd")
    assert box.form.values() == {"number": "", "traveller": "Dedi", "origin": "Disdik"}
    box.form.show_values({"number": "SPD/1"})
    reception.send(box, "SPD tercatat")
    opened = OpenedFiles()
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.QDesktopServices.openUrl", opened)
    reception.press("document")
    bench.box().keys["1"].click()
    bench.wait(lambda: opened)
    assert opened[0].read_bytes() == scan.read_bytes()
    opened[0].unlink()
    opened[0].parent.rmdir()


def test_the_spd_of_the_day_on_paper(
    bench: Bench, reception: ReceptionBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    page = reception.open()

    def as_pdf() -> None:
        page.papers_button.click()
        bench.box().keys["1"].click()
        bench.box().keys["2"].click()

    as_pdf()
    bench.wait(lambda: "Belum ada SPD" in bench.toast)
    for number in ("SPD/1", "SPD/2"):
        bench.do(SignSpd(visit_id=reception.visit.id, number=number, traveller="Dedi", origin="Disdik"))
    as_pdf()
    bench.wait(lambda: bench.toast.startswith("Tersimpan"))
    (paper,) = tmp_path.rglob("Daftar SPD *.pdf")
    pages, words = pages_and_words(paper.read_bytes())
    assert (pages, "SPD/2DediDisdikNina" in words) == (1, True)
    picture(bench.window, "counter-tamu-daftar-spd")


def test_the_guest_book_of_a_month_as_a_file(
    bench: Bench, reception: ReceptionBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, institution="SDN 1", phone="081234567678"))
    page = reception.open((1280, 720))
    picture(bench.window, "tamu-buku-tamu-1280x720")
    for key, suffix in (("1", "pdf"), ("2", "xlsx"), ("3", "csv")):
        page.papers_button.click()
        bench.box().keys["2"].click()
        bench.box().keys["1"].click()
        bench.box().keys[key].click()
        bench.wait(lambda end=suffix: list(tmp_path.rglob(f"Buku Tamu *.{end}")))  # type: ignore[misc]
    (paper,), (listed,) = tmp_path.rglob("*.pdf"), tmp_path.rglob("*.csv")
    assert "081234567678" in pages_and_words(paper.read_bytes())[1]
    assert ";081234567678;" in listed.read_text("utf-8-sig")
    assert len(bench.office.read(lambda tx: personal.openings_between(tx, 0, bench.clock.now + 1))) == 3


def test_a_blank_form_on_paper(
    bench: Bench, reception: ReceptionBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    page = reception.open()
    page.papers_button.click()
    bench.box().keys["3"].click()
    picture(bench.box(), "counter-tamu-formulir")
    bench.box().keys["1"].click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan"))
    (paper,) = tmp_path.rglob("Lembar Buku Tamu*.pdf")
    assert "LEMBARBUKUTAMU" in pages_and_words(paper.read_bytes())[1]


def test_a_card_that_is_held_is_seen_by_everybody_until_it_is_back(
    bench: Bench, reception: ReceptionBench, picture: Picture
) -> None:
    page = reception.open()
    reception.send(reception.box("card"), "Kartu tercatat")
    assert not reception.card().cards[0].is_held
    box = reception.box("card")
    assert not box.form.field("place").is_shown
    box.form.show_values({"held": True, "place": "laci resepsionis"})
    reception.send(box, "Kartu tercatat")
    bench.wait(lambda: "card_back" in page.view.acts.buttons)
    assert page.visits.model.count_of("cards") == 1
    picture(bench.window, "tamu-kartu-dipegang")
    box = reception.box("end")
    box.form.submit()
    bench.wait(lambda: "KTP di laci resepsionis" in box.form.refusal.words.text())
    box.reject()
    page.view.acts.buttons["card_back"].click()
    bench.wait(lambda: not reception.card().cards[1].is_held)
    for kind in (IdDocument.SIM, IdDocument.STAFF_CARD):
        bench.do(LendCard(visit_id=reception.visit.id, kind=kind, held=True))
    bench.wait(lambda: len([each for each in reception.card().cards if each.is_held]) == 2)
    bench.wait(lambda: page.acts._forms is not None and len(page.acts._forms.card.cards) == 4)
    reception.press("card_gone")
    bench.box().keys["2"].click()
    gone = bench.box()
    assert isinstance(gone, FormBox)
    gone.form.show_values({"reason": "Dititipkan ke polsek"})
    reception.send(gone, "Alasan tercatat")
    assert reception.card().cards[3].released == "Dititipkan ke polsek"


def test_badges(bench: Bench, reception: ReceptionBench) -> None:
    page = reception.open()
    box = reception.box("badge")
    box.form.show_values({"number": "07"})
    reception.send(box, "Tag tamu diberikan")
    bench.wait(lambda: "badge_back" in page.view.acts.buttons)
    page.view.acts.buttons["badge_back"].click()
    bench.box().keys["2"].click()
    bench.wait(lambda: reception.card().badges[0].lost)
    bench.do(GiveBadge(visit_id=reception.visit.id, number="08"))
    bench.wait(lambda: "badge_back" in page.view.acts.buttons)


def test_keys_and_what_they_leave_alone(bench: Bench, reception: ReceptionBench) -> None:
    page = reception.open()
    page.visits.view.setFocus()
    bench.press(Qt.Key.Key_B, held=Qt.KeyboardModifier.ControlModifier)
    bench.box().reject()
    page.acts.do_named("card_back")  # not offered: nothing happens
    assert not [box for box in bench.frame.findChildren(FormBox) if box.isVisible()]


def test_nobody_chosen_and_a_second_visitor(bench: Bench, reception: ReceptionBench) -> None:
    page = bench.open(GuestsPage)
    bench.wait(lambda: page.visits.count == 1 and not page.view.is_empty)
    page._choose(None)
    bench.wait(lambda: page.view.is_empty)
    page.acts.do_named("guest")
    assert page.acts.actions() == []
    assert page.acts.security_acts() == []
    assert bench.waiting(page) == 1
    other = reception.welcome()
    bench.do(VerifyIdentity(visit_id=other.id, kind=IdDocument.KTP, matches=False))
    page.open_subject(other.id)
    bench.wait(lambda: not page.view.is_empty)
    page._choose(None)
    bench.wait(lambda: page.view.is_empty)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_other_screens(
    bench: Bench, reception: ReceptionBench, picture: Picture, size: tuple[int, int]
) -> None:
    bench.do(SignGuestBook(visit_id=reception.visit.id, name=ODD, institution=LONG))
    reception.open(size)
    picture(bench.window, f"tamu-{size[0]}x{size[1]}")
