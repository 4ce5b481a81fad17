"""A screen reader of Linux reads a program over the accessibility bus, as Orca does.

The bus belongs to the test: a D-Bus of its own, with AT-SPI's launcher and registry on it.
"""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from typing_extensions import override

PATIENCE_S = 30.0
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
A11Y = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
# Bits of `GetState`, as AT-SPI's AtspiStateType numbers them.
ENABLED, SHOWING = 8, 25
OPERABLE = {
    "push button",
    "button",
    "check box",
    "radio button",
    "toggle button",
    "text",
    "entry",
    "combo box",
}


@dataclass(frozen=True)
class Accessible:
    """One object as the bus tells of it; `place` is its bus name and path."""

    place: tuple[str, str]
    role: str
    name: str
    states: int

    def is_in(self, state: int) -> bool:
        return bool(self.states >> state & 1)

    @override
    def __str__(self) -> str:
        return f"{self.role}: {self.name}"


class BusReader:
    """Asks over a bus's own connection; every question is answered by the program's thread of windows."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    def everything(self) -> list[Accessible]:
        """All that shows in the windows of the programs on the bus, in reading order."""
        return [each for program in self._children(ROOT) for each in self._below(program)]

    def texts(self) -> list[str]:
        return [each.name for each in self.everything() if each.name]

    def wait_for(self, name: str) -> Accessible:
        """Wait for the thing whose name is or begins so, until it shows and can be used."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            seen = self._everything_yet()
            found = [each for each in seen if each.name.startswith(name) and each.is_in(ENABLED)]
            if found:
                return min(found, key=lambda each: each.role not in OPERABLE)
            assert time.monotonic() < deadline, (name, [str(each) for each in seen])
            threading.Event().wait(0.1)

    def _everything_yet(self) -> list[Accessible]:
        """Return everything on the bus. Of two registries that come up with it one goes in mid answer."""
        try:
            return self.everything()
        except DBusErrorResponse:
            return []

    def press(self, name: str) -> None:
        """Its first action: what a reader's own key for “press” or “toggle” does."""
        self._ask(self.wait_for(name).place, "Action", "DoAction", "i", (0,))

    def type(self, name: str, text: str) -> None:
        self._ask(self.wait_for(name).place, "EditableText", "SetTextContents", "s", (text,))

    def nameless(self) -> list[str]:
        """Return the things that can be operated and have no name."""
        return [each.role for each in self._operable() if not each.name]

    def unclear(self) -> list[str]:
        """Return what can be operated and has no name, or the name and role of another in sight."""
        names = [str(each) for each in self._operable()]
        return self.nameless() + sorted({each for each in names if names.count(each) > 1})

    def _operable(self) -> list[Accessible]:
        return [each for each in self.everything() if each.role in OPERABLE]

    def _below(self, place: tuple[str, str]) -> Iterator[Accessible]:
        """An object that is gone before it has answered was never in sight."""
        with contextlib.suppress(DBusErrorResponse):
            one = self._look(place)
            if one.role == "application" or one.is_in(SHOWING):
                yield one
                for child in self._children(place):
                    yield from self._below(child)

    def _look(self, place: tuple[str, str]) -> Accessible:
        (role,) = self._ask(place, "Accessible", "GetRoleName")
        ((low, high),) = self._ask(place, "Accessible", "GetState")
        object_ = DBusAddress(place[1], place[0], "org.a11y.atspi.Accessible")
        ((_kind, name),) = self._answer(Properties(object_).get("Name"))
        return Accessible(place, str(role), str(name), low | high << 32)

    def _children(self, place: tuple[str, str]) -> list[tuple[str, str]]:
        (children,) = self._ask(place, "Accessible", "GetChildren")
        return [(str(name), str(path)) for name, path in children]

    def _ask(
        self,
        place: tuple[str, str],
        interface: str,
        method: str,
        kinds: str = "",
        given: Sequence[object] = (),
    ) -> tuple[Any, ...]:
        object_ = DBusAddress(place[1], place[0], f"org.a11y.atspi.{interface}")
        return self._answer(new_method_call(object_, method, kinds, tuple(given)))

    def _answer(self, question: object) -> tuple[Any, ...]:
        answer = self._bus.send_and_get_reply(question, timeout=PATIENCE_S)
        if answer.header.message_type.name == "error":
            raise DBusErrorResponse(answer)
        return tuple(answer.body)


@contextlib.contextmanager
def accessibility_bus(display: str) -> Iterator[tuple[dict[str, str], BusReader]]:
    """A session with a screen reader: the environment of a program in it, and the reader."""
    session = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with contextlib.ExitStack() as ends:
        daemon = _started(ends, session, os.environ | {"DISPLAY": display})
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        environment = {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address}
        environment |= {
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"
        }  # Qt asks once, perhaps before the launcher knows
        _started(ends, [LAUNCHER, "--launch-immediately", "--screen-reader=1"], os.environ | environment)
        bus = ends.enter_context(open_dbus_connection(_a11y_address(address)))
        yield environment, BusReader(bus)


def _started(
    ends: contextlib.ExitStack, command: list[str], environment: dict[str, str]
) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE if command[0] == "dbus-daemon" else subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
    ends.enter_context(process)
    ends.callback(process.terminate)
    return process


def _a11y_address(session: str) -> str:
    """Return the address of the accessibility bus, once its launcher is there."""
    deadline = time.monotonic() + PATIENCE_S
    with open_dbus_connection(session) as bus:
        while True:
            answer = bus.send_and_get_reply(new_method_call(A11Y, "GetAddress"), timeout=PATIENCE_S)
            if answer.header.message_type.name == "method_return":
                return str(answer.body[0])
            assert time.monotonic() < deadline, answer.body
            threading.Event().wait(0.05)
