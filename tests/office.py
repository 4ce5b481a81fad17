"""A ready-made office in a few milliseconds: an office file with its people, opened and signed in."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import nacl.pwhash

from tests import engines
from ult_desktop.core.access.commands import Grant
from ult_desktop.core.access.keys import cost_of, new_code, new_pair, pair_of_code, unseal, wrap
from ult_desktop.core.access.roles import Actor, Permission, have_permission, roles_from
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import OfficeTemplate, Weekly
from ult_desktop.core.queue import boards
from ult_desktop.db.access import keys, officers
from ult_desktop.db.creation import create
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.queue import boards as queue_boards
from ult_desktop.db.store import stations
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.journal import Journal
from ult_desktop.db.store.server_address import address_in, is_server
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.upkeep import FileMaintainer
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import first_keys, load_office
from ult_desktop.operations.procedures.procedures import load_procedure

PASSWORD = "rahasia-kita"
RECOVERY_CODE = new_code()
AROUND_THE_CLOCK = Weekly(*[("00.00-23.59",)] * 7)
Zone = Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
NEIGHBOURS: dict[Zone, Zone] = {
    "Asia/Jakarta": "Asia/Makassar",
    "Asia/Pontianak": "Asia/Makassar",
    "Asia/Makassar": "Asia/Jakarta",
    "Asia/Jayapura": "Asia/Makassar",
}
_MOULD_UID = b"0" * 32
_hashes: dict[str, str] = {}


def store_of(office: Office | FileMaintainer) -> Store:
    """Return the store of an opened office: its rows as they are in the file, past roles and masks."""
    return office._store


def journal_of(office: Office) -> Journal:
    """Return the journal of this station, on its own disk."""
    return office._journal


def connection_of(local: Journal) -> sqlite3.Connection:
    """Return the connection to a file of this PC, to be broken, looked into or closed as a kill does."""
    return local._connection


def give_up_after(station: Office | FileMaintainer, seconds: float) -> None:
    """Let a station wait no longer than this for the office's lock."""
    station._store._timeout_s = seconds


def plain_link(path: Path, *, isolation_level: Literal["DEFERRED"] | None = "DEFERRED") -> sqlite3.Connection:
    """SQLite's own connection to an office file or a journal that stations have open.

    In their journal mode: another would delete the journal, which Windows refuses while it is open.
    """
    link = sqlite3.connect(path, isolation_level=isolation_level)
    link.execute("PRAGMA journal_mode = TRUNCATE")
    return link


def stranger(path: Path, *, isolation_level: Literal["DEFERRED"] | None = "DEFERRED") -> engines.OwnLink:
    """A connection of its own to an office, wherever it lies; no rule of the program binds it."""
    if is_server(path):
        return engines.ServerLink(path)
    return plain_link(path, isolation_level=isolation_level)


def cheap_hash(password: str = PASSWORD) -> str:
    """A true Argon2id hash at the library's lowest cost, made once: tests sign in often."""
    if password not in _hashes:
        argon = nacl.pwhash.argon2id
        _hashes[password] = argon.str(
            password.encode(), opslimit=argon.OPSLIMIT_MIN, memlimit=argon.MEMLIMIT_MIN
        ).decode()
    return _hashes[password]


def make_office(
    folder: Path,
    template: str = "bpmp-kaltara",
    always_open: bool = True,
    password: str = PASSWORD,
    with_keys: bool = True,
    hand_clock: bool = False,
    on_server: bool = False,
) -> Path:
    """An office file in `folder`; every officer of the template signs in with `password`.

    A process writes each kind of office once; what a test gets is a copy with an identity of its own.

    Args:
        folder, template: where it lies, and what it is made of.
        always_open: its counters never close, and no midnight of its own comes while a test runs.
        password: of every officer.
        with_keys: the office has its keys, and every officer has been granted them.
        hand_clock: the test has the clock in its hand, and midnight with it.
        on_server: on PostgreSQL, wherever the others lie.
    """
    folder.mkdir(parents=True, exist_ok=True)
    zone = office_named(template).office.timezone
    if always_open and not hand_clock:
        zone = awake(zone)
    kind = (template, zone, always_open, password, with_keys, len(MIGRATIONS.by_name))
    if on_server or engines.on_server():
        path = engines.copied(_mould_on_server(*kind), folder)
        with closing(Store(path)) as store:
            store.write(lambda tx: tx.run("UPDATE office SET uid = ?", uuid4().hex))
        return path
    path = folder / "office.db"
    with path.open("xb") as made:
        made.write(_mould(*kind).replace(_MOULD_UID, uuid4().hex.encode()))
    return path


def copy_office(path: Path, folder: Path) -> Path:
    """Copy an office into `folder`."""
    if is_server(path):
        return engines.copied(address_in(path), folder)
    return Path(shutil.copy(path, folder))


@cache
def office_named(template: str = "bpmp-kaltara") -> OfficeTemplate:
    """A shipped template, read once: every office and every sign-in of a test asks for it."""
    return load_office(template)


def awake(zone: Zone, now: float | None = None) -> Zone:
    """`zone`, or its neighbour an hour away when less than half an hour of its day is left or 5 minutes gone.

    Args:
        zone: of Indonesia.
        now: seconds since the epoch; the machine's own time unless given.
    """
    local = datetime.fromtimestamp(time.time() if now is None else now, ZoneInfo(zone))
    return zone if 5 <= local.hour * 60 + local.minute < 24 * 60 - 30 else NEIGHBOURS[zone]


@cache
def _mould(
    template: str, zone: Zone, always_open: bool, password: str, with_keys: bool, _steps: int
) -> bytes:
    """The bytes of such an office; `_steps` tells the schema of `tests.db.schema.builds` from today's."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "office.db")
        _write(path, template, zone, always_open=always_open, password=password, with_keys=with_keys)
        return path.read_bytes()


@cache
def _mould_on_server(
    template: str, zone: Zone, always_open: bool, password: str, with_keys: bool, _steps: int
) -> str:
    """The address of such an office, which stays as it is."""
    with TemporaryDirectory() as folder:
        path = engines.new_database(Path(folder))
        _write(path, template, zone, always_open=always_open, password=password, with_keys=with_keys)
        return address_in(path)


def _write(
    path: Path, template: str, zone: Zone, *, always_open: bool, password: str, with_keys: bool
) -> None:
    office = office_named(template)
    about = msgspec.structs.replace(office.office, timezone=zone)
    office = msgspec.structs.replace(office, office=about)
    if always_open:
        services = tuple(msgspec.structs.replace(service, hours=None) for service in office.services)
        office = msgspec.structs.replace(office, hours=AROUND_THE_CLOCK, services=services)
    pos = [load_procedure(each) for each in office.procedures]
    hashed = cheap_hash(password)
    found = first_keys(password, hashed, RECOVERY_CODE) if with_keys else None
    create(path, office, _MOULD_UID.decode(), hashed, pos, found)
    _give_passwords(path, office, password, with_keys=with_keys)


def _give_passwords(path: Path, office: OfficeTemplate, password: str, *, with_keys: bool) -> None:
    """Every officer with a password and, as if he had signed in before, with the office's keys.

    In SQL that a file of any schema knows.
    """
    hashed = cheap_hash(password)

    def give(tx: Transaction) -> None:
        for officer in office.officers:
            tx.update("officer", {"login": officer.login}, password_hash=hashed)
            if with_keys:
                officer_id = tx.number("SELECT id FROM officer WHERE login = ?", officer.login)
                give_keys(tx, officer_id, password)

    store = Store(path)
    store.write(give)
    store.close()


def choose_password(office: Office, login: str) -> None:
    """Set the password of all tests, as if the officer had already changed the one that the admin made."""

    def give(tx: Transaction) -> None:
        row = officers.find(tx, login)
        assert row is not None
        officers.set_password(tx, row.id, cheap_hash())

    store_of(office).write(give)


def give_keys(tx: Transaction, officer_id: int, password: str = PASSWORD) -> None:
    """The office's first keys, as if the officer had signed in before and somebody had granted them.

    Who may not open personal data has a pair of his own, and no keys.
    """
    secret = unseal(pair_of_code(RECOVERY_CODE).private, keys.recoveries(tx)[0].sealed)
    pair = new_pair()
    keys.replace_pair(
        tx, officer_id, pair.public, wrap(pair.private, password, cost_of(cheap_hash(password)))
    )
    roles = msgspec.json.decode(tx.value("SELECT roles FROM officer WHERE id = ?", officer_id))
    if not have_permission(roles_from(roles), Permission.OPEN_PERSONAL):
        return
    sealed = secret.sealed_for(pair.public)
    keys.grant(tx, Grant(generation=1, officer_id=officer_id, public=pair.public, sealed=sealed))


def change_template(path: Path, template: OfficeTemplate) -> None:
    """Give an office file the settings of `template` (hours, calling rule, closures)."""
    store = Store(path)
    settings = msgspec.json.encode(settings_of(template)).decode()
    store.write(lambda tx: tx.run("UPDATE office SET settings = ?", settings))
    store.close()


def open_office(path: Path, station: str = "uji") -> Office:
    """The office as one station has it open, with a journal of its own beside the file."""
    return Office(path, station, path.parent / f"journal-{station}.db", timeout_s=5)


def calls_after(office: Office, seq: int) -> tuple[boards.Call, ...]:
    """Return what a display announces that has read the log as far as `seq`."""
    return office.read(lambda tx: queue_boards.calls_after(tx, seq))


def report_other(office: Office, presence: Presence) -> None:
    """Another PC reports itself, into the same file."""
    other = msgspec.structs.replace(presence, identity=f"pc-{presence.name}-{presence.boot}")
    store_of(office).write(lambda tx: stations.report(tx, other))


def sign_in(office: Office, counter: int = 1) -> Actor:
    """The officer whom the template seats at `counter`, signed in."""
    logins = {officer.counter: officer.login for officer in office_named().officers}
    return office.sign_in(logins[counter], PASSWORD)


def trace_statements(store: Store, listen: Callable[[str], object] | None) -> None:
    """Tell each statement of a file's connection, with its values; a server tells none."""

    def trace(link: Link) -> None:
        if isinstance(link, sqlite3.Connection):
            link.set_trace_callback(listen)

    store.on_connection(trace)
