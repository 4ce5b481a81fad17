"""The LAN hint on the loopback: heard by every station of the office, by nobody else, never lost."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from tests.ui.ports import free_port
from ult_desktop.devices.lan_hint import (
    LOOPBACK,
    MAGIC,
    NUMBER_BYTES,
    REPEATS_S,
    HintListener,
    HintSender,
    HintState,
    ListenerPace,
    hint_packet,
    listen_address,
)

OFFICE = "bpmp-kaltara"
PATIENCE = 60.0

STATION = """
import sys
from ult_desktop.devices.lan_hint import LOOPBACK, HintListener
office, port = sys.argv[1], int(sys.argv[2])
listener = HintListener(office, lambda: print("hint", flush=True), port, bind=LOOPBACK)
print(listener.state, flush=True)
sys.stdin.read()
listener.close()
"""


def hint(office: str = OFFICE) -> bytes:
    """A new one, as a sender makes it."""
    return hint_packet(office, os.urandom(NUMBER_BYTES))


class HintCounter:
    """Counts hints and lets a test wait for the n-th."""

    def __init__(self) -> None:
        self.count = 0
        self._change = threading.Condition()

    def __call__(self) -> None:
        with self._change:
            self.count += 1
            self._change.notify_all()

    def wait(self, count: int) -> bool:
        with self._change:
            return self._change.wait_for(lambda: self.count >= count, PATIENCE)


@pytest.fixture
def port() -> int:
    return free_port()


@contextmanager
def listening(
    port: int, on_hint: Callable[[], None], *, office: str = OFFICE, gap: float = 0.001
) -> Iterator[HintListener]:
    listener = HintListener(office, on_hint, port, bind=LOOPBACK, pace=ListenerPace(gap=gap, retry=0.01))
    try:
        yield listener
    finally:
        listener.close()


@contextmanager
def sending(port: int, *, office: str = OFFICE, gap: float = 0.001) -> Iterator[HintSender]:
    sender = HintSender(office, LOOPBACK, port, gap=gap)
    try:
        yield sender
    finally:
        sender.close()


@contextmanager
def raw_socket() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        yield out


def soon(fact: Callable[[], bool]) -> bool:
    """Wait for a fact that no event announces."""
    end = time.monotonic() + PATIENCE
    while not fact() and time.monotonic() < end:
        threading.Event().wait(0.002)
    return fact()


def at_most(started: float, *, gap: float) -> int:
    """How many wakes fit into the time since `started` when they keep their distance."""
    return int((time.monotonic() - started) / gap) + 1


def is_in(side: HintListener | HintSender, state: HintState) -> bool:
    return side.state is state


@contextmanager
def station(port: int, office: str = OFFICE) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", STATION, office, str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdin is not None
        try:
            yield process
        finally:
            process.stdin.close()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.not_on_wine("broadcast")
def test_every_station_on_one_pc_hears_a_hint_and_another_office_does_not(port: int) -> None:
    with ExitStack() as stack:
        stations = [stack.enter_context(station(port)) for _ in range(3)]
        stranger = stack.enter_context(station(port, "bpmp-kepri"))
        assert [line(each) for each in (*stations, stranger)] == ["ready"] * 4
        sender = stack.enter_context(sending(port))
        sender.send()
        assert [line(each) for each in stations] == ["hint"] * 3
        # The stranger hears its own office's hint first: ours did not wake it.
        stack.enter_context(sending(port, office="bpmp-kepri")).send()
        assert line(stranger) == "hint"
        assert stranger.stdin is not None
        stranger.stdin.close()
        assert line(stranger) == ""


@pytest.mark.not_on_wine("broadcast")
def test_hints_from_several_processes_all_arrive(port: int) -> None:
    script = """
import sys
from ult_desktop.devices.lan_hint import LOOPBACK, HintSender
sender = HintSender(sys.argv[1], LOOPBACK, int(sys.argv[2]))
for _ in sys.stdin:
    sender.send()
    print("asked", flush=True)
sender.close()
"""
    ear = HintCounter()
    with listening(port, ear), ExitStack() as stack:
        for round_number in range(3):
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", script, OFFICE, str(port)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                )
            )
            before = ear.count
            process.communicate("look\n", timeout=PATIENCE)
            assert ear.wait(before + 1), round_number


@pytest.mark.not_on_wine("broadcast")
def test_a_hint_wakes_quickly_without_waiting_for_the_gap(port: int) -> None:
    ear = HintCounter()
    with listening(port, ear, gap=60), sending(port, gap=60) as sender:
        sender.send()
        assert ear.wait(1)


@pytest.mark.not_on_wine("broadcast")
def test_a_burst_is_merged_but_its_last_hint_is_never_lost(port: int) -> None:
    changes = 0
    seen = []
    done = threading.Event()

    def look() -> None:
        seen.append(changes)
        if changes == 200:
            done.set()

    started = time.monotonic()
    with listening(port, look, gap=0.02), sending(port, gap=0.02) as sender:
        for change in range(1, 201):
            changes = change
            sender.send()
        assert done.wait(PATIENCE)
    assert len(seen) <= at_most(started, gap=0.02)


@pytest.mark.not_on_wine("broadcast")
def test_a_listener_merges_what_an_eager_sender_sends(port: int) -> None:
    ear = HintCounter()
    with listening(port, ear, gap=0.2), raw_socket() as out:
        started = time.monotonic()
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(1)
        for _ in range(50):
            out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(2)
        assert 2 <= ear.count <= at_most(started, gap=0.2)


@pytest.mark.not_on_wine("broadcast")
@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"look now",
        MAGIC,
        hint()[:-1],
        hint() + b"!",
        hint("another office"),
        MAGIC + b"\x02" + hint()[len(MAGIC) + 1 :],
        os.urandom(60_000),
    ],
    ids=["empty", "text", "magic", "short", "long", "other-office", "version-2", "huge"],
)
def test_junk_is_ignored(port: int, junk: bytes) -> None:
    ear = HintCounter()
    with listening(port, ear), raw_socket() as out:
        out.sendto(junk, (LOOPBACK, port))
        # One socket, one order: when the true hint was heard the junk had been read.
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(1)
    assert ear.count == 1


@pytest.mark.not_on_wine("broadcast")
def test_a_flood_of_junk_does_not_stop_hints(port: int) -> None:
    ear = HintCounter()
    stop = threading.Event()

    def flood() -> None:
        with raw_socket() as out:
            while not stop.wait(0.002):
                out.sendto(b"junk", (LOOPBACK, port))

    attacker = threading.Thread(target=flood)
    with listening(port, ear), sending(port) as sender:
        attacker.start()
        try:
            for count in range(1, 6):
                sender.send()
                assert ear.wait(count)
        finally:
            stop.set()
            attacker.join()


@pytest.mark.not_on_wine("broadcast")
def test_a_hint_behind_much_junk_is_heard(port: int) -> None:
    ear = HintCounter()
    with listening(port, ear, gap=0.1), raw_socket() as out:
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(1)
        for _ in range(150):
            out.sendto(b"junk", (LOOPBACK, port))
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(2)


def test_a_packet_carries_no_content() -> None:
    packet = hint()
    assert len(packet) == 16 + NUMBER_BYTES
    assert OFFICE.encode() not in packet
    assert packet[:16] == hint()[:16]


@contextmanager
def wire(port: int) -> Iterator[Callable[[], bytes]]:
    """Give a way to take the next datagram that was sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind((listen_address(LOOPBACK), port))
        ear.settimeout(PATIENCE)
        yield lambda: ear.recv(100)


@pytest.mark.not_on_wine("broadcast")
def test_a_hint_is_sent_three_times_and_heard_once(port: int) -> None:
    """A network may lose two of the three."""
    ear, began = HintCounter(), time.monotonic()
    with wire(port) as take, listening(port, ear), sending(port) as sender, raw_socket() as out:
        sender.send()
        assert len({take() for _time in range(3)}) == 1
        assert time.monotonic() - began >= sum(REPEATS_S)
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(2), "behind the repeats"
    assert ear.count == 2


@pytest.mark.not_on_wine("broadcast")
def test_a_new_hint_is_repeated_in_place_of_the_one_before(port: int) -> None:
    with wire(port) as take, sending(port) as sender:
        sender.send()
        first = take()
        sender.send()
        second = next(filter(lambda packet: packet != first, iter(take, None)))
        assert [take(), take()] == [second, second]


@pytest.mark.not_on_wine("broadcast")
def test_a_busy_port_is_a_state_and_heals_by_itself(port: int) -> None:
    ear = HintCounter()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as selfish:
        selfish.bind((LOOPBACK, port))
        listener = HintListener(OFFICE, ear, port, bind=LOOPBACK, pace=ListenerPace(gap=0.001, retry=0.005))
        assert is_in(listener, HintState.PORT_BUSY)
    assert soon(lambda: is_in(listener, HintState.READY))
    with sending(port) as sender:
        sender.send()
        assert ear.wait(1)
    listener.close()
    assert is_in(listener, HintState.CLOSED)


@pytest.mark.not_on_wine("foreign address")
def test_a_missing_network_is_a_state_for_the_listener(port: int) -> None:
    listener = HintListener(OFFICE, HintCounter(), port, bind="192.0.2.1")
    assert listener.state is HintState.NO_NETWORK
    listener.close()


def test_a_missing_network_is_a_state_for_the_sender() -> None:
    # No datagram can be sent to port 0.
    with sending(0) as sender:
        assert is_in(sender, HintState.READY)
        sender.send()
        assert soon(lambda: is_in(sender, HintState.NO_NETWORK))
    assert is_in(sender, HintState.CLOSED)


@pytest.mark.not_on_wine("broadcast")
def test_closing_sends_what_was_asked_for(port: int) -> None:
    ear = HintCounter()
    with listening(port, ear):
        sender = HintSender(OFFICE, LOOPBACK, port, gap=60)
        sender.send()
        assert ear.wait(1)
        sender.send()
        sender.close()
        assert ear.wait(2)


@pytest.mark.not_on_wine("broadcast")
def test_nothing_is_called_after_closing(port: int) -> None:
    ear = HintCounter()
    with listening(port, ear):
        pass
    with sending(port) as sender:
        sender.send()
    assert ear.count == 0


@pytest.mark.not_on_wine("broadcast")
@examples(20)
@given(
    st.lists(
        st.one_of(st.binary(max_size=40), st.binary(max_size=9).map(lambda tail: MAGIC + tail)), max_size=6
    )
)
def test_whatever_a_neighbour_sends_wakes_nobody_and_stops_nothing(port: int, datagrams: list[bytes]) -> None:
    ear = HintCounter()
    with listening(port, ear) as listener, raw_socket() as out:
        for datagram in datagrams:
            out.sendto(datagram, (LOOPBACK, port))
        out.sendto(hint(), (LOOPBACK, port))
        assert ear.wait(1)
        assert listener.state is HintState.READY
    assert ear.count == 1


@pytest.mark.parametrize(
    ("bind", "platform", "ear"),
    [(LOOPBACK, "linux", LOOPBACK), (LOOPBACK, "win32", "127.0.0.1"), ("", "win32", "")],
)
def test_where_windows_binds_no_broadcast_address(bind: str, platform: str, ear: str) -> None:
    assert listen_address(bind, platform) == ear
