"""Whatever bytes a disk, a stick or a stranger made of the office's files: words for a person, and nothing half."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from tests.office import make_office, open_office, sign_in
from ult_desktop.core import asks
from ult_desktop.core.roles import Actor
from ult_desktop.db import damage, services, store
from ult_desktop.errors import UserError
from ult_desktop.operations.office import Office

KIOSK = Actor(station="kios-1")


class Whole:
    """A small office in the middle of its day: its bytes, who serves there, and a service."""

    def __init__(self, content: bytes, officer: Actor, service: int) -> None:
        self.content = content
        self.filled = [place for place, byte in enumerate(content) if byte]
        self.officer, self.service = officer, service

    @override
    def __repr__(self) -> str:
        return "Whole(…)"


class Bench(NamedTuple):
    """The bytes, and a place for the broken file."""

    whole: Whole
    path: Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = make_office(tmp_path_factory.mktemp("utuh"))
    office = open_office(path)
    officer, service = sign_in(office), office.read(services.active)[0].id
    office.perform(asks.StaffCounter(counter=1), officer)
    for _number in range(3):
        office.perform(asks.IssueTicket(service_id=service), KIOSK)
    office.perform(asks.CallNext(counter=1), officer)
    office.close()
    return Whole(path.read_bytes(), officer, service)


@pytest.fixture
def bench(whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(store, "DAMAGE_PAUSE_S", 0.0)
    yield Bench(whole, tmp_path / "office.db")
    shutil.rmtree(tmp_path)


def flipped(whole: Whole, flips: list[tuple[int, int]]) -> bytes:
    broken = bytearray(whole.content)
    for place, bit in flips:
        broken[whole.filled[place % len(whole.filled)]] ^= 1 << bit
    return bytes(broken)


def quietly(act: Callable[[], object]) -> bool:
    """Done, or refused with words; anything else is what this test looks for."""
    try:
        act()
    except UserError as told:
        assert told.what
        return False
    return True


def work_on(office: Office, bench: Bench) -> None:
    for look in (office.kiosk_board, office.hall_board, office.verify):
        quietly(look)
    quietly(lambda: office.lobby_news(0))
    quietly(lambda: office.counter_board(1))
    for ask, by in (
        (asks.IssueTicket(service_id=bench.whole.service), KIOSK),
        (asks.Arrive(counter=1), bench.whole.officer),
        (asks.Finish(counter=1), bench.whole.officer),
    ):
        before, seq = bench.path.read_bytes(), []
        done = quietly(lambda ask=ask, by=by: office.perform(ask, by))  # type: ignore[misc]
        quietly(lambda seq=seq: seq.append(office.last_seq()))  # type: ignore[misc]
        assert done or bench.path.read_bytes() == before, "what was refused left no byte behind"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7)), min_size=1, max_size=12))
def test_bits_that_turned_over_are_told_and_nothing_is_half_done(
    bench: Bench, flips: list[tuple[int, int]]
) -> None:
    bench.path.write_bytes(flipped(bench.whole, flips))
    damage.clear_flag(bench.path)
    opened: list[Office] = []
    if quietly(lambda: opened.append(open_office(bench.path))):
        opened[0]._store._patience_s = 0.2
        work_on(opened[0], bench)
        opened[0].close()
    elif bench.path.read_bytes() != flipped(bench.whole, flips):
        pytest.fail("a file that does not open was written to")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.binary(max_size=40))
@example(0, b"")
def test_a_file_that_was_cut_off_or_goes_on_is_told(bench: Bench, length: int, tail: bytes) -> None:
    bench.path.write_bytes(bench.whole.content[: length % len(bench.whole.content)] + tail)
    damage.clear_flag(bench.path)
    opened: list[Office] = []
    if quietly(lambda: opened.append(open_office(bench.path))):
        work_on(opened[0], bench)
        opened[0].close()
