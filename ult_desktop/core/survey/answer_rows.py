"""The reading of a list of survey answers from another form, which may name columns and answers otherwise."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import _, language
from ult_desktop.base.digests import sha256
from ult_desktop.core import cells as typed_cells
from ult_desktop.core.lists.columns import ListField
from ult_desktop.core.lists.common_questions import UnknownWords, date_order
from ult_desktop.core.lists.table import RawRow
from ult_desktop.core.lists.understanding import Choice, ListAnswers, ListQuestion, RefusedRow, TableCells
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.core.survey.answer_columns import DAY, ID, SERVICE, SUGGESTION, answer_fields
from ult_desktop.core.survey.form import HIGHEST, Element, ProfileQuestion, Questionnaire
from ult_desktop.core.survey.survey import OutsideAnswers, Profile, SurveyAnswers

LONGEST_SUGGESTION = 2000  # letters
MAX_SLIPS = 1  # rows with an answer that is none of the four; more of them mean another scale
MAX_ANSWERS = 30  # different answers of another scale, each with a question for its value
ONE_DAY = "tanggal daftar"  # the key of the question for the date of a list whose rows have none
SCALE = "skala"  # the key of the question for the scale
ANOTHER, FLAWS = "lain", "cacat"  # the answers to that: it is another scale; these rows are flawed
NONE = "-"  # the answer that a word means nothing that the office has, or that its row is refused
LIST_NAME = "survei"
_VALUE = "nilai: "  # the beginning of the key of the question for one answer's value
_DASHES = frozenset({"-", "–", "—"})
_CACHED_WORDS = 4096  # words about respondents, of a question


class AnswerList(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of list that holds answers to a questionnaire, read in the office's `zone` at `now` (UTC ms).

    `services` are the ids of the office's services, by their names and prefixes in small letters;
    `service_words` are their names by id.
    """

    form: Questionnaire
    zone: ZoneInfo
    now: int
    services: Mapping[str, int]
    service_words: Mapping[int, str] = {}

    @property
    def name(self) -> str:
        return LIST_NAME

    @property
    def fields(self) -> tuple[ListField, ...]:
        return answer_fields(self.form)

    def rows(self, table: TableCells, answers: ListAnswers) -> "AnswerRows":
        return AnswerRows(self, table, answers)


class AnswerRows:
    """The rows of a list of answers. They are read in order, and equal ones are numbered."""

    def __init__(self, kind: AnswerList, table: TableCells, answers: ListAnswers) -> None:
        self._kind, self._table = kind, table
        self._order = date_order(table, DAY, answers)
        self._day = _day_question(table, answers)
        self._scale = _Scale(kind.form, table, answers)
        self._services = UnknownWords(
            table,
            ListField(key=SERVICE, words=_("Layanan")),
            lambda word: word.casefold() in kind.services,
            (
                Choice(NONE, _("tidak satu pun")),
                *(Choice(str(key), words) for key, words in kind.service_words.items()),
            ),
            answers,
        )
        self._respondent = {
            question.key: _profile_words(question, table, answers) for question in kind.form.profile
        }
        self._content_counts: Counter[tuple[str, ...]] = Counter()  # how often a content was read so far
        # What cells mean, by field and cell, for the same few answers stand in all rows.
        self._values: dict[tuple[str, str], int | None] = {}
        self._profiles: dict[tuple[str, str], str] = {}

    def questions(self) -> tuple[ListQuestion, ...]:
        dates = [question for question in (self._day, self._order.question) if question is not None]
        words = [question for unknown in self._respondent.values() for question in unknown.questions()]
        return (*dates, *self._scale.questions, *self._services.questions(), *words)

    def read(self, line: RawRow) -> OutsideAnswers:
        """Read a row. Raises RefusedRow."""
        answers = {}
        for element in self._kind.form.elements:
            value = self._read_answer(element, line)
            if value is not None:
                answers[element.key] = value
        if not answers:
            bad = typed_cells.BadCell(_("tidak ada jawaban"), _("isi paling sedikit satu unsur"))
            raise RefusedRow("", bad)
        service = self._text(line, SERVICE)
        stamp = self._stamp(line)
        profile = {question.key: self._profile_choice(question, line) for question in self._kind.form.profile}
        try:
            suggestion = typed_cells.clean_text(self._table.of(line, SUGGESTION), LONGEST_SUGGESTION)
        except typed_cells.BadCell as bad:
            raise RefusedRow(SUGGESTION, bad) from bad
        survey = SurveyAnswers(answers=answers, profile=Profile(**profile), suggestion=suggestion)
        words = msgspec.json.encode(survey, order="deterministic").decode()
        content = (self._text(line, ID), str(stamp), service.casefold(), words)
        return OutsideAnswers(
            digest=self._digest(content),
            whole=self._digest(("", *line.cells)),
            day=to_datetime(stamp, self._kind.zone).date(),
            said=survey,
            service_id=self._service_id(service),
        )

    def _digest(self, content: tuple[str, ...]) -> str:
        """Return a digest of a row's content, and of how often the list has had it up to this row."""
        self._content_counts[content] += 1
        return sha256("\x1f".join((*content, str(self._content_counts[content]))).encode()).hex()

    def _text(self, line: RawRow, field: str) -> str:
        """Return a row's cell of a field as one line. Raises RefusedRow."""
        try:
            return typed_cells.clean_line(self._table.of(line, field), 200)
        except typed_cells.BadCell as bad:
            raise RefusedRow(field, bad) from bad

    def _stamp(self, line: RawRow) -> int:
        """Return the date of a row's answers, or that of the whole list, as UTC ms. Raises RefusedRow."""
        zone = self._kind.zone
        if self._day is not None and self._day.answer:
            day = datetime.date.fromisoformat(self._day.answer)
            return to_stamp(datetime.datetime.combine(day, datetime.time(), zone))
        try:
            stamp = typed_cells.parse_timestamp(
                self._table.of(line, DAY), zone, self._kind.now, day_comes_first=self._order.day_comes_first
            )
            if stamp is None:
                raise typed_cells.BadCell(_("tanggal kosong"), _("tanggal seperti 21/11/2026"))
        except typed_cells.BadCell as bad:
            raise RefusedRow(DAY, bad) from bad
        return stamp

    def _read_answer(self, element: Element, line: RawRow) -> int | None:
        """Return a row's answer to an element, 1 to 4; None for an empty cell. Raises RefusedRow."""
        cell = self._table.of(line, element.key)
        key = (element.key, cell)
        if key in self._values:
            return self._values[key]
        try:
            answer = " ".join(typed_cells.clean_text(cell, 200).split())  # "Tidak ada" is an answer
            has_answer = bool(answer) and answer not in _DASHES
            value = self._values[key] = self._scale.value(element, answer) if has_answer else None
        except typed_cells.BadCell as bad:
            raise RefusedRow(element.key, bad) from bad
        return value

    def _service_id(self, words: str) -> int | None:
        """Return the id of the service that these words mean; None for no service of the office."""
        meaning = self._services.meaning(words)
        if meaning is not None:
            return int(meaning) if meaning.isdecimal() else None
        return self._kind.services.get(words.casefold())

    def _profile_choice(self, question: ProfileQuestion, line: RawRow) -> str:
        """Return the key of the choice that a row has for a question about the respondent; "" for none."""
        key = (question.key, self._table.of(line, question.key))
        if key not in self._profiles:
            words = self._text(line, question.key)
            meaning = self._respondent[question.key].meaning(words)
            if meaning is None:
                meaning = _choice_for(question, words) or ""
            self._profiles[key] = "" if meaning == NONE else meaning
        return self._profiles[key]


def _day_question(table: TableCells, answers: ListAnswers) -> ListQuestion | None:
    """Return the question for the date of the whole list; None where a column has dates, or may have them."""
    if DAY in table.places or DAY in table.proposed:
        return None
    question = answers.question(ONE_DAY, _("Tanggal berapa jawaban-jawaban ini? Tidak ada kolom tanggal."))
    try:
        day = typed_cells.clean_day(question.answer)
    except typed_cells.BadCell:
        day = ""
    return msgspec.structs.replace(question, answer=day)


_WITH_NUMBER = re.compile(r"^([1-9]\d?)(?:[.,]0+)?\s*(?:$|[(=.:)\-–—\s].*)")
# A scale of words for all elements, after the grades of a service in PermenPANRB 14/2017, and similar ones.
_GRADE_WORDS = re.compile(r"^(?:(sangat|kurang|tidak) )?(?:baik|puas|setuju|sesuai|memuaskan)$")
_GRADE_VALUES = {"tidak": 1, "kurang": 2, None: 3, "sangat": 4}


def _fold(answer: str) -> str:
    """Return an answer in the form in which answers are compared."""
    return " ".join(answer.casefold().replace(" & ", " dan ").split())


def _value_of(element: Element, answered: str) -> int | None:
    """Return an answer as 1 to 4, from words, number, or both ("4. Sangat sesuai"); None for others."""
    folded = _fold(answered)
    words = folded.strip("1234567890.)(-–—:= ")
    # The number with which the answer begins, as in "4", "4,0", "4 (Sangat sesuai)".
    match = _WITH_NUMBER.match(folded)
    number = int(match[1]) if match else None
    for value, answer in enumerate(element.answers, start=1):
        if words and words in (answer.indonesian.casefold(), answer.en.casefold()):
            return value if number in (None, value) else None
    if number is not None:
        return number if number <= HIGHEST else None
    grade = _GRADE_WORDS.match(words)
    if grade:
        return _GRADE_VALUES[grade[1]]
    # "Sesuai sekali" is "sangat sesuai", if "sesuai" is the third answer.
    if words == f"{element.answers[2].indonesian.casefold()} sekali":
        return HIGHEST
    return None


class _Scale:
    """The scale of a list's answers: the survey's four, or another one that the officer has mapped."""

    def __init__(self, form: Questionnaire, table: TableCells, answers: ListAnswers) -> None:
        elements = [element for element in form.elements if element.key in table.places]
        different: dict[str, str] = {}  # by the folded answer, the answer as it was first written
        off_scale = set[int]()  # the rows with an answer that is none of the four
        # By element and cell (the same few in all rows): whether it is one of the four, or no answer.
        is_on_scale: dict[tuple[str, str], bool] = {}
        for line in table.table.rows:
            for element in elements:
                key = (element.key, table.of(line, element.key))
                if key not in is_on_scale:
                    cell = " ".join(key[1].split())
                    # The error that a formula gave begins with "#"; its row is refused when it is read.
                    is_answer = bool(cell) and cell not in _DASHES and not cell.startswith("#")
                    is_on_scale[key] = not is_answer or _value_of(element, cell) is not None
                    if is_answer:
                        different.setdefault(_fold(cell), cell)
                if not is_on_scale[key]:
                    off_scale.add(line.number)
        self.questions = self._ask(answers, len(off_scale), different)
        self._mapped = {
            question.key.removeprefix(_VALUE): question.answer
            for question in self.questions
            if question.key != SCALE
        }

    def _ask(
        self, answers: ListAnswers, off_scale: int, different: Mapping[str, str]
    ) -> tuple[ListQuestion, ...]:
        """Return the question for the scale, and for the value of each answer if the scale is another."""
        if off_scale <= MAX_SLIPS:
            return ()
        scale_question = answers.question(
            SCALE,
            _("{n} baris berisi jawaban di luar skala 1–{most}. Skala apa ini?").format(
                n=off_scale, most=HIGHEST
            ),
            (
                Choice(ANOTHER, _("skala lain; sebut artinya satu per satu")),
                Choice(FLAWS, _("salah isi; tolak baris-baris itu")),
            ),
        )
        if scale_question.answer != ANOTHER:
            return (scale_question,)
        values = [Choice(str(n), str(n)) for n in range(HIGHEST, 0, -1)]
        values.append(Choice(NONE, _("tolak barisnya")))
        value_questions = (
            answers.question(
                f"{_VALUE}{key}", _("Jawaban “{word}” menjadi berapa?").format(word=word), values
            )
            for key, word in sorted(different.items())[:MAX_ANSWERS]
        )
        return (scale_question, *value_questions)

    def value(self, element: Element, answer: str) -> int | None:
        """Return an answer as 1 to 4. Raises BadCell for one that is none of them."""
        if self._mapped:
            value = self._mapped.get(_fold(answer), "")
            number = int(value) if value.isdecimal() else None
        else:
            number = _value_of(element, answer)
        if number is None:
            raise typed_cells.BadCell(
                _("jawaban “{said}” untuk {element} tidak dikenal").format(
                    said=answer, element=element.name.within(language())
                ),
                _("1 sampai 4, atau: {answers}").format(
                    answers=", ".join(words.within(language()) for words in element.answers)
                ),
            )
        return number


# Other words for the keys of the choices about respondents.
_SYNONYMS = {
    "pria": "l", "wanita": "p", "cowok": "l", "cewek": "p", "lk": "l", "pr": "p",
    "slta": "sma", "smk": "sma", "ma": "sma", "sma smk": "sma", "sma smk sederajat": "sma",
    "sma sederajat": "sma", "sltp": "smp", "mts": "smp", "smp sederajat": "smp", "sd sederajat": "sd",
    "d1": "d", "d2": "d", "d3": "d", "d4": "d", "diploma": "d", "diploma iii": "d", "diploma iv": "d",
    "s 1": "s1", "s 2": "s2", "sarjana": "s1", "sarjana s1": "s1", "magister": "s2",
    "laki laki": "l", "wiraswasta": "wirausaha", "pegawai swasta": "swasta", "karyawan swasta": "swasta",
}  # fmt: skip
_YEARS = re.compile(r"^(\d{1,3})(?:\s*(?:-|–|—|s d|sampai|hingga)\s*(\d{1,3}))?(?:\s*(?:tahun|thn|th))?$")
_BOUND = re.compile(r"^(>|<|di atas|di bawah|lebih dari|kurang dari)\s*(\d{1,3})(?:\s*(?:tahun|thn|th))?$")


def _profile_words(question: ProfileQuestion, table: TableCells, answers: ListAnswers) -> UnknownWords:
    """Return the words in the column of a question about the respondent that mean none of its choices."""

    @lru_cache(_CACHED_WORDS)  # the column has few different words, in many rows
    def is_known(words: str) -> bool:
        return _choice_for(question, words) is not None

    choices = (Choice(choice.key, choice.name.within(language())) for choice in question.choices)
    field = ListField(key=question.key, words=question.name.within(language()))
    none = Choice(NONE, _("tidak diisi"))
    return UnknownWords(table, field, is_known, (none, *choices), answers)


def _choice_for(question: ProfileQuestion, words: str) -> str | None:
    """Return the key of the choice that these words mean, also if they are other usual words for it.

    None if they mean no choice; "" for an empty cell.
    """
    if not words:
        return ""
    choice = question.choice_for(words)
    if choice is not None:
        return choice
    text = " ".join(words.casefold().replace("s.d.", "s d").replace("s/d", "s d").split())
    # "> 40" is the range that holds 41.
    if bound := _BOUND.match(text):
        year = int(bound[2])
        is_above = bound[1] in (">", "di atas", "lebih dari")
        return question.choice_for(str(year + 1 if is_above else year - 1))
    # "17-25 tahun" is a range only if both years are in it.
    if years := _YEARS.match(text):
        first = question.choice_for(years[1])
        last = question.choice_for(years[2] or years[1])
        return first if first == last else None
    plain = " ".join(re.findall(r"[^\W_]+", text))
    return question.choice_for(_SYNONYMS.get(plain, plain))
