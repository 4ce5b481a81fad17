"""The shipped regencies: the four offices' provinces, by Kemendagri's codes."""

import pytest

from ult_desktop.operations.office.office_files import load_office, office_names
from ult_desktop.operations.visits.visits import regencies_of

COUNTS = {"Kalimantan Utara": 5, "Kepulauan Riau": 7, "DKI Jakarta": 6, "Sumatera Utara": 33}


@pytest.mark.parametrize("name", office_names())
def test_every_office_has_its_provinces_regencies(name: str) -> None:
    province = load_office(name).office.province
    found = regencies_of(province)
    assert len(found) == COUNTS[province]
    codes = [each.code for each in found]
    assert codes == sorted(set(codes))
    assert len({code[:2] for code in codes}) == 1
    for each in found:
        assert each.name.startswith("Kota" if int(each.code[3:]) > 70 else "Kab. ")


def test_the_codes_are_those_of_kemendagri() -> None:
    names = {each.code: each.name for each in regencies_of("65")}
    assert (names["65.01"], names["65.71"]) == ("Kab. Bulungan", "Kota Tarakan")


def test_a_province_that_is_not_listed_has_none() -> None:
    assert regencies_of("Bali") == ()
