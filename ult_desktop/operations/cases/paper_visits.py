"""The visit written on paper and typed in later: its rows have the paper's times, and say who typed it.

Every row is written by the operation that would have written it then, at the moment on the paper.
"""

from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Officer, Permission, have_permission, roles_from
from ult_desktop.core.cases import commands as case_commands, paper_visit, timeline_words
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.person import shared_fields
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.visit import Ending, VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.cases import answer_bank
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.accountability.deviations import record_deviations
from ult_desktop.operations.cases import cases, deliveries
from ult_desktop.operations.cases.case_acts import note_on_timeline
from ult_desktop.operations.cases.case_opening import CaseOpening, begin_case
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.procedures.step_marks import note_away
from ult_desktop.operations.visits.visits import begin_visit, regency_choices, sign_guest_book

Paper = paper_visit.EnterPaperVisit


class PaperOffer(msgspec.Struct, frozen=True, kw_only=True):
    """The choices when a paper is typed in. `officers` take requests in."""

    services: tuple[services.ServiceRow, ...]
    officers: tuple[Officer, ...]
    grounds: tuple[LegalBasis, ...]
    regencies: tuple[str, ...]


def paper_offer(tx: Transaction, _now: int) -> PaperOffer:
    return PaperOffer(
        services=services.active(tx),
        officers=tuple(
            officer
            for officer in officers.all_active(tx)
            if have_permission(roles_from(officer.roles), Permission.WORK_CASES)
        ),
        grounds=answer_bank.legal_bases(tx),
        regencies=regency_choices(office.load(tx).settings.office.province),
    )


@handles(Paper, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named(
    "visit from-paper", "Catat belakangan kunjungan NAME yang tertulis di kertas, dengan jam di kertas itu."
)
def enter_paper_visit(command: Paper, tx: Transaction, context: Context) -> NewEvent:
    """Type a visit in.

    Refused for a time that has not come, a day long past, or a paper that contradicts itself.
    """
    day = _require_times(command, context)
    _require_whole(command)
    # `then` is the context as it was at the moments on the paper; `context` is that of the typing.
    then = replace(context, at=command.began_at, day=day, by=_who_served(tx, command, context))
    visit_id = begin_visit(
        tx,
        then,
        VisitChannel.FACE_TO_FACE,
        service_id=command.service_id,
        in_force=procedures.in_force_at(tx, command.began_at),
    )
    visits.note_typed_from_paper(tx, visit_id, command.served_at, context.at, context.by.officer_id)
    line = SignGuestBook(visit_id=visit_id, **shared_fields(SignGuestBook, command))
    sign_guest_book(line, tx, then)
    if command.detail.strip():
        _enter_case(tx, command, visit_id, then, context)
    _end(tx, command, visit_id, then)
    data = {"day": day, "began_at": command.began_at, "served_by": then.by.officer_id}
    return NewEvent("visit.from_paper", "visit", visit_id, data)


def _require_times(command: Paper, context: Context) -> str:
    """Return the office's day on the paper. Raises UserError for times that cannot be."""
    zone = context.office.settings.office.zone
    times = [at for at in (command.began_at, command.served_at, command.ended_at) if at is not None]
    days = {office_day(at, zone) for at in times}
    oldest = date.fromisoformat(context.day) - timedelta(days=paper_visit.OLDEST_DAYS)
    if max(times) > context.at:
        raise refuse(_("Waktu di kertas itu belum tiba."), _("Periksa tanggal dan jamnya."))
    if times != sorted(times):
        raise refuse(
            _("Jam di kertas itu tidak berurutan."), _("Tulis jam datang, mulai dilayani, lalu selesai.")
        )
    if len(days) > 1:
        raise refuse(
            _("Satu kertas untuk satu hari."), _("Kosongkan jam selesai bila permohonannya berlanjut.")
        )
    if min(days) < oldest.isoformat():
        raise refuse(
            _("Masa itu sudah ditutup: kertas paling lama {n} hari.").format(n=paper_visit.OLDEST_DAYS),
            _("Simpan kertasnya di arsip; laporan masa itu sudah dipertanggungjawabkan."),
        )
    return min(days)


def _require_whole(command: Paper) -> None:
    asked, answered = bool(command.detail.strip()), bool(command.answer.strip())
    if not asked and (command.outcome is not None or answered):
        raise refuse(_("Permohonannya belum ditulis."), _("Salin permohonannya dari kertas."))
    if answered != (command.outcome is not None):
        raise refuse(_("Hasil dan jawaban ditulis bersama."), _("Isi keduanya, atau kosongkan keduanya."))
    if command.ended_at is None and (not asked or answered):
        raise refuse(_("Jam selesai belum ditulis."), _("Salin jam selesainya dari kertas."))


def _who_served(tx: Transaction, command: Paper, context: Context) -> Actor:
    """Return the officer who served: the one named on the paper, else the one who types.

    Raises UserError for one who could not have taken the request in.
    """
    by = context.by
    if command.served_by.strip():
        officer = lookup.require_login(tx, command.served_by.strip())
        roles = effective_roles(tx, officer.id, officer.roles, command.served_at)
        by = Actor(station=by.station, officer_id=officer.id, name=officer.name, roles=roles)
    if command.detail.strip():
        by.require(Permission.WORK_CASES)
    return by


def _enter_case(tx: Transaction, command: Paper, visit_id: int, then: Context, now: Context) -> None:
    """Write the case: opened when the serving began; answered, delivered and closed when it ended."""
    opening = CaseOpening(detail=command.detail, service_id=command.service_id)
    case_id = begin_case(tx, replace(then, at=command.served_at), visit_id, opening)
    note_on_timeline(tx, now, case_id, timeline_words.EntryKind.FROM_PAPER)
    if command.outcome is None or command.ended_at is None:
        return
    ended = replace(then, at=command.ended_at)
    outcome = case_commands.SetOutcome(
        case_id=case_id, outcome=command.outcome, ground=command.ground, sub_reason=command.sub_reason
    )
    cases.set_outcome(outcome, tx, ended)
    cases.give_answer(case_commands.GiveAnswer(case_id=case_id, answer=command.answer), tx, ended)
    delivery = case_commands.DeliverAnswer(
        case_id=case_id, way=DeliveryChannel.DIRECT, recipient=command.name.strip()
    )
    deliveries.deliver_answer(delivery, tx, ended)
    cases.close_case(case_commands.CloseCase(case_id=case_id), tx, ended)


def _end(tx: Transaction, command: Paper, visit_id: int, then: Context) -> None:
    """End the visit when the visitor left. If its case has no outcome, it stays open, the visitor away."""
    if command.ended_at is None:
        return
    ended = replace(then, at=command.ended_at)
    if command.detail.strip() and command.outcome is None:
        note_away(tx, ended, visit_id, _("Pengunjung pulang, dicatat di kertas"))
        return
    visits.end(tx, visit_id, command.ended_at, Ending.DONE, command.remark.strip())
    record_deviations(tx, ended, visit_id)
