"""Lists of answers from outside, whatever they call their columns."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.survey import KEYS
from ult_desktop.base.errors import UserError
from ult_desktop.core.online.mapping import RawRow
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.answer_columns import (
    DAY as DAY_COLUMN,
    AnswerColumn,
    AnswerColumns,
    column_words,
    heads_digest,
    told_columns,
)
from ult_desktop.core.survey.answer_rows import SurveyListContext, SurveyListReading, read_sheet
from ult_desktop.operations.survey.answer_lists import questionnaire

ZONE = ZoneInfo("Asia/Makassar")
NOW = to_stamp(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))
DAY = datetime.date(2026, 11, 21)
FOURS = ("4",) * 9


def read(*rows: tuple[str, ...], columns: AnswerColumns = ()) -> SurveyListReading:
    lines = [RawRow(number, cells) for number, cells in enumerate(rows, 1)]
    context = SurveyListContext(zone=ZONE, now=NOW, services={"a": 1, "dapodik": 3})
    return read_sheet(questionnaire(), lines, context, columns)


def by_key(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> SurveyListReading:
    return read(("Tanggal", *KEYS, *more), *rows)


def test_a_form_on_the_web_uses_whole_questions_and_words() -> None:
    form = questionnaire()
    head = (
        "Timestamp",
        *(each.question.id for each in form.elements),
        "Jenis kelamin",
        "Usia",
        "Saran/Masukan",
    )
    best = tuple(each.answers[3].id for each in form.elements)
    (row,) = read(head, ("21/11/2026 9.41", *best, "Perempuan", "31", "Tambah kursi")).rows
    assert (row.day, set(row.said.answers.values()), row.said.suggestion) == (DAY, {4}, "Tambah kursi")
    assert (row.said.profile.jenis_kelamin, row.said.profile.usia, row.said.profile.pekerjaan) == (
        "P",
        "26-35",
        "",
    )


def test_answers_as_number_words_or_both_and_left_out() -> None:
    cells = (
        "2026-11-21",
        "3",
        "4. Sangat mudah",
        "Cepat",
        "Free",
        "2.0",
        "",
        "-",
        "Dikelola dengan baik",
        "1",
    )
    (row,) = by_key(cells).rows
    assert row.said.answers == {
        "persyaratan": 3,
        "prosedur": 4,
        "waktu": 3,
        "biaya": 4,
        "produk": 2,
        "pengaduan": 4,
        "sarana": 1,
    }


def test_rows_that_cannot_be_taken_are_named_with_their_reason() -> None:
    found = by_key(
        ("2026-11-21", *FOURS),
        ("", *FOURS),
        ("kemarin", *FOURS),
        ("2026-11-21", "5", *FOURS[1:]),
        ("2026-11-21",),
        ("",) * 10,
    )
    assert len(found.rows) == 1
    assert [refusal.line for refusal in found.refused] == [3, 4, 5, 6]
    why = [refusal.why for refusal in found.refused]
    assert why[0].startswith("tanggal kosong")
    assert "“5” untuk Persyaratan tidak dikenal; 1 sampai 4, atau: Tidak sesuai" in why[2]
    assert why[3].startswith("tidak ada jawaban")


def test_the_same_row_twice_is_two_answers_and_again_the_same_two() -> None:
    rows = [("2026-11-21", *FOURS)] * 2
    digests = [row.digest for row in by_key(*rows).rows]
    assert len(set(digests)) == 2
    assert [row.digest for row in by_key(*rows, ("2026-11-22", *FOURS)).rows][:2] == digests


def test_the_same_answers_under_another_form_of_the_date_are_the_same() -> None:
    google, excel = (
        by_key((day, *FOURS)).rows[0] for day in ("2026/09/01 10:00:00 AM GMT+8", "01/09/2026 10.00.00")
    )
    assert google.digest == excel.digest
    other = by_key(("01/09/2026 10.00.01", *FOURS)).rows[0]
    assert other.digest != google.digest


def test_the_service_by_prefix_or_name() -> None:
    rows = [("2026-11-21", *FOURS, name) for name in ("A", "dapodik", "entah")]
    assert [row.service_id for row in by_key(*rows, more=("Jenis layanan",)).rows] == [1, 3, None]


def test_the_template_can_be_read_again() -> None:
    head = tuple(column_words(questionnaire()))
    cells = ["1", "21-11-2026", "A", "L", "20", "S1", "PNS", *FOURS, ""]
    (row,) = read(head, tuple(cells)).rows
    assert (row.day, row.service_id, row.said.profile.pendidikan) == (DAY, 1, "S1")


@pytest.mark.parametrize(
    "head", [("Tanggal", *KEYS[:-1]), ("Hari", *KEYS), ("Tanggal", *(f"U{n}" for n in range(1, 10)))]
)
def test_a_list_without_its_columns_is_refused(head: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="Kolom ini tidak ada"):
        read(head)


def test_an_empty_list_has_no_columns() -> None:
    with pytest.raises(UserError, match="Kolom ini tidak ada"):
        read()


OWN = ("Kapan", *(f"Pertanyaan  {n}" for n in range(9)), "Asal")


def own_columns(*, day: str = "Kapan", last: str = "Pertanyaan 8") -> AnswerColumns:
    heads = (*(f"Pertanyaan {n}" for n in range(8)), last)
    return (
        AnswerColumn(day, DAY_COLUMN),
        *(AnswerColumn(head, key) for head, key in zip(heads, KEYS, strict=True)),
    )


def test_columns_that_tell_nothing_are_told_by_hand() -> None:
    answers = (*FOURS[:8], "2")
    (row,) = read(OWN, ("21/11/2026", *answers, "Tarakan"), columns=own_columns()).rows
    assert row.said.answers == dict(zip(KEYS, map(int, answers), strict=True))
    assert told_columns(questionnaire(), OWN) == ()


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        (own_columns()[:-1], "Sarana dan prasarana"),
        (own_columns()[1:], "Tanggal"),
        (own_columns(last="Pertanyaan 7"), "satu hal"),
        ((*own_columns(), AnswerColumn("Asal", KEYS[0])), "satu hal"),
        ((*own_columns(), AnswerColumn("Asal", "asal")), "satu hal"),
    ],
)
def test_columns_that_do_not_make_a_survey(columns: AnswerColumns, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read(OWN, ("21/11/2026", *FOURS, "Tarakan"), columns=columns)


def test_a_row_is_the_same_whatever_its_columns_were_taken_for() -> None:
    rows = [("21/11/2026", *FOURS[:8], "2", "Tarakan")] * 2
    says = (DAY_COLUMN, *KEYS[::-1])
    turned = tuple(AnswerColumn(each.head, key) for each, key in zip(own_columns(), says, strict=True))
    first, again = (read(OWN, *rows, columns=columns).rows for columns in (own_columns(), turned))
    assert [row.whole for row in first] == [row.whole for row in again]
    assert len({row.whole for row in first}) == 2
    assert {row.digest for row in first}.isdisjoint(row.digest for row in again)


def test_lists_of_one_form_have_the_same_heads() -> None:
    assert heads_digest(("Kapan ?", "ruang_tunggu")) == heads_digest(("kapan", "Ruang  tunggu"))
    assert heads_digest(("kapan",)) != heads_digest(("kapan", ""))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("4,0", 4),
        ("4 (Sangat sesuai)", 4),
        ("3 = Sesuai", 3),
        ("Sangat Baik", 4),
        ("Puas", 3),
        ("Tidak baik", 1),
    ],
)
def test_an_answer_as_other_forms_write_it(said: str, value: int) -> None:
    (row,) = by_key(("2026-11-21", said, *FOURS[1:])).rows
    assert row.said.answers["persyaratan"] == value


def test_a_list_on_a_longer_scale_is_not_counted_at_all() -> None:
    five = ("2026-11-21", "5", *FOURS[1:])
    with pytest.raises(UserError, match=r"skala lain: 2 baris berisi angka di atas 4"):
        by_key(five, ("2026-11-21", *FOURS), five)


def test_the_element_in_the_brackets_of_a_grid() -> None:
    form = questionnaire()
    heads = ("Tanggal", *(f"Bagaimana pendapat Saudara? [{each.name.id}]" for each in form.elements))
    assert [column.says for column in told_columns(form, heads)] == [DAY_COLUMN, *KEYS]
