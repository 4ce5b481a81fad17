"""The commands about officers and their passwords, and the check of a password."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
import nacl.exceptions
import nacl.pwhash

from ult_desktop.base import UserError, _
from ult_desktop.core.access import commands, keys as officer_keys
from ult_desktop.core.access.passwords import require_strong
from ult_desktop.core.access.roles import Actor, Officer, Permission, Role, have_permission, roles_from
from ult_desktop.core.free_text import normalise_line
from ult_desktop.db.access import keys, officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.access import readers
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found

_ARGON2ID = "$argon2id$"
# The hash of a password that nobody knows: an unknown name costs a guesser as much time as a known one.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=2,p=1$LOqhXbuziTiCLw2deEi2IA$8IeXYGxEz/5x5IhaQYfuwhvj1qZ7Pf0pv4FuNJ5Yvm8"
)


def guessable_words(tx: Transaction) -> tuple[str, ...]:
    """Return the words that a password must not be made of here: the office's names, the officers' names."""
    identity = office_rows.load(tx).settings.office
    people = (word for row in officers.everybody(tx) for word in (row.login, row.name))
    return (*identity.proper_names, *people)


def hash_password(password: str, guessable: Iterable[str] = ()) -> str:
    """Hash a password by Argon2id with the library's interactive cost (64 MiB, about 0.1 s on an office PC).

    `guessable` are words that are easy to guess in that office (`guessable_words`).

    Raises:
        UserError: the password is too easy to guess.
    """
    require_strong(password, guessable)
    hashed = nacl.pwhash.argon2id.str(
        password.encode(),
        opslimit=nacl.pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=nacl.pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return hashed.decode()


def check_password(officer: Officer | None, password: str, station: str) -> Actor:
    """Return the officer as an actor.

    The error's words do not distinguish a wrong name from a wrong password.

    Raises:
        UserError: the officer is unknown, retired, or without a password; or the password is wrong.
    """
    can_sign_in = officer is not None and officer.active and officer.password_hash
    # A hash is verified in any case: the time of the answer must not betray which names exist.
    hashed = officer.password_hash if officer is not None and can_sign_in else _NOBODYS_HASH
    try:
        is_right = nacl.pwhash.verify(hashed.encode(), password.encode())
    except nacl.exceptions.InvalidkeyError:
        is_right = False
    if not is_right or officer is None or not can_sign_in:
        raise UserError(
            _("Nama atau kata sandi salah."), todo=_("Coba lagi, atau minta admin memberi kata sandi baru.")
        )
    return Actor(
        station=station,
        officer_id=officer.id,
        name=officer.name,
        roles=roles_from(officer.roles),
        must_change=officer.must_change,
    )


class OwnPasswordDue(UserError):
    """The error that somebody else chose the officer's password: it must be changed before anything else."""


def require_still_allowed(
    tx: Transaction, by: Actor, permission: Permission, at: int, *, is_replayed: bool = False
) -> None:
    """Require that the actor has `permission` by their roles in the file, own and lent `at` (UTC ms).

    Since sign-in an officer may have been retired, or a delegation to them may have ended. An officer whose
    password somebody else chose may only keep keys and change the password (`HOLD_KEYS`), except in a replay:
    what is replayed was allowed when it was done.

    Raises:
        OwnPasswordDue: the password has to be changed first.
        UserError: the officer is retired, or has lost the permission.
    """
    if by.officer_id is None:
        return
    officer = officers.by_id(tx, by.officer_id)
    if officer is None or not officer.active:
        raise refuse(
            _("{name} tidak lagi terdaftar sebagai petugas.").format(name=by.name), _("Hubungi admin.")
        )
    roles = effective_roles(tx, officer.id, officer.roles, at)
    msgspec.structs.replace(by, roles=roles).require(permission)
    if officer.must_change and not is_replayed and permission is not Permission.HOLD_KEYS:
        raise OwnPasswordDue(
            _("Kata sandi {name} dibuat orang lain.").format(name=by.name),
            _("Tidak ada yang berubah."),
            _("Ganti dulu saat masuk di loket, atau dengan `ult-desktop officer my-password`."),
        )


def _require_argon2id(hashed: str) -> None:
    """Raise ValueError unless `hashed` is an Argon2id hash: no clear password may reach the file."""
    if not hashed.startswith(_ARGON2ID):
        raise ValueError("not an Argon2id hash")


def give_password(
    tx: Transaction,
    officer_id: int,
    hashed: str,
    own_key: officer_keys.WrappedKey | None = None,
    *,
    keeps_keys: bool = False,
    must_change: bool = False,
) -> None:
    """Give an officer a new password hash, and forget their wrong tries.

    The old password wrapped the officer's keys: they are deleted. With `own_key`, the officer's own key
    wrapped under the new password, they stay open to the officer. With `keeps_keys` they stay as they are,
    and only the old password opens them. `must_change` says that somebody else chose the password.
    """
    _require_argon2id(hashed)
    officers.set_password(tx, officer_id, hashed, must_change=must_change)
    officers.forget_wrong(tx, officer_id)
    if own_key is not None:
        keys.rewrap(tx, officer_id, own_key)
    elif not keeps_keys:
        keys.delete_pair(tx, officer_id)


def require_another_holder(tx: Transaction, officer_id: int, name: str) -> None:
    """Raise UserError if the officer holds a key that neither another officer nor the recovery code opens."""
    if keys.is_only_holder(tx, officer_id):
        raise refuse(
            _("Hanya {name} yang memegang kunci data pribadi.").format(name=name),
            _("Buat kode pemulihan dulu (`ult-desktop keys recovery-code`), atau minta petugas lain masuk."),
        )


def _publish_pair(tx: Transaction, officer_id: int, pair: commands.OwnPair | None) -> None:
    if pair is not None:
        officer_keys.require_key_length(pair.public)
        keys.replace_pair(tx, officer_id, pair.public, pair.wrapped)


def _require_known_roles(roles: Collection[str]) -> None:
    if not roles or len(roles_from(roles)) != len(set(roles)):
        raise refuse(
            _("Peran tidak dikenal: {roles}.").format(roles=", ".join(roles) or "-"),
            _("Yang ada: {roles}.").format(roles=", ".join(Role)),
        )


@handles(commands.AddOfficer, needs=Permission.MANAGE_OFFICE, answer=officers.get)
@named("officer add", "Tambah petugas LOGIN bernama NAME.")
def add_officer(command: commands.AddOfficer, tx: Transaction, _context: Context) -> NewEvent:
    """Add an officer, with or without a password.

    Without a password the officer cannot sign in yet. A given one must be changed before anything else.
    """
    login, name = normalise_line(command.login), normalise_line(command.name)
    if not login or not name:
        raise refuse(_("Petugas perlu nama dan nama masuk."))
    _require_known_roles(command.roles)
    _require_argon2id(command.password_hash or _ARGON2ID)
    if officers.find(tx, login) is not None:
        raise refuse(_("Nama masuk {login} sudah dipakai.").format(login=login), _("Pilih nama lain."))
    officer_id = officers.insert(tx, login, name, command.roles, command.password_hash)
    if command.password_hash:
        officers.set_password(tx, officer_id, command.password_hash, must_change=True)
    if command.usual_counter is not None:
        lookup.require_counter(tx, command.usual_counter)
        officers.edit(tx, officer_id, name, command.usual_counter)
    _publish_pair(tx, officer_id, command.pair)
    return NewEvent("officer.added", "officer", officer_id, {"roles": command.roles})


@handles(
    commands.EditOfficer,
    needs=Permission.MANAGE_OFFICE,
    answer=officers.get,
    record=lambda tx, command: officers.find(tx, command.login),
)
@named("officer edit", "Ubah nama petugas LOGIN dan loketnya yang biasa.")
def edit_officer(command: commands.EditOfficer, tx: Transaction, _context: Context) -> NewEvent:
    officer = lookup.require_login(tx, command.login)
    name = normalise_line(command.name)
    if not name:
        raise refuse(_("Petugas perlu nama dan nama masuk."))
    if command.usual_counter is not None:
        lookup.require_counter(tx, command.usual_counter)
    officers.edit(tx, officer.id, name, command.usual_counter)
    return NewEvent("officer.edited", "officer", officer.id)


@handles(commands.SetPassword, needs=Permission.MANAGE_OFFICE, answer=officers.get)
@named("officer password", "Beri petugas LOGIN kata sandi baru.")
def set_password(command: commands.SetPassword, tx: Transaction, context: Context) -> NewEvent:
    officer = lookup.require_login(tx, command.login)
    is_own = officer.id == context.by.officer_id
    own_key = command.own_key if is_own else None
    if own_key is None:
        require_another_holder(tx, officer.id, officer.name)
    give_password(tx, officer.id, command.password_hash, own_key, must_change=not is_own)
    if own_key is None:
        _publish_pair(tx, officer.id, command.pair)
    return NewEvent("officer.password", "officer", officer.id)


@handles(commands.ChangeOwnPassword, needs=Permission.HOLD_KEYS, answer=officers.get)
def change_own_password(command: commands.ChangeOwnPassword, tx: Transaction, context: Context) -> NewEvent:
    """Change the actor's own password. `passwords.change` has checked the old one."""
    officer = require_found(
        officers.by_id(tx, context.by.officer_id or 0), _("Hanya petugas yang masuk dapat mengganti ini.")
    )
    if command.own_key is None:
        require_another_holder(tx, officer.id, officer.name)
    elif not command.own_key.is_sound:
        raise refuse(_("Kata sandi itu tidak dapat dipakai."), _("Keluar, masuk lagi, lalu ulangi."))
    give_password(tx, officer.id, command.password_hash, command.own_key)
    return NewEvent("officer.own_password", "officer", officer.id)


def _current_roles(tx: Transaction, command: commands.ChangeRoles) -> dict[str, Any] | None:
    """Return the field that the command changes: the roles in the order of `Role`, as a form shows them."""
    officer = officers.find(tx, command.login)
    return None if officer is None else {"roles": tuple(role for role in Role if role in officer.roles)}


@handles(commands.ChangeRoles, needs=Permission.MANAGE_OFFICE, answer=officers.get, record=_current_roles)
@named("officer roles", "Beri petugas LOGIN peran lain, sebagai ganti semua yang lama.")
def change_roles(command: commands.ChangeRoles, tx: Transaction, context: Context) -> NewEvent:
    """Change an officer's roles. Every later command of theirs is judged by the new roles."""
    officer = lookup.require_login(tx, command.login)
    _require_known_roles(command.roles)
    new_roles = roles_from(command.roles)
    # Only another admin can take the role from an admin: so an office always keeps one.
    if officer.id == context.by.officer_id and not have_permission(new_roles, Permission.MANAGE_OFFICE):
        raise refuse(_("Anda tidak dapat mencabut peran admin dari diri sendiri."), _("Minta admin lain."))
    if not have_permission(new_roles, Permission.SERVE):
        _require_no_counter(tx, officer)
    after = msgspec.structs.replace(officer, roles=command.roles)
    if readers.may_read(tx, officer, context.at) and not readers.may_read(tx, after, context.at):
        require_another_holder(tx, officer.id, officer.name)
    officers.set_roles(tx, officer.id, command.roles)
    readers.withdraw_excess_grants(tx, context.at)
    return NewEvent("officer.roles", "officer", officer.id, {"roles": command.roles})


def _require_no_counter(tx: Transaction, officer: Officer) -> None:
    if counters.staffed_by(tx, officer.id):
        raise refuse(
            _("{name} masih menjaga loket.").format(name=officer.name), _("Kosongkan loketnya dulu.")
        )


@handles(commands.RetireOfficer, needs=Permission.MANAGE_OFFICE, answer=officers.get)
@named("officer retire", "Nonaktifkan petugas LOGIN.")
def retire_officer(command: commands.RetireOfficer, tx: Transaction, context: Context) -> NewEvent:
    """Retire an officer, and delete their keys. If they held the newest key, it is marked for renewal.

    The officer may have copied it.
    """
    officer = lookup.require_login(tx, command.login)
    if officer.id == context.by.officer_id:
        raise refuse(_("Anda tidak dapat menonaktifkan diri sendiri."), _("Minta admin lain."))
    _require_no_counter(tx, officer)
    require_another_holder(tx, officer.id, officer.name)
    newest = keys.newest(tx)
    if newest is not None and officer.id in keys.holders(tx, newest.generation):
        keys.set_renewal(tx, newest.generation, due=True)
    keys.delete_pair(tx, officer.id)
    officers.retire(tx, officer.id)
    return NewEvent("officer.retired", "officer", officer.id)


@handles(commands.ReturnOfficer, needs=Permission.MANAGE_OFFICE, answer=officers.get)
@named("officer return", "Aktifkan lagi petugas LOGIN; sesudahnya beri kata sandi baru.")
def return_officer(command: commands.ReturnOfficer, tx: Transaction, _context: Context) -> NewEvent:
    officer = require_found(
        officers.find(tx, command.login), _("Petugas {login} tidak ada.").format(login=command.login)
    )
    if officer.active:
        raise refuse(_("{name} sudah aktif.").format(name=officer.name))
    officers.reinstate(tx, officer.id)
    return NewEvent("officer.returned", "officer", officer.id)


@handles(commands.ResetAdmin, needs=Permission.MANAGE_OFFICE, answer=officers.get)
def reset_admin(command: commands.ResetAdmin, tx: Transaction, context: Context) -> NewEvent:
    """Reset an admin's password, and leave a notice to every admin. The log names the PC, not the person.

    Keys that nobody else opens stay as they are: the admin may yet remember the forgotten password.
    """
    admins = [row for row in officers.all_active(tx) if Role.ADMIN in row.roles]
    officer = next((row for row in admins if row.login == command.login), None)
    if officer is None:
        raise refuse(
            _("{login} bukan admin kantor ini.").format(login=command.login),
            _("Admin yang ada: {logins}.").format(logins=", ".join(row.login for row in admins)),
        )
    give_password(tx, officer.id, command.password_hash, keeps_keys=keys.is_only_holder(tx, officer.id))
    for admin in admins:
        officers.leave_notice(tx, admin.id, officer.id, context.at, context.by.station)
    return NewEvent("officer.admin_reset", "officer", officer.id, {"told": [row.id for row in admins]})


@handles(commands.SeeNotices, needs=Permission.MANAGE_OFFICE, answer=officers.notices_for)
def see_notices(_command: commands.SeeNotices, tx: Transaction, context: Context) -> NewEvent:
    if context.by.officer_id is None:
        raise refuse(_("Hanya admin yang masuk dapat menandai ini."))
    count = officers.delete_notices(tx, context.by.officer_id)
    return NewEvent("officer.notices_seen", "officer", context.by.officer_id, {"count": count})
