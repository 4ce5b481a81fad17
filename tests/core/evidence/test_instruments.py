"""The shipped instruments: each level is reached by what it wants itself, and says the same in its text."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from ult_desktop.base import UserError
from ult_desktop.core.evidence.estimate import (
    EvidenceFacts,
    estimate_of,
    missing_words,
    registers_of,
    weighted_sum,
)
from ult_desktop.core.evidence.figures import EvidenceFigure
from ult_desktop.core.evidence.instrument import Indicator, Instrument, wanted_parts
from ult_desktop.core.evidence.registers import EvidenceRecord, Register
from ult_desktop.operations.evidence.instruments import evidence_lists, read_instrument, shipped_instruments

LISTS = evidence_lists()
TODAY = date(2026, 11, 23)
DAY = "2026-11-20"
INSTRUMENTS = {each.id: each for each in shipped_instruments()}
PEKPPP = INSTRUMENTS["pekppp"]
EVERY = [(one, each) for one in INSTRUMENTS.values() for each in one.indicators]
NUMBERS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "tujuh": 7, "sepuluh": 10}


def records_for(name: str, least: int) -> list[EvidenceRecord]:
    """Make as many rows as a want asks for, each of another item."""
    kind, colon, rest = name.partition(":")
    if kind == "register":
        return [EvidenceRecord(id=n, register=Register(rest), day=DAY) for n in range(least)]
    if kind in ("media", "print", "electronic") and colon:
        media = next(each for each in LISTS.lists if each.key == "media")
        fitting = [each for each in media.items if kind in ("media", each.form)][:least]
        return [
            EvidenceRecord(
                id=0, register=Register.PUBLICATION, item=f"media.{each.key}", kinds=(rest,), day=DAY
            )
            for each in fitting
        ]
    key, dot, _item = name.partition(".")
    found = LISTS.find(key)
    assert found is not None, name
    paths = [name] if dot else [found.path(each) for each in found.items][:least]
    many = found.field == "kinds"
    return [
        EvidenceRecord(
            id=0, register=found.register, day=DAY, **({"kinds": (path,)} if many else {"item": path})
        )
        for path in paths
    ]


def facts_for(indicator: Indicator, level: int) -> EvidenceFacts:
    """All that a level wants, with those below it on which it stands, and nothing else."""
    figures, records = dict[EvidenceFigure, int](), list[EvidenceRecord]()
    for each in reversed(indicator.levels[: level + 1]):
        for name, least in map(wanted_parts, each.wants):
            if name in set(EvidenceFigure):
                figures[EvidenceFigure(name)] = max(least, figures.get(EvidenceFigure(name), 0))
            else:
                records += records_for(name, least)
        if each.alone:
            break
    return EvidenceFacts(day=TODAY, figures=figures, records=tuple(records), lists=LISTS)


@pytest.mark.parametrize(("instrument", "indicator"), EVERY, ids=[f"{a.id}-{b.number}" for a, b in EVERY])
def test_every_level_is_reached_by_what_it_wants(instrument: Instrument, indicator: Indicator) -> None:
    for level in range(len(indicator.levels)):
        found = estimate_of(indicator, facts_for(indicator, level))
        assert found.level.level == level, (instrument.id, indicator.number)
        assert all(want.is_met for want in found.reasons)
        assert not any(want.is_met for want in found.lacking)
        assert (found.following is None) == (level == len(indicator.levels) - 1)
        assert found.following is None or found.lacking


def test_a_count_in_a_level_is_the_count_that_it_wants() -> None:
    """ "Tiga sarana" asks for three: the levels are held against their own text."""
    compared = 0
    for indicator in PEKPPP.indicators:
        for level in indicator.levels:
            first = re.match(
                r"(\w+)(?: sampai \w+)? (?:jenis|unsur|media|sarana|kriteria)|^(\w+)\.$", level.text
            )
            number = NUMBERS.get((first[1] or first[2]).lower() if first else "")
            if number is not None and level.wants and not level.text.startswith("Semua"):
                assert max(least for _name, least in map(wanted_parts, level.wants)) == number, level.text
                compared += 1
    assert compared > 40


def test_the_weights_are_those_of_the_source() -> None:
    assert [len(INSTRUMENTS[name].indicators) for name in ("pekppp", "publikasi", "maklumat")] == [31, 16, 6]
    assert sum(each.weight for each in PEKPPP.aspects) == 100
    for aspect in PEKPPP.aspects[:-1]:
        assert sum(each.weight for each in PEKPPP.indicators if each.aspect == aspect.key) == 100
    assert weighted_sum(PEKPPP, {each.number: 5 for each in PEKPPP.indicators}) == pytest.approx(5)
    assert weighted_sum(PEKPPP, {14: 5}) == pytest.approx(5 * 0.075)  # the heaviest: 7.5 %
    assert weighted_sum(INSTRUMENTS["maklumat"], {}) is None


@given(
    st.lists(
        st.sampled_from([(each.key, item.key) for each in LISTS.lists for item in each.items]), max_size=30
    )
)
def test_more_evidence_never_lowers_an_estimate(chosen: list[tuple[str, str]]) -> None:
    records = [one for key, item in chosen for one in records_for(f"{key}.{item}", 1)]
    for indicator in PEKPPP.indicators:
        levels = [
            estimate_of(
                indicator, EvidenceFacts(day=TODAY, figures={}, records=tuple(records[:n]), lists=LISTS)
            ).derived
            for n in range(0, len(records) + 1, 5)
        ]
        assert levels == sorted(levels)


def test_a_row_counts_while_it_holds() -> None:
    parking = next(each for each in PEKPPP.indicators if each.number == 15)
    fresh = EvidenceRecord(id=1, register=Register.FACILITY, item="parking.roof", day=DAY)

    def level(record: EvidenceRecord) -> int:
        return estimate_of(
            parking, EvidenceFacts(day=TODAY, figures={}, records=(record,), lists=LISTS)
        ).derived

    assert level(fresh) == 1
    for change in ({"retired": True}, {"day": "2025-11-01"}, {"day": "2026-11-24"}, {"until": "2026-11-22"}):
        assert level(msgspec.structs.replace(fresh, **change)) == 0, change


def test_what_the_program_shows_itself_needs_no_row_and_what_lacks_a_picture_is_told() -> None:
    vulnerable = next(each for each in PEKPPP.indicators if each.number == 18)
    figures = {EvidenceFigure.DEVICES: 2, EvidenceFigure.PRIORITY_SEATS: 4}
    ramp = EvidenceRecord(id=1, register=Register.FACILITY, item="vulnerable.ramp", day=DAY)
    facts = EvidenceFacts(day=TODAY, figures=figures, records=(ramp,), lists=LISTS)
    assert facts.value("vulnerable") == 3
    assert list(missing_words(vulnerable, facts)) == ["Ramp dengan pegangan: tanpa foto atau pindaian"]
    single = msgspec.structs.replace(vulnerable, proofs=("vulnerable.seats", "vulnerable.toilet"))
    assert list(missing_words(single, facts)) == ["Toilet khusus: belum ada catatan"]
    assert registers_of(vulnerable, LISTS) == (Register.FACILITY,)
    assert [want.result_words for want in estimate_of(vulnerable, facts).lacking] == [
        "Sarana kelompok rentan: 3 dari 4"
    ]


def test_a_noted_level_says_what_the_next_one_wants() -> None:
    culture = next(each for each in PEKPPP.indicators if each.number == 14)
    found = estimate_of(culture, EvidenceFacts(day=TODAY, figures={}, records=(), lists=LISTS), 3)
    assert (found.derived, found.level.level) == (0, 3)
    assert [want.result_words for want in found.lacking] == ["Budaya pelayanan pada petugas: 0 dari 4"]


PARTS = {
    "a source that is not there": (
        'sources = ["f02"]',
        'sources = ["f03"]',
        "sumber tidak ada dalam berkas ini: f03",
    ),
    "no source at all": ('sources = ["f02"]', "sources = []", "Tidak boleh kosong"),
    "a fact that nobody has": (
        "documents.notice >= 1",
        "documents.banner >= 1",
        "“documents.banner” tidak dikenal",
    ),
    "a want in another form": ("documents.notice >= 1", "documents.notice > 1", "parking >= 3"),
    "an aspect that is not there": ('aspect = "b"', 'aspect = "c"', "aspek tidak ada dalam berkas ini: c"),
    "a key that is misspelt": ("title =", "titel =", "maksudnya “title”"),
    "a level that is left out": ("{ level = 1,", "{ level = 2,", "tingkat harus berurutan"),
}


@pytest.mark.parametrize(("before", "after", "words"), PARTS.values(), ids=PARTS)
def test_a_wrong_instrument_is_refused_with_place_and_form(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    shipped = Path("resources/instruments/maklumat.toml").read_text("utf-8")
    path = tmp_path / "sendiri.toml"
    path.write_text(shipped.replace(before, after, 1), "utf-8")
    with pytest.raises(UserError) as refused:
        read_instrument(path)
    said = f"{refused.value.what} {refused.value.todo}"
    assert words in said
    assert "sendiri.toml, baris " in said


def test_reminders_fall_on_days_that_there_are() -> None:
    days = {each.key: each.dates_in(2027)[0] for each in PEKPPP.reminders}
    assert days["ppid"] == date(2027, 3, 31)
    assert INSTRUMENTS["ombudsman"].reminders[0].dates_in(2027) == (date(2027, 9, 1),)
