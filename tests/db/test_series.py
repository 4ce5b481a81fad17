"""Readable numbers: each series counts for itself and anew in every year."""

import pytest

from tests.db.rows import write_rows
from ult_desktop.db.series import YearlyNumber, YearlySeries, next_numbers
from ult_desktop.operations.office.office import Office

FIRST = {
    YearlySeries.CASE: "0001/ULT/2026",
    YearlySeries.RECEIPT: "0001/TT/2026",
    YearlySeries.INFORMATION_REQUEST: "0001/PPID/2026",
    YearlySeries.OBJECTION: "0001/KBR/2026",
    YearlySeries.ONLINE_REQUEST: "D-0001/2026",
    YearlySeries.SUBJECT_REQUEST: "0001/SDP/2026",
    YearlySeries.BREACH: "0001/INS/2026",
}
BREACH = (
    "INSERT INTO breach (year, serial, number, known_at, due_at, written_at, officer_id,"
    " happened, what, data) VALUES (2026, ?, ?, 1, 2, 1, 1, 'x', 'x', 'x')"
)


@pytest.mark.parametrize("series", YearlySeries)
def test_the_first_of_a_year_is_one(office: Office, series: YearlySeries) -> None:
    numbers = office.read(lambda tx: next_numbers(tx, series, "2026-11-23"))
    assert numbers == (YearlyNumber(2026, 1, FIRST[series]),)


def test_a_series_goes_on_within_its_year_alone(office: Office) -> None:
    write_rows(office, lambda tx: tx.run(BREACH, 12344, "12344/INS/2026"))
    days = ("2026-12-31", "2027-01-01")
    found = [
        office.read(lambda tx, day=day: next_numbers(tx, YearlySeries.BREACH, day, 2))  # type: ignore[misc]
        for day in days
    ]
    assert [[each.number for each in numbers] for numbers in found] == [
        ["12345/INS/2026", "12346/INS/2026"],
        ["0001/INS/2027", "0002/INS/2027"],
    ]
    assert office.read(lambda tx: next_numbers(tx, YearlySeries.CASE, days[0]))[0].serial == 1
