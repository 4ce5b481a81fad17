"""What the pages about cases read: plain functions for the worker thread."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from ult_desktop.core.answer_bank import ComplaintClass, Faq, Ground
from ult_desktop.core.case import CaseState
from ult_desktop.core.case_views import CaseCard, CaseFilter, CaseLine
from ult_desktop.core.roles import Actor, Role, roles_from
from ult_desktop.db import case_lists, cases, delegations, faq, officers
from ult_desktop.db import office as office_rows
from ult_desktop.db.case_views import case_card, case_list
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations.documents import attach
from ult_desktop.operations.in_clear import laid_in
from ult_desktop.operations.office import Office


class Colleague(msgspec.Struct, frozen=True):
    """Somebody to whom a case can be sent or given."""

    id: int
    name: str
    roles: frozenset[Role]


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what its forms offer to choose from."""

    card: CaseCard
    grounds: tuple[Ground, ...]
    colleagues: tuple[Colleague, ...]
    unit_label: str


class CaseListing(msgspec.Struct, frozen=True):
    """The cases of a list, and whose work is the officer's own now (his and of whom he stands for)."""

    lines: tuple[CaseLine, ...]
    mine: frozenset[int]


def list_cases(wanted: CaseFilter, officer_id: int, office: Office) -> CaseListing:
    mine = frozenset(office.read(lambda tx: delegations.acting_ids(tx, officer_id, office.clock())))
    return CaseListing(office.read(lambda tx: case_list(tx, wanted)), mine)


def count_waiting(officer_id: int, office: Office) -> int:
    """The officer's own cases whose answer is ready to be told, or that are overdue."""
    now = office.clock()

    def look(tx: Transaction) -> tuple[CaseLine, ...]:
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
        grounds=case_lists.grounds(tx),
        colleagues=colleagues(tx),
        unit_label=office_rows.load(tx).settings.cases.related_unit,
    )


def colleagues(tx: Transaction) -> tuple[Colleague, ...]:
    rows = officers.all_active(tx)
    return tuple(Colleague(row.id, row.name, roles_from(row.roles)) for row in rows)


def complaint_classes(office: Office) -> tuple[ComplaintClass, ...]:
    return office.read(case_lists.complaint_classes)


def excluded_information(office: Office) -> tuple[Ground, ...]:
    return office.read(case_lists.grounds)


def search_answers(text: str, about: str, office: Office) -> tuple[Faq, ...]:
    """What was searched for; nothing typed, what could answer `about`, else the most used."""
    if text.strip():
        return office.read(lambda tx: faq.search(tx, text))
    return office.read(lambda tx: faq.suggest(tx, about)) or office.read(lambda tx: faq.search(tx, ""))


def keep_file(path: Path | None, visit_id: int, office: Office, actor: Actor) -> Sequence[int]:
    """Lay a file into the office's store; its id, or nothing when there is none to keep.

    Raises:
        UserError: it cannot be read, or is no document.
    """
    if path is None:
        return ()
    kept = laid_in(path, office)
    return (office.perform(attach(kept, visit_id), actor).id,)
