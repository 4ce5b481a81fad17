"""Turns as rows: from the first call to how it ended, with clocks that differ a little."""

import pytest

from tests.db.rows import DAY, add_ticket, begin_turn
from ult_desktop.core.office.template import LONGEST_RUN
from ult_desktop.core.queue.waits import RECENT_SERVINGS
from ult_desktop.db.queue import servings
from ult_desktop.db.queue.servings import RECENT_SPAN_MS, Serving
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction


def call(store: Store, number: int, *, at: int = 1_000, counter: int = 1, officer: int | None = 1) -> Serving:
    def do(tx: Transaction) -> Serving:
        ticket_id = add_ticket(tx, number)
        begin_turn(tx, ticket_id, at=at, counter=counter, officer=officer)
        serving = servings.open_of_ticket(tx, ticket_id)
        assert serving is not None
        return serving

    return store.write(do)


def at_counter(store: Store, counter: int = 1) -> Serving | None:
    return store.read(lambda tx: servings.open_at_counter(tx, counter))


def finish(store: Store, serving: Serving, arrived: int, ended: int) -> None:
    store.write(lambda tx: servings.arrive(tx, serving, arrived))
    current = at_counter(store, serving.counter)
    assert current is not None
    store.write(lambda tx: servings.end(tx, current, ended, "done"))


def test_a_turn_from_call_to_end(store: Store) -> None:
    serving = call(store, 1)
    assert (serving.calls, serving.called_at, serving.outcome) == (1, 1_000, None)
    assert at_counter(store) == serving
    assert store.read(lambda tx: servings.served_by(tx, 1)) is None
    store.write(lambda tx: servings.recall(tx, serving.id, 1_500))
    store.write(lambda tx: servings.arrive(tx, serving, 2_000))
    served = store.read(lambda tx: servings.served_by(tx, 1))
    assert served is not None
    assert (served.id, served.calls, served.arrived_at) == (serving.id, 2, 2_000)
    store.write(lambda tx: servings.end(tx, served, 3_000, "done"))
    assert at_counter(store) is None
    assert store.read(lambda tx: servings.open_of_ticket(tx, serving.ticket_id)) is None
    latest = store.read(lambda tx: next(iter(servings.ended_at_counter(tx, DAY, 1)), None))
    assert latest is not None
    assert (latest.ended_at, latest.outcome) == (3_000, "done")
    store.write(lambda tx: servings.reopen(tx, serving.id))
    assert at_counter(store) == served


def test_nobody_arrives_before_the_call_or_leaves_before_arriving(store: Store) -> None:
    serving = call(store, 1, at=1_000)
    finish(store, serving, arrived=900, ended=950)
    latest = store.read(lambda tx: next(iter(servings.ended_at_counter(tx, DAY, 1)), None))
    assert latest is not None
    assert (latest.arrived_at, latest.ended_at) == (1_000, 1_000)
    missed = call(store, 2, at=2_000)
    store.write(lambda tx: servings.end(tx, missed, 1_500, "no_show"))
    latest = store.read(lambda tx: next(iter(servings.ended_at_counter(tx, DAY, 1)), None))
    assert latest is not None
    assert (latest.ended_at, latest.outcome) == (2_000, "no_show")


def test_recent_kinds_are_todays_newest_first_and_reach_past_the_longest_run(store: Store) -> None:
    assert store.read(lambda tx: servings.recent_priorities(tx, DAY, 1)) == []
    for number in range(1, LONGEST_RUN + 5):
        serving = call(store, number, at=number)
        if number == 5:
            store.write(lambda tx, id_=serving.id: tx.run("UPDATE turn SET priority = 1 WHERE id = ?", id_))  # type: ignore[misc]
        store.write(lambda tx, serving=serving: servings.end(tx, serving, 99, "no_show"))  # type: ignore[misc]
    kinds = store.read(lambda tx: servings.recent_priorities(tx, DAY, 1))
    assert len(kinds) == LONGEST_RUN + 1 > LONGEST_RUN
    assert [place for place, kind in enumerate(kinds) if kind] == [LONGEST_RUN - 1]
    assert store.read(lambda tx: servings.recent_priorities(tx, "2026-11-24", 1)) == []
    assert store.read(lambda tx: servings.recent_priorities(tx, DAY, 2)) == []


@pytest.mark.slow
def test_what_is_learned_from_are_the_latest_turns_of_the_last_month(store: Store) -> None:
    for number in range(1, RECENT_SERVINGS + 3):
        finish(store, call(store, number, at=number), arrived=number, ended=number + 5)
    open_turn = call(store, 999, at=500)
    turns = store.read(lambda tx: servings.recent_servings(tx, 1_000))
    assert [turn.called_at for turn in turns] == list(range(4, RECENT_SERVINGS + 3))
    assert {turn.ended_at - turn.called_at for turn in turns} == {5}
    store.write(lambda tx: servings.end(tx, open_turn, 600, "cancelled"))
    assert store.read(lambda tx: servings.recent_servings(tx, 1_000)) == turns
    month_later = RECENT_SPAN_MS + RECENT_SERVINGS
    assert [turn.called_at for turn in store.read(lambda tx: servings.recent_servings(tx, month_later))] == [
        *range(RECENT_SERVINGS - 4, RECENT_SERVINGS + 3)
    ]
