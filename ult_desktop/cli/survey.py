"""`survey`: the satisfaction survey (SKM): fill in, refuse, confirm, import, read the result."""

from datetime import date
from typing import Annotated

import click

from ult_desktop.base import UserError, _, formats, language
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.list_import import add_import_commands
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.survey import commands, form
from ult_desktop.core.survey.answer_rows import LIST_NAME
from ult_desktop.core.survey.index import SURVEY_SPANS, ElementIndex, SurveyIndex
from ult_desktop.core.survey.paper_code import read_code
from ult_desktop.core.survey.survey import Profile, SurveyAnswers, SurveyMode, TokenState
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import AnswerLists, questionnaire, template_line
from ult_desktop.operations.survey.board import (
    SurveyBoard,
    element_name,
    grade_words,
    otherwise_words,
    sample_words,
    survey_board,
)
from ult_desktop.operations.survey.survey import subject_fields

VisitId = int | None
Answers = Annotated[tuple[str, ...], param(flag="--answer", metavar="UNSUR=1..4")]


def _subject_fields(office: Office, number: str, visit_id: int | None) -> dict[str, int | None]:
    """Return whose survey it is, as fields of the command (`visit_id`, `ticket_id`).

    Raises UserError unless exactly one of number and visit is named.
    """
    if bool(number) == (visit_id is not None):
        raise UserError(_("Sebut nomor antrean, atau --visit."), _("Tidak ada yang berubah."))
    if visit_id is not None:
        return {"visit_id": visit_id}
    return office.read(lambda tx: subject_fields(tx, number, office.clock()))


def _survey_answers(answers: tuple[str, ...], suggestion: str, **profile: str) -> SurveyAnswers:
    """Return the answers that were typed ("waktu=4").

    Raises UserError for an element, a value or a choice that the questionnaire does not have.
    """
    choices = {key: _choice(key, text) for key, text in profile.items()}
    return SurveyAnswers(
        answers=dict(map(_answer, answers)), profile=Profile(**choices), suggestion=suggestion
    )


def _answer(text: str) -> tuple[str, int]:
    """Return the element and the value of an answer ("waktu=4")."""
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
    """Return the key of the choice that was typed for a question of the profile; "" if nothing was typed."""
    question = next(each for each in questionnaire().profile if each.key == key)
    choice_key = question.choice_for(text) if text else ""
    if choice_key is None:
        raise UserError(
            _("“{text}” bukan pilihan untuk {name}.").format(
                text=text, name=question.name.within(language())
            ),
            _("Tidak ada yang berubah."),
            _("Yang ada: {names}.").format(names=", ".join(choice.key for choice in question.choices)),
        )
    return choice_key


def _write_result(_office: Office, board: SurveyBoard, as_json: bool) -> None:
    if as_json:
        session.write_json(board)
        return
    click.echo(formats.format_days(date.fromisoformat(board.first), date.fromisoformat(board.last)))
    click.echo(_("Responden: {n}").format(n=formats.format_number(board.respondents, 0)))
    click.echo(_("Sampel: {words}").format(words=sample_words(board)))
    if board.index is None:
        click.echo(_("Belum cukup responden untuk menampilkan hasil."))
        return
    click.echo(f"IKM {_index_words(board.index)}")
    if other := otherwise_words(board):
        click.echo(other)
    for element in board.index.elements:
        average = "–" if element.average is None else formats.format_number(element.average, 4)
        click.echo(f"{element_name(element.element)}: NRR {average}, IKM {_index_words(element)}")
    lowest = ", ".join(map(element_name, board.index.lowest))
    click.echo(_("Terendah: {names}. Rencanakan perbaikannya.").format(names=lowest))


def _index_words(row: SurveyIndex | ElementIndex) -> str:
    if row.index is None or row.grade is None:
        return "–"
    return f"{formats.format_fixed(row.index)}, {grade_words(row.grade)}"


survey = Noun(
    "survey",
    nouns=("survey",),
    # The form on paper of nobody in particular has no token, and is filled in already.
    write=output.words_writer(lambda token: (TokenState.FILLED if token is None else token.state).word),
    suggestion="Saran atau masukan.",
    result="Hasilnya, atau mengapa tidak dilaksanakan.",
    service_id=param(resolve=lambda office, name: naming.id_of_service(office, name) if name else None),
    **{question.key: question.name.indonesian for question in questionnaire().profile},
)
survey.customise(commands.PlanImprovement, write=output.write_answer)
survey.customise(commands.TellImprovement, write=output.write_answer)


@survey.builder(record=Profile)
def _fill_survey(
    office: Office,
    number: str = "",
    *,
    visit_id: Annotated[VisitId, "Kunjungan tanpa nomor antrean."] = None,
    assisted: Annotated[bool, "Petugas mengisikan untuk pengunjung."] = False,
    answers: Answers,
    suggestion: str = "",
    **profile: str,
) -> commands.FillSurvey:
    mode = SurveyMode.ASSISTED if assisted else SurveyMode.SCREEN
    survey_answers = _survey_answers(answers, suggestion, **profile)
    return commands.FillSurvey(said=survey_answers, mode=mode, **_subject_fields(office, number, visit_id))


@survey.builder(record=Profile)
def _enter_paper_survey(
    office: Office,
    number: str = "",
    *,
    visit_id: VisitId = None,
    day: Annotated[date, param("Tanggal formulirnya.", "--date")],
    service_id: int | None = None,
    code: Annotated[str, "Angka formulir, satu setiap nomor; 0 untuk yang kosong."] = "",
    answers: Answers = (),
    suggestion: str = "",
    **profile: str,
) -> commands.EnterPaperSurvey:
    """Build the command. Raises UserError unless the form is given either by its code or by its answers."""
    subject = _subject_fields(office, number, visit_id) if number or visit_id is not None else {}
    if bool(code) == bool(answers):
        raise UserError(_("Sebut kode formulirnya, atau jawabannya."), _("Tidak ada yang tersimpan."))
    if code:
        rules = office.read(office_rows.load).settings.survey
        survey_answers = read_code(questionnaire(), rules, code, suggestion)
    else:
        survey_answers = _survey_answers(answers, suggestion, **profile)
    return commands.EnterPaperSurvey(said=survey_answers, day=day, service_id=service_id, **subject)


@survey.builder()
def _refuse_survey(office: Office, number: str = "", *, visit_id: VisitId = None) -> commands.RefuseSurvey:
    return commands.RefuseSurvey(**_subject_fields(office, number, visit_id))


@survey.builder()
def _invite_to_survey(office: Office, number: str = "", *, visit_id: VisitId = None) -> commands.InviteSurvey:
    return commands.InviteSurvey(**_subject_fields(office, number, visit_id))


@survey.builder()
def _confirm_survey(office: Office, number: str = "", *, visit_id: VisitId = None) -> commands.ConfirmSurvey:
    return commands.ConfirmSurvey(**_subject_fields(office, number, visit_id))


survey.subcommand("Rencana tindak lanjut, yang terbaru lebih dahulu.", "plans", output.write_answer)(
    improvements.every
)


@survey.subcommand(
    "IKM dan unsurnya pada PERIOD: 2026-11, 2026-T4, atau 2026; tanpa PERIOD bulan ini.", write=_write_result
)
def result(tx: Transaction, now: int, period: str = "") -> SurveyBoard:
    return survey_board(tx, now, parse_period(period, SURVEY_SPANS) if period else None)


def _answer_lists(
    *,
    office: Office,  # noqa: ARG001  (the help shows --database and --officer before --paper)
    by: Actor,
    paper: Annotated[bool, "Jawaban dari formulir kertas."] = False,
) -> AnswerLists:
    by.require(Permission.RUN_SURVEY)
    return AnswerLists(paper=paper)


add_import_commands(
    survey,
    make_importer=_answer_lists,
    undo_importer=AnswerLists(),
    list_names=(LIST_NAME,),
    words="Impor jawaban formulir luar atau kertas dari FILE (CSV, Excel, ODS, JSON), tidak ganda.",
    list_words="Impor jawaban yang terakhir; nomornya dipakai oleh undo-import.",
    undo_words="Urungkan impor IMPORT (lihat: imports) dengan semua jawabannya.",
)


@survey.subcommand("Judul kolom berkas yang dapat diimpor.")
def template(as_json: bool) -> None:
    session.write(as_json, questionnaire(), template_line())
