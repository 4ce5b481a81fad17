"""The reading of a list of requests: a row is read, or refused with column, reason and expected form."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import lru_cache

import msgspec

from ult_desktop.base import _
from ult_desktop.core import cells
from ult_desktop.core.fields import LINE, field_of
from ult_desktop.core.lists.columns import ListField
from ult_desktop.core.lists.common_questions import UnknownWords, date_order
from ult_desktop.core.lists.table import RawRow
from ult_desktop.core.lists.understanding import Choice, ListAnswers, ListQuestion, RefusedRow, TableCells
from ult_desktop.core.online import online_request
from ult_desktop.core.online.request_fields import REQUIRED, RequestField, request_fields

AS_WRITTEN = "-"  # the officer's answer that the service stays as the list has it
# The text field of `OnlineRow` for each column: NAME is the field `name`.
_TEXT_FIELDS: dict[RequestField, str] = {
    field: field.name.lower() for field in RequestField if field is not RequestField.SENT_AT
}
# Columns with few different words in many rows: so many cleaned texts of each are kept in memory.
_REPEATED = frozenset({RequestField.INSTITUTION, RequestField.REGENCY, RequestField.SERVICE})
_CACHED_TEXTS = 4096


class RequestList(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of list that holds requests of one source, read in the office's `zone` at `now` (UTC ms).

    `services` are the names of the office's services, by their names and prefixes in small letters.
    """

    source: online_request.OnlineSource
    zone: tzinfo
    now: int
    services: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        return self.source.value

    @property
    def fields(self) -> tuple[ListField, ...]:
        return request_fields()

    def rows(self, table: TableCells, answers: ListAnswers) -> "RequestRows":
        return RequestRows(self, table, answers)


class RequestRows:
    """The rows of a list of requests. They are read in their order: of equal ones the first is taken."""

    def __init__(self, kind: RequestList, table: TableCells, answers: ListAnswers) -> None:
        self._kind, self._table = kind, table
        self._cleaners: dict[str, tuple[RequestField, Callable[[str], str]]] = {}
        for field, name in _TEXT_FIELDS.items():
            clean = _cleaner(field)
            self._cleaners[name] = field, lru_cache(_CACHED_TEXTS)(clean) if field in _REPEATED else clean
        self._order = date_order(table, RequestField.SENT_AT, answers)
        names = dict.fromkeys(kind.services.values())
        self._services = UnknownWords(
            table,
            ListField(key=RequestField.SERVICE, words=RequestField.SERVICE.word),
            lambda word: word.casefold() in kind.services,
            (Choice(AS_WRITTEN, _("biarkan seperti tertulis")), *(Choice(name, name) for name in names)),
            answers,
        )
        # By the key of a request, the row in which each person (phone and e-mail) sent it.
        self._senders: dict[str, dict[tuple[str, str], int]] = {}

    def questions(self) -> tuple[ListQuestion, ...]:
        date_questions = (self._order.question,) if self._order.question else ()
        return (*date_questions, *self._services.questions())

    def read(self, line: RawRow) -> online_request.OnlineRow:
        """Read a row. A second telephone in the cell is added to the request's words. Raises RefusedRow."""
        phone, others = cells.split_phones(self._table.of(line, RequestField.PHONE))
        texts = {
            name: _clean_cell(field, clean, phone if name == "phone" else self._table.of(line, field))
            for name, (field, clean) in self._cleaners.items()
        }
        if others:
            texts["detail"] += "\n" + _("Telepon lain: {numbers}").format(numbers=", ".join(others))
            # Too long with the numbers, it would be refused with its whole batch when that is written.
            field, clean = self._cleaners["detail"]
            texts["detail"] = _clean_cell(field, clean, texts["detail"])
        meant = self._services.meaning(texts["service"])
        if meant not in (None, AS_WRITTEN):
            texts["service"] = meant
        row = msgspec.convert({"sent_at": self._moment(line), **texts}, online_request.OnlineRow)
        return self._with_alike(line, row)

    def _with_alike(self, line: RawRow, row: online_request.OnlineRow) -> online_request.OnlineRow:
        """Return the row with `alike`: its place, from 1, among those of different people that say the same.

        Raises RefusedRow where the same person sent the same before.
        """
        senders = self._senders.setdefault(online_request.key_of(row), {})
        # A number of the source is one request. Without one, the same words of two people are two requests.
        person = ("", "") if row.external_id else (row.phone, row.email)
        first = senders.setdefault(person, line.number)
        if first != line.number:
            bad = cells.BadCell(_("sama dengan baris {n}").format(n=first), _("setiap permohonan satu kali"))
            raise RefusedRow("", bad)
        return msgspec.structs.replace(row, alike=len(senders))  # this sender is the latest of them

    def _moment(self, line: RawRow) -> int | None:
        text = self._table.of(line, RequestField.SENT_AT)
        try:
            return cells.parse_timestamp(
                text, self._kind.zone, self._kind.now, day_comes_first=self._order.day_comes_first
            )
        except cells.BadCell as bad:
            raise RefusedRow(RequestField.SENT_AT, bad) from bad


def check_row(row: online_request.OnlineRow) -> online_request.OnlineRow:
    """Clean a request that was typed into a form by the same rules. Raises BadCell that names the field."""
    cleaned: dict[str, str] = {}
    for field, name in _TEXT_FIELDS.items():
        try:
            cleaned[name] = _clean_cell(field, _cleaner(field), getattr(row, name))
        except RefusedRow as refused:
            bad = refused.bad
            raise cells.BadCell(f"{field.word}: {bad.problem}", bad.expected) from bad
    return msgspec.structs.replace(row, **cleaned)


def _clean_cell(field: RequestField, clean: Callable[[str], str], cell: str) -> str:
    try:
        text = clean(cell)
        if field in REQUIRED and not text:
            raise cells.BadCell(_("kosong"), _("harus terisi"))
    except cells.BadCell as bad:
        raise RefusedRow(field, bad) from bad
    return text


def _cleaner(field: RequestField) -> Callable[[str], str]:
    """Return the function that cleans a field's text: that of the data dictionary, or one by its length."""
    definition = field_of(_TEXT_FIELDS[field])
    if definition.clean is not None:
        return definition.clean
    if field is RequestField.NAME:
        return lambda text: cells.clean_name(text, definition.most)
    clean = cells.clean_line if definition.most == LINE else cells.clean_text
    return lambda text: clean(text, definition.most)
