"""The import of a list from the command line, which survey and online requests share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import session
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.lists.understanding import (
    HEAD_ROW,
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
ListPath = Annotated[Path, param(type=click.Path(path_type=Path))]
ColumnMapping = Annotated[
    tuple[str, ...], param("Kolom itu berisi apa; “-” tidak dipakai.", "--map", metavar="KOLOM=ISI")
]
TypedAnswers = Annotated[
    tuple[str, ...],
    param("Jawaban sebuah pertanyaan yang disebut --preview.", "--answer", metavar="KUNCI=JAWABAN"),
]
SheetName = Annotated[str, "Lembar yang dibaca; tanpa itu yang pertama terlihat dan berisi."]
Preview = Annotated[bool, "Hanya katakan apa yang dipahami; tidak ada yang ditulis."]
ImportId = Annotated[int, param(type=click.IntRange(1))]
RefusedPath = Annotated[Path | None, "Tulis baris yang ditolak ke berkas CSV ini."]


def import_list(
    office: Office,
    by: Actor,
    importer: ListImporter[Row],
    file: ListFile,
    mapping: tuple[str, ...],
    typed_answers: tuple[str, ...],
    *,
    preview: bool,
    refused: Path | None,
    as_json: bool,
) -> None:
    """Show what is understood of a list, and import it unless this is a preview.

    `mapping` says which column holds which field ("KOLOM=ISI"), `typed_answers` answers the list's questions
    ("KUNCI=JAWABAN"). The refused rows go to the file `refused`.

    Raises:
        UserError: a question is open, or an answer is to what nobody asked.
    """
    understanding = _understand(office, importer, file, mapping, typed_answers)
    if preview:
        added = len(understanding.new_rows)
        lines = (*_preview_lines(file, understanding), understanding.words)
    else:
        report = run_import(importer, understanding, lambda command: office.perform(command, by))
        added = report.added
        lines = (report.words, *_flaws(understanding))
    if refused is not None and understanding.refused:
        write_whole(refused, refused_file(understanding.refused))
    session.write(as_json, {**_as_json(file, understanding), "added": added}, *lines)


def undo(office: Office, by: Actor, importer: ListImporter[Row], import_id: int, *, as_json: bool) -> None:
    """Take an import back, and show what stays."""
    report = undo_import(office, importer, import_id, lambda command: office.perform(command, by))
    session.write(as_json, report, report.words)


def _understand(
    office: Office,
    importer: ListImporter[Row],
    file: ListFile,
    mapping: tuple[str, ...],
    typed_answers: tuple[str, ...],
) -> Understanding[Row]:
    basis = import_basis(office, importer)
    answers = dict(map(_question_answer, typed_answers))
    without_mapping = understand_file(file, basis, answers)
    for words in mapping:
        answers |= _column_answer(without_mapping, basis, words)
    understanding = understand_file(file, basis, answers) if mapping else without_mapping
    asked_keys = {question.key for question in (*without_mapping.questions, *understanding.questions)}
    asked_keys |= {HEAD_ROW, *(column_question(column.number) for column in understanding.columns)}
    asked_keys |= {row_question(line.number) for line in file.lines}
    # The question "isian FIELD" is asked only while no column holds the field: its answer takes it away.
    not_asked = sorted(key for key in answers if key not in asked_keys and not key.startswith("isian "))
    if not_asked:
        raise UserError(
            _("Tidak ada pertanyaan “{key}” tentang daftar ini.").format(key=not_asked[0]),
            _("Tidak ada yang diimpor."),
            _("Lihat kuncinya dengan --preview."),
        )
    return mark_known_rows(office, importer, understanding)


def _question_answer(words: str) -> tuple[str, str]:
    key, sign, answer = words.rpartition("=")
    if not sign:
        raise UserError(
            _("“{words}” bukan pasangan KUNCI=JAWABAN.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Lihat kuncinya dengan --preview."),
        )
    return key.strip(), answer.strip()


def _column_answer(understanding: Understanding[Row], basis: ImportBasis[Row], words: str) -> dict[str, str]:
    """Return the answer to the question which field a column holds; its head or letter names the column."""
    name, _sign, field = (part.strip() for part in words.rpartition("="))
    head = normalise_header(name)
    columns = understanding.columns
    matching = (each for each in columns if normalise_header(each.head) == head or each.letter == name)
    column = next(matching, None)
    fields = ("-", *(each.key for each in basis.kind.fields))
    if column is None or field not in fields:
        raise UserError(
            _("“{words}” bukan pasangan KOLOM=ISI.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Kolom: {heads}. Isi: {fields}.").format(
                heads=", ".join(each.name for each in columns), fields=", ".join(fields)
            ),
        )
    return {column_question(column.number): field}


def _as_json(file: ListFile, found: Understanding[Row]) -> dict[str, Any]:
    return {
        "file": found.file,
        "sheet": found.sheet,
        "sheets": file.sheets,
        "head": found.head,
        "columns": [{"column": each.letter, **msgspec.structs.asdict(each)} for each in found.columns],
        "questions": found.questions,
        "open": [each.key for each in found.open_questions],
        "known": [{"row": number, "equals": equal} for number, equal in found.known.items()],
        "refused": found.refused,
        "left_out": found.left_out,
        "notes": found.notes,
    }


def _preview_lines(file: ListFile, found: Understanding[Row]) -> Iterator[str]:
    """Yield the lines of a preview: sheet, head, columns with reasons, questions, rows that stay out."""
    if found.sheet:
        yield _("Lembar: {name} (dari {n})").format(name=found.sheet, n=len(file.sheets))
    yield _("Judul kolom: baris {n}").format(n=found.head)
    for column in found.columns:
        proposed = f"{column.proposed}?" if column.proposed else "-"
        field, samples = column.field or proposed, " | ".join(column.samples)
        yield f"  {column.letter}  {column.name} = {field} ({column.why.word}): {samples}"
    if found.questions:
        yield _("Pertanyaan:")
    for question in found.questions:
        yield f"  {question.key} = {question.answer or '?'}  {question.words} {_choices(question)}"
    yield from found.notes
    for row in found.left_out:
        yield _("baris {n} dilewati ({why}): {words}").format(n=row.row, why=row.why.word, words=row.words)
    yield from _flaws(found)


def _choices(question: ListQuestion) -> str:
    if not question.choices:
        return "[2026-11-30]"  # the question asks for a date
    choices = (
        each.value if each.words == each.value else f"{each.value}: {each.words}" for each in question.choices
    )
    return f"[{'; '.join(choices)}]"


def _flaws(found: Understanding[Row]) -> Iterator[str]:
    """Yield the rows that are refused, and those that the office has already."""
    yield from (refusal.words for refusal in found.refused)
    for number, equal in found.known.items():
        yield _("baris {n} sudah ada: {equal}").format(n=number, equal=equal)
