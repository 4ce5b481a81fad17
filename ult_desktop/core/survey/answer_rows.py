"""The reading of a list of answers from a form outside, whose columns and answers may have other names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import sha256
from ult_desktop.core import cells as typed_cells
from ult_desktop.core.online.mapping import RawRow, Table
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.answer_columns import (
    DAY,
    ID,
    SERVICE,
    SUGGESTION,
    AnswerColumns,
    answer_table,
    require_columns,
    told_columns,
)
from ult_desktop.core.survey.form import HIGHEST, Element, Questionnaire
from ult_desktop.core.survey.survey import OutsideAnswers, Profile, SurveyAnswers

LONGEST_SUGGESTION = 2000


class SurveyListContext(msgspec.Struct, frozen=True, kw_only=True):
    """The context of a list: the office's zone and time (UTC ms), its services by lower-case name."""

    zone: ZoneInfo
    now: int
    services: Mapping[str, int]


class SurveyRowRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken, and why."""

    line: int
    why: str


class SurveyListReading(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of a list."""

    rows: tuple[OutsideAnswers, ...]
    refused: tuple[SurveyRowRefusal, ...]


def read_sheet(
    form: Questionnaire, lines: Sequence[RawRow], context: SurveyListContext, columns: AnswerColumns = ()
) -> SurveyListReading:
    """Read a list.

    Without `columns` the heads say what each column holds. A head such as U8 or U9 says nothing, for sources
    differ in their order.

    Raises:
        UserError: the date's or an element's column is missing, or one is chosen twice.
    """
    table = answer_table(lines)
    columns = columns or told_columns(form, table.headers)
    require_columns(form, columns)
    places = {
        column.says: table.headers.index(column.head) for column in columns if column.head in table.headers
    }
    _require_scale(form, table, places)
    rows, refused = list[OutsideAnswers](), list[SurveyRowRefusal]()
    dates = [_cell(line, places, DAY) for line in table.rows]
    reader = _Reader(form, places, context, typed_cells.is_day_first(dates))
    for line in table.rows:
        try:
            rows.append(reader.row(line))
        except typed_cells.BadCell as bad:
            refused.append(SurveyRowRefusal(line=line.number, why=f"{bad.said}; {bad.expected}"))
    return SurveyListReading(rows=tuple(rows), refused=tuple(refused))


class _Reader:
    """The reader of the rows of one list, in their order; it counts equal rows, so that each is imported."""

    def __init__(
        self,
        form: Questionnaire,
        columns: Mapping[str, int],
        context: SurveyListContext,
        day_comes_first: bool,
    ) -> None:
        self._form, self._columns, self._services = form, columns, context.services
        self._zone, self._now = context.zone, context.now
        self._day_comes_first = day_comes_first
        self._seen: Counter[tuple[str, ...]] = Counter()

    def row(self, line: RawRow) -> OutsideAnswers:
        """Read a row. Raises BadCell."""
        answers = {
            element.key: value
            for element in self._form.elements
            if (value := _answer(element, self._said(line, element.key))) is not None
        }
        if not answers:
            raise typed_cells.BadCell(_("tidak ada jawaban"), _("isi paling sedikit satu unsur"))
        service = typed_cells.clean_line(self._said(line, SERVICE), 200)
        stamp = self._stamp(line)
        said = SurveyAnswers(
            answers=answers,
            profile=Profile(**self._profile(line)),
            suggestion=typed_cells.clean_text(self._said(line, SUGGESTION), LONGEST_SUGGESTION).strip(),
        )
        number = typed_cells.clean_line(self._said(line, ID), 200)
        words = msgspec.json.encode(said, order="deterministic").decode()
        told = (number, str(stamp), service.casefold(), words)
        return OutsideAnswers(
            digest=self._digest(told),
            whole=self._digest(("", *line.cells)),
            day=to_datetime(stamp, self._zone).date(),
            said=said,
            service_id=self._services.get(service.casefold()),
        )

    def _digest(self, told: tuple[str, ...]) -> str:
        """Return a digest of a row's content, and of how often this list has had it up to this row."""
        self._seen[told] += 1
        return sha256("\x1f".join((*told, str(self._seen[told]))).encode()).hex()

    def _said(self, line: RawRow, name: str) -> str:
        return _cell(line, self._columns, name)

    def _stamp(self, line: RawRow) -> int:
        stamp = typed_cells.parse_timestamp(
            self._said(line, DAY), self._zone, self._now, day_comes_first=self._day_comes_first
        )
        if stamp is None:
            raise typed_cells.BadCell(_("tanggal kosong"), _("tanggal seperti 21/11/2026"))
        return stamp

    def _profile(self, line: RawRow) -> dict[str, str]:
        """Return the profile.

        An answer that is none of the choices counts as not given: a survey is not refused for it.
        """
        return {
            question.key: question.holding(typed_cells.clean_line(self._said(line, question.key), 200)) or ""
            for question in self._form.profile
        }


_WITH_NUMBER = re.compile(r"^([1-9])(?:[.,]0+)?\s*(?:$|[(=.:)\-].*)")
# One scale of words for all elements, as PermenPANRB 14/2017 calls the grades of a service, and its kin.
_GRADED = re.compile(r"^(?:(sangat|kurang|tidak) )?(?:baik|puas|setuju|sesuai|memuaskan)$")
_GRADES = {"tidak": 1, "kurang": 2, None: 3, "sangat": 4}


def _number_in(said: str) -> int | None:
    """Return the number with which an answer begins, as in "4", "4,0", "4 (Sangat sesuai)"; None for none."""
    found = _WITH_NUMBER.match(typed_cells.clean_line(said, 200))
    return int(found[1]) if found else None


def _answer(element: Element, said: str) -> int | None:
    """Return an answer as 1 to 4, from the words, the number, or both ("4. Sangat sesuai"); None for nothing.

    Raises BadCell for an answer that is none of the four.
    """
    plain = typed_cells.clean_line(said, 200).casefold().replace(" & ", " dan ")
    if not plain:
        return None
    words = plain.strip("1234567890.)(-:= ")
    for value, answer in enumerate(element.answers, start=1):
        if words and words in (answer.id.casefold(), answer.en.casefold()):
            return value
    number, graded = _number_in(said), _GRADED.match(words)
    if number is not None and number <= HIGHEST:
        return number
    if number is None and graded:
        return _GRADES[graded[1]]
    raise typed_cells.BadCell(
        _("jawaban “{said}” untuk {element} tidak dikenal").format(said=said, element=element.name.id),
        _("1 sampai 4, atau: {answers}").format(answers=", ".join(each.id for each in element.answers)),
    )


MOST_SLIPS = 1  # answers above the scale that may be slips of single rows


def _require_scale(form: Questionnaire, table: Table, places: Mapping[str, int]) -> None:
    """Refuse a list whose answers stand on a longer scale, with a UserError: half of it would be counted."""
    above = [
        line.number
        for line in table.rows
        if any((_number_in(_cell(line, places, each.key)) or 0) > HIGHEST for each in form.elements)
    ]
    if len(above) > MOST_SLIPS:
        raise UserError(
            _("Jawaban daftar ini memakai skala lain: {n} baris berisi angka di atas {most}.").format(
                n=len(above), most=HIGHEST
            ),
            _("Tidak ada yang dihitung."),
            _("Ubah dulu jawabannya menjadi 1 sampai {most} di aplikasi asalnya.").format(most=HIGHEST),
        )


def _cell(line: RawRow, columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name, len(line.cells))
    return line.cells[place] if place < len(line.cells) else ""
