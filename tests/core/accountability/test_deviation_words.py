"""A deviation in words: what, who, how much against which standard, and where it stands."""

import msgspec

from ult_desktop.core.accountability import deviation_words as words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.office.working_time import WorkedTime

LATE = Deviation(
    id=1,
    kind=DeviationKind.TIME,
    state=DeviationState.OPEN,
    day="2026-11-23",
    made_at=0,
    visit_id=1,
    label="A001",
    procedure_id="sumut-tatap-muka",
    procedure_version=1,
    step=2,
    spent=WorkedTime(minutes=8),
    item="",
    officer="Nina Kartika",
    acting_for="Rina Lestari",
    cause="",
    correction="",
    responsible="",
    explained_at=None,
    explained_by="",
    reviewed_at=None,
    reviewed_by="",
    remark="",
    activity="Menanyakan keperluan",
    standard="3 menit",
)


def test_a_late_step() -> None:
    assert (words.subject(LATE), words.finding(LATE)) == ("Menanyakan keperluan", "Lewat waktu · langkah 2")
    told = (words.headline(LATE), words.officer_words(LATE), words.time_words(LATE), words.state_words(LATE))
    assert told == (
        "Lewat waktu: Menanyakan keperluan (langkah 2)",
        "Nina Kartika atas nama Rina Lestari",
        "8 menit, baku 3 menit",
        "Terbuka",
    )


def test_a_long_time_stands_in_working_days_beside_its_standard() -> None:
    week = WorkedTime(days=7, minutes=60)
    assert words.time_words(msgspec.structs.replace(LATE, spent=week)) == "7 hari kerja 1 jam, baku 3 menit"
    late = msgspec.structs.replace(LATE, spent=WorkedTime(days=12, minutes=5), standard="10 hari kerja")
    assert words.time_words(late) == "12 hari kerja 5 menit, baku 10 hari kerja"


def test_days_that_another_desk_had_are_not_told() -> None:
    late = msgspec.structs.replace(LATE, spent=None, standard="2 hari kerja")
    assert words.time_words(late) == "lewat dari 2 hari kerja"


def test_one_cause_with_its_steps() -> None:
    missing = msgspec.structs.replace(
        LATE, kind=DeviationKind.OUTPUT, cause_key="tanpa_buku_tamu", steps=(1, 2, 3, 4, 7), spent=None
    )
    assert words.headline(missing) == "Output tidak ada: Tanpa buku tamu (langkah 1–4, 7)"
    assert words.time_words(missing) == ""


def test_one_step_without_its_output() -> None:
    missing = msgspec.structs.replace(LATE, kind=DeviationKind.OUTPUT, spent=None)
    assert words.headline(missing) == "Output tidak ada: Menanyakan keperluan (langkah 2)"


def test_equipment_at_a_step_and_in_the_daily_check() -> None:
    lacking = msgspec.structs.replace(
        LATE, kind=DeviationKind.EQUIPMENT, item="Buku tamu; Tag tamu", spent=None
    )
    assert words.headline(lacking) == "Perlengkapan yang kurang: Buku tamu; Tag tamu (langkah 2)"
    broken = msgspec.structs.replace(lacking, step=0, item="CCTV", activity="")
    assert words.headline(broken) == "Perlengkapan rusak atau tidak ada: CCTV"


def test_a_step_of_which_the_file_keeps_no_words() -> None:
    assert words.headline(msgspec.structs.replace(LATE, activity="")) == "Lewat waktu: langkah 2"
