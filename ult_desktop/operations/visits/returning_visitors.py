"""The visitors who were here before, found by name, or by a telephone number that nobody can read."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.access.sealing import Keyring, UnsealError
from ult_desktop.core.cases.case_views import CaseFilter, CaseRow
from ult_desktop.core.privacy import commands, subjects as privacy_subjects
from ult_desktop.core.visits.guest_book import ReturningVisitor
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.privacy import personal, subjects
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests, visits
from ult_desktop.operations import lookup, sealing
from ult_desktop.operations.office.office import Office

NO_NUMBER = "-"  # stands for the index of a telephone number that cannot be read
T = TypeVar("T")


def find_returning(office: Office, text: str) -> tuple[ReturningVisitor, ...]:
    """Return visitors who were here before, by the name's beginning or by the whole telephone number."""
    return query_by_phone(
        office,
        text,
        lambda tx, index: guests.find_returning(tx, text, lookup.today(tx, office.clock()), index),
    )


def find_subject_visits(office: Office, text: str) -> tuple[privacy_subjects.SubjectVisit, ...]:
    """Return the visits of a person who asks for their data.

    They are found by name, whole telephone number, or a case's number.
    """
    return query_by_phone(office, text, lambda tx, index: subjects.search(tx, text, index))


def find_cases(office: Office, wanted: CaseFilter) -> tuple[CaseRow, ...]:
    """Return the cases that a filter asks for, by the whole telephone number of their guest too."""
    return query_by_phone(
        office,
        wanted.text,
        lambda tx, index: case_list(tx, msgspec.structs.replace(wanted, phone_index=index)),
    )


def query_by_phone(office: Office, text: str, query: Callable[[Transaction, str], T]) -> T:
    """Return the answer of `query`, which gets the blind index of `text`, or "" if that is no number."""
    index = sealing.phone_index_of(text, office.keyring)
    return _read_with_indexes(office, lambda tx: query(tx, index))


def find_earlier(office: Office, visit_id: int) -> tuple[visits.EarlierVisit, ...]:
    """Return the earlier comings of a visit's guest."""
    return _read_with_indexes(office, lambda tx: visits.earlier_visits(tx, visit_id))


def _read_with_indexes(office: Office, query: Callable[[Transaction], T]) -> T:
    """Return the answer of `query` when every telephone number has its blind index.

    A station without the key (a kiosk, an import) writes numbers without an index; a station with the key
    adds the indexes here. If it has no key or can write nothing, the answer lacks those numbers' visitors.
    """
    while True:
        # Both are read from one snapshot: otherwise a number that comes in between would be missed.
        unindexed, answer = office.read(lambda tx: (personal.numbers_without_index(tx), query(tx)))
        if office.keyring is None or not unindexed:
            return answer
        indexes = tuple((visit_id, _index(office.keyring, number)) for visit_id, number in unindexed)
        try:
            office.perform(commands.IndexPhones(indexes=indexes), Actor(station=office.station))
        except (ShareUnreachable, WritesBlocked):
            return answer


def _index(keyring: Keyring, number: str) -> str:
    """Return a number's index, or `NO_NUMBER` for a number that no key opens."""
    try:
        return sealing.phone_index_of(keyring.open(number), keyring) or NO_NUMBER
    except UnsealError:
        # The mark keeps each later search from trying the same text again.
        return NO_NUMBER
