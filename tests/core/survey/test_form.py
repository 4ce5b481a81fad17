"""The questionnaire: nine elements, 36 answers, stable keys; a wrong file is refused with its line."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.core.survey.survey import Profile
from ult_desktop.operations.survey.answer_lists import questionnaire, read_questionnaire
from ult_desktop.ui.kit.icons import has_icon

SHIPPED = resource("survey", "skm-14-2017.toml").read_text(encoding="utf-8")


def test_nine_elements_with_four_answers_each_in_two_languages() -> None:
    form = questionnaire()
    assert (len(form.elements), sum(len(each.answers) for each in form.elements)) == (9, 36)
    texts = [words for each in form.elements for words in (each.name, each.question, *each.answers)]
    assert all(words.indonesian and words.en for words in texts)
    assert form.edition == "skm-14-2017/1"
    assert all(has_icon(each.icon) for each in form.elements)
    assert [grade.letter for grade in form.grades] == ["A", "B", "C", "D"]


def test_the_respondent_block_asks_no_name() -> None:
    assert tuple(question.key for question in questionnaire().profile) == Profile.__struct_fields__


def test_the_two_orders_differ_in_their_last_two() -> None:
    form = questionnaire()
    assert [each.key for each in form.ordered("unsur")][-2:] == ["pengaduan", "sarana"]
    assert [each.key for each in form.ordered("kuesioner")][-2:] == ["sarana", "pengaduan"]
    assert set(form.ordered("kuesioner")) == set(form.elements)


@pytest.mark.parametrize(
    ("question", "said", "key"),
    [
        *((1, age, key) for age, key in (("16", "0-16"), ("17", "17-25"), ("25", "17-25"), ("99", "56-120"))),
        *((1, "17–25 tahun", "17-25"), (1, "tua", None), (1, "300", None), (1, "²", None)),
        *((0, "perempuan", "P"), (0, " l ", "L"), (0, "Female", "P"), (2, "s2", "S2"), (3, "Guru", None)),
    ],
)
def test_a_choice_is_found_by_key_name_or_number(question: int, said: str, key: str | None) -> None:
    assert questionnaire().profile[question].choice_for(said) == key


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ('key = "sarana"', 'key = "biaya"', "setiap unsur butuh kunci sendiri"),
        ('"sarana", "pengaduan",\n]', '"sarana",\n]', "form_order harus menyebut setiap unsur sekali"),
        ('least = "88.31"', 'least = "60.00"', "mutu harus berurutan"),
        ('key = "usia"', 'key = "pendidikan"', "setiap data responden butuh kunci sendiri"),
        ('key = "usia"', 'key = "nama"', r"baris \d+: profile\[2\].key: nilai ini tidak diterima"),
        ('least = "88.31"', "least = 88.31", r"grades\[1\].least: seharusnya teks"),
        ('    { id = "Sangat sesuai", en = "They fit very well" },\n', "", r"elements\[1\].answers"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, was: str, becomes: str, words: str) -> None:
    path = tmp_path / "survei.toml"
    assert was in SHIPPED
    path.write_text(SHIPPED.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(UserError, match=words):
        read_questionnaire(path)
