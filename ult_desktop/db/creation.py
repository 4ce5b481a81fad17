"""The making of an office file, and the update of an older one."""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from ult_desktop.base import UserError, _
from ult_desktop.core.access.commands import FirstKeys, FirstPassword, Grant
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office import settings, template as office_template
from ult_desktop.core.procedures.document import adapted_to_office
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.queue.boards import distinct_name
from ult_desktop.db.access import keys, officers
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters
from ult_desktop.db.store import connection as opening, damage_flag, errors, share_files, stations
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at, engine_of
from ult_desktop.db.store.store import RETRY_LIMIT_S, Store, roll_back
from ult_desktop.db.store.transaction import Transaction

ADMIN = "admin"
_EXISTS_ALREADY = re.compile(r" already exists$|^duplicate column name")


def create(
    path: Path,
    template: office_template.OfficeTemplate,
    uid: str,
    admin_hash: str,
    pos: Sequence[Procedure] = (),
    first_keys: FirstKeys | None = None,
) -> None:
    """Make a new office, with the procedures (`pos`) and the keys it begins with.

    Without keys personal text stays in clear until an admin signs in. A crash leaves no half office, and an
    existing one is never overwritten.

    Raises:
        UserError: the file exists, or the folder cannot be written.
    """

    def write_rows(link: Link) -> None:
        fill(Transaction(link), template, uid, admin_hash, pos, first_keys)

    try:
        engine_at(path).make(path, uid, write_rows)
    except FileExistsError as error:
        raise UserError(
            _("{path} sudah ada.").format(path=path),
            _("Berkas itu tidak diubah."),
            _("Pilih nama berkas lain."),
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise UserError(
            _("{path} tidak dapat dibuat ({error}).").format(path=path, error=error),
            todo=_("Periksa alamat folder, hak tulis, dan ruang kosongnya."),
        ) from error


def fill(
    tx: Transaction,
    template: office_template.OfficeTemplate,
    uid: str,
    admin_hash: str,
    pos: Sequence[Procedure] = (),
    first_keys: FirstKeys | None = None,
) -> None:
    """Write the rows of a new office. Officers of the template cannot sign in before they get a password."""
    office.insert(tx, uid, settings.settings_of(template))
    service_ids = {
        service.prefix: services.insert(tx, position, service)
        for position, service in enumerate(template.services)
    }
    admin_id = officers.insert(tx, ADMIN, "Administrator", [Role.ADMIN], admin_hash)
    officer_ids = {
        officer.login: officers.insert(tx, officer.login, officer.name, officer.roles, "")
        for officer in template.officers
        if officer.login != ADMIN
    }
    for counter in template.counters:
        counters.insert(
            tx, counter.number, distinct_name(counter.number, counter.name), priority=counter.priority
        )
        for prefix in counter.serves or service_ids:
            counters.add_service(tx, counter.number, service_ids[prefix])
    for procedure in pos:
        procedures.insert(tx, adapted_to_office(procedure, template.office.name), 0)
    if first_keys is not None:
        keys.write_first_keys(tx, first_keys, admin_id)
        for first_password in first_keys.officers:
            _write_password_and_keys(tx, officer_ids[first_password.login], first_password)


def _write_password_and_keys(tx: Transaction, officer_id: int, first: FirstPassword) -> None:
    officers.set_password(tx, officer_id, first.password_hash, must_change=True)
    keys.replace_pair(tx, officer_id, first.pair.public, first.pair.wrapped)
    if first.sealed:
        grant = Grant(generation=1, officer_id=officer_id, public=first.pair.public, sealed=first.sealed)
        keys.grant(tx, grant)


def migrate_file(
    path: Path,
    now: int,
    me: str,
    timeout_s: float = RETRY_LIMIT_S,
    require: Callable[[Transaction], object] = lambda _tx: None,
) -> Path | None:
    """Migrate an older office, after a backup next to its file; return the backup, None where none was made.

    `me` is this station's name. `require` is called first, and raises where the office must be left as it is.

    Raises:
        UserError: the file is missing, not ours, damaged, from a newer program, or older and in use by
            other stations.
    """
    if not opening.is_present(path):
        raise errors.no_file_yet(str(path))  # at start the program does not wait for a share to come back
    store = Store(path, timeout_s)
    try:
        return store.on_connection(lambda link: _migrate(link, path, now, me, require))
    finally:
        store.close()


def _migrate(
    link: Link, path: Path, now: int, me: str, require: Callable[[Transaction], object]
) -> Path | None:
    if not opening.known_migrations() - engine_of(link).applied_migrations(link):
        return None
    link.execute("BEGIN IMMEDIATE")  # nobody commits between the copy and the change (docs/store.md, rule 18)
    try:
        backup = _back_up_and_migrate(link, path, now, me, require)
        link.execute("COMMIT")
    except BaseException as error:
        roll_back(link)
        if isinstance(error, sqlite3.OperationalError) and _EXISTS_ALREADY.search(str(error)):
            # The file has a part whose migration is not in its list of migrations: that list is damaged.
            raise errors.file_damaged(str(path), error) from error
        raise
    return backup


def _back_up_and_migrate(
    link: Link, path: Path, now: int, me: str, require: Callable[[Transaction], object]
) -> Path | None:
    """Back the office up and migrate it, unless another station has migrated it meanwhile."""
    if not opening.known_migrations() - engine_of(link).applied_migrations(link):
        return None
    damage_flag.require_no_flag(path)
    require(Transaction(link))
    if set(stations.names_at_work(Transaction(link), now)) - {me}:
        raise errors.from_older_program(str(path))
    backup = None
    if engine_of(link).has_file:
        backup = path.with_name(f"{path.stem}.before-{now}{path.suffix}")
        _back_up(path, backup)
    engine_of(link).migrate(link)
    return backup


def _back_up(path: Path, target: Path) -> None:
    """Copy the file to `target`, which has its name only when it is whole.

    The copy has a connection of its own, because the connection that holds the lock cannot make it.
    """
    draft = target.with_name(f".{target.name}.part")
    opening.delete_with_journal(draft)
    link = sqlite3.connect(share_files.database_uri(path, "ro"), uri=True)
    try:
        with contextlib.closing(link), contextlib.closing(sqlite3.connect(draft)) as copy:
            link.backup(copy)
        share_files.replace_file(draft, target)
    finally:
        opening.delete_with_journal(draft)
