"""The reading of a list into requests.

Each row is taken, or refused with its place, the reason and the form.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo

import msgspec

from ult_desktop.base import _, pgettext
from ult_desktop.core import cells
from ult_desktop.core.fields import LINE, field_of
from ult_desktop.core.online import mapping as online_mapping, online_request

LONGEST_ANSWER = 20_000
_NAMES: dict[online_mapping.RequestField, str] = {  # a field's name is the one of its member
    field: field.name.lower()
    for field in online_mapping.RequestField
    if field is not online_mapping.RequestField.SENT_AT
}


class RowRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was not taken: its number in the list, the column, what is wrong, what is expected."""

    row: int
    column: str
    said: str
    expected: str


class AcceptedRow(msgspec.Struct, frozen=True):
    """A row that can become a request, with its number in the list."""

    number: int
    row: online_request.OnlineRow


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A list under a mapping: what can be taken, what not, what was noticed. Nothing is written yet."""

    taken: tuple[AcceptedRow, ...]
    refused: tuple[RowRefusal, ...]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[online_request.OnlineRow, ...]:
        return tuple(each.row for each in self.taken)


def read_rows(
    table: online_mapping.Table, mapping: online_mapping.ColumnMappings, zone: tzinfo, now: int
) -> Reading:
    """Clean every row of `table`; `now` UTC ms. Of equal rows the first is taken and the others refused."""
    places = _places(table.headers, mapping)
    reader = _Reader(places, table, zone, now)
    taken: list[AcceptedRow] = []
    refused: list[RowRefusal] = []
    people: dict[str, dict[tuple[str, str], int]] = {}  # who says the same, and in which row
    for line in table.rows:
        try:
            row = reader.row(line)
        except _Refused as refusal:
            refused.append(refusal.refusal)
            continue
        alike = people.setdefault(online_request.key_of(row), {})
        # Two people who write the same words are two; a number of the source is one request.
        person = ("", "") if row.external_id else (row.phone, row.email)
        first = alike.setdefault(person, line.number)
        if first != line.number:
            refused.append(_twice(line.number, first))
            continue
        taken.append(AcceptedRow(line.number, msgspec.structs.replace(row, alike=len(alike))))
    notes = (*table.notes, *reader.notes())
    return Reading(taken=tuple(taken), refused=tuple(refused), notes=notes)


def check_row(row: online_request.OnlineRow) -> online_request.OnlineRow:
    """Clean a request that was typed into a form by the same rules. Raises BadCell that names the field."""
    cleaned: dict[str, str] = {}
    for field, name in _NAMES.items():
        try:
            cleaned[name] = _cleaner(field)(getattr(row, name))
            _require(field, cleaned[name])
        except cells.BadCell as bad:
            raise cells.BadCell(f"{field.word}: {bad.said}", bad.expected) from bad
    return msgspec.structs.replace(row, **cleaned)


class _Refused(Exception):
    """An error: a row is refused."""

    def __init__(self, refusal: RowRefusal) -> None:
        super().__init__(refusal.said)
        self.refusal = refusal


class _Reader:
    """The reader of one table's rows: it knows the places of the fields, and how the dates are written."""

    def __init__(
        self,
        places: dict[online_mapping.RequestField, int],
        table: online_mapping.Table,
        zone: tzinfo,
        now: int,
    ) -> None:
        self._places = places
        self._headers = table.headers
        self._zone = zone
        self._now = now
        dates = [self._cell(line, online_mapping.RequestField.SENT_AT).strip() for line in table.rows]
        self._day_first = cells.is_day_first(dates)
        self._order_open = cells.is_order_open(dates)

    def notes(self) -> tuple[str, ...]:
        """Return what a person must know of the reading as a whole."""
        if not self._order_open:
            return ()
        return (_("Tanggal dibaca hari dulu, lalu bulan: 3/11 adalah 3 November."),)

    def row(self, line: online_mapping.RawRow) -> online_request.OnlineRow:
        """Read a row. A second telephone in the cell is kept with what the row says."""
        texts: dict[str, str] = {}
        phone, others = cells.split_phones(self._cell(line, online_mapping.RequestField.PHONE))
        for field, name in _NAMES.items():
            cell = phone if field is online_mapping.RequestField.PHONE else self._cell(line, field)
            texts[name] = self._checked(line, field, cell)
        if others:
            texts["detail"] += "\n" + _("Telepon lain: {numbers}").format(numbers=", ".join(others))
        return msgspec.convert({"sent_at": self._moment(line), **texts}, online_request.OnlineRow)

    def _moment(self, line: online_mapping.RawRow) -> int | None:
        try:
            text = self._cell(line, online_mapping.RequestField.SENT_AT)
            return cells.parse_timestamp(text, self._zone, self._now, day_comes_first=self._day_first)
        except cells.BadCell as bad:
            raise self._refused(line, online_mapping.RequestField.SENT_AT, bad) from bad

    def _checked(self, line: online_mapping.RawRow, field: online_mapping.RequestField, cell: str) -> str:
        try:
            text = _cleaner(field)(cell)
            _require(field, text)
        except cells.BadCell as bad:
            raise self._refused(line, field, bad) from bad
        return text

    def _cell(self, line: online_mapping.RawRow, field: online_mapping.RequestField) -> str:
        place = self._places.get(field)
        return "" if place is None or place >= len(line.cells) else line.cells[place]

    def _refused(
        self, line: online_mapping.RawRow, field: online_mapping.RequestField, bad: cells.BadCell
    ) -> _Refused:
        place = self._places.get(field)
        column = field.word if place is None else self._headers[place]
        return _Refused(RowRefusal(row=line.number, column=column, said=bad.said, expected=bad.expected))


def _require(field: online_mapping.RequestField, text: str) -> None:
    if field in online_mapping.REQUIRED and not text:
        raise cells.BadCell(_("kosong"), _("harus terisi"))


def _cleaner(field: online_mapping.RequestField) -> Callable[[str], str]:
    known = field_of(_NAMES[field])
    if known.clean is not None:
        return known.clean
    if field is online_mapping.RequestField.NAME:
        return lambda text: cells.clean_name(text, known.most)
    clean = cells.clean_line if known.most == LINE else cells.clean_text
    return lambda text: clean(text, known.most)


def _places(
    headers: Sequence[str], mapping: online_mapping.ColumnMappings
) -> dict[online_mapping.RequestField, int]:
    known = [online_mapping.normalise_header(header) for header in headers]
    wanted = {column.field: online_mapping.normalise_header(column.header) for column in mapping}
    return {field: known.index(header) for field, header in wanted.items() if header in known}


def _twice(number: int, first: int) -> RowRefusal:
    return RowRefusal(
        row=number,
        column="",
        said=_("sama dengan baris {n}").format(n=first),
        expected=_("setiap permohonan satu kali"),
    )


def refusal_words(refusal: RowRefusal) -> str:
    """Format a refusal as one line, e.g. "Baris 7, Alamat email: bukan alamat surel (diharapkan: …)"."""
    where = _("Baris {n}").format(n=refusal.row) + (f", {refusal.column}" if refusal.column else "")
    return _("{where}: {said} (diharapkan: {form})").format(
        where=where, said=refusal.said, form=refusal.expected
    )


def report_lines(refused: Sequence[RowRefusal]) -> Iterator[tuple[str, ...]]:
    """Yield the refused rows as a list for a spreadsheet, the headers first."""
    yield (pgettext("one", "Baris"), _("Kolom"), _("Sebab"), _("Yang diharapkan"))
    for each in refused:
        yield (str(each.row), each.column, each.said, each.expected)
