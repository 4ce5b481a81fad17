"""The machine that tells how the share answers: every fact, from every state, after any time."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core import connection
from ult_desktop.core.connection import (
    BEAT_MS,
    GONE_MS,
    OUTAGE_AFTER,
    SHOWN_AFTER,
    Connection,
    LinkHealth,
    Trouble,
)
from ult_desktop.core.office_time import NEAR_MS

ONLINE, RECONNECTING, OFFLINE = Connection.ONLINE, Connection.RECONNECTING, Connection.OFFLINE
WELL = LinkHealth().after_write()
BARRED = WELL.after_refused_write()
AFTER = (SHOWN_AFTER - 0.01, SHOWN_AFTER, OUTAGE_AFTER - 0.01, OUTAGE_AFTER, 60.0, 3600.0)

TABLE: list[tuple[str, LinkHealth, Connection]] = [
    ("at the start", LinkHealth(), RECONNECTING),
    ("at the start, and the file does not open", LinkHealth().after_failed_write(), OFFLINE),
    ("at the start, and nothing answers", LinkHealth().with_silence(OUTAGE_AFTER), OFFLINE),
    ("opened", WELL, ONLINE),
    ("a moment without an answer", WELL.with_silence(AFTER[0]), ONLINE),
    ("so long that it is shown", WELL.with_silence(AFTER[1]), RECONNECTING),
    ("just before it is an outage", WELL.with_silence(AFTER[2]), RECONNECTING),
    ("an outage", WELL.with_silence(AFTER[3]), OFFLINE),
    ("a minute", WELL.with_silence(AFTER[4]), OFFLINE),
    ("an hour", WELL.with_silence(AFTER[5]), OFFLINE),
    ("an error", WELL.after_failed_write(), RECONNECTING),
    ("an error, then it is read", WELL.after_failed_write().after_read(), ONLINE),
    ("an error, then it is written", WELL.after_failed_write().after_write(), ONLINE),
    ("looking failed", WELL.after_failed_read(), RECONNECTING),
    ("it must not be written", BARRED, OFFLINE),
    ("it must not be written, though it is read", BARRED.after_read(), OFFLINE),
    ("it must not be written, and looking fails too", BARRED.after_failed_read().after_read(), OFFLINE),
    ("it must not be written, and writing fails otherwise", BARRED.after_failed_write(), RECONNECTING),
    ("it may be written again", BARRED.after_write(), ONLINE),
    ("owing", WELL.with_own_work(alone=False, owes=True), RECONNECTING),
    ("handed in", WELL.with_own_work(alone=False, owes=True).with_own_work(alone=False, owes=False), ONLINE),
    ("owing, in an outage", WELL.with_silence(9).with_own_work(alone=False, owes=True), OFFLINE),
    ("alone", WELL.with_own_work(alone=True, owes=False), ONLINE),
    (
        "alone, and cut off by a hang",
        WELL.with_silence(9).with_own_work(alone=True, owes=False),
        RECONNECTING,
    ),
    (
        "alone, and cut off by an error",
        WELL.after_failed_write().with_own_work(alone=True, owes=False),
        RECONNECTING,
    ),
    ("alone, and barred", BARRED.with_own_work(alone=True, owes=False), RECONNECTING),
]


@pytest.mark.parametrize(("line", "state"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_state(line: LinkHealth, state: Connection) -> None:
    assert line.connection is state


@pytest.mark.parametrize("gone_s", [1.0, 60.0, 3600.0])
def test_it_heals_by_itself_however_long_it_was_gone(gone_s: float) -> None:
    for gone in (
        WELL.with_silence(gone_s),
        WELL.after_failed_write().with_silence(gone_s),
        WELL.after_failed_read().with_silence(gone_s),
    ):
        assert gone.with_silence(0).after_read().connection is ONLINE


FACTS: list[Callable[[LinkHealth], LinkHealth]] = [
    LinkHealth.after_write,
    LinkHealth.after_read,
    LinkHealth.after_failed_write,
    LinkHealth.after_failed_read,
    LinkHealth.after_refused_write,
]
LINES = st.builds(
    LinkHealth,
    opened=st.booleans(),
    trouble=st.sampled_from(Trouble),
    silent_s=st.floats(0, 10_000),
    alone=st.booleans(),
    owes=st.booleans(),
)


@given(LINES, st.lists(st.sampled_from(FACTS)))
def test_a_writing_heals_whatever_was_before(
    line: LinkHealth, facts: list[Callable[[LinkHealth], LinkHealth]]
) -> None:
    for fact in facts:
        line = fact(line)
    line = line.after_write().with_silence(0)
    assert line.share is ONLINE
    assert not line.is_cut
    assert line.connection is (RECONNECTING if line.owes else ONLINE)


@given(LINES, st.floats(0, 10_000))
def test_longer_silence_is_never_better(line: LinkHealth, more_s: float) -> None:
    worse = list(Connection)
    assert worse.index(line.with_silence(line.silent_s + more_s).share) >= worse.index(line.share)


@given(LINES)
def test_only_a_writing_proves_that_it_may_be_written(line: LinkHealth) -> None:
    barred = line.after_refused_write()
    assert barred.after_read().trouble is barred.after_failed_read().trouble is Trouble.BARRED
    assert barred.is_cut


@given(LINES)
def test_who_can_go_on_alone_is_never_gone(line: LinkHealth) -> None:
    if line.alone:
        assert line.connection is not OFFLINE
    if line.connection is ONLINE:
        assert not line.is_cut
        assert not line.owes


@pytest.mark.parametrize(
    ("ago", "state"),
    [
        (-5000, ONLINE),
        (0, ONLINE),
        (2 * BEAT_MS - 1, ONLINE),
        (2 * BEAT_MS, RECONNECTING),
        (GONE_MS - 1, RECONNECTING),
        (GONE_MS, OFFLINE),
        (-NEAR_MS, ONLINE),
        (-NEAR_MS - 1, OFFLINE),
    ],
)
def test_how_a_station_stands_that_reported_itself(ago: int, state: Connection) -> None:
    assert connection.connection_of(ago) is state


def test_each_state_has_its_own_word() -> None:
    assert len({connection.connection_word(state) for state in Connection}) == 3
