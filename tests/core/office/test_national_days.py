"""The shipped table says what the package says."""

import subprocess
import sys
from datetime import date

import pytest

from tests.program import ROOT
from tools.national_days import FIRST, LAST, table
from ult_desktop.base.paths import resource
from ult_desktop.core.office.national_days import CUTI_BERSAMA, PUBLIC, days_by_package, national_days


def test_the_table_is_what_the_package_gives() -> None:
    assert resource("holidays.json").read_bytes() == table()


@pytest.mark.parametrize("category", [PUBLIC, CUTI_BERSAMA])
@pytest.mark.parametrize("year", [FIRST - 1, FIRST, LAST, LAST + 1])
def test_every_year_has_its_days(year: int, category: str) -> None:
    assert national_days(year, category) == days_by_package(year, category)


def test_a_name_is_told_without_a_guess_mark() -> None:
    assert national_days(2026, PUBLIC)[date(2026, 1, 1)] == "Tahun Baru Masehi"
    assert not [name for name in national_days(LAST, PUBLIC).values() if "perkiraan" in name]


def test_a_year_of_the_table_does_not_load_the_package() -> None:
    words = f"""
import sys
from ult_desktop.core.office.national_days import PUBLIC, national_days
assert national_days({LAST}, PUBLIC)
assert "holidays" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True)
