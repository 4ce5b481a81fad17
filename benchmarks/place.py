"""A ready-made office to measure in: open at any hour, all officers have passwords, nobody is there yet."""

import socket
from collections.abc import Iterable
from pathlib import Path

import msgspec

from ult_desktop.core.access.keys import new_code
from ult_desktop.core.access.roles import Actor, roles_from
from ult_desktop.core.office.template import (
    WEEKDAYS,
    CounterTemplate,
    OfficerTemplate,
    OfficeTemplate,
    Weekly,
)
from ult_desktop.core.queue.commands import StaffCounter
from ult_desktop.db.access import officers
from ult_desktop.db.creation import create
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import DEFAULT_OFFICE, first_keys, load_office
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.request_ids import new_id

PASSWORD = "bench-2026"  # noqa: S105  (the office is thrown away)
_ROUND_THE_CLOCK = Weekly(**dict.fromkeys(WEEKDAYS, ("00.00-23.59",)))


def pointer(folder: Path, address: str) -> Path:
    """Write the file in `folder` that stands for a database on a server."""
    path = folder / "server" / "office.postgresql"
    path.parent.mkdir()
    path.write_text(address, encoding="utf-8")
    return path


def make_office(
    folder: Path,
    counters: int | None = None,
    zone: str = "",
    address: str = "",
    ready_made: str = DEFAULT_OFFICE,
) -> Path:
    """Make an office file; with `counters` that many equal ones, each with an officer of its own.

    With the `address` of an empty database the office is made there; the path that stands for it is returned.
    """
    shipped = load_office(ready_made)
    identity = msgspec.structs.replace(shipped.office, timezone=zone or shipped.office.timezone)
    template = msgspec.structs.replace(shipped, hours=_ROUND_THE_CLOCK, office=identity)
    if counters is not None:
        template = _with_counters(template, counters)
    path = pointer(folder, address) if address else folder / "office.db"
    hashed = hash_password(PASSWORD)
    pos = [load_procedure(each) for each in template.procedures]
    create(path, template, new_id(), hashed, pos, first_keys(PASSWORD, hashed, new_code()))
    store = Store(path)
    store.write(lambda tx: _give_passwords(tx, template.officers, hashed))
    store.close()
    return path


def _with_counters(template: OfficeTemplate, count: int) -> OfficeTemplate:
    numbers = range(1, count + 1)
    return msgspec.structs.replace(
        template,
        counters=tuple(CounterTemplate(number=number) for number in numbers),
        officers=tuple(OfficerTemplate(login=f"p{n}", name=f"Petugas {n}", counter=n) for n in numbers),
    )


def _give_passwords(tx: Transaction, people: Iterable[OfficerTemplate], hashed: str) -> None:
    for person in people:
        row = officers.find(tx, person.login)
        if row is not None:
            officers.set_password(tx, row.id, hashed)


def open_office(path: Path, station: str, journal: Path | None = None) -> Office:
    """Open the office as a station has it open, with a journal next to the file unless `journal` is given."""
    return Office(path, station, journal or path.with_name(f"journal-{station}.db"))


def seat(office: Office, counter: int) -> Actor:
    """Seat an officer at `counter`, without the cost of Argon2."""
    actor = front_officer(office, counter)
    office.perform(StaffCounter(counter=counter), actor)
    return actor


def front_officer(office: Office, number: int) -> Actor:
    """Return the front office's officer of that number, from 1."""
    serving = [row for row in office.read(officers.all_active) if "front_office" in row.roles]
    row = serving[number - 1]
    return Actor(station=office.station, officer_id=row.id, name=row.name, roles=roles_from(row.roles))


def free_port() -> int:
    """Return a UDP port for hints that no other run uses."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind((LOOPBACK, 0))
        return int(ear.getsockname()[1])


def settings(folder: Path, name: str, hint_port: int, more: Iterable[str] = ()) -> Path:
    """Write a station's settings file, on loopback only; `more` are further lines of TOML."""
    lines = [f'name = "{name}"', "[sync]", f'hint_address = "{LOOPBACK}"', f"hint_port = {hint_port}", *more]
    path = folder / f"{name}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
