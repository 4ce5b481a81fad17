"""The import of a list at the command line: what was understood, answers to its questions, the writing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import click

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import session
from ult_desktop.cli.common.parameters import asked
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.columns import ListColumn
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.lists.understanding import (
    HEAD,
    ListQuestion,
    Understanding,
    column_question,
    row_question,
)
from ult_desktop.operations.lists.importing import (
    ImportBasis,
    ListImporter,
    import_basis,
    mark_known_rows,
    refused_file,
    run_import,
    understand_file,
    undo_import,
)
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole

Row = TypeVar("Row")
ListPath = Annotated[Path, asked(type=click.Path(path_type=Path))]
ColumnMapping = Annotated[
    tuple[str, ...], asked("Kolom itu berisi apa; “-” tidak dipakai.", "--map", metavar="KOLOM=ISI")
]
GivenAnswers = Annotated[
    tuple[str, ...],
    asked("Jawaban sebuah pertanyaan yang disebut --preview.", "--answer", metavar="KUNCI=JAWABAN"),
]
SheetName = Annotated[str, "Lembar yang dibaca; tanpa itu yang pertama terlihat dan berisi."]
Preview = Annotated[bool, "Hanya katakan apa yang dipahami; tidak ada yang ditulis."]
ImportId = Annotated[int, asked(type=click.IntRange(1))]
RefusedPath = Annotated[Path | None, "Tulis baris yang ditolak ke berkas CSV ini."]


def understood(
    office: Office,
    importer: ListImporter[Row],
    file: ListFile,
    mapping: tuple[str, ...],
    given: tuple[str, ...],
) -> Understanding[Row]:
    """Return what was understood of a list, by what was typed: the fields of columns, and answers.

    Raises UserError for an answer to what nobody asked.
    """
    basis = import_basis(office, importer)
    answers = dict(map(_pair, given))
    without_mapping = understand_file(file, basis, answers)
    for words in mapping:
        answers |= _column_answer(without_mapping, basis, words)
    found = understand_file(file, basis, answers) if mapping else without_mapping
    known = {question.key for question in (*without_mapping.questions, *found.questions)}
    known |= {HEAD, *(column_question(column.number) for column in found.columns)}
    known |= {row_question(line.number) for line in file.lines}
    # The question "isian FIELD" is asked only while no column holds the field: its answer takes it away.
    if strange := sorted(key for key in answers if key not in known and not key.startswith("isian ")):
        raise UserError(
            _("Tidak ada pertanyaan “{key}” tentang daftar ini.").format(key=strange[0]),
            _("Tidak ada yang diimpor."),
            _("Lihat kuncinya dengan --preview."),
        )
    return mark_known_rows(office, importer, found)


def _pair(words: str) -> tuple[str, str]:
    key, sign, answer = words.rpartition("=")
    if not sign:
        raise UserError(
            _("“{words}” bukan pasangan KUNCI=JAWABAN.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Lihat kuncinya dengan --preview."),
        )
    return key.strip(), answer.strip()


def _column_answer(found: Understanding[Row], basis: ImportBasis[Row], words: str) -> dict[str, str]:
    head, _sign, says = (part.strip() for part in words.rpartition("="))
    column = next(
        (
            each
            for each in found.columns
            if normalise_header(each.head) == normalise_header(head) or each.letter == head
        ),
        None,
    )
    fields = ("-", *(field.key for field in basis.kind.fields))
    if column is None or says not in fields:
        raise UserError(
            _("“{words}” bukan pasangan KOLOM=ISI.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Kolom: {heads}. Isi: {fields}.").format(
                heads=", ".join(each.name for each in found.columns), fields=", ".join(fields)
            ),
        )
    return {column_question(column.number): says}


def import_list(
    office: Office,
    by: Actor,
    importer: ListImporter[Row],
    found: tuple[ListFile, Understanding[Row]],
    *,
    preview: bool,
    refused: Path | None,
    as_json: bool,
) -> None:
    """Tell what was understood, and write it unless it is a preview.

    Raises UserError while a question is open.
    """
    file, understanding = found
    if preview:
        added, words = len(understanding.new), understanding.words
    else:
        report = run_import(importer, understanding, lambda command: office.perform(command, by))
        added, words = report.added, report.words
    if refused is not None and understanding.refused:
        write_whole(refused, refused_file(understanding.refused))
    lines = (*_preview_lines(file, understanding), words) if preview else (words, *_flaws(understanding))
    session.tell(as_json, {**_as_json(file, understanding), "added": added}, *lines)


def undo(office: Office, by: Actor, importer: ListImporter[Row], import_id: int, *, as_json: bool) -> None:
    """Take an import back, and tell what stays."""
    report = undo_import(office, importer, import_id, lambda command: office.perform(command, by))
    session.tell(as_json, report, report.words)


def _as_json(file: ListFile, found: Understanding[Row]) -> dict[str, Any]:
    return {
        "file": found.file,
        "sheet": found.sheet,
        "sheets": file.sheets,
        "head": found.head,
        "columns": [{"column": each.letter, **_fields(each)} for each in found.columns],
        "questions": found.questions,
        "open": [each.key for each in found.open],
        "known": [{"row": number, "equals": equal} for number, equal in found.known.items()],
        "refused": found.refused,
        "left_out": found.left_out,
        "notes": found.notes,
    }


def _fields(column: ListColumn) -> dict[str, Any]:
    return {name: getattr(column, name) for name in column.__struct_fields__}


def _preview_lines(file: ListFile, found: Understanding[Row]) -> Iterator[str]:
    """Yield the lines of a preview: sheet, head, columns with reasons, questions, rows that stay out."""
    if found.sheet:
        yield _("Lembar: {name} (dari {n})").format(name=found.sheet, n=len(file.sheets))
    yield _("Judul kolom: baris {n}").format(n=found.head)
    for column in found.columns:
        field = column.field or (f"{column.proposed}?" if column.proposed else "-")
        samples = " | ".join(column.samples)
        yield f"  {column.letter}  {column.name} = {field} ({column.why.word}): {samples}"
    if found.questions:
        yield _("Pertanyaan:")
    for question in found.questions:
        yield f"  {question.key} = {question.answer or '?'}  {question.words} {_choices(question)}"
    yield from found.notes
    for left in found.left_out:
        yield _("baris {n} dilewati ({why}): {words}").format(n=left.row, why=left.why.word, words=left.words)
    yield from _flaws(found)


def _choices(question: ListQuestion) -> str:
    """Return the answers that a question takes; one without choices asks for a date."""
    choices = (
        f"{each.value}: {each.words}" if each.words != each.value else each.value for each in question.choices
    )
    return f"[{'; '.join(choices)}]" if question.choices else "[2026-11-30]"


def _flaws(found: Understanding[Row]) -> Iterator[str]:
    yield from (refusal.words for refusal in found.refused)
    for number, equal in found.known.items():
        yield _("baris {n} sudah ada: {equal}").format(n=number, equal=equal)
