"""The search for visitors who were here before, by name or by telephone number.

The office file holds telephone numbers sealed. A number is found by its blind index: a keyed hash.
"""

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

NO_NUMBER = "-"  # the index of a telephone number that no key opens
T = TypeVar("T")


def find_returning(office: Office, text: str) -> tuple[ReturningVisitor, ...]:
    """Return visitors who were here before, by the name's beginning or by the whole telephone number."""
    return query_by_phone(
        office,
        text,
        lambda tx, index: guests.find_returning(tx, text, lookup.today(tx, office.clock()), index),
    )


def find_subject_visits(office: Office, text: str) -> tuple[privacy_subjects.SubjectVisit, ...]:
    """Return the visits of a person who asks for their data, by name, telephone number or case number."""
    return query_by_phone(office, text, lambda tx, index: subjects.search(tx, text, index))


def find_cases(office: Office, wanted: CaseFilter) -> tuple[CaseRow, ...]:
    """Return the cases that a filter asks for, by the whole telephone number of their guest too."""
    return query_by_phone(
        office,
        wanted.text,
        lambda tx, index: case_list(tx, msgspec.structs.replace(wanted, phone_index=index)),
    )


def query_by_phone(office: Office, text: str, query: Callable[[Transaction, str], T]) -> T:
    """Return the answer of `query`, called with the blind index of `text`, or "" if that is no number."""
    index = sealing.phone_index_of(text, office.keyring)
    return _read_with_indexes(office, lambda tx: query(tx, index))


def find_earlier(office: Office, visit_id: int) -> tuple[visits.EarlierVisit, ...]:
    """Return the earlier visits of a visit's guest."""
    return _read_with_indexes(office, lambda tx: visits.earlier_visits(tx, visit_id))


def _read_with_indexes(office: Office, query: Callable[[Transaction], T]) -> T:
    """Give every telephone number its blind index, then return the answer of `query`.

    A station without the key (a kiosk, an import) writes numbers without an index; a station with the key
    adds the indexes here. If this station has no key or can write nothing, the answer lacks the visitors with
    those numbers.
    """
    while True:
        # One snapshot for both: otherwise a number that comes between the two would be missed.
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
        # Written as an index, it keeps each later search from trying the same number again.
        return NO_NUMBER
