"""The import of a list from the command line, which survey and online requests share."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import output, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import call_with, make_command, param, params_of_function
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.lists.understanding import (
    HEAD_ROW,
    ListQuestion,
    Understanding,
    column_question,
    row_question,
)
from ult_desktop.db import list_imports
from ult_desktop.operations.lists import importing
from ult_desktop.operations.lists.importing import ImportBasis, ListImporter
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.list_reader import read_list
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole

Row = TypeVar("Row")


def add_import_commands(
    noun: Noun,
    *,
    make_importer: Callable[..., ListImporter[Any]],
    undo_importer: ListImporter[Any],
    list_names: Sequence[str],
    words: str,
    list_words: str,
    undo_words: str,
) -> None:
    """Add the subcommands `import`, `imports` and `undo-import`, with their help.

    `make_importer` checks the officer's right and returns what imports a list; its parameters are asked for
    before those of `import_list`. `undo_importer` undoes an import, whatever parameters that was made with.
    `list_names` are the names of these lists in the register of imports.
    """
    importer_params = [*params_of_function(make_importer, noun.infos)]
    list_params = [each for each in params_of_function(import_list, {}) if each.name != "importer"]

    def act(values: dict[str, Any]) -> None:
        importer = call_with(make_importer, importer_params, values)
        call_with(partial(import_list, importer), list_params, values)

    noun.add_command(make_command("import", words, (*importer_params, *list_params), act))
    noun.subcommand(list_words, "imports", output.write_answer)(
        lambda tx: list_imports.imports(tx, *list_names)
    )

    @noun.subcommand(undo_words)
    def undo_import(
        office: Office, by: Actor, import_id: Annotated[int, param(type=click.IntRange(1))], as_json: bool
    ) -> None:
        report = importing.undo_import(
            office, undo_importer, import_id, lambda command: office.perform(command, by)
        )
        session.write(as_json, report, report.words)


def import_list(
    importer: ListImporter[Row],
    office: Office,
    by: Actor,
    file: Annotated[Path, param(type=click.Path(path_type=Path))],
    *,
    mapping: Annotated[
        tuple[str, ...], param("Kolom itu berisi apa; “-” tidak dipakai.", "--map", metavar="KOLOM=ISI")
    ] = (),
    answers: Annotated[
        tuple[str, ...],
        param("Jawaban sebuah pertanyaan yang disebut --preview.", "--answer", metavar="KUNCI=JAWABAN"),
    ] = (),
    sheet: Annotated[str, "Lembar yang dibaca; tanpa itu yang pertama terlihat dan berisi."] = "",
    preview: Annotated[bool, "Hanya katakan apa yang dipahami; tidak ada yang ditulis."] = False,
    refused: Annotated[Path | None, "Tulis baris yang ditolak ke berkas CSV ini."] = None,
    as_json: bool,
) -> None:
    """Show what is understood of a list, and import it unless this is a preview.

    Raises:
        UserError: a question is open, or an answer is to what nobody asked.
    """
    list_file = read_list(file, sheet)
    understanding = _understand(office, importer, list_file, mapping, answers)
    if preview:
        added = len(understanding.new_rows)
        lines = (*_preview_lines(list_file, understanding), understanding.words)
    else:
        report = importing.run_import(importer, understanding, lambda command: office.perform(command, by))
        added = report.added
        lines = (report.words, *_flaws(understanding))
    if refused is not None and understanding.refused:
        write_whole(refused, importing.refused_file(understanding.refused))
    session.write(as_json, {**_as_json(list_file, understanding), "added": added}, *lines)


def _understand(
    office: Office,
    importer: ListImporter[Row],
    file: ListFile,
    mapping: tuple[str, ...],
    typed_answers: tuple[str, ...],
) -> Understanding[Row]:
    basis = importing.import_basis(office, importer)
    answers = dict(map(_question_answer, typed_answers))
    without_mapping = importing.understand_file(file, basis, answers)
    for words in mapping:
        answers |= _column_answer(without_mapping, basis, words)
    understanding = importing.understand_file(file, basis, answers) if mapping else without_mapping
    known_keys = {question.key for question in (*without_mapping.questions, *understanding.questions)}
    # The head's row, a column and a row may be answered without a question: the person knows better.
    known_keys |= {HEAD_ROW, *(column_question(column.number) for column in understanding.columns)}
    known_keys |= {row_question(line.number) for line in file.lines}
    # The question "isian FIELD" is asked only while no column holds the field: its answer takes it away.
    unknown = sorted(key for key in answers if key not in known_keys and not key.startswith("isian "))
    if unknown:
        raise UserError(
            _("Tidak ada pertanyaan “{key}” tentang daftar ini.").format(key=unknown[0]),
            _("Tidak ada yang diimpor."),
            _("Lihat kuncinya dengan --preview."),
        )
    return importing.mark_known_rows(office, importer, understanding)


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


def _as_json(file: ListFile, understanding: Understanding[Row]) -> dict[str, Any]:
    columns = [{"column": each.letter, **msgspec.structs.asdict(each)} for each in understanding.columns]
    return {
        "file": understanding.file,
        "sheet": understanding.sheet,
        "sheets": file.sheets,
        "head": understanding.head,
        "columns": columns,
        "questions": understanding.questions,
        "open": [each.key for each in understanding.open_questions],
        "known": [{"row": number, "equals": equal} for number, equal in understanding.known.items()],
        "refused": understanding.refused,
        "left_out": understanding.left_out,
        "notes": understanding.notes,
    }


def _preview_lines(file: ListFile, understanding: Understanding[Row]) -> Iterator[str]:
    """Yield the lines of a preview: sheet, head, columns with reasons, questions, rows that stay out."""
    if understanding.sheet:
        yield _("Lembar: {name} (dari {n})").format(name=understanding.sheet, n=len(file.sheets))
    yield _("Judul kolom: baris {n}").format(n=understanding.head)
    for column in understanding.columns:
        proposed = f"{column.proposed}?" if column.proposed else "-"
        field, samples = column.field or proposed, " | ".join(column.samples)
        yield f"  {column.letter}  {column.name} = {field} ({column.why.word}): {samples}"
    if understanding.questions:
        yield _("Pertanyaan:")
    for question in understanding.questions:
        yield f"  {question.key} = {question.answer or '?'}  {question.words} {_choices(question)}"
    yield from understanding.notes
    for row in understanding.left_out:
        yield _("baris {n} dilewati ({why}): {words}").format(n=row.row, why=row.why.word, words=row.words)
    yield from _flaws(understanding)


def _choices(question: ListQuestion) -> str:
    if not question.choices:
        return "[2026-11-30]"  # the question asks for a date
    choices = (
        each.value if each.words == each.value else f"{each.value}: {each.words}" for each in question.choices
    )
    return f"[{'; '.join(choices)}]"


def _flaws(understanding: Understanding[Row]) -> Iterator[str]:
    """Yield the rows that are refused, and those that the office has already."""
    yield from (refusal.words for refusal in understanding.refused)
    for number, equal in understanding.known.items():
        yield _("baris {n} sudah ada: {equal}").format(n=number, equal=equal)
