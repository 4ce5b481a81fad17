"""The satisfaction survey (SKM) from the command line: fill in, refuse, confirm, import, the result."""

from datetime import date
from pathlib import Path

import click

from ult_desktop.base import UserError, _, counted, formats, language
from ult_desktop.cli.common import asking, session, times
from ult_desktop.core.command import Command
from ult_desktop.core.figures.period import Period, period_named
from ult_desktop.core.survey import commands, form
from ult_desktop.core.survey.answer_columns import AnswerColumn, AnswerColumns, answer_table, column_words
from ult_desktop.core.survey.index import SURVEY_SPANS, ElementIndex, SurveyIndex
from ult_desktop.core.survey.paper_code import read_code
from ult_desktop.core.survey.survey import Profile, SurveyAnswers, SurveyMode, TokenState
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.survey import improvements, survey as survey_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import ListFile
from ult_desktop.operations.online.list_reader import read_list
from ult_desktop.operations.survey.answer_lists import (
    columns_of,
    import_answers,
    preview_answers,
    questionnaire,
    template_line,
)
from ult_desktop.operations.survey.board import (
    SurveyBoard,
    element_name,
    grade_words,
    otherwise_words,
    sample_words,
    survey_board,
)
from ult_desktop.operations.survey.survey import survey_subject, undo_whole_import

_NUMBER = asking.argument("number", default="")
_VISIT = asking.option("visit_id")


def _answers(*, required: bool) -> asking.Param:
    return asking.option("answers", named="--answer", multiple=True, required=required, metavar="UNSUR=1..4")


_ABOUT = (
    asking.option("suggestion", "Saran atau masukan.", default=""),
    *(asking.option(question.key, question.name.id, default="") for question in questionnaire().profile),
)
_ANSWERS = (_answers(required=True), *_ABOUT)


def _given(office: Office, number: str, visit_id: int | None) -> dict[str, int | None]:
    """Return whose survey it is. Raises UserError unless exactly one of the two is named."""
    if bool(number) == (visit_id is not None):
        raise UserError(_("Sebut nomor antrean, atau --visit."), _("Tidak ada yang berubah."))
    if visit_id is not None:
        return {"visit_id": visit_id}
    return office.read(lambda tx: survey_subject(tx, number, office.clock())).named


def _filled(
    office: Office, number: str, visit_id: int | None, assisted: bool, **said: str | tuple[str, ...]
) -> Command:
    mode = SurveyMode.ASSISTED if assisted else SurveyMode.SCREEN
    return commands.FillSurvey(said=_said_of(**said), mode=mode, **_given(office, number, visit_id))


def _entered(
    office: Office,
    number: str,
    visit_id: int | None,
    day: date,
    service_id: int | None,
    code: str,
    **said: str | tuple[str, ...],
) -> Command:
    """Make the command. Raises UserError unless the form is given either by its code or by its answers."""
    whose = _given(office, number, visit_id) if number or visit_id is not None else {}
    if bool(code) == bool(said["answers"]):
        raise UserError(_("Sebut kode formulirnya, atau jawabannya."), _("Tidak ada yang tersimpan."))
    rules = office.read(office_rows.load).settings.survey
    read = read_code(questionnaire(), rules, code, str(said["suggestion"])) if code else _said_of(**said)
    return commands.EnterPaperSurvey(said=read, day=day, service_id=service_id, **whose)


def _said_of(**said: str | tuple[str, ...]) -> SurveyAnswers:
    """Return the answers.

    Raises UserError for an element, a value or a choice that the questionnaire does not have.
    """
    answers = dict(_pair(text) for text in said.pop("answers"))
    suggestion = str(said.pop("suggestion"))
    profile = {key: _choice(key, str(text)) for key, text in said.items()}
    return SurveyAnswers(answers=answers, profile=Profile(**profile), suggestion=suggestion)


def _pair(text: str) -> tuple[str, int]:
    key, sign, value = text.partition("=")
    keys = [element.key for element in questionnaire().elements]
    if key not in keys or not sign or value not in map(str, range(1, form.HIGHEST + 1)):
        raise UserError(
            _("“{text}” bukan jawaban survei.").format(text=text),
            _("Tidak ada yang berubah."),
            _("Tulis unsur=1..{n}; unsurnya: {names}.").format(n=form.HIGHEST, names=", ".join(keys)),
        )
    return key, int(value)


def _choice(key: str, text: str) -> str:
    question = next(each for each in questionnaire().profile if each.key == key)
    found = question.holding(text) if text else ""
    if found is None:
        raise UserError(
            _("“{text}” bukan pilihan untuk {name}.").format(
                text=text, name=question.name.within(language())
            ),
            _("Tidak ada yang berubah."),
            _("Yang ada: {names}.").format(names=", ".join(choice.key for choice in question.choices)),
        )
    return found


def _result(office: Office, period: str) -> SurveyBoard:
    wanted: Period | None = period_named(period, SURVEY_SPANS) if period else None
    return office.read(lambda tx: survey_board(tx, office.clock(), wanted))


def _tell_result(_office: Office, board: SurveyBoard, as_json: bool) -> None:
    if as_json:
        session.write_json(board)
        return
    first, last = (formats.format_date(date.fromisoformat(day), "long") for day in (board.first, board.last))
    click.echo(_("{first} s.d. {last}").format(first=first, last=last))
    click.echo(_("Responden: {n}").format(n=formats.format_number(board.respondents, 0)))
    click.echo(_("Sampel: {words}").format(words=sample_words(board)))
    if board.index is None:
        click.echo(_("Belum cukup responden untuk menampilkan hasil."))
        return
    click.echo(f"IKM {_graded(board.index)}")
    if other := otherwise_words(board):
        click.echo(other)
    for element in board.index.elements:
        average = "–" if element.average is None else formats.format_number(element.average, 4)
        click.echo(f"{element_name(element.element)}: NRR {average}, IKM {_graded(element)}")
    lowest = ", ".join(map(element_name, board.index.lowest))
    click.echo(_("Terendah: {names}. Rencanakan perbaikannya.").format(names=lowest))


def _graded(found: SurveyIndex | ElementIndex) -> str:
    if found.index is None or found.grade is None:
        return "–"
    return f"{formats.format_fixed(found.index)}, {grade_words(found.grade)}"


survey = asking.Noun(
    "survey",
    "Survei Kepuasan Masyarakat (SKM): isi, impor, hasil.",
    resolve={
        "day": asking.day_named,
        "due": asking.day_named,
        "service_id": lambda office, name: session.service_id(office, name) if name else None,
    },
    write=asking.in_words(lambda token: (TokenState.FILLED if token is None else token.state).word),
)
survey.operation(
    "fill",
    commands.FillSurvey,
    "Jawaban pengunjung NUMBER: --answer sarana=4, sekali untuk setiap unsur.",
    _NUMBER,
    asking.option("visit_id", "Kunjungan tanpa nomor antrean."),
    asking.switch("assisted", "Petugas mengisikan untuk pengunjung."),
    *_ANSWERS,
    make=_filled,
)
survey.operation(
    "paper",
    commands.EnterPaperSurvey,
    "Masukkan formulir kertas; tanpa nomor ia milik siapa pun.",
    _NUMBER,
    _VISIT,
    asking.option("day", "Tanggal formulirnya.", named="--date", type=times.DAY),
    asking.option("service_id", "Awalan atau nama layanan.", default=""),
    asking.option("code", "Angka formulir, satu setiap nomor; 0 untuk yang kosong.", default=""),
    _answers(required=False),
    *_ABOUT,
    make=_entered,
)
for _name, _words, _kind in (
    ("refuse", "Pengunjung NUMBER menolak mengisi.", commands.RefuseSurvey),
    ("invite", "Pengunjung NUMBER diberi alamat survei di luar.", commands.InviteSurvey),
    ("confirm", "Pengunjung NUMBER menunjukkan bahwa survei di luar sudah terisi.", commands.ConfirmSurvey),
):
    survey.operation(
        _name,
        _kind,
        _words,
        _NUMBER,
        _VISIT,
        make=lambda office, kind=_kind, **whose: kind(**_given(office, **whose)),
    )
survey.operation(
    "plan",
    commands.PlanImprovement,
    "Rencanakan tindak lanjut hasil PERIOD untuk unsur ELEMENT; laporan berikutnya menyebut keadaannya.",
    asking.option("programme"),
    asking.option("due", type=times.DAY),
    asking.option("responsible"),
    write=asking.write_answer,
)
survey.operation(
    "plan-state",
    commands.TellImprovement,
    "Sebut keadaan rencana IMPROVEMENT (lihat: plans) dan hasilnya.",
    asking.option("result", "Hasilnya, atau mengapa tidak dilaksanakan."),
    write=asking.write_answer,
)
survey.query(
    "plans",
    "Rencana tindak lanjut, yang terbaru lebih dahulu.",
    asking.of_office(improvements.every),
    write=asking.write_answer,
)
survey.query(
    "imports",
    "Impor jawaban yang terakhir; nomornya dipakai oleh undo-import.",
    asking.of_office(survey_rows.imports),
    write=asking.write_answer,
)
survey.query(
    "result",
    "IKM dan unsurnya pada PERIOD: 2026-11, 2026-T4, atau 2026; tanpa PERIOD bulan ini.",
    _result,
    asking.argument("period", default=""),
    write=_tell_result,
)


@survey.command(name="import", help="Impor jawaban formulir luar dari FILE (CSV, XLSX, JSON), tidak ganda.")
@click.argument("file", type=click.Path(path_type=Path))
@session.database_option
@session.officer_option
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="KOLOM=ISI",
    help="Kolom mana yang berisi apa, misalnya “Menurut Anda ruangnya=sarana”; diingat untuk judul kolom "
    "yang sama. ISI seperti pada template.",
)
@click.option("--preview", is_flag=True, help="Hanya katakan apa yang akan masuk.")
@session.json_option
def import_file(
    file: Path, database: Path, officer: str, columns: tuple[str, ...], preview: bool, as_json: bool
) -> None:
    answers = read_list(file)
    with session.open_office(database) as office:
        actor = session.sign_in(office, officer)
        told = _columns(answers, office, columns)

        def perform(command: commands.ImportSurvey) -> int:
            return office.perform(command, actor)

        if preview:
            report = office.read(lambda tx: preview_answers(answers, told, tx, office.clock()))
        else:
            report = import_answers(answers, told, office.read, perform, office.clock())
    if as_json:
        session.write_json(report)
        return
    click.echo(
        _("{added} jawaban baru, {known} sudah ada, {refused} ditolak.").format(
            added=report.added, known=report.known, refused=len(report.refused)
        )
    )
    for refusal in report.refused:
        click.echo(_("baris {row}: {why}").format(row=refusal.line, why=refusal.why))


def _columns(answers: ListFile, office: Office, told: tuple[str, ...]) -> AnswerColumns:
    """Return the columns. Given ones go before the remembered ones, and those that the heads name."""
    heads = answer_table(answers.lines).headers
    given = tuple(_column(words, heads) for words in told)
    taken = {column.head for column in given} | {column.says for column in given}
    known = office.read(lambda tx: columns_of(answers, tx))
    return (*given, *(column for column in known if not {column.head, column.says} & taken))


def _column(words: str, heads: tuple[str, ...]) -> AnswerColumn:
    """Return the column.

    Raises UserError for a column that the list has not, or something no column can hold.
    """
    head, _sign, says = words.rpartition("=")
    found = next((each for each in heads if each.casefold() == head.strip().casefold()), None)
    known = column_words(questionnaire())
    if found is None or says.strip() not in known:
        raise UserError(
            _("“{words}” bukan pasangan KOLOM=ISI.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Kolom: {heads}. Isi: {known}.").format(heads=", ".join(heads), known=", ".join(known)),
        )
    return AnswerColumn(found, says.strip())


@survey.command(name="undo-import", help="Urungkan impor IMPORT (lihat: imports) dengan semua jawabannya.")
@click.argument("import_id", metavar="IMPORT", type=click.IntRange(1))
@session.database_option
@session.officer_option
@session.json_option
def undo_import(import_id: int, database: Path, officer: str, as_json: bool) -> None:
    with session.open_office(database) as office:
        actor = session.sign_in(office, officer)

        def perform(command: commands.UndoSurveyImport) -> int:
            return office.perform(command, actor)

        gone = undo_whole_import(import_id, perform)
    session.tell(as_json, {"answers": gone}, counted("{n} jawaban dihapus.", gone))


@survey.command(help="Judul kolom berkas yang dapat diimpor.")
@session.json_option
def template(as_json: bool) -> None:
    session.tell(as_json, questionnaire(), template_line())
