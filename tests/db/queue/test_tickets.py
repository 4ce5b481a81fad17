"""Tickets as rows: numbers, order, claims, places, and the end of a day."""

import sqlite3
from itertools import pairwise

import pytest

from tests.db.rows import DAY, add_ticket, begin_turn
from ult_desktop.core.queue.ticket import PaperState, QueuePosition, TicketState
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

YESTERDAY = "2026-11-22"


def test_a_ticket_is_found_by_id_code_and_number(store: Store) -> None:
    number = store.write(lambda tx: add_ticket(tx, 7, at=5))
    ticket = store.read(lambda tx: tickets.get(tx, number))
    assert (ticket.label, ticket.state, ticket.queued_at, ticket.calls) == ("A007", TicketState.WAITING, 5, 0)
    assert store.read(lambda tx: tickets.find(tx, number)) == ticket
    assert store.read(lambda tx: tickets.by_code(tx, ticket.code)) == ticket
    assert store.read(lambda tx: tickets.by_number(tx, DAY, "A", 7)) == ticket
    assert store.read(lambda tx: tickets.find(tx, 99)) is None
    assert store.read(lambda tx: tickets.by_number(tx, YESTERDAY, "A", 7)) is None


def test_a_number_is_given_once_a_day_and_series(store: Store) -> None:
    store.write(lambda tx: add_ticket(tx, 1))
    with pytest.raises(sqlite3.IntegrityError, match=r"(?i)unique"):
        store.write(lambda tx: add_ticket(tx, 1))
    store.write(lambda tx: add_ticket(tx, 1, day=YESTERDAY))


def test_the_last_of_a_series_is_the_days_own(store: Store) -> None:
    assert store.read(lambda tx: tickets.latest_number(tx, DAY, "A")) == tickets.LatestNumber()
    store.write(lambda tx: [add_ticket(tx, n) for n in (1, 2, 12)])
    store.write(lambda tx: add_ticket(tx, 99, day=YESTERDAY))
    assert store.read(lambda tx: tickets.latest_number(tx, DAY, "A")) == tickets.LatestNumber(12, 12)
    assert store.read(lambda tx: tickets.latest_number(tx, DAY, "B")) == tickets.LatestNumber()


def test_a_waiting_ticket_is_claimed_once(store: Store) -> None:
    number = store.write(lambda tx: add_ticket(tx, 1))
    assert store.write(lambda tx: tickets.claim(tx, number))
    assert not store.write(lambda tx: tickets.claim(tx, number))


def test_the_list_and_the_rule_agree_on_the_order(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number in range(1, 6):
            add_ticket(tx, number, at=10 * (number % 3))
        tickets.set_state(tx, 3, TicketState.HELD)
        tickets.requeue(tx, 3, 10, QueuePosition.RETURNED)

    store.write(fill)
    shown = [t.id for t in store.read(lambda tx: tickets.in_state(tx, DAY, TicketState.WAITING))]
    room = sorted(store.read(lambda tx: tickets.waiting(tx, DAY)), key=lambda t: t.key)
    assert shown == [t.id for t in room] == [1, 4, 3, 2, 5]
    assert all(earlier.key < later.key for earlier, later in pairwise(room))


def test_put_back_forgets_the_turn_and_send_on_keeps_the_place(store: Store) -> None:
    def call(tx: Transaction) -> None:
        add_ticket(tx, 1, at=5)
        begin_turn(tx, 1)

    store.write(call)
    assert store.read(lambda tx: tickets.get(tx, 1)).counter == 1
    to = tickets.Destination(service_id=2, target_counter=3)
    store.write(lambda tx: tickets.transfer(tx, 1, to, 1, "berkas lengkap"))
    sent = store.read(lambda tx: tickets.get(tx, 1))
    assert (sent.service_id, sent.target_counter, sent.sender_counter) == (2, 3, 1)
    assert (sent.place, sent.queued_at, sent.remark) == (QueuePosition.TRANSFERRED, 5, "berkas lengkap")
    assert (sent.counter, sent.called_at) == (None, None)


def test_a_remark_stays_until_there_is_a_new_one(store: Store) -> None:
    store.write(lambda tx: add_ticket(tx, 1))
    store.write(lambda tx: tickets.set_state(tx, 1, TicketState.HELD, "fotokopi"))
    store.write(lambda tx: tickets.set_state(tx, 1, TicketState.WAITING))
    assert store.read(lambda tx: tickets.get(tx, 1)).remark == "fotokopi"


def test_paper(store: Store) -> None:
    store.write(lambda tx: add_ticket(tx, 1))
    store.write(lambda tx: tickets.set_paper(tx, 1, PaperState.FAILED))
    assert store.read(lambda tx: tickets.get(tx, 1)).paper is PaperState.FAILED


def test_a_quota_counts_what_was_not_cancelled(store: Store) -> None:
    store.write(lambda tx: [add_ticket(tx, n) for n in (1, 2, 3)])
    store.write(lambda tx: tickets.set_state(tx, 1, TicketState.CANCELLED))
    store.write(lambda tx: add_ticket(tx, 9, day=YESTERDAY))
    assert store.read(lambda tx: tickets.issued_for(tx, DAY, 1)) == 2


def test_the_end_of_a_day_closes_what_is_open(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number, state in enumerate(TicketState, 1):
            add_ticket(tx, number, day=YESTERDAY)
            tickets.set_state(tx, number, state)
        add_ticket(tx, 50)

    store.write(fill)
    left = store.read(lambda tx: tickets.open_before(tx, DAY))
    assert left == [1, 2, 3, 4]
    assert store.read(tickets.all_open) == [*left, 8]
    store.write(lambda tx: tickets.close_all(tx, left, "Hari berganti"))
    states = [store.read(lambda tx, n=n: tickets.get(tx, n)).state for n in left]  # type: ignore[misc]
    cancelled = TicketState.CANCELLED
    assert states == [cancelled, cancelled, TicketState.DONE, cancelled]
    assert store.read(lambda tx: tickets.get(tx, 1)).remark == "Hari berganti"
    assert store.read(lambda tx: tickets.open_before(tx, DAY)) == []
