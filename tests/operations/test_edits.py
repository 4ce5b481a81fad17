"""Two people, one record: an edit is merged by field, and nothing is overwritten in silence."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple

import pytest

from tests.office import open_office
from tests.operations.desks import Desks
from tests.personal import rows
from tests.program import start
from ult_desktop.core.access import commands as access
from ult_desktop.core.cases import commands as cases
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.ppid_year import TellPpidYear
from ult_desktop.core.merging import Conflict, Edit
from ult_desktop.core.phone.commands import RecordCaller, StartCall
from ult_desktop.core.privacy.breaches import DescribeBreach, RecordBreach
from ult_desktop.core.visits.commands import RecordPurpose, SignGuestBook
from ult_desktop.operations.edits import limit_edit
from ult_desktop.operations.register import every_operation, operation_of

Fields = dict[str, Any]


class Shared(NamedTuple):
    """A record that two people change: `mine` and `theirs` are two edits of it, the same field first."""

    make: Callable[..., Edit[Any]]
    mine: Fields
    theirs: Fields
    login: str = "siti"


def _officer(_desks: Desks) -> Shared:
    make = partial(access.EditOfficer, login="bela", name="Bela Back")
    return Shared(make, {"name": "Bela B."}, {"name": "Bela Baik", "usual_counter": 2}, "admin")


def _roles(_desks: Desks) -> Shared:
    make = partial(access.ChangeRoles, login="bono", roles=("back_office",))
    return Shared(make, {"roles": ("related_unit",)}, {"roles": ("helpdesk",)}, "admin")


def _faq(desks: Desks) -> Shared:
    faq = desks.do(cases.AddFaq(question="Kapan cair?", answer="Desember."), "bela")
    make = partial(cases.EditFaq, faq_id=faq.id, question="Kapan cair?", answer="Desember.")
    return Shared(make, {"answer": "Januari."}, {"answer": "Februari.", "tags": "tunjangan"}, "bela")


def _days(desks: Desks) -> Shared:
    make = partial(cases.SetComplaintDays, key="cepat", name="Cepat", days=3)
    desks.do(make(), "admin")
    return Shared(make, {"days": 4}, {"days": 5, "name": "Cepat sekali"}, "admin")


def _ground(desks: Desks) -> Shared:
    make = partial(cases.AddGround, key="k", title="Soal", law="SK 1")
    desks.do(make(), "putri")
    return Shared(make, {"title": "Soal A"}, {"title": "Soal B", "law": "SK 2"}, "putri")


def _year(desks: Desks) -> Shared:
    make = partial(TellPpidYear, year=2026, policy="Ada")
    desks.do(make(), "putri")
    return Shared(make, {"policy": "Baru"}, {"policy": "Lama", "staff": "Dua orang"}, "putri")


def _breach(desks: Desks) -> Shared:
    known: Fields = {"what": "Salah kirim", "happened": "Pagi", "data": "Nama"}
    found = desks.do(RecordBreach(**known), "putri")
    make = partial(DescribeBreach, breach_id=found.id, **known)
    return Shared(make, {"data": "Nama, surel"}, {"data": "Telepon", "handling": "Ditarik"}, "putri")


def _guest(desks: Desks) -> Shared:
    known: Fields = {"name": "Ani Guru", "institution": "SDN 1", "phone": "081100000011"}
    make = partial(SignGuestBook, visit_id=desks.visitor(), **known)
    return Shared(make, {"name": "Ani G."}, {"name": "Ani Guru, S.Pd.", "institution": "SDN 2"})


def _purpose(desks: Desks) -> Shared:
    make = partial(RecordPurpose, visit_id=desks.visitor(), purpose="konsultasi")
    desks.do(make())
    return Shared(make, {"purpose": "legalisasi"}, {"purpose": "pengaduan"})


def _caller(desks: Desks) -> Shared:
    known: Fields = {"name": "Rahmat", "question": "Kapan?", "phone": "08113906669"}
    make = partial(RecordCaller, call_id=desks.do(StartCall()).visit_id, **known)
    desks.do(make())
    return Shared(make, {"name": "Rahmat H."}, {"name": "Rahmad", "institution": "SDN 2"})


def _answer(desks: Desks) -> Shared:
    make = partial(cases.GiveAnswer, case_id=desks.case().id, answer="")
    return Shared(make, {"answer": "Desember."}, {"answer": "Januari."})


def _outcome(desks: Desks) -> Shared:
    make: Callable[..., Edit[Any]] = partial(cases.SetOutcome, case_id=desks.case().id, outcome=None)  # type: ignore[arg-type]
    unavailable = {"outcome": CaseOutcome.UNAVAILABLE, "sub_reason": SubReason.NOT_HELD}
    return Shared(make, unavailable, {"outcome": CaseOutcome.AVAILABLE})


def _owner(desks: Desks) -> Shared:
    make = partial(cases.ReassignCase, case_id=desks.case().id, officer_id=desks.id("siti"))
    return Shared(make, {"officer_id": desks.id("budi")}, {"officer_id": desks.id("bela")})


RECORDS = (
    *(_officer, _roles, _faq, _days, _ground, _year, _breach),
    *(_guest, _purpose, _caller, _answer, _outcome, _owner),
)


def now_of(desks: Desks, edit: Edit[Any]) -> Fields:
    return limit_edit(desks.scene.office, edit, ()).edited_values()


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_both_changed_one_field_differently(desks: Desks, record: Callable[[Desks], Shared]) -> None:
    """Nothing is written, and the refusal has both answers, to save the one that is chosen."""
    shared = record(desks)
    field = next(iter(shared.mine))
    seen = shared.make()
    desks.do(shared.make(**shared.theirs).after(seen), shared.login)
    before = desks.scene.dump()
    with pytest.raises(Conflict) as refusal:
        desks.do(shared.make(**shared.mine).after(seen), shared.login)
    assert desks.scene.dump() == before
    conflict = refusal.value
    assert conflict.names == (field,)
    assert (conflict.theirs[field], getattr(conflict.edit, field)) == (
        shared.theirs[field],
        shared.mine[field],
    )
    desks.do(conflict.edit, shared.login)
    merged = {**seen.edited_values(), **shared.theirs, field: shared.mine[field]}
    now = now_of(desks, seen)
    assert {name: now[name] for name in merged if name != "phone"} == {
        name: text for name, text in merged.items() if name != "phone"
    }


@pytest.mark.parametrize(
    "record", [each for each in RECORDS if each not in (_roles, _purpose, _answer, _outcome, _owner)]
)
def test_each_changed_another_field(desks: Desks, record: Callable[[Desks], Shared]) -> None:
    """Both are kept, and the one who saved later is told which fields are the other's."""
    shared = record(desks)
    field, other = shared.theirs
    seen = shared.make()
    desks.do(shared.make(**{other: shared.theirs[other]}).after(seen), shared.login)
    desks.do(shared.make(**shared.mine).after(seen), shared.login)
    now = now_of(desks, seen)
    assert (now[field], now[other]) == (shared.mine[field], shared.theirs[other])
    assert desks.scene.office.taken == (other,)


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_who_saw_nothing_overwrites_nothing(desks: Desks, record: Callable[[Desks], Shared]) -> None:
    shared = record(desks)
    desks.do(shared.make(**shared.theirs).after(shared.make()), shared.login)
    with pytest.raises(Conflict):
        desks.do(shared.make(**shared.mine).with_seen(), shared.login)


def test_every_edit_knows_its_record() -> None:
    """Each command that changes a record reads it, and each that reads one says which fields."""
    kinds = [kind for kind in every_operation() if issubclass(kind, Edit)]
    assert len(kinds) >= len(RECORDS)
    plain = operation_of(StartCall).record
    for kind in kinds:
        assert issubclass(kind, Edit)
        assert kind.edits
        assert operation_of(kind).record is not plain


def test_sealed_text_stays_where_nobody_can_open_it(desks: Desks) -> None:
    """An officer who sees a mask gives it back; the number behind it, and the index that finds it, stay."""
    visit_id = desks.visitor()
    seen = SignGuestBook(visit_id=visit_id, name="Ani Guru")
    office = desks.scene.office
    kept = operation_of(SignGuestBook).record
    before = rows(office, lambda tx: kept(tx, seen))
    office.sign_out()
    masked = limit_edit(office, SignGuestBook(visit_id=visit_id, name="Ani G."), ("name",))
    desks.do(masked)
    after = rows(office, lambda tx: kept(tx, seen))
    assert (after.name, after.phone, after.phone_index) == ("Ani G.", before.phone, before.phone_index)  # type: ignore[union-attr]


def test_two_programs_one_officer(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process changes the counter while a name is changed here: both stay."""
    path, by = desks.scene.path, desks.actor("admin")
    monkeypatch.setenv("ULT_PASSWORD", "rahasia-kita")
    said = (
        "officer",
        "edit",
        "bela",
        "Bela Back",
        "--counter",
        "2",
        "--officer",
        "admin",
        "--database",
        path,
    )
    seen = access.EditOfficer(login="bela", name="Bela Back")
    mine = access.EditOfficer(login="bela", name="Bela B.")
    with closing(open_office(path, "kedua")) as second:
        other = start(*said, "--database", path)
        assert other.communicate(timeout=180)[1] == ""
        second.perform(mine.after(seen), by)
        assert second.taken == ("usual_counter",)
        officer = second.perform(mine.after(mine), by)
    assert (officer.name, officer.usual_counter) == ("Bela B.", 2)
