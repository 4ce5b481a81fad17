"""The page Permintaan data: registered, verified, searched, carried out, answered, closed."""

from datetime import date, time
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.privacy.commands import (
    AnswerSubjectRequest,
    AttachSubjectVisits,
    CloseSubjectRequest,
    HoldSubjectData,
    RegisterSubjectRequest,
    VerifySubject,
)
from ult_desktop.core.privacy.subjects import SubjectFile, SubjectKind, SubjectOutcome, Verification
from ult_desktop.core.visits.commands import EndVisit, SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.privacy import subjects
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.unmasking import CLEAR_MS
from ult_desktop.ui.counter.privacy.subjects_page import SubjectsPage, act_entries
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.label import Label

CONTACT = "081122233044"
TOLD = "Permintaan terdaftar. Batasnya 3×24 jam."


def visit(bench: Bench, name: str = "Ani Guru") -> int:
    """A visitor of today who has gone."""
    nina = bench.sign_in("nina", Role.RECEPTION)
    visit_id: int = bench.do(WelcomeVisitor(), bench.office.sign_in("joko", "rahasia-kita")).id
    line = SignGuestBook(
        visit_id=visit_id, name=name, institution="SDN 1", phone="081155501234", remember=True
    )
    bench.do(line, nina)
    bench.do(EndVisit(visit_id=visit_id, ending=Ending.DONE), nina)
    return visit_id


def registered(bench: Bench, *, verified: bool = True, visits_of_hers: tuple[int, ...] = ()) -> int:
    bench.sign_in("kepala")
    words = "Hapus data saya"
    command = RegisterSubjectRequest(kind=SubjectKind.ERASURE, name="Ani Guru", contact=CONTACT, words=words)
    request_id: int = bench.do(command).request.id
    if verified:
        bench.do(VerifySubject(request_id=request_id, how=Verification.CARD))
    if visits_of_hers:
        bench.do(AttachSubjectVisits(request_id=request_id, visits=visits_of_hers))
    return request_id


def file_of(bench: Bench) -> SubjectFile:
    return bench.office.read(lambda tx: subjects.file_of(tx, 1))


def opened(bench: Bench, **look: object) -> SubjectsPage:
    page = bench.open(SubjectsPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count > 0)
    page.list.choose(1)
    bench.wait(lambda: not page.detail.is_empty)
    return page


def form_box(bench: Bench) -> FormBox:
    bench.wait(lambda: isinstance(bench.box(), FormBox))
    box = bench.box()
    assert isinstance(box, FormBox)
    return box


def enabled(detail: Detail, act: str) -> bool:
    """The buttons are made anew with every look."""
    return detail.acts.buttons[act].isEnabled()


def submit(bench: Bench, toast: str, /, **values: object) -> None:
    box = form_box(bench)
    for name, value in values.items():
        box.form.field(name).show_value(value)
    box.form.submit()
    bench.wait(lambda: bench.toast.split("\n")[0] == toast)


def act_on_visit(bench: Bench, page: SubjectsPage, number: str) -> None:
    """Open the visit's acts and take one."""
    bench.act(page.detail, "visit")
    bench.box().keys["1"].click()
    bench.box().keys[number].click()


def test_a_request_is_registered_and_verified(bench: Bench) -> None:
    bench.sign_in("kepala")
    page = bench.open(SubjectsPage)
    page.new_button.click()
    submit(bench, TOLD, kind=SubjectKind.ACCESS, name="Ani Guru")
    bench.wait(lambda: page.list.count == 1)
    page.list.choose(1)
    bench.wait(lambda: "verify" in page.detail.acts.buttons)
    assert not page.detail.acts.buttons["copy"].isEnabled()
    bench.act(page.detail, "verify")
    submit(bench, "Identitas dipastikan.", how=Verification.CARD)
    bench.wait(lambda: "verify" not in page.detail.acts.buttons)
    assert bench.waiting(page) == 1


def test_the_clock_began_when_it_was_received(bench: Bench, picture: Picture) -> None:
    bench.sign_in("kepala")
    page = bench.open(SubjectsPage)
    page.new_button.click()
    box = form_box(bench)
    for name, value in (("kind", SubjectKind.ACCESS), ("name", "Ani Guru"), ("day", date(2026, 11, 22))):
        box.form.field(name).show_value(value)
    box.form.submit()
    assert "Tulis juga jamnya." in box.form.field("time").error.text()
    picture(box, "permintaan-data-baru")
    box.form.field("time").show_value(time(8, 0))
    box.form.submit()
    bench.wait(lambda: page.list.count == 1)
    assert file_of(bench).request.received_at == bench.clock.now - (25 * 60 + 41) * 60_000
    page.new_button.click()
    submit(bench, TOLD, kind=SubjectKind.ACCESS, name="Budi", time=time(9, 0))
    bench.wait(lambda: page.list.count == 2)


def test_who_asks_is_reached_by_what_he_gave_for_a_minute(bench: Bench) -> None:
    registered(bench, verified=False)
    page = opened(bench)
    page.detail.acts.buttons["contact"].click()
    bench.wait(bench.has_box)
    box = bench.box()
    assert box.title.text() == "Ani Guru"
    assert CONTACT in [label.text() for label in box.findChildren(Label)]
    (timer,) = box.findChildren(QTimer)
    assert (timer.isActive(), timer.interval()) == (True, CLEAR_MS)
    timer.timeout.emit()
    assert not box.isVisible()


def test_visits_are_searched_and_attached(bench: Bench) -> None:
    visit(bench)
    registered(bench)
    page = opened(bench)
    bench.act(page.detail, "search")
    form = bench.box().form
    for text in ("Budi", "Ani"):
        form.field("line").show_value(text)
        form.submit()
        if text == "Budi":
            bench.wait(lambda: form.refusal.words.text() == "Tidak ada kunjungan yang cocok.")
            assert form.field("line").value() == text
    bench.wait(lambda: not shiboken6.isValid(form) or not form.isVisible())
    submit(bench, "Kunjungan ditautkan.", visits=("1",))
    assert [each.visit_id for each in file_of(bench).visits] == [1]
    bench.wait(lambda: enabled(page.detail, "copy"))


def test_a_visit_is_corrected_held_released_erased_and_detached(bench: Bench) -> None:
    visit_id = visit(bench)
    registered(bench, visits_of_hers=(visit_id,))
    page = opened(bench)
    act_on_visit(bench, page, "1")
    submit(bench, "Data diperbaiki.", field="phone", value="082212345678", reason="Ganti nomor")
    act_on_visit(bench, page, "3")
    submit(bench, "Jadwal retensi tidak menyentuh kunjungan ini.", reason="Sengketa")
    bench.wait(lambda: page._file is not None and page._file.visits[0].held)
    act_on_visit(bench, page, "1")
    bench.wait(lambda: bench.toast == "Jadwal retensi berlaku lagi.")
    bench.wait(lambda: page._file is not None and not page._file.visits[0].held)
    act_on_visit(bench, page, "2")
    submit(bench, "Data dihapus.", reason="Diminta")
    guest = bench.office.read(lambda tx: visits.guest_of(tx, visit_id))
    assert guest is not None
    assert guest.name == "dihapus atas permintaan"
    act_on_visit(bench, page, "4")
    bench.wait(lambda: bench.toast == "Tautan kunjungan dilepas.")
    assert file_of(bench).visits == ()


def test_the_copy_the_consent_the_answer_and_the_end(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    registered(bench, visits_of_hers=(visit(bench),))
    page = opened(bench)
    bench.act(page.detail, "copy")
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    files = {path.suffix: path.read_bytes() for path in (tmp_path / "ult-desktop").iterdir()}
    assert files[".pdf"].startswith(b"%PDF")
    assert b'"Ani Guru"' in files[".json"]
    bench.act(page.detail, "withdraw")
    bench.wait(lambda: bench.toast == "Persetujuan diingat ditarik.")
    bench.act(page.detail, "answer")
    submit(bench, "Jawaban tersimpan.", outcome=SubjectOutcome.GRANTED, answer="Sudah", told="Surel")
    bench.wait(lambda: "close" in page.detail.acts.buttons)
    bench.act(page.detail, "close")
    bench.wait(lambda: bench.toast == "Permintaan 0001/SDP/2026 ditutup.")
    bench.wait(lambda: page._file is not None and page._file.request.closed_at is not None)
    assert bench.waiting(page) == 0
    page.open_subject(1)
    assert page.list.selected == 1


def test_a_hold_outlives_its_request(bench: Bench) -> None:
    request_id = registered(bench, visits_of_hers=(visit(bench), visit(bench)))
    bench.do(HoldSubjectData(request_id=request_id, visit_id=1, reason="x"))
    bench.do(AnswerSubjectRequest(request_id=request_id, outcome=SubjectOutcome.PARTLY, answer="x", told="y"))
    bench.do(CloseSubjectRequest(request_id=request_id))
    page = opened(bench)
    bench.wait(lambda: list(page.detail.acts.buttons) == ["visit"])
    bench.act(page.detail, "visit")
    assert "2" not in bench.box().keys  # nothing can be done with the visit that is not held
    bench.box().keys["1"].click()
    bench.box().keys["1"].click()
    bench.wait(lambda: bench.toast == "Jadwal retensi berlaku lagi.")
    bench.wait(lambda: page._file is not None and not any(visit.held for visit in page._file.visits))


def test_nothing_chosen_is_nothing_done(bench: Bench) -> None:
    bench.sign_in("kepala")
    page = bench.open(SubjectsPage)
    assert page.detail.acts.buttons == {}
    page._choose(99)
    bench.wait(lambda: page.detail.is_empty)
    assert page.detail.is_empty
    assert [box for box in bench.frame.findChildren(Box) if box.isVisible()] == []
    assert act_entries((), bench.now()) == []


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "light"), ((1920, 1080), "kontras")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    first, second = visit(bench), visit(bench)
    registered(bench, visits_of_hers=(first, second))
    bench.do(HoldSubjectData(request_id=1, visit_id=first, reason="Masih disengketakan"))
    bench.later(60 * 50)
    bench.do(RegisterSubjectRequest(kind=SubjectKind.ACCESS, name="Budi Santoso", contact="budi@x.id"))
    page = opened(bench, size=size, contrast=contrast)
    bench.wait(lambda: page.list.count == 2)
    picture(bench.window, f"permintaan-data-{size[0]}x{size[1]}-{contrast}")
