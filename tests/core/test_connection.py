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
WELL = LinkHealth().answered()
BARRED = WELL.barred()
AFTER = (SHOWN_AFTER - 0.01, SHOWN_AFTER, OUTAGE_AFTER - 0.01, OUTAGE_AFTER, 60.0, 3600.0)

TABLE: list[tuple[str, LinkHealth, Connection]] = [
    ("at the start", LinkHealth(), RECONNECTING),
    ("at the start, and the file does not open", LinkHealth().failed(), OFFLINE),
    ("at the start, and nothing answers", LinkHealth().waits(OUTAGE_AFTER), OFFLINE),
    ("opened", WELL, ONLINE),
    ("a moment without an answer", WELL.waits(AFTER[0]), ONLINE),
    ("so long that it is shown", WELL.waits(AFTER[1]), RECONNECTING),
    ("just before it is an outage", WELL.waits(AFTER[2]), RECONNECTING),
    ("an outage", WELL.waits(AFTER[3]), OFFLINE),
    ("a minute", WELL.waits(AFTER[4]), OFFLINE),
    ("an hour", WELL.waits(AFTER[5]), OFFLINE),
    ("an error", WELL.failed(), RECONNECTING),
    ("an error, then it is read", WELL.failed().seen(), ONLINE),
    ("an error, then it is written", WELL.failed().answered(), ONLINE),
    ("looking failed", WELL.lost(), RECONNECTING),
    ("it must not be written", BARRED, OFFLINE),
    ("it must not be written, though it is read", BARRED.seen(), OFFLINE),
    ("it must not be written, and looking fails too", BARRED.lost().seen(), OFFLINE),
    ("it must not be written, and writing fails otherwise", BARRED.failed(), RECONNECTING),
    ("it may be written again", BARRED.answered(), ONLINE),
    ("owing", WELL.stands(alone=False, owes=True), RECONNECTING),
    ("handed in", WELL.stands(alone=False, owes=True).stands(alone=False, owes=False), ONLINE),
    ("owing, in an outage", WELL.waits(9).stands(alone=False, owes=True), OFFLINE),
    ("alone", WELL.stands(alone=True, owes=False), ONLINE),
    ("alone, and cut off by a hang", WELL.waits(9).stands(alone=True, owes=False), RECONNECTING),
    ("alone, and cut off by an error", WELL.failed().stands(alone=True, owes=False), RECONNECTING),
    ("alone, and barred", BARRED.stands(alone=True, owes=False), RECONNECTING),
]


@pytest.mark.parametrize(("line", "state"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_state(line: LinkHealth, state: Connection) -> None:
    assert line.connection is state


@pytest.mark.parametrize("gone_s", [1.0, 60.0, 3600.0])
def test_it_heals_by_itself_however_long_it_was_gone(gone_s: float) -> None:
    for gone in (WELL.waits(gone_s), WELL.failed().waits(gone_s), WELL.lost().waits(gone_s)):
        assert gone.waits(0).seen().connection is ONLINE


FACTS: list[Callable[[LinkHealth], LinkHealth]] = [
    LinkHealth.answered,
    LinkHealth.seen,
    LinkHealth.failed,
    LinkHealth.lost,
    LinkHealth.barred,
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
    line = line.answered().waits(0)
    assert line.share is ONLINE
    assert not line.is_cut
    assert line.connection is (RECONNECTING if line.owes else ONLINE)


@given(LINES, st.floats(0, 10_000))
def test_longer_silence_is_never_better(line: LinkHealth, more_s: float) -> None:
    worse = list(Connection)
    assert worse.index(line.waits(line.silent_s + more_s).share) >= worse.index(line.share)


@given(LINES)
def test_only_a_writing_proves_that_it_may_be_written(line: LinkHealth) -> None:
    barred = line.barred()
    assert barred.seen().trouble is barred.lost().trouble is Trouble.BARRED
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
