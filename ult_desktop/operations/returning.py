"""Visitors who were here before, found by name, or by a telephone number that nobody can read."""

from ult_desktop.core.guest_book import Returning
from ult_desktop.core.personal_asks import IndexPhones
from ult_desktop.core.roles import Actor
from ult_desktop.core.sealing import Keyring, Unopened
from ult_desktop.core.subjects import SubjectVisit
from ult_desktop.db import guests, personal, subjects
from ult_desktop.db.earlier_visits import EarlierVisit, earlier_visits
from ult_desktop.db.failures import Outage, Stopped
from ult_desktop.operations.door import index_of
from ult_desktop.operations.office import Office
from ult_desktop.operations.today import today_of

NO_NUMBER = "-"


def returning(office: Office, text: str) -> tuple[Returning, ...]:
    """Who was here before: by the beginning of the name, or by the whole telephone number."""
    fill_indexes(office)
    index = index_of(text, office.keyring)
    day = today_of(office)
    return office.read(lambda tx: guests.returning(tx, text, day, index))


def of_subject(office: Office, text: str) -> tuple[SubjectVisit, ...]:
    """Visits of somebody who asks for his data: by name, whole telephone number, or a case's number."""
    fill_indexes(office)
    index = index_of(text, office.keyring)
    return office.read(lambda tx: subjects.search(tx, text, index))


def earlier(office: Office, visit_id: int) -> tuple[EarlierVisit, ...]:
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
        except (Outage, Stopped):
            return


def _index(keyring: Keyring, number: str) -> str:
    """What no key opens is found by nobody."""
    try:
        return index_of(keyring.open(number), keyring) or NO_NUMBER
    except Unopened:
        return NO_NUMBER
