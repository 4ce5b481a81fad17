"""What the pages about cases read: plain functions for the worker thread."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from ult_desktop.core.access.roles import Actor, Role, roles_from
from ult_desktop.core.cases.answer_bank import ComplaintClass, Faq, LegalBasis
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.case_views import CaseCard, CaseFilter, CaseRow
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.cases.case_views import case_card, case_list
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.unmasked_documents import store_file
from ult_desktop.operations.visits.documents import attach_command


class Colleague(msgspec.Struct, frozen=True):
    """Somebody to whom a case can be sent or given."""

    id: int
    name: str
    roles: frozenset[Role]


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what its forms offer to choose from."""

    card: CaseCard
    grounds: tuple[LegalBasis, ...]
    colleagues: tuple[Colleague, ...]
    unit_label: str


class CaseListing(msgspec.Struct, frozen=True):
    """The cases of a list, and whose work is the officer's own now (his and of whom he stands for)."""

    lines: tuple[CaseRow, ...]
    mine: frozenset[int]


def list_cases(wanted: CaseFilter, officer_id: int, office: Office) -> CaseListing:
    mine = frozenset(office.read(lambda tx: delegations.acting_ids(tx, officer_id, office.clock())))
    return CaseListing(office.read(lambda tx: case_list(tx, wanted)), mine)


def count_waiting(officer_id: int, office: Office) -> int:
    """The officer's own cases whose answer is ready to be told, or that are overdue."""
    now = office.clock()

    def look(tx: Transaction) -> tuple[CaseRow, ...]:
        return case_list(tx, CaseFilter(owner_ids=delegations.acting_ids(tx, officer_id, now)))

    return sum(line.state is CaseState.ANSWERED or line.is_overdue(now) for line in office.read(look))


def view_case(case_id: int, office: Office) -> CaseView | None:
    return office.read(lambda tx: case_view(tx, case_id))


def view_case_of_visit(visit_id: int, office: Office) -> CaseView | None:
    """The case of that coming; a coming for an earlier case shows that one."""

    def find(tx: Transaction) -> CaseView | None:
        case = cases.for_coming(tx, visit_id)
        return None if case is None else case_view(tx, case.id)

    return office.read(find)


def case_view(tx: Transaction, case_id: int) -> CaseView | None:
    card = case_card(tx, case_id)
    if card is None:
        return None
    return CaseView(
        card=card,
        grounds=answer_bank.legal_bases(tx),
        colleagues=colleagues(tx),
        unit_label=office_rows.load(tx).settings.cases.related_unit,
    )


def colleagues(tx: Transaction) -> tuple[Colleague, ...]:
    rows = officers.all_active(tx)
    return tuple(Colleague(row.id, row.name, roles_from(row.roles)) for row in rows)


def complaint_classes(office: Office) -> tuple[ComplaintClass, ...]:
    return office.read(answer_bank.complaint_classes)


def excluded_information(office: Office) -> tuple[LegalBasis, ...]:
    return office.read(answer_bank.legal_bases)


def search_answers(text: str, about: str, office: Office) -> tuple[Faq, ...]:
    """What was searched for; nothing typed, what could answer `about`, else the most used."""
    if text.strip():
        return office.read(lambda tx: answer_bank.search(tx, text))
    return office.read(lambda tx: answer_bank.suggest(tx, about)) or office.read(
        lambda tx: answer_bank.search(tx, "")
    )


def store_document(path: Path | None, visit_id: int, office: Office, actor: Actor) -> Sequence[int]:
    """Lay a file into the office's store; its id, or nothing when there is none to keep.

    Raises:
        UserError: it cannot be read, or is no document.
    """
    if path is None:
        return ()
    kept = store_file(path, office)
    return (office.perform(attach_command(kept, visit_id), actor).id,)
