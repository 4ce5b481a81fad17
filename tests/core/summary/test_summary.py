"""A summary betrays nobody, bears its office's signature, and adds up with those of others."""

from itertools import accumulate

import msgspec
import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.figures.figures import NO_TIMES, Spread
from ult_desktop.core.summary.collecting import Collected, Collector, TrustedKey
from ult_desktop.core.summary.signing import BadSummary, read_signed, sign
from ult_desktop.core.summary.summary import (
    COUNTS,
    LEAST_PEOPLE,
    ServiceNumbers,
    Summary,
    SummaryElement,
    SummaryOffice,
    SummaryService,
    hide_division,
    hide_few,
    hide_part,
    rows_of,
    services_of,
    spread_of,
    times_of,
)

NOW = "2027-01"
COUNT = st.integers(0, 40)


def summary(
    code: str = "BPMP-65",
    month: str = "2026-11",
    made_at: int = 1,
    visits: int = 30,
    province: str = "65",
    **more: object,
) -> Summary:
    counts = dict.fromkeys(COUNTS, 0) | {"visits": visits, "persons": visits, "served": visits}
    told: dict[str, object] = {
        **counts,
        "services": services_of(
            [
                ServiceNumbers(
                    key="A",
                    name="Informasi",
                    visits=visits,
                    waits=Spread.of([10 * 60_000] * visits),
                    respondents=visits,
                    elements=(SummaryElement(element="sarana", answers=visits, total=3 * visits),),
                )
            ]
        ),
        "channels": rows_of([("tatap_muka", "Tatap muka", visits)]),
        "regencies": rows_of([("65.71", "Kota Tarakan", visits)]),
        "causes": (),
        "waits": times_of(Spread.of([10 * 60_000] * visits)),
        "servings": times_of(NO_TIMES),
        "elements": (SummaryElement(element="sarana", answers=visits, total=3 * visits),),
        "heads": {month: "9:abc"},
        **more,
    }
    office = SummaryOffice(code=code, name=f"Kantor {code}", province=province)
    return Summary(office=office, month=month, made_at=made_at, **told)  # type: ignore[arg-type]


def seed_of(code: str) -> bytes:
    return code.encode().ljust(32, b".")


def file_of(each: Summary, seed: str = "") -> bytes:
    return sign(each, seed_of(seed or each.office.code))


def trusted(*codes: str) -> dict[str, TrustedKey]:
    return {
        code: TrustedKey(name=f"Kantor {code}", key=read_signed(file_of(summary(code))).key) for code in codes
    }


def collected(*files: bytes, codes: tuple[str, ...] = ("BPMP-65",)) -> Collected:
    collector = Collector(trusted(*codes), NOW)
    for place, content in enumerate(files):
        collector.add(f"{place}.ultrekap", content)
    return collector.result()


@given(st.lists(COUNT, max_size=8), st.lists(st.integers(0, 20_000_000), max_size=60))
def test_no_number_of_fewer_than_five_leaves(parts: list[int], times: list[int]) -> None:
    shown = hide_division(parts)
    assert all(count is None or count == 0 or count >= LEAST_PEOPLE for count in shown)
    assert sum(count is None for count in shown) != 1 or not [c for c in parts if c >= LEAST_PEOPLE]
    spread = Spread.of(times)
    found = times_of(spread)
    assert all(count % LEAST_PEOPLE == 0 for count in found)
    assert 0 <= spread.count - sum(found) < LEAST_PEOPLE
    for told, held in zip(accumulate(found), accumulate(spread.bins), strict=True):
        assert 0 <= held - told < LEAST_PEOPLE, "no share of the times moves by five people"


def service(visits: int, minutes: int, respondents: int, left_out: int) -> ServiceNumbers:
    answers = {"sarana": respondents, "biaya": max(0, respondents - left_out)}
    return ServiceNumbers(
        key="A",
        name="Informasi",
        visits=visits,
        waits=Spread.of([minutes * 60_000] * visits),
        respondents=respondents,
        elements=tuple(
            SummaryElement(element=key, answers=n, total=3 * n) for key, n in answers.items() if n
        ),
    )


@given(
    st.lists(st.builds(service, COUNT, st.integers(0, 200), COUNT, st.integers(0, 6)), max_size=7),
    st.integers(LEAST_PEOPLE, 12),
)
def test_no_service_betrays_a_few_nor_what_another_hides(found: list[ServiceNumbers], least: int) -> None:
    rows = services_of(found, least)
    for numbers, row in zip(found, rows, strict=True):
        assert row.count in (None, numbers.visits)
        assert (row.waits is None) == (row.count is None)
        assert row.waits is None or 0 <= numbers.waits.count - sum(row.waits) < LEAST_PEOPLE
        assert not row.elements or numbers.respondents >= least
        assert all(each.answers >= LEAST_PEOPLE for each in row.elements)
    for name in ("visits", "respondents"):
        hidden = [
            getattr(numbers, name)
            for numbers, row in zip(found, rows, strict=True)
            if getattr(row, "count" if name == "visits" else name) is None
        ]
        whole = sum(getattr(each, name) for each in found)
        assert not hidden or sum(hidden) >= LEAST_PEOPLE or whole < LEAST_PEOPLE
    if not any(row.elements for row in rows):
        return
    silent = [each for each, row in zip(found, rows, strict=True) if each.respondents and not row.elements]
    assert len(silent) != 1
    for element in ("sarana", "biaya"):
        rest = sum(one.answers for each in silent for one in each.elements if one.element == element)
        assert rest == 0 or rest >= LEAST_PEOPLE, "the rest of the office's answers"


def test_a_service_that_stands_alone_is_told_whole() -> None:
    (row,) = services_of([service(20, 12, 9, 0)])
    assert row == summary_of_service(20, 9)
    (silent,) = services_of([service(20, 12, 9, 0)], None)
    assert (silent.count, silent.respondents, silent.elements) == (20, 9, ())
    shown, other, hidden = services_of([service(20, 12, 9, 0), service(6, 12, 6, 0), service(3, 2, 2, 0)])
    assert (shown.count, other.count, hidden.count) == (20, None, None)
    assert (shown.respondents, other.respondents, hidden.respondents) == (9, None, None)
    assert (bool(shown.elements), other.elements, hidden.elements) == (True, (), ())


def summary_of_service(visits: int, respondents: int) -> SummaryService:
    answers = tuple(
        SummaryElement(element=key, answers=respondents, total=3 * respondents) for key in ("sarana", "biaya")
    )
    return SummaryService(
        key="A",
        name="Informasi",
        count=visits,
        waits=times_of(Spread.of([12 * 60_000] * visits)),
        respondents=respondents,
        elements=answers,
    )


@given(COUNT, COUNT)
def test_who_is_nearly_all_or_nearly_nobody_is_not_told(part: int, rest: int) -> None:
    shown = hide_part(part + rest, part)
    hides = (
        0 < part + rest < LEAST_PEOPLE or 0 < part < LEAST_PEOPLE or (0 < rest < LEAST_PEOPLE and part > 0)
    )
    assert (shown is None) == hides
    assert hide_few(part) == (None if 0 < part < LEAST_PEOPLE else part)


def test_shares_of_times_are_those_of_the_report() -> None:
    spread = Spread.of([minutes * 60_000 for minutes in range(1, 120)])
    for share in (0.5, 0.9):
        told, own = spread_of(times_of(spread)).quantile_s(share), spread.quantile_s(share)
        assert told is not None
        assert own is not None
        assert told == pytest.approx(own, rel=0.05)
    assert spread_of(times_of(NO_TIMES)).quantile_s(0.5) is None


def test_a_file_is_proved_and_what_was_altered_is_refused() -> None:
    content = file_of(summary())
    assert read_signed(content).summary == summary()
    for wrong, words in (
        (content.replace(b'"visits":30', b'"visits":31'), "diubah sesudah dibuat"),
        (content.replace(b'"format":1', b'"format":2'), "program yang lebih baru"),
        (content[:-20], "bukan rekap kantor, atau berkasnya terpotong"),
        (b"PK\x03\x04", "bukan rekap"),
        (sign(summary(persons=-4), seed_of("BPMP-65")), "tidak lengkap"),
        (sign(summary(persons=2**40), seed_of("BPMP-65")), "tidak lengkap"),
        (b" " * 1_000_001, "terlalu besar"),
        (
            msgspec.json.encode({"format": 1, "key": "AA==", "signature": "AA==", "summary": {}}),
            "rekap|cocok",
        ),
    ):
        with pytest.raises(BadSummary, match=words):
            read_signed(wrong)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["A1", "B2", "C3"]), st.integers(1, 12)), st.integers(5, 400), min_size=1
    )
)
def test_the_sums_are_those_of_the_offices(visits: dict[tuple[str, int], int]) -> None:
    files = [
        file_of(summary(code, f"2026-{month:02}", visits=count)) for (code, month), count in visits.items()
    ]
    found = collected(*files, codes=("A1", "B2", "C3"))
    assert found.refused == ()
    assert found.whole.count("visits") == sum(visits.values())
    assert sum(each.whole.count("visits") for each in found.offices) == sum(visits.values())
    assert sum(each.count("visits") for each in found.months.values()) == sum(visits.values())
    assert found.tables["regencies"] == {"65.71": ("Kota Tarakan", sum(visits.values()))}
    assert found.whole.index == 75
    ((name, totals),) = found.services.values()
    assert (name, totals.count("visits"), totals.count("respondents")) == (
        "Informasi", *[sum(visits.values())] * 2,
    )  # fmt: skip
    assert (totals.waits, totals.answers) == (found.whole.waits, found.whole.answers)
    for each in found.offices:
        assert len(each.months) + len(each.lacks) == len(found.months)
        assert not set(each.months) & set(each.lacks)


def test_what_does_not_fit_is_refused_with_words() -> None:
    later = summary(month="2026-12", heads={"2026-11": "9:other", "2026-12": "20:d"})
    found = collected(
        file_of(summary()),
        file_of(summary(), "an impostor"),
        file_of(summary("X9")),
        file_of(summary(month="2027-01")),
        file_of(summary(visits=40, made_at=2)),
        file_of(summary(visits=40, made_at=2)),
        file_of(later),
    )
    assert [(each.file[0], each.why) for each in found.refused] == [
        (
            "1",
            "Kode BPMP-65 dipastikan untuk Kantor BPMP-65 dengan kunci lain; berkas ini dari Kantor BPMP-65.",
        ),
        ("2", "Kunci kantor X9 (Kantor X9) belum dipastikan: summary trust."),
        ("3", "2027-01 belum berakhir."),
        ("0", "BPMP-65 2026-11 ada dua kali; yang dihitung 4.ultrekap."),
        ("5", "BPMP-65 2026-11 ada dua kali; yang dihitung 4.ultrekap."),
    ]
    assert [(each.file[0], each.why) for each in found.warnings] == [
        ("6", "Catatan BPMP-65 sampai akhir 2026-11 berbeda dari yang di 0.ultrekap: masa lalunya berubah.")
    ]
    assert found.months["2026-11"].count("visits") == 40


def test_who_stands_out_is_named() -> None:
    waits = {f"K{n}": minutes for n, minutes in enumerate((3, 7, 12, 17, 22, 27, 35, 230))}
    files = [
        file_of(summary(code, waits=times_of(Spread.of([minutes * 60_000] * 30))))
        for code, minutes in waits.items()
    ]
    found = collected(*files, codes=tuple(waits))
    assert {each.code for each in found.outliers} == {"K7"}
    assert {each.figure for each in found.outliers} == {"wait_median", "wait_p90"}


def test_offices_that_are_nearly_alike_have_no_outlier() -> None:
    values = {f"K{n}": total for n, total in enumerate((90, 90, 91, 91, 92, 92, 99))}
    files = [
        file_of(summary(code, elements=(SummaryElement(element="sarana", answers=30, total=total),)))
        for code, total in values.items()
    ]
    found = collected(*files, codes=tuple(values))
    assert found.outliers == ()
