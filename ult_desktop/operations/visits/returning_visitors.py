"""Visitors who were here before, found by name, or by a telephone number that nobody can read."""

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.access.sealing import Keyring, UnsealError
from ult_desktop.core.privacy.commands import IndexPhones
from ult_desktop.core.privacy.subjects import SubjectVisit
from ult_desktop.core.visits.guest_book import Returning
from ult_desktop.db.privacy import personal, subjects
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.visits import guests
from ult_desktop.db.visits.visits import EarlierVisit, earlier_visits
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.sealing import phone_index_of

NO_NUMBER = "-"


def find_returning(office: Office, text: str) -> tuple[Returning, ...]:
    """Who was here before: by the beginning of the name, or by the whole telephone number."""
    fill_indexes(office)
    index = phone_index_of(text, office.keyring)
    day = today_of(office)
    return office.read(lambda tx: guests.returning(tx, text, day, index))


def find_subject_visits(office: Office, text: str) -> tuple[SubjectVisit, ...]:
    """Visits of somebody who asks for his data: by name, whole telephone number, or a case's number."""
    fill_indexes(office)
    index = phone_index_of(text, office.keyring)
    return office.read(lambda tx: subjects.search(tx, text, index))


def find_earlier(office: Office, visit_id: int) -> tuple[EarlierVisit, ...]:
    """The earlier comings of a visit's guest."""
    fill_indexes(office)
    return office.read(lambda tx: earlier_visits(tx, visit_id))


def fill_indexes(office: Office) -> None:
    """Index what came in without the key (kiosk, imported list), where this station has it.

    While nothing can be written, what has an index already is found all the same.
    """
    while office.keyring is not None:
        waiting = office.read(personal.numbers_without_index)
        indexes = tuple((visit_id, _index(office.keyring, number)) for visit_id, number in waiting)
        if not indexes:
            return
        try:
            office.perform(IndexPhones(indexes=indexes), Actor(station=office.station))
        except (ShareUnreachable, WritesBlocked):
            return


def _index(keyring: Keyring, number: str) -> str:
    """What no key opens is found by nobody."""
    try:
        return phone_index_of(keyring.open(number), keyring) or NO_NUMBER
    except UnsealError:
        return NO_NUMBER
