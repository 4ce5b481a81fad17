"""An office's parts fit together, or the file is refused with the part that does not."""

import datetime

import msgspec
import pytest

from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import OfficeTemplate, Weekly, Words, clock


def office(**parts: object) -> OfficeTemplate:
    """The smallest office, with some of its parts replaced."""
    smallest: dict[str, object] = {
        "office": {"name": "BPMP", "short_name": "BPMP", "timezone": "Asia/Makassar"},
        "hours": {"monday": ["07.30-12.00", "13.00-16.00"]},
        "services": [{"prefix": "A", "name": {"id": "Umum"}}],
        "counters": [{"number": 1}],
    }
    return msgspec.convert(smallest | parts, OfficeTemplate)


def service(prefix: str, **more: object) -> dict[str, object]:
    return {"prefix": prefix, "name": {"id": prefix}, **more}


def test_what_is_not_written_follows_the_rule_of_the_ult() -> None:
    made = office()
    assert (made.calling.max_calls, made.calling.reinsert_after) == (3, 3)
    assert (made.calling.priority_series, made.calling.digits) == ("P", 3)
    assert made.services[0].fee.within("id") == "Tidak dipungut biaya"
    assert made.office.unit == "Unit Layanan Terpadu"
    assert made.office.zone.key == "Asia/Makassar"


def test_an_officer_serves_unless_told_otherwise() -> None:
    made = office(officers=[{"login": "siti", "name": "Siti", "counter": 1}])
    assert made.officers[0].roles == (Role.FRONT_OFFICE,)


def test_words_fall_back_to_indonesian() -> None:
    assert Words("Loket", "Counter").within("en") == "Counter"
    assert Words("Loket", "Counter").within("id") == "Loket"
    assert Words("Loket ramah").within("en") == "Loket ramah"


def test_words_without_english_are_looked_up() -> None:
    """An office may call things as the program does; a language that it added has its words there."""
    assert Words("Loket").within("en") == "Counter"


def test_spans_of_a_day() -> None:
    monday = office().hours.spans(0)
    assert monday == ((clock("07.30"), clock("12.00")), (datetime.time(13), datetime.time(16)))
    assert office().hours.spans(6) == ()


@pytest.mark.parametrize("spans", [("12.00-08.00",), ("08.00-12.00", "11.00-16.00"), ("08.00-08.00",)])
def test_hours_run_forward(spans: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="friday"):
        Weekly(friday=spans)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"services": [service("A"), service("A")]}, "awalan dipakai dua kali: A"),
        ({"services": [service("P")]}, "awalan dipakai dua kali: P"),
        ({"counters": [{"number": 1}, {"number": 1}]}, "nomor loket dipakai dua kali: 1"),
        ({"counters": [{"number": 1, "serves": ["X"]}]}, "layanan tidak ada dalam berkas ini: X"),
        ({"services": [service("A", category="izin")]}, "kategori tidak ada dalam berkas ini: izin"),
        (
            {"categories": [{"key": "izin", "name": {"id": "Izin"}, "parent": "izin"}]},
            "kategori tidak ada dalam berkas ini: izin",
        ),
        (
            {"officers": [{"login": "siti", "name": "Siti", "counter": 7}]},
            "loket tidak ada dalam berkas ini: 7",
        ),
        (
            {"officers": [{"login": "siti", "name": "S"}, {"login": "siti", "name": "T"}]},
            "nama masuk dipakai dua kali: siti",
        ),
        ({"services": [service("A", days=367)]}, "<= 366"),
        ({"services": [service("A", quota=10_000)]}, "<= 9999"),
        ({"cases": {"days": 367}}, "<= 366"),
        ({"cases": {"escalation_days": 367}}, "<= 366"),
        ({"services": []}, "length >= 1"),
        ({"hours": {"monday": ["7:30-12"]}}, "regex"),
        (
            {"ramadan": [{"first": "2027-02-08", "last": "2027-02-07", "hours": {}}]},
            "hari terakhir tidak boleh mendahului",
        ),
    ],
)
def test_parts_that_contradict_each_other(parts: dict[str, object], words: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=words):
        office(**parts)
