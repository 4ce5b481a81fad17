"""A list of answers from a form outside, row by row: whatever the columns and answers are called there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import sha256
from ult_desktop.core import cells as typed_cells
from ult_desktop.core.office.template import Words
from ult_desktop.core.online import mapping
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.form import HIGHEST, Element, Questionnaire
from ult_desktop.core.survey.survey import OutsideAnswers, Profile, SurveyAnswers

DAY, SERVICE, SUGGESTION, ID = "tanggal", "layanan", "saran", "id"
LONGEST_SUGGESTION = 2000
_ALSO = {
    DAY: ("tanggal survei", "timestamp", "cap waktu", "stempel waktu", "date"),
    SERVICE: ("jenis layanan", "jenis layanan yang diterima", "service"),
    SUGGESTION: ("saran/masukan", "saran dan masukan", "saran/masukan untuk kami", "suggestion"),
    ID: ("nomor", "no", "response id"),
}


class SurveyListContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is read against: the office's zone and time (UTC ms), its services by lower-case name."""

    zone: ZoneInfo
    now: int
    services: Mapping[str, int]


class SurveyRowRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken, and why."""

    line: int
    why: str


class SurveyListReading(msgspec.Struct, frozen=True, kw_only=True):
    """What a list holds."""

    rows: tuple[OutsideAnswers, ...]
    refused: tuple[SurveyRowRefusal, ...]


def headers(form: Questionnaire) -> tuple[str, ...]:
    """The columns of a list by their plain names."""
    profile = (question.key for question in form.profile)
    return (ID, DAY, SERVICE, *profile, *(element.key for element in form.elements), SUGGESTION)


def read_sheet(
    form: Questionnaire, lines: Sequence[mapping.RawRow], context: SurveyListContext
) -> SurveyListReading:
    """The first filled line names the columns. U8 and U9 alone name none: sources differ in them.

    Raises:
        UserError: the date's or an element's column is missing.
    """
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    columns = _columns(form, filled[0].cells if filled else ())
    rows, refused = list[OutsideAnswers](), list[SurveyRowRefusal]()
    dates = [_cell(line, columns, DAY) for line in filled[1:]]
    reader = _Reader(form, columns, context, typed_cells.is_day_first(dates))
    for line in filled[1:]:
        try:
            rows.append(reader.row(line))
        except typed_cells.BadCell as bad:
            refused.append(SurveyRowRefusal(line=line.number, why=f"{bad.said}; {bad.expected}"))
    return SurveyListReading(rows=tuple(rows), refused=tuple(refused))


class _Reader:
    """Reads the rows of one list in their order: equal rows are told apart by their count."""

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

    def row(self, line: mapping.RawRow) -> OutsideAnswers:
        """Raises BadCell."""
        written = tuple(_cell(line, self._columns, name) for name in sorted(self._columns))
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
            former=self._digest(written),
            day=to_datetime(stamp, self._zone).date(),
            said=said,
            service_id=self._services.get(service.casefold()),
        )

    def _digest(self, told: tuple[str, ...]) -> str:
        """Of what was said, and how often in this list it was said before."""
        self._seen[told] += 1
        return sha256("\x1f".join((*told, str(self._seen[told]))).encode()).hex()

    def _said(self, line: mapping.RawRow, name: str) -> str:
        return _cell(line, self._columns, name)

    def _stamp(self, line: mapping.RawRow) -> int:
        stamp = typed_cells.parse_timestamp(
            self._said(line, DAY), self._zone, self._now, day_comes_first=self._day_comes_first
        )
        if stamp is None:
            raise typed_cells.BadCell(_("tanggal kosong"), _("tanggal seperti 21/11/2026"))
        return stamp

    def _profile(self, line: mapping.RawRow) -> dict[str, str]:
        """What none of the choices holds counts as not said: a survey is not refused for it."""
        return {
            question.key: question.holding(typed_cells.clean_line(self._said(line, question.key), 200)) or ""
            for question in self._form.profile
        }


def _answer(element: Element, said: str) -> int | None:
    """1..4 from the number, the words, or both ("4. Sangat sesuai"); None where nothing was said."""
    plain = typed_cells.clean_line(said, 200).casefold()
    if not plain:
        return None
    words = plain.lstrip("1234567890.)-: ")
    for value, answer in enumerate(element.answers, start=1):
        if words and words in (answer.id.casefold(), answer.en.casefold()):
            return value
    number = plain.removesuffix(".0")
    if number in map(str, range(1, HIGHEST + 1)):
        return int(number)
    raise typed_cells.BadCell(
        _("jawaban “{said}” untuk {element} tidak dikenal").format(said=said, element=element.name.id),
        _("1 sampai 4, atau: {answers}").format(answers=", ".join(each.id for each in element.answers)),
    )


def _columns(form: Questionnaire, header: Iterable[str]) -> dict[str, int]:
    """Name of a column → its place. Forms outside use the whole question as header."""
    found: dict[str, int] = {}
    known = _names(form)
    for place, cell in enumerate(header):
        name = known.get(_plain(cell))
        if name is not None:
            found.setdefault(name, place)
    lacking = [key for key in (DAY, *(element.key for element in form.elements)) if key not in found]
    if lacking:
        raise UserError(
            _("Kolom ini tidak ada dalam daftar: {columns}.").format(columns=", ".join(lacking)),
            _("Tidak ada yang diimpor."),
            _("Beri setiap kolom nama atau pertanyaan unsurnya (lihat: ult-desktop survey template)."),
        )
    return found


def _names(form: Questionnaire) -> dict[str, str]:
    names = {key: key for key in (DAY, SERVICE, SUGGESTION, ID)}
    names |= {_plain(other): key for key, others in _ALSO.items() for other in others}
    for question in form.profile:
        names |= {_plain(word): question.key for word in (question.key, *_both(question.name))}
    for element in form.elements:
        words = (element.key, *_both(element.name), *_both(element.question))
        names |= {_plain(word): element.key for word in words}
    return names


def _both(words: Words) -> tuple[str, str]:
    return words.id, words.en or words.id


def _plain(header: str) -> str:
    return " ".join(header.casefold().replace("_", " ").rstrip(" ?*:.").split())


def _cell(line: mapping.RawRow, columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name, len(line.cells))
    return line.cells[place] if place < len(line.cells) else ""
