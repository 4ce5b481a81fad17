"""Lists of answers from outside, whatever they call their columns, and on whatever scale they answer."""

import datetime

import pytest

from tests.lists import ANSWERS, answers_in
from tests.survey import KEYS
from ult_desktop.core.lists.table import RawRow
from ult_desktop.core.lists.understanding import ListAnswers, Understanding, understand
from ult_desktop.core.survey.answer_columns import column_words
from ult_desktop.core.survey.survey import OutsideAnswers
from ult_desktop.operations.survey.answer_lists import questionnaire

DAY = datetime.date(2026, 11, 21)
FOURS = ("4",) * 9
Found = Understanding[OutsideAnswers]


def read(
    *rows: tuple[str, ...], said: dict[str, str] | None = None, kept: dict[str, str] | None = None
) -> Found:
    lines = [RawRow(number, cells) for number, cells in enumerate(rows, 1)]
    return understand(lines, ANSWERS, ListAnswers(said or {}, kept or {}))


def by_key(*rows: tuple[str, ...], more: tuple[str, ...] = (), said: dict[str, str] | None = None) -> Found:
    return read(("Tanggal", *KEYS, *more), *rows, said=said)


def rows_of(found: Found) -> list[OutsideAnswers]:
    return [each.row for each in found.rows]


def asked(found: Found) -> list[str]:
    return [question.key for question in found.open_questions]


def test_a_form_on_the_web_uses_whole_questions_and_words() -> None:
    form = questionnaire()
    questions = tuple(each.question.indonesian for each in form.elements)
    head = ("Timestamp", *questions, "Jenis kelamin", "Usia", "Saran/Masukan")
    best = tuple(each.answers[3].indonesian for each in form.elements)
    (row,) = rows_of(read(head, ("21/11/2026 9.41", *best, "Perempuan", "31", "Tambah kursi")))
    assert (row.day, set(row.said.answers.values()), row.said.suggestion) == (DAY, {4}, "Tambah kursi")
    profile = row.said.profile
    assert (profile.jenis_kelamin, profile.usia, profile.pekerjaan) == ("P", "26-35", "")


def test_answers_as_number_words_or_both_and_left_out() -> None:
    cells = ("3", "4. Sangat mudah", "Cepat", "Free", "2.0", "", "-", "Dikelola dengan baik", "1")
    (row,) = rows_of(by_key(("2026-11-21", *cells)))
    assert row.said.answers == {
        "persyaratan": 3,
        "prosedur": 4,
        "waktu": 3,
        "biaya": 4,
        "produk": 2,
        "pengaduan": 4,
        "sarana": 1,
    }


def test_that_there_is_no_handling_of_complaints_is_an_answer() -> None:
    place = KEYS.index("pengaduan")
    cells = (*FOURS[:place], "Tidak ada", *FOURS[place + 1 :])
    (row,) = rows_of(by_key(("2026-11-21", *cells)))
    assert row.said.answers["pengaduan"] == 1


def test_rows_that_cannot_be_taken_are_named_with_their_column_and_reason() -> None:
    found = by_key(
        ("2026-11-21", *FOURS),
        ("", *FOURS),
        ("kemarin", *FOURS),
        ("2026-11-21", "5", *FOURS[1:]),
        ("2026-11-21", *("-" for _key in KEYS)),
    )
    assert len(found.rows) == 1
    assert [(each.row, each.column, each.problem) for each in found.refused] == [
        (3, "Tanggal", "tanggal kosong"),
        (4, "Tanggal", "bukan tanggal"),
        (5, KEYS[0], "jawaban “5” untuk Persyaratan tidak dikenal"),
        (6, "", "tidak ada jawaban"),
    ]
    assert found.refused[2].expected.startswith("1 sampai 4, atau: Tidak sesuai")
    assert found.open_questions == ()


def test_the_same_row_twice_is_two_answers_and_again_the_same_two() -> None:
    rows = [("2026-11-21", *FOURS)] * 2
    digests = [row.digest for row in rows_of(by_key(*rows))]
    assert len(set(digests)) == 2
    assert [row.digest for row in rows_of(by_key(*rows, ("2026-11-22", *FOURS)))][:2] == digests


def test_the_same_answers_under_another_form_of_the_date_are_the_same() -> None:
    google, excel, other = (
        rows_of(by_key((day, *FOURS), said={"urutan: tanggal": "hari"}))[0].digest
        for day in ("2026/09/01 10:00:00 AM GMT+8", "01/09/2026 10.00.00", "01/09/2026 10.00.01")
    )
    assert google == excel != other


def test_the_service_by_prefix_or_name_and_in_words_that_are_asked_about() -> None:
    rows = [("2026-11-21", *FOURS, name) for name in ("A", "dapodik", "Entah")]
    found = by_key(*rows, more=("Jenis layanan",))
    assert [row.service_id for row in rows_of(found)] == [1, 3, None]
    assert asked(found) == ["layanan: entah"]
    for answer, service in (("Dapodik", 3), ("3", 3), ("-", None)):
        told = by_key(*rows, more=("Jenis layanan",), said={"layanan: entah": answer})
        assert ([row.service_id for row in rows_of(told)][2], told.open_questions) == (service, ())


def test_the_template_can_be_read_again() -> None:
    head = tuple(column_words(questionnaire()))
    (row,) = rows_of(read(head, ("1", "21-11-2026", "A", "L", "20", "S1", "PNS", *FOURS, "")))
    assert (row.day, row.service_id, row.said.profile.pendidikan) == (DAY, 1, "S1")


@pytest.mark.parametrize(
    ("head", "open_ones"),
    [
        (("Tanggal", *KEYS[:-1]), [f"isian {KEYS[-1]}"]),
        (("Tanggal", *(f"Pertanyaan {n}" for n in range(9))), [f"isian {key}" for key in KEYS]),
    ],
)
def test_the_columns_that_a_list_lacks_are_asked_for(head: tuple[str, ...], open_ones: list[str]) -> None:
    found = read(head, ("21/11/2026", *FOURS))
    assert (asked(found), found.rows) == (open_ones, ())


def test_a_list_without_dates_has_one_for_all() -> None:
    found = read(KEYS, FOURS, FOURS)
    assert asked(found) == ["tanggal daftar"]
    told = read(KEYS, FOURS, FOURS, said={"tanggal daftar": "2026-11-21"})
    assert ([row.day for row in rows_of(told)], told.open_questions) == ([DAY, DAY], ())
    assert "tanggal daftar" not in told.answers_to_remember()
    assert asked(read(KEYS, FOURS, said={"tanggal daftar": "entah"})) == ["tanggal daftar"]


OWN = ("Kapan", *(f"Pertanyaan {n}" for n in range(9)), "Asal")


def test_columns_that_tell_nothing_are_told_by_hand_and_remembered() -> None:
    answers = (*FOURS[:8], "2")
    told = {f"kolom {place + 2}": key for place, key in enumerate(KEYS)} | {"kolom 1": "tanggal"}
    first = read(OWN, ("21/11/2026", *answers, "Tarakan"), said=told)
    (row,) = rows_of(first)
    assert row.said.answers == dict(zip(KEYS, map(int, answers), strict=True))
    again = read(OWN, ("22/11/2026", *answers, "Tarakan"), kept=first.answers_to_remember())
    assert (len(again.rows), again.open_questions, again.needs_no_person) == (1, (), True)


def test_a_field_that_another_column_gets_leaves_the_one_that_had_it() -> None:
    given = ListAnswers({"kolom 2": KEYS[0]}).with_answer("kolom 3", KEYS[0]).given
    assert given == {"kolom 3": KEYS[0]}
    asked_for = ListAnswers({f"isian {KEYS[0]}": "2"}).with_answer("kolom 3", KEYS[0]).given
    assert asked_for == {"kolom 3": KEYS[0]}, "column 2 was the answer to the question for the field"


def test_a_row_is_the_same_whatever_its_columns_were_taken_for() -> None:
    rows = [("21/11/2026", *FOURS[:8], "2", "Tarakan")] * 2
    straight = {f"kolom {place + 2}": key for place, key in enumerate(KEYS)} | {"kolom 1": "tanggal"}
    turned = {f"kolom {place + 2}": key for place, key in enumerate(KEYS[::-1])} | {"kolom 1": "tanggal"}
    first, again = (rows_of(read(OWN, *rows, said=said)) for said in (straight, turned))
    assert [row.whole for row in first] == [row.whole for row in again]
    assert len({row.whole for row in first}) == 2
    assert {row.digest for row in first}.isdisjoint(row.digest for row in again)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("4,0", 4),
        ("4 (Sangat sesuai)", 4),
        ("3 = Sesuai", 3),
        ("3 – Sesuai", 3),
        ("4 Sangat sesuai", 4),
        ("Sesuai sekali", 4),
        ("Sangat Baik", 4),
        ("Puas", 3),
        ("Tidak baik", 1),
    ],
)
def test_an_answer_as_other_forms_write_it(said: str, value: int) -> None:
    (row,) = rows_of(by_key(("2026-11-21", said, *FOURS[1:])))
    assert row.said.answers["persyaratan"] == value


FIVE = [("2026-11-21", "5", *FOURS[1:]), ("2026-11-21", *FOURS), ("2026-11-21", *("1" for _key in KEYS))] * 2


def test_another_scale_is_asked_about_before_anything_is_counted() -> None:
    found = by_key(*FIVE)
    assert asked(found) == ["skala"]
    flaws = by_key(*FIVE, said={"skala": "cacat"})
    assert (len(flaws.rows), len(flaws.refused), flaws.open_questions) == (4, 2, ())
    other = by_key(*FIVE, said={"skala": "lain"})
    assert asked(other) == ["nilai: 1", "nilai: 4", "nilai: 5"]
    told = {"skala": "lain", "nilai: 1": "1", "nilai: 4": "3", "nilai: 5": "4"}
    mapped = by_key(*FIVE, said=told)
    assert [row.said.answers["persyaratan"] for row in rows_of(mapped)] == [4, 3, 1, 4, 3, 1]
    assert not any(key.startswith(("skala", "nilai")) for key in mapped.answers_to_remember())


def test_words_of_another_scale_are_mapped_each_once() -> None:
    rows = [("2026-11-21", word, *FOURS[1:]) for word in ("Setuju", "Netral", "Netral", "Sangat setuju")]
    assert asked(by_key(*rows)) == ["skala"]
    told = {"skala": "lain", "nilai: netral": "-", "nilai: setuju": "3", "nilai: sangat setuju": "4"}
    found = by_key(*rows, said={**told, "nilai: 4": "4"})
    assert (found.open_questions, [each.row for each in found.refused]) == ((), [3, 4])
    assert [row.said.answers["persyaratan"] for row in rows_of(found)] == [3, 4]


def test_a_number_that_contradicts_its_words_is_another_scale() -> None:
    rows = [("2026-11-21", "1 (Sangat sesuai)", *FOURS[1:])] * 2
    assert asked(by_key(*rows)) == ["skala"]


PROFILE = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        (("Pria", "17 - 25 tahun", "SMA/SMK/Sederajat", "PNS"), ("L", "17-25", "SMA", "PNS")),
        (("WANITA", "> 55 tahun", "S-1", "Pegawai Swasta"), ("P", "56-120", "S1", "Swasta")),
        (("Laki - Laki", "< 17", "SLTA", "wiraswasta"), ("L", "0-16", "SMA", "Wirausaha")),
        (("perempuan", "26 s.d. 35", "Diploma III", ""), ("P", "26-35", "D", "")),
        (("", "40 th", "Sarjana (S1)", "-"), ("", "36-45", "S1", "")),
    ],
)
def test_respondents_in_the_words_of_the_field(said: tuple[str, ...], held: tuple[str, ...]) -> None:
    found = by_key(("2026-11-21", *FOURS, *said), more=PROFILE)
    (row,) = rows_of(found)
    assert tuple(getattr(row.said.profile, name) for name in PROFILE) == held
    assert found.open_questions == ()


def test_respondent_words_that_nobody_knows_are_mapped_once_and_remembered() -> None:
    rows = [("2026-11-21", *FOURS, "L", "30", "D4/S1", "Guru")]
    found = by_key(*rows, more=PROFILE)
    assert asked(found) == ["pendidikan: d4/s1", "pekerjaan: guru"]
    told = by_key(*rows, more=PROFILE, said={"pendidikan: d4/s1": "S1", "pekerjaan: guru": "-"})
    assert rows_of(told)[0].said.profile.pendidikan == "S1"
    later = read(("Tanggal", *KEYS, *PROFILE), *rows, kept=told.answers_to_remember())
    assert (rows_of(later)[0].said.profile.pendidikan, later.open_questions) == ("S1", ())


def test_very_many_words_have_one_answer_for_the_rare_ones() -> None:
    rows = [("2026-11-21", *FOURS, "L", "30", "S1", f"Pekerjaan {n}") for n in range(30)]
    found = by_key(*rows, more=PROFILE)
    assert len(found.open_questions) == 21
    assert found.open_questions[-1].key == "pekerjaan: *"
    assert found.open_questions[-1].words == "10 sebutan lain untuk Pekerjaan berarti apa?"


def test_a_recap_with_titles_numbers_and_totals() -> None:
    head = ";".join(("No Resp", *(f"U{n}" for n in range(1, 10)), "Jumlah"))
    body = "".join(f"{n};4;4;4;4;4;4;4;4;4;36\n" for n in range(1, 4))
    text = f"PENGOLAHAN SKM;;;;;;;;;;\nUnit: ULT;;;;;;;;;;\n{head}\n{body}Σ;12;12;12;12;12;12;12;12;12;\n"
    said = {"kolom 9": "pengaduan", "kolom 10": "sarana", "tanggal daftar": "2026-11-21"}
    found = answers_in(text, said)
    assert (found.head, len(found.rows), [each.row for each in found.left_out], found.open_questions) == (
        3,
        3,
        [7],
        (),
    )
