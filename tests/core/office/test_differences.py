"""Differences between two offices are named key by key, and nothing else is."""

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given

from tests.any_office import changed, offices
from tests.examples import examples
from ult_desktop.core.office.differences import Change, differences, sections_of
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import Closure, OfficeTemplate, RamadanPeriod, Weekly, Words
from ult_desktop.operations.office.office_files import load_office

OFFICE = load_office()
DAY = datetime.date(2026, 12, 24)
A, B, *REST = OFFICE.services
ONE = OFFICE.counters[0]
CLOSED = Closure(DAY, "Rapat kerja")


def replaced(part: Any, **fields: Any) -> Any:  # noqa: ANN401  (any struct)
    return msgspec.structs.replace(part, **fields)


TABLE: dict[str, tuple[dict[str, Any], Change]] = {
    "a key": ({"office": replaced(OFFICE.office, phone="0551")}, Change("office.phone", "", "0551")),
    "a number": ({"calling": replaced(OFFICE.calling, max_calls=2)}, Change("calling.max_calls", "3", "2")),
    "yes and no": ({"cuti_bersama_works": True}, Change("cuti_bersama_works", "false", "true")),
    "hours": (
        {"hours": replaced(OFFICE.hours, friday=())},
        Change("hours.friday", "07.30-11.30; 13.00-16.30", ""),
    ),
    "a day closed": ({"closures": (CLOSED,)}, Change("closures[2026-12-24]", "", "Rapat kerja")),
    "Ramadan": (
        {"ramadan": (RamadanPeriod(first=DAY, last=DAY, hours=Weekly()),)},
        Change("ramadan[2026-12-24]", "", "2026-12-24"),
    ),
    "an extra day": ({"working_days": (DAY,)}, Change("working_days", "", "2026-12-24")),
    "a name": (
        {"services": (replaced(A, name=Words("Umum", "General")), B, *REST)},
        Change("services[A].name.id", "Informasi & Konsultasi", "Umum"),
    ),
    "a quota": ({"services": (replaced(A, quota=9), B, *REST)}, Change("services[A].quota", "", "9")),
    "hours of its own": (
        {"services": (replaced(A, hours=Weekly(monday=("08.00-09.00",))), B, *REST)},
        Change("services[A].hours", "", "08.00-09.00"),
    ),
    "what to bring": (
        {"services": (replaced(A, requirements=(Words("KTP", "Card"), Words("Surat"))), B, *REST)},
        Change("services[A].requirements", "Kartu identitas / Identity card", "KTP / Card; Surat"),
    ),
    "a service gone": (
        {"services": (A, *REST)},
        Change("services[B]", "Tunjangan Profesi / Teacher Allowance", ""),
    ),
    "a service more": (
        {"services": (*OFFICE.services, replaced(A, prefix="Q", name=Words("Baru")))},
        Change("services[Q]", "", "Baru"),
    ),
    "another order": (
        {"services": (B, A, *REST)},
        Change("services", "A, B, L, M, R, S, U, Z", "B, A, L, M, R, S, U, Z"),
    ),
    "a counter": (
        {"counters": (replaced(ONE, serves=("A",)), *OFFICE.counters[1:])},
        Change("counters[1].serves", "", "A"),
    ),
    "a counter without a name": (
        {"counters": (*OFFICE.counters, replaced(ONE, number=9, name=""))},
        Change("counters[9]", "", "+"),
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_told(case: str) -> None:
    fields, told = TABLE[case]
    assert told in differences(OFFICE, changed(OFFICE, **fields))


def test_only_what_changed_is_told() -> None:
    new = changed(OFFICE, closures=(CLOSED,), running_text=("Selamat datang",))
    assert [change.where for change in differences(OFFICE, new)] == ["closures[2026-12-24]", "running_text"]
    assert sections_of(differences(OFFICE, new)) == ("closures", "running_text")
    assert sections_of(differences(settings_of(OFFICE), settings_of(new))) == ("closures", "running_text")


def test_one_day_closed_twice() -> None:
    twice = changed(OFFICE, closures=(CLOSED, Closure(DAY, "Listrik padam")))
    (second,) = differences(changed(OFFICE, closures=(CLOSED,)), twice)
    assert second == Change("closures[2026-12-24']", "", "Listrik padam")


@examples(30)
@given(offices(), offices())
def test_something_is_told_exactly_when_something_differs(old: OfficeTemplate, new: OfficeTemplate) -> None:
    assert differences(old, old) == ()
    assert bool(differences(old, new)) == (old != new)
