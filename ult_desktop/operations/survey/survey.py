"""The commands of the satisfaction survey: a visit's survey is filled in once; answers can be imported.

A token says for each visit whether its survey is open, filled in, confirmed or refused. Answers are stored
without it, so that nobody can tell whose they are.
"""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.survey import commands
from ult_desktop.core.survey.answer_rows import LIST_NAME, LONGEST_SUGGESTION
from ult_desktop.core.survey.form import HIGHEST
from ult_desktop.core.survey.survey import (
    Profile,
    SurveyAnswers,
    SurveyMode,
    SurveyStart,
    SurveyTicket,
    SurveyToken,
    TokenState,
)
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db import list_imports
from ult_desktop.db.cases import cases
from ult_desktop.db.office import office
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.accountability.deviations import record_deviations
from ult_desktop.operations.lists.undoing import UNDO_BATCH, require_import
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)
from ult_desktop.operations.procedures.step_marks import mark_event, waive_event
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.visits.end_visits import end_if_over
from ult_desktop.operations.visits.visits import require_known_ticket, visit_of_ticket

_SERVED = (TicketState.SERVING, TicketState.DONE)
_ANSWERED = (TokenState.FILLED, TokenState.CONFIRMED)
_BY_MACHINE = (SurveyMode.KIOSK, SurveyMode.SCREEN, SurveyMode.ASSISTED)


def survey_ticket(tx: Transaction, text: str, now: int) -> SurveyTicket:
    """Return the ticket that a visitor typed or scanned. Raises UserError if it has no survey to fill in."""
    ticket = require_found(
        lookup.find_ticket(tx, text, now),
        _("Nomor “{text}” tidak ditemukan.").format(text=text.strip()),
        _("Ketik nomor karcis Anda hari ini, misalnya A012, atau pindai kode pada karcis."),
    )
    _require_served(ticket)
    visit = visits.of_ticket(tx, ticket.id)
    if visit is not None:
        _require_not_answered(tx, visit)
    return SurveyTicket(ticket_id=ticket.id, label=ticket.label, service=ticket.service)


def survey_start(tx: Transaction, text: str, now: int) -> SurveyStart:
    """Return the survey of the ticket that a visitor typed or scanned. Raises as `survey_ticket`."""
    form, rules = questionnaire(), office.load(tx).settings.survey
    return SurveyStart(
        ticket=survey_ticket(tx, text, now),
        elements=form.ordered(rules.order),
        profile=form.profile_questions(rules.profile),
    )


def _require_served(ticket: Ticket) -> None:
    if ticket.state not in _SERVED:
        raise refuse(
            _("Nomor {label} belum dilayani.").format(label=ticket.label),
            _("Isi survei sesudah Anda dilayani."),
        )


def _require_not_answered(tx: Transaction, visit: Visit) -> None:
    token = survey.token_of(tx, visit.id)
    if token is not None and token.state in _ANSWERED:
        raise refuse(
            _("Survei untuk {visit} sudah diisi.").format(visit=visit.label or _("kunjungan ini")),
            _("Terima kasih; satu kunjungan mengisi satu kali."),
        )


def _require_visit(tx: Transaction, context: Context, ticket_id: int | None, visit_id: int | None) -> Visit:
    """Return the visit to which the survey belongs, also if it has ended.

    Raises UserError if the visitor was not served yet, or the survey was answered before.
    """
    if ticket_id is not None:
        _require_served(require_known_ticket(tx, ticket_id))
        visit_id = visit_of_ticket(tx, context, ticket_id)
    visit = visits.find(tx, visit_id or 0)
    if visit is None or visit.ending == Ending.MERGED:
        raise refuse(_("Kunjungan itu tidak ada."))
    # A second coming for the same matter has no survey of its own: the first visit has it.
    if visit.follows is not None:
        visit = visits.get(tx, visit.follows)
    visit = visits.get(tx, visit.first_visit_id)
    if visit.ticket_id is not None:
        _require_served(tickets.get(tx, visit.ticket_id))
    _require_not_answered(tx, visit)
    return visit


def _note_token(tx: Transaction, context: Context, visit: Visit, state: TokenState) -> None:
    """Write the state of the visit's survey, and mark its steps."""
    survey.set_token(tx, SurveyToken(visit_id=visit.id, state=state, at=context.at), context.day)
    is_answered = state in _ANSWERED
    mark_event(tx, context, visit.id, StepEvent.SURVEY_FILLED if is_answered else StepEvent.SURVEY_OFFERED)
    if state is TokenState.REFUSED:
        # The step is waived, not missing: the sources let a visitor refuse (R9: menolak mengisi).
        waive_event(tx, context, visit, StepEvent.SURVEY_FILLED, _("Pengunjung menolak mengisi survei"))
    if not visit.is_open:
        record_deviations(tx, context, visit.id)
    end_if_over(tx, context, visit.id)


def _clean_answers(survey_answers: SurveyAnswers, *, must_be_whole: bool) -> SurveyAnswers:
    """Return the answers as they are stored.

    Raises UserError for answers that the questionnaire does not know, and for missing ones (`must_be_whole`).
    """
    form = questionnaire()
    keys = {element.key for element in form.elements}
    values = survey_answers.answers
    if not values or not values.keys() <= keys or not all(1 <= value <= HIGHEST for value in values.values()):
        raise refuse(_("Jawaban survei tidak sesuai kuesionernya."), _("Isi ulang surveinya."))
    if must_be_whole and values.keys() != keys:
        raise refuse(_("Masih ada pertanyaan survei yang belum dijawab."), _("Jawab semua pertanyaan."))
    offered = {str(question.key): {choice.key for choice in question.choices} for question in form.profile}
    chosen = {name: str(getattr(survey_answers.profile, name)) for name in Profile.__struct_fields__}
    # A choice that the form no longer offers is dropped: the other answers still count.
    profile = Profile(**{name: key if key in offered[name] else "" for name, key in chosen.items()})
    suggestion = survey_answers.suggestion.strip()[:LONGEST_SUGGESTION]
    return SurveyAnswers(answers=values, profile=profile, suggestion=suggestion)


def _make_filing(
    context: Context, mode: SurveyMode, service_id: int | None, day: str = ""
) -> survey.ResponseFiling:
    return survey.ResponseFiling(
        day=day or context.day, edition=questionnaire().edition, mode=mode, service_id=service_id
    )


def _store_answers(
    tx: Transaction, survey_answers: SurveyAnswers | None, filing: survey.ResponseFiling
) -> None:
    """Store the answers.

    A replay has none: they are restored from files next to the backup (docs/store.md, rule 12).
    """
    if survey_answers is not None:
        survey.add_responses(tx, [survey.NewResponse(answers=survey_answers, filing=filing)])


@handles(commands.FillSurvey, needs=Permission.FILL_SURVEY, answer=survey.token_of)
@named("survey fill", "Jawaban pengunjung NUMBER: --answer sarana=4, sekali untuk setiap unsur.")
def fill_survey(command: commands.FillSurvey, tx: Transaction, context: Context) -> NewEvent:
    """Write token and answers in one transaction, so that neither exists without the other."""
    if command.mode not in _BY_MACHINE:
        raise refuse(_("Survei ini tidak diisi di sini."))
    if command.mode is SurveyMode.ASSISTED:
        context.by.require(Permission.RUN_SURVEY)
    survey_answers = None if context.replay else _clean_answers(command.said, must_be_whole=True)
    visit = _require_visit(tx, context, command.ticket_id, command.visit_id)
    _store_answers(tx, survey_answers, _make_filing(context, command.mode, visit.service_id))
    _note_token(tx, context, visit, TokenState.FILLED)
    return NewEvent("survey.filled", "survey", visit.id)


@handles(commands.EnterPaperSurvey, needs=Permission.RUN_SURVEY, answer=survey.token_of)
@named("survey paper", "Masukkan formulir kertas; tanpa nomor ia milik siapa pun.")
def enter_paper_survey(command: commands.EnterPaperSurvey, tx: Transaction, context: Context) -> NewEvent:
    """Enter a survey that was filled in on paper.

    Without the id of a ticket or visit it belongs to no visit: the event's subject is then 0, and the answer
    is None.
    """
    survey_answers = None if context.replay else _clean_answers(command.said, must_be_whole=False)
    day = command.day.isoformat()
    if day > context.day:
        raise refuse(_("Tanggal survei itu belum tiba."), _("Tulis tanggal pada formulirnya."))
    visit = None
    if command.ticket_id is not None or command.visit_id is not None:
        visit = _require_visit(tx, context, command.ticket_id, command.visit_id)
        _note_token(tx, context, visit, TokenState.FILLED)
    service_id = command.service_id if visit is None else visit.service_id
    _store_answers(tx, survey_answers, _make_filing(context, SurveyMode.PAPER, service_id, day))
    return NewEvent("survey.paper", "survey", 0 if visit is None else visit.id)


@handles(commands.InviteSurvey, needs=Permission.RUN_SURVEY, answer=survey.token_of)
@named("survey invite", "Pengunjung NUMBER diarahkan mengisi survei.")
def invite_survey(command: commands.InviteSurvey, tx: Transaction, context: Context) -> NewEvent:
    visit = _require_visit(tx, context, command.ticket_id, command.visit_id)
    _note_token(tx, context, visit, TokenState.OPEN)
    return NewEvent("survey.invited", "survey", visit.id)


@handles(commands.ConfirmSurvey, needs=Permission.RUN_SURVEY, answer=survey.token_of)
@named("survey confirm", "Pengunjung NUMBER menunjukkan bahwa survei di luar sudah terisi.")
def confirm_survey(command: commands.ConfirmSurvey, tx: Transaction, context: Context) -> NewEvent:
    visit = _require_visit(tx, context, command.ticket_id, command.visit_id)
    _note_token(tx, context, visit, TokenState.CONFIRMED)
    return NewEvent("survey.confirmed", "survey", visit.id)


@handles(commands.RefuseSurvey, needs=Permission.RUN_SURVEY, answer=survey.token_of)
@named("survey refuse", "Pengunjung NUMBER menolak mengisi.")
def refuse_survey(command: commands.RefuseSurvey, tx: Transaction, context: Context) -> NewEvent:
    visit = _require_visit(tx, context, command.ticket_id, command.visit_id)
    _note_token(tx, context, visit, TokenState.REFUSED)
    return NewEvent("survey.refused", "survey", visit.id)


@handles(commands.ImportSurvey, needs=Permission.RUN_SURVEY, answer=answer_subject)
def import_survey(command: commands.ImportSurvey, tx: Transaction, context: Context) -> NewEvent:
    """Import answers from outside. The answer is how many were new."""
    known_digests = survey.known_rows(tx, command.rows)
    new_rows = [row for row in command.rows if row.digest not in known_digests]
    clean_answers = [_clean_answers(row.said, must_be_whole=False) for row in new_rows]  # or refused in words
    import_id = list_imports.begin(tx, LIST_NAME, command.batch, context.at, context.by.officer_id)
    list_imports.remember(tx, LIST_NAME, command.batch.remember)
    mode = SurveyMode.PAPER if command.paper else SurveyMode.OUTSIDE
    survey.remember_rows(tx, new_rows, import_id)
    responses = [
        survey.NewResponse(
            answers=answers,
            filing=_make_filing(context, mode, row.service_id, min(row.day.isoformat(), context.day)),
            seed=command.seed and f"{command.seed} {row.digest}",
        )
        for row, answers in zip(new_rows, clean_answers, strict=True)
    ]
    survey.add_responses(tx, responses, import_id)
    added = len(new_rows)
    list_imports.count_rows(tx, import_id, added, len(command.rows) - added)
    return NewEvent("survey.imported", "survey", added, {"rows": len(command.rows)})


@handles(commands.UndoSurveyImport, needs=Permission.RUN_SURVEY, answer=answer_subject)
def undo_survey_import(command: commands.UndoSurveyImport, tx: Transaction, context: Context) -> NewEvent:
    """Delete up to `UNDO_BATCH` answers of an import. The result is how many were deleted.

    If they are fewer than `UNDO_BATCH`, they were the last.
    """
    list_import = require_import(tx, command.import_id, LIST_NAME)
    deleted = survey.take_back(tx, list_import.id, UNDO_BATCH)
    if deleted < UNDO_BATCH:
        survey.forget_import(tx, list_import.id)
        list_imports.end_undo(tx, list_import.id, context.at, context.by.officer_id)
    return NewEvent("survey.import_undone", "survey", deleted, {"import": list_import.id})


def subject_fields(tx: Transaction, text: str, now: int) -> dict[str, int | None]:
    """Return whose survey it is by a number or code, as the field `ticket_id` or `visit_id` of a command.

    `text` is the number ("A012") or code of a ticket, or the number of a case or of an online request.

    Raises:
        UserError: nothing has that number.
    """
    ticket = lookup.find_ticket(tx, text, now)
    if ticket is not None:
        return {"ticket_id": ticket.id}
    case = require_found(
        cases.by_number(tx, text.strip().upper()),
        _("Nomor “{text}” tidak ditemukan.").format(text=text.strip()),
        _("Tulis nomor antrean hari ini, kode karcis, nomor permohonan, atau nomor daring."),
    )
    return {"visit_id": case.visit_id}
