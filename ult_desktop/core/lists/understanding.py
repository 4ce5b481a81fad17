"""The understanding of a list: its columns, the questions about it, and the rows that would be written."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from ult_desktop.base import UserError, _, counted, pgettext
from ult_desktop.core.cells import BadCell
from ult_desktop.core.lists.columns import (
    NO_FIELD,
    ColumnReason,
    ListColumn,
    ListField,
    find_columns,
    head_keys,
    head_score,
)
from ult_desktop.core.lists.table import LeftOutRow, RawRow, Table, find_table, left_out_rows

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
HEAD_ROW = "judul"  # the key of the answer which row has the heads
YES = "ya"  # the answer that a row is a record


def column_question(number: int) -> str:
    """Return the key of the question what a column holds."""
    return f"kolom {number}"


def row_question(number: int) -> str:
    """Return the key of the question whether a row that was left out is a record."""
    return f"baris {number}"


class Choice(msgspec.Struct, frozen=True):
    """One of the answers that a question takes, and its words."""

    value: str
    words: str


class ListQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a list. Without `choices` it asks for a date.

    `answer` is "" while the question is open; as long as one is, nothing is written. `column` is the number
    of the column that it is about, 0 for none. `remembered`: the answer is kept for later lists, by `key`.
    """

    key: str
    words: str
    choices: tuple[Choice, ...] = ()
    answer: str = ""
    column: int = 0
    remembered: bool = False


class ListAnswers(msgspec.Struct, frozen=True):
    """The answers to the questions about a list: of this import, and remembered from earlier ones.

    The keys are those of the questions. A person may also give answers that no question asks for: to "judul"
    the number of the row with the heads, to "kolom 4" a field ("-" for none), and to "baris 17" "ya".
    """

    given: dict[str, str] = {}
    remembered: dict[str, str] = {}

    def question(
        self,
        key: str,
        words: str,
        choices: Sequence[Choice] = (),
        *,
        is_remembered: bool = False,
        column: int = 0,
    ) -> ListQuestion:
        """Return a question with its answer if there is one; with `choices` the answer must be one of them.

        `is_remembered`: an answer from an earlier import counts, and the answer is kept for later ones.
        """
        answer = self.given.get(key) or (self.remembered.get(key, "") if is_remembered else "")
        if choices:
            chosen = (choice.value for choice in choices if answer in (choice.value, choice.words))
            answer = next(chosen, "")
        return ListQuestion(
            key=key,
            words=words,
            choices=tuple(choices),
            answer=answer,
            column=column,
            remembered=is_remembered,
        )

    def with_answer(self, key: str, answer: str) -> "ListAnswers":
        """Return the answers with one more. If it gives a column a field, another column loses that field."""
        given = dict(self.given)
        if key.startswith("kolom ") and answer != NO_FIELD:
            given.pop(f"isian {answer}", None)
            for other, old in self.given.items():
                if other.startswith("kolom ") and old == answer:
                    del given[other]
        return msgspec.structs.replace(self, given=given | {key: answer})


class RowRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was not taken: its number in the list, the column, what is wrong, what is expected."""

    row: int
    column: str
    problem: str = msgspec.field(name="said")  # the name in JSON, which scripts read
    expected: str

    @property
    def words(self) -> str:
        """A line such as "Baris 7, Alamat email: bukan alamat surel (diharapkan: …)"."""
        where = _("Baris {n}").format(n=self.row) + (f", {self.column}" if self.column else "")
        return _("{where}: {said} (diharapkan: {form})").format(
            where=where, said=self.problem, form=self.expected
        )


def refusal_lines(refused: Sequence[RowRefusal]) -> list[tuple[str, ...]]:
    """Return the refused rows as a list for a spreadsheet, the heads first."""
    heads = (pgettext("one", "Baris"), _("Kolom"), _("Sebab"), _("Yang diharapkan"))
    return [heads, *((str(row.row), row.column, row.problem, row.expected) for row in refused)]


class RefusedRow(Exception):
    """The error of one row, in the column of `field` ("" for the whole row); other rows are still read."""

    def __init__(self, field: str, bad: BadCell) -> None:
        super().__init__(bad.problem)
        self.field, self.bad = field, bad


class AcceptedRow(msgspec.Struct, Generic[Row], frozen=True):
    """A row that can be written, with its number in the list."""

    number: int
    row: Row


class ListRows(Protocol[Row_co]):
    """The reader of a table's rows, with the questions that must be asked about their cells."""

    def questions(self) -> tuple[ListQuestion, ...]: ...

    def read(self, line: RawRow) -> Row_co:
        """Return a row. Raises RefusedRow."""


class ListKind(Protocol[Row_co]):
    """A kind of list: the fields that its columns can hold, and how its rows are read."""

    @property
    def name(self) -> str:
        """The name under which its answers are remembered."""

    @property
    def fields(self) -> tuple[ListField, ...]: ...

    def rows(self, cells: "TableCells", answers: ListAnswers) -> ListRows[Row_co]: ...


class TableCells(msgspec.Struct, frozen=True, kw_only=True):
    """The cells of a table by field. `places` are the indexes of the fields' columns.

    `proposed` are fields that a column may hold, about which somebody is asked.
    """

    table: Table
    places: dict[str, int]
    proposed: frozenset[str] = frozenset()

    def of(self, line: RawRow, field: str) -> str:
        """Return a row's cell of a field; "" where it has none."""
        place = self.places.get(field)
        return "" if place is None or place >= len(line.cells) else line.cells[place]

    def column(self, field: str) -> list[str]:
        """Return the cells of a field's column in all rows."""
        return [self.of(line, field) for line in self.table.rows]

    def head(self, field: str) -> str:
        """Return the head of a field's column; "" for a field without one."""
        place = self.places.get(field)
        return "" if place is None else self.table.heads[place]


class Understanding(msgspec.Struct, Generic[Row], frozen=True, kw_only=True):
    """The understanding of a list, before anything is written.

    `sheet` is the one that was read, `head` the number of the row with the heads, `fields` what a column can
    hold. `refused` rows have an error, `left_out` ones are no records (blank lines, sums). `known` are rows
    that the office has already: by their numbers in the list, what they equal.
    """

    file: str
    file_hash: str
    sheet: str = ""
    head: int
    columns: tuple[ListColumn, ...]
    questions: tuple[ListQuestion, ...]
    fields: tuple[Choice, ...]
    rows: tuple[AcceptedRow[Row], ...]
    refused: tuple[RowRefusal, ...]
    left_out: tuple[LeftOutRow, ...]
    notes: tuple[str, ...] = ()
    known: dict[int, str] = {}

    @property
    def open_questions(self) -> tuple[ListQuestion, ...]:
        """The questions without an answer."""
        return tuple(question for question in self.questions if not question.answer)

    @property
    def new_rows(self) -> tuple[AcceptedRow[Row], ...]:
        """The rows that the office does not have yet."""
        return tuple(row for row in self.rows if row.number not in self.known)

    @property
    def needs_no_person(self) -> bool:
        """Whether no question is open, and each used column was confirmed in an earlier import."""
        used = [column for column in self.columns if column.field]
        are_remembered = all(column.why is ColumnReason.REMEMBERED for column in used)
        return not self.open_questions and bool(used) and are_remembered

    @property
    def words(self) -> str:
        return _("{new} baris baru, {known} sudah ada, {refused} ditolak, {left} dilewati").format(
            new=len(self.new_rows), known=len(self.known), refused=len(self.refused), left=len(self.left_out)
        )

    def answers_to_remember(self) -> dict[str, str]:
        """Return the answers that hold for later lists too, by their keys."""
        keys = head_keys(column.head for column in self.columns)
        heads = {
            head_answer_key(key): column.field or NO_FIELD
            for key, column in zip(keys, self.columns, strict=True)
            if key
        }
        others = {question.key: question.answer for question in self.questions if question.remembered}
        return heads | {key: answer for key, answer in others.items() if answer}

    def require_answers(self) -> None:
        """Check that no question is open. Raises UserError that names those that are."""
        if self.open_questions:
            raise UserError(
                counted("{n} hal dalam daftar ini belum pasti.", len(self.open_questions))
                + "".join(f"\n- {question.words}" for question in self.open_questions),
                _("Tidak ada yang diimpor."),
                _("Jawab dahulu, lalu impor."),
            )


def head_answer_key(key: str) -> str:
    """Return the key under which the field of a head is remembered."""
    return f"kolom: {key}"


def understand(lines: Sequence[RawRow], kind: ListKind[Row], answers: ListAnswers) -> Understanding[Row]:
    """Understand the rows of a sheet as a list of this kind. The caller adds file, sheet and known rows."""
    prefix = head_answer_key("")
    remembered = {
        key.removeprefix(prefix): field for key, field in answers.remembered.items() if key.startswith(prefix)
    }
    chosen = answers.given.get(HEAD_ROW, "")
    table = find_table(
        lines,
        lambda heads: head_score(heads, kind.fields, remembered),
        int(chosen) if chosen.isdecimal() else None,
    )
    columns = find_columns(table, kind.fields, _chosen_fields(answers), remembered)
    places = {column.field: column.number - 1 for column in columns if column.field}
    needed = {places[field.key] for field in kind.fields if field.needed and field.key in places}
    left_out = tuple(
        row for row in left_out_rows(table, needed) if answers.given.get(row_question(row.row)) != YES
    )
    left_out_numbers = {row.row for row in left_out}
    records = tuple(line for line in table.rows if line.number not in left_out_numbers)
    proposed = frozenset(column.proposed for column in columns if column.proposed)
    cells = TableCells(table=msgspec.structs.replace(table, rows=records), places=places, proposed=proposed)
    rows = kind.rows(cells, answers)
    has_needed = all(field.key in places for field in kind.fields if field.needed)
    accepted, refused = _read_rows(rows.read, cells) if has_needed else ((), ())
    return Understanding(
        file="",
        file_hash="",
        head=table.head,
        columns=columns,
        questions=(*_column_questions(columns, kind.fields), *rows.questions()),
        fields=tuple(Choice(field.key, field.words) for field in kind.fields),
        rows=accepted,
        refused=refused,
        left_out=left_out,
    )


def _chosen_fields(answers: ListAnswers) -> dict[int, str]:
    """Return the fields that a person chose in this import, by the number of the column.

    "kolom 4" is answered with a field, "isian nama" with the number of a column.
    """
    chosen = dict[int, str]()
    for key, answer in answers.given.items():
        subject, _space, name = key.partition(" ")
        if subject == "kolom" and name.isdecimal():
            chosen[int(name)] = answer
        elif subject == "isian" and answer.isdecimal():
            chosen[int(answer)] = name
    return chosen


def _read_rows(
    read: Callable[[RawRow], Row], cells: TableCells
) -> tuple[tuple[AcceptedRow[Row], ...], tuple[RowRefusal, ...]]:
    accepted, refused = [], []
    for line in cells.table.rows:
        try:
            accepted.append(AcceptedRow(line.number, read(line)))
        except RefusedRow as error:
            bad = error.bad
            head = cells.head(error.field) or error.field
            refused.append(
                RowRefusal(row=line.number, column=head, problem=bad.problem, expected=bad.expected)
            )
    return tuple(accepted), tuple(refused)


def _column_questions(columns: Sequence[ListColumn], fields: Sequence[ListField]) -> list[ListQuestion]:
    """Return the questions about uncertain columns, and about needed fields that no column holds."""
    words = {field.key: field.words for field in fields}
    choices = (Choice(NO_FIELD, _("tidak dipakai")), *(Choice(field.key, field.words) for field in fields))
    questions = [
        ListQuestion(
            key=column_question(column.number),
            words=_("Apakah kolom “{head}” berisi {field}? ({why})").format(
                head=column.name, field=words[column.proposed], why=column.why.word
            ),
            choices=choices,
            column=column.number,
        )
        for column in columns
        if column.proposed
    ]
    with_column = {column.field or column.proposed for column in columns}
    unused = tuple(Choice(str(column.number), column.name) for column in columns if not column.field)
    for field in fields:
        if field.needed and field.key not in with_column:
            question = _("Kolom mana yang berisi {field}?").format(field=field.words)
            questions.append(ListQuestion(key=f"isian {field.key}", words=question, choices=unused))
    return questions
