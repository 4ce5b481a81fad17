"""Whose survey it is: what people name, a ticket, a case or a request from afar."""

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.db.cases import cases
from ult_desktop.db.online import online_requests
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import find_ticket, refuse


class SurveySubject(msgspec.Struct, frozen=True, kw_only=True):
    """Exactly one of the two ids that the survey's asks take."""

    ticket_id: int | None = None
    visit_id: int | None = None

    @property
    def named(self) -> dict[str, int | None]:
        return {"ticket_id": self.ticket_id, "visit_id": self.visit_id}


def survey_subject(tx: Transaction, text: str, now: int) -> SurveySubject:
    """By number ("A012") or code of a ticket, by the number of a case or of an online request.

    Raises:
        UserError: nothing has that number.
    """
    ticket = find_ticket(tx, text, now)
    if ticket is not None:
        return SurveySubject(ticket_id=ticket.id)
    plain = text.strip().upper()
    case = cases.by_number(tx, plain)
    request = online_requests.by_number(tx, plain)
    visit_id = case.visit_id if case is not None else request.visit_id if request is not None else None
    if visit_id is None:
        raise refuse(
            _("Nomor “{text}” tidak ditemukan.").format(text=text.strip()),
            _("Tulis nomor antrean hari ini, kode karcis, nomor permohonan, atau nomor daring."),
        )
    return SurveySubject(visit_id=visit_id)
