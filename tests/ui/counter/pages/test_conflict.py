"""Two officers, one form: what each saved stays, and where they disagree the officer chooses by key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.commands import EditOfficer
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.visits.commands import SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.access import officers
from ult_desktop.db.store.errors import file_missing
from ult_desktop.db.visits import visits
from ult_desktop.operations.visits.boards import visit_forms
from ult_desktop.ui.counter.access.officers_group import OfficersGroup
from ult_desktop.ui.counter.pages import conflict_box
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.conflict_box import ConflictBox
from ult_desktop.ui.counter.visits.visit_boxes import GuestBox

KNOWN = {"name": "Dedi", "institution": "SDN 1", "phone": "081234567678"}


class OneForm:
    """The guest book of a visitor, open at this counter while another one writes in it."""

    def __init__(self, bench: Bench, *, signed: bool = True) -> None:
        self.bench = bench
        bench.sign_in("siti", Role.FRONT_OFFICE, Role.RECEPTION)
        guard = bench.sign_in("amir", Role.SECURITY)
        bench.sign_in("siti")
        self.visit_id = bench.do(WelcomeVisitor(), guard).id
        if signed:
            self.others_save(**KNOWN)
        host = bench.make_desk((1366, 768), "light", 1)
        bench.stand(QWidget(), (1366, 768))
        forms = bench.office.read(lambda tx: visit_forms(tx, bench.clock.now, self.visit_id))
        assert forms is not None
        self.box = GuestBox(host, forms)
        self.box.open()

    def others_save(self, **said: str) -> None:
        self.bench.do(SignGuestBook(**{"visit_id": self.visit_id, **said}))

    def type(self, **said: str) -> None:
        for name, text in said.items():
            self.box.form.field(name).show_value(text)

    def choose(self) -> ConflictBox:
        found = self.bench.frame.findChildren
        self.bench.wait(lambda: any(box.isVisible() for box in found(ConflictBox)))
        return next(box for box in found(ConflictBox) if box.isVisible())

    @property
    def line(self) -> Guest:
        found = self.bench.office.read(lambda tx: visits.guest_of(tx, self.visit_id))
        assert found is not None
        return found


def test_both_answers_are_shown_and_one_is_chosen_by_key(bench: Bench, picture: Picture) -> None:
    form = OneForm(bench)
    form.others_save(**{**KNOWN, "name": "Dedi Kurniawan", "phone": "081399998888"})
    form.type(name="Dedy", institution="SDN 7")
    form.box.form.submit()
    box = form.choose()
    field = box.form.field("name")
    assert [button.words for button in field.buttons.values()] == [  # type: ignore[attr-defined]
        "tersimpan: Dedi Kurniawan",
        "isian Anda: Dedy",
    ]
    picture(box, "dua-isian")
    assert form.line.institution == "SDN 1", "nothing is saved before the choice"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return):
        bench.press(key, box.focusWidget())
    bench.wait(lambda: form.line.institution == "SDN 7")
    assert (form.line.name, form.line.phone) == ("Dedy", "0813••••888")
    bench.wait(lambda: not bench.has_box())


def test_a_second_conflict_keeps_the_names_of_what_others_saved_before_the_first(bench: Bench) -> None:
    form = OneForm(bench)
    theirs = {**KNOWN, "phone": "081399998888"}
    form.others_save(**{**theirs, "name": "Dedi Kurniawan", "institution": "SDN 8"})
    form.type(name="Dedy")
    form.box.form.submit()
    form.choose()
    form.others_save(**{**theirs, "name": "Dedi K.", "institution": "SDN 9"})
    for _round in range(2):
        box = form.choose()
        box.form.field("name").show_value("mine")
        box.form.submit()
    bench.wait(lambda: "tetap dipakai: Instansi, Nomor telepon." in bench.toast)
    assert (form.line.name, form.line.institution) == ("Dedy", "SDN 9")


def test_who_takes_the_others_answer_changes_nothing(bench: Bench) -> None:
    form = OneForm(bench)
    form.others_save(**{**KNOWN, "name": "Dedi Kurniawan"})
    form.type(name="Dedy")
    form.box.form.submit()
    box, before = form.choose(), bench.office.last_seq()
    box.form.field("name").show_value("theirs")
    box.form.submit()
    bench.wait(lambda: "Isian petugas lain tetap dipakai" in bench.toast)
    assert (form.line.name, bench.office.last_seq()) == ("Dedi Kurniawan", before)
    bench.wait(lambda: not bench.has_box())


def test_who_leaves_the_choice_still_has_what_they_typed(bench: Bench) -> None:
    form = OneForm(bench)
    form.others_save(**{**KNOWN, "name": "Dedi Kurniawan"})
    form.type(name="Dedy")
    form.box.form.submit()
    form.choose().reject()
    assert (form.box.isVisible(), form.box.form.values()["name"]) == (True, "Dedy")
    form.box.form.submit()
    form.choose()


def test_an_empty_line_that_another_counter_wrote_meanwhile_is_not_lost(bench: Bench) -> None:
    form = OneForm(bench, signed=False)
    form.others_save(**KNOWN)
    form.type(name="Dedi", meets="Bu Rina")
    form.box.form.submit()
    bench.wait(lambda: "Buku tamu tersimpan" in bench.toast)
    assert (form.line.institution, form.line.meets) == ("SDN 1", "Bu Rina")


def test_an_officer_is_merged_and_taken_back_by_field(bench: Bench) -> None:
    bench.sign_in("admin")
    group = bench.open(OfficersGroup)  # type: ignore[type-var]
    bench.wait(lambda: group.list.count)
    siti = bench.office.read(lambda tx: officers.find(tx, "siti"))
    assert siti is not None
    group.list.choose(siti.id)
    bench.act(group.detail, "edit")
    box = bench.box()
    assert isinstance(box, FormBox)
    bench.do(EditOfficer(login="siti", name=siti.name, usual_counter=2))
    box.form.field("name").show_value("Siti R.")
    box.form.submit()

    def now() -> tuple[str, int | None]:
        found = bench.office.read(lambda tx: officers.find(tx, "siti"))
        assert found is not None
        return found.name, found.usual_counter

    bench.wait(lambda: now() == ("Siti R.", 2))
    bench.wait(lambda: "Loket" in bench.toast)
    group.note.answered.emit()
    bench.wait(lambda: now() == (siti.name, 2))


def test_the_message_comes_although_the_share_goes_right_after_saving(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = OneForm(bench)
    form.type(name="Dedy")

    def read_edited(*_about: object) -> None:
        raise file_missing("office.db")

    monkeypatch.setattr(conflict_box, "read_edited", read_edited)
    form.box.form.submit()
    bench.wait(lambda: "Buku tamu tersimpan" in bench.toast)
    assert (form.line.name, bench.host.can_undo, bench.has_box()) == ("Dedy", False, False)


def test_an_act_without_a_way_back_ends_the_older_one(bench: Bench) -> None:
    form = OneForm(bench)
    form.type(name="Dedy")
    form.box.form.submit()
    bench.wait(lambda: bench.host.can_undo)
    bench.host.tell("Pilih nomor di daftar.")
    assert bench.host.can_undo, "words alone undo nothing"
    bench.host.perform(IssueTicket(service_id=1), message="Nomor diambil.")
    bench.wait(lambda: bench.toast == "Nomor diambil.")
    assert not bench.host.can_undo


def test_what_was_chosen_of_two_answers_is_taken_back(bench: Bench) -> None:
    form = OneForm(bench)
    form.others_save(**{**KNOWN, "name": "Dedi Kurniawan"})
    form.type(name="Dedy", institution="SDN 7")
    form.box.form.submit()
    box = form.choose()
    box.form.field("name").show_value("theirs")
    box.form.submit()
    bench.wait(lambda: bench.host.can_undo)
    assert (form.line.name, form.line.institution) == ("Dedi Kurniawan", "SDN 7")
    bench.host.undo()
    bench.wait(lambda: form.line.institution == "SDN 1")
    assert form.line.name == "Dedi Kurniawan"
