"""Hints about an office's file: allowed, and yet they look like a slip."""

import datetime
from typing import Any

import msgspec
import pytest

from tests.any_office import changed
from ult_desktop.core.office.edits import office_hints, why_no_extra_day
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import RamadanPeriod, ServiceTemplate, Weekly
from ult_desktop.operations.office.office_files import load_office

OFFICE = load_office()
CHRISTMAS = datetime.date(2026, 12, 25)
FIRST = datetime.date(2027, 2, 8)


BARE: dict[str, Any] = {"counters": OFFICE.counters[:1], "officers": ()}


def drawn(icon: str) -> ServiceTemplate:
    return msgspec.structs.replace(OFFICE.services[0], icon=icon)


def ramadan(first: datetime.date, days: int = 28) -> RamadanPeriod:
    return RamadanPeriod(first=first, last=first + datetime.timedelta(days=days), hours=Weekly())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ()),
        ({"working_days": (CHRISTMAS,)}, ()),
        (
            {"counters": OFFICE.counters[2:3], "officers": ()},
            ("Tidak ada loket yang melayani Informasi & Konsultasi.",),
        ),
        ({"services": (drawn("walet"),)} | BARE, ("Gambar “walet” tidak ada (maksudnya “wallet”?).",)),
        ({"services": (drawn("../x/y"),)} | BARE, ("Gambar “../x/y” tidak ada.",)),
        (
            {"working_days": (datetime.date(2026, 12, 28),)},
            ("Senin, 28 Desember 2026 bukan hari libur, jadi sudah hari kerja.",),
        ),
        (
            {"working_days": (datetime.date(2026, 12, 26),)},
            ("Sabtu, 26 Desember 2026 tidak punya jam layanan.",),
        ),
        (
            {"ramadan": (ramadan(FIRST + datetime.timedelta(days=9)), ramadan(FIRST))},
            ("Dua masa Ramadan bertumpuk sejak 17 Februari 2027.",),
        ),
        ({"ramadan": (ramadan(FIRST), ramadan(datetime.date(2028, 1, 28)))}, ()),
    ],
)
def test_hints(fields: dict[str, Any], told: tuple[str, ...]) -> None:
    assert office_hints(changed(OFFICE, **fields))[:1] == told


def test_a_day_that_is_named_already_would_still_open_the_office() -> None:
    settings = settings_of(changed(OFFICE, working_days=(CHRISTMAS,)))
    assert why_no_extra_day(settings, CHRISTMAS) == ""
