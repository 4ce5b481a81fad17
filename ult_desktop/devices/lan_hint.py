"""The LAN hint: a UDP broadcast that says "look now" and nothing else.

A station that hears it reads the shared file sooner than its poll would; a lost or forged hint changes only
when the station looks. Sender and listener merge hints that come too fast, and always send or look once more
after the last of them. A network drops datagrams, so each hint is sent three times with a random number, by
which a listener knows the repeats.
"""

import contextlib
import errno
import os
import select
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ult_desktop.base.config import SyncConfig
from ult_desktop.base.digests import blake2b

MAGIC: Final = b"ULTHINT"
VERSION: Final = 1
DEFAULT_PORT: Final = SyncConfig().hint_port
EVERYONE: Final = "255.255.255.255"
# Not 127.0.0.1: a datagram to one address reaches one socket of those that share the port, a broadcast
# reaches all.
LOOPBACK: Final = "127.255.255.255"
"""The loopback's own broadcast address: every station on this PC hears it, nobody else."""

_GAP_S: Final = 0.02
REPEATS_S: Final = (0.05, 0.1)
"""Seconds from a broadcast to its repeat, and from that to the next one."""
NUMBER_BYTES: Final = 8
_HEARD_AT_MOST: Final = 64  # numbers that are remembered; a repeat comes within a few
_RETRY_S: Final = 5.0
_DRAIN_AT_MOST: Final = 128  # datagrams that are read in one go
_LARGEST_DATAGRAM: Final = 65536
# Windows answers "access denied" where another program holds the port for itself alone.
_BUSY: Final = (errno.EADDRINUSE, errno.EACCES)


class HintState(StrEnum):
    """The state of the hint; every state but READY means: the poll alone finds changes."""

    READY = "ready"
    PORT_BUSY = "port_busy"
    NO_NETWORK = "no_network"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ListenerPace:
    """The pace of a listener.

    Args:
        gap: seconds between two calls of `on_hint`; hints that arrive in between become one.
        retry: seconds until a busy port is tried again.
    """

    gap: float = _GAP_S
    retry: float = _RETRY_S


_DEFAULT_PACE: Final = ListenerPace()


def hint_packet(office: str, number: bytes) -> bytes:
    """Return the whole message: magic, version, 8 bytes that distinguish offices on one LAN, a number."""
    # A hash, so that nobody on the LAN reads which office this is.
    digest = blake2b(office.encode(), 8, person=b"ult-hint")
    return MAGIC + bytes([VERSION]) + digest + number


class HintSender:
    """The sender of hints, on a thread of its own, so that a dead network never delays an operation.

    Args:
        office: the office's id; only its hash leaves this PC.
        address: the broadcast address of the LAN, or LOOPBACK.
        port: the UDP port that the listeners are bound to.
        gap: seconds between two broadcasts at least; hints asked for in between become one.
    """

    def __init__(
        self, office: str, address: str = EVERYONE, port: int = DEFAULT_PORT, *, gap: float = _GAP_S
    ) -> None:
        self._office = office
        self._target = (address, port)
        self._gap = gap
        self._change = threading.Condition()
        self._is_asked = False  # for a broadcast
        self._closing = threading.Event()
        self._state = HintState.READY
        self._thread = threading.Thread(target=self._run, name="hint-sender", daemon=True)
        self._thread.start()

    @property
    def state(self) -> HintState:
        """The state: READY until a broadcast fails; a later one that succeeds makes it READY again."""
        return HintState.CLOSED if self._closing.is_set() else self._state

    def send(self) -> None:
        """Ask for a broadcast; return at once, from any thread."""
        with self._change:
            self._is_asked = True
            self._change.notify()

    def close(self) -> None:
        """Send once what was still asked for, then end the thread."""
        with self._change:
            self._closing.set()
            self._change.notify()
        self._thread.join()

    def _run(self) -> None:
        packet, repeats = b"", tuple[float, ...]()
        while True:
            # The gap after a broadcast counts as a part of the time to its repeat. A new hint makes the
            # repeats of the one before it needless.
            if self._wait_for_request(repeats[0] - self._gap if repeats else None):
                packet, repeats = hint_packet(self._office, os.urandom(NUMBER_BYTES)), REPEATS_S
            elif self._closing.is_set():
                return
            else:
                repeats = repeats[1:]
            self._state = self._broadcast(packet)
            self._closing.wait(self._gap)

    def _wait_for_request(self, seconds: float | None) -> bool:
        """Return whether somebody asked for a broadcast within that time; None waits without end."""
        with self._change:
            self._change.wait_for(lambda: self._is_asked or self._closing.is_set(), seconds)
            # Cleared before the broadcast: a request that comes from here on gets a broadcast of its own.
            is_asked, self._is_asked = self._is_asked, False
            return is_asked

    def _broadcast(self, packet: bytes) -> HintState:
        # A socket for each broadcast: nothing to repair after a cable was pulled and put back.
        try:
            # Linux refuses a broadcast without this option (https://man7.org/linux/man-pages/man7/ip.7.html,
            # SO_BROADCAST).
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
                out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                out.sendto(packet, self._target)
        except OSError:
            return HintState.NO_NETWORK
        return HintState.READY


def listen_address(bind: str, platform: str = sys.platform) -> str:
    """Return the address to bind.

    Windows cannot bind a broadcast address; a socket bound to 127.0.0.1 hears LOOPBACK there.
    """
    return "127.0.0.1" if bind == LOOPBACK and platform == "win32" else bind


class HintListener:
    """The listener, which calls `on_hint` on its own thread whenever a station of this office has hinted.

    A busy port or a missing network is a state, not an error: the listener tries again by itself.

    Args:
        office: the office's id; hints of other offices and anything else are ignored.
        on_hint: called once for a hint and its repeats, at most once per `pace.gap`; must return quickly.
        port: the UDP port; several stations on one PC may share it.
        bind: "" hears the LAN; LOOPBACK hears only this PC.
        pace: how often to call and how soon to try a busy port again.
    """

    def __init__(
        self,
        office: str,
        on_hint: Callable[[], None],
        port: int = DEFAULT_PORT,
        *,
        bind: str = "",
        pace: ListenerPace = _DEFAULT_PACE,
    ) -> None:
        self._prefix = hint_packet(office, b"")  # with which every hint of this office begins
        self._heard: deque[bytes] = deque(maxlen=_HEARD_AT_MOST)  # the numbers of the last hints
        self._on_hint = on_hint
        self._address = (listen_address(bind), port)
        self._pace = pace
        self._buffer = bytearray(_LARGEST_DATAGRAM)
        self._closing = threading.Event()
        # Closing a socket does not wake a `select` that waits for it; the closed end of a pair does, on
        # Windows too, where `select` takes sockets alone.
        self._closed_end, self._close_end = socket.socketpair()
        self._state = HintState.READY
        first = self._open()
        self._thread = threading.Thread(target=self._run, args=(first,), name="hint-listener", daemon=True)
        self._thread.start()

    @property
    def state(self) -> HintState:
        return HintState.CLOSED if self._closing.is_set() else self._state

    def close(self) -> None:
        """End the thread; `on_hint` is not called again once this has returned."""
        self._closing.set()
        self._close_end.close()
        self._thread.join()
        self._closed_end.close()

    def _run(self, receiver: socket.socket | None) -> None:
        while True:
            if receiver is not None:
                with receiver:
                    self._listen(receiver)
            if self._closing.wait(self._pace.retry):
                return
            receiver = self._open()

    def _open(self) -> socket.socket | None:
        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            # Kiosk, counter and display of one PC share the port. On Windows this option lets them, and needs
            # no other:
            # https://learn.microsoft.com/en-us/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse
            receiver.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # `select` may report a datagram that is dropped afterwards for its checksum; a blocking read
            # would wait for the next one (https://man7.org/linux/man-pages/man2/select.2.html, BUGS).
            receiver.setblocking(False)
            receiver.bind(self._address)
        except OSError as error:
            receiver.close()
            self._state = HintState.PORT_BUSY if error.errno in _BUSY else HintState.NO_NETWORK
            return None
        self._state = HintState.READY
        return receiver

    def _listen(self, receiver: socket.socket) -> None:
        while not self._closing.is_set():
            select.select([receiver, self._closed_end], [], [])
            if self._receive_all(receiver) and not self._closing.is_set():
                self._on_hint()
            # What arrives during this pause waits in the socket: one more call, none lost.
            self._closing.wait(self._pace.gap)

    def _receive_all(self, receiver: socket.socket) -> bool:
        """Read all datagrams that wait; return whether a new hint was among them."""
        has_new_hint = False
        # Empty, or a passing fault of the network: either way there is nothing more to read now.
        with contextlib.suppress(OSError):
            # Bounded: somebody on the LAN may send without a pause, and this thread must still see that it is
            # to end.
            for _ in range(_DRAIN_AT_MOST):
                size = receiver.recv_into(self._buffer)
                has_new_hint = self._note_if_new(bytes(self._buffer[:size])) or has_new_hint
        return has_new_hint

    def _note_if_new(self, datagram: bytes) -> bool:
        """Return whether a datagram is a hint of this office that was not heard yet, and remember it."""
        number = datagram[len(self._prefix) :]
        is_ours = datagram.startswith(self._prefix) and len(number) == NUMBER_BYTES
        if not is_ours or number in self._heard:
            return False
        self._heard.append(number)
        return True
