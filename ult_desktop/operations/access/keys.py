"""The commands of the office's keys: make, grant, withdraw, renew, recover, seal old text with them.

A command holds public keys and sealed secrets only. The secrets stay with the `KeyHolder` of a station.
"""

from collections.abc import Iterable

from ult_desktop.base import UserError, _
from ult_desktop.core.access import commands, keys as officer_keys, roles, sealing
from ult_desktop.db.access import keys, officers, seal_backlog
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.operations.access.officers import require_another_holder
from ult_desktop.operations.operation import Context, NewEvent, handles, refuse, require_found

AREA = "keys"


def _newest(tx: Transaction, _subject: int) -> officer_keys.OfficeKey | None:
    return keys.newest(tx)


@handles(commands.PublishKey, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def publish_key(command: commands.PublishKey, tx: Transaction, context: Context) -> NewEvent:
    """Publish a pair in place of the officer's earlier one. The grants to the earlier pair are deleted.

    Raises:
        UserError: nobody else opens what the earlier pair opens. The officer may yet remember its password.
    """
    officer_id = _require_officer_id(context)
    officer_keys.require_key_length(command.public)
    if not command.wrapped.is_sound:
        raise _ungrantable()
    require_another_holder(tx, officer_id, context.by.name)
    keys.replace_pair(tx, officer_id, command.public, command.wrapped)
    return NewEvent("keys.published", AREA, officer_id)


@handles(commands.MakeKeys, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def make_keys(command: commands.MakeKeys, tx: Transaction, context: Context) -> NewEvent:
    officer_id = _require_officer_id(context)
    officer_keys.require_key_length(command.public)
    newest = keys.newest(tx)
    if newest is not None and newest.generation not in keys.lost(tx):
        raise refuse(_("Kantor ini sudah mempunyai kunci data pribadi."))
    # Sealed text names the generation of its key: a lost key's number must not be used for a new key.
    generation = 1 if newest is None else newest.generation + 1
    keys.add_generation(tx, generation, command.public, context.at)
    grant = command.grant
    if (grant.generation, grant.officer_id) != (generation, officer_id) or not _write_grants(
        tx, [grant], context
    ):
        raise _ungrantable()
    seal_backlog.restart_scan(tx)
    return NewEvent("keys.made", AREA, generation)


@handles(commands.GiveUpKeys, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def give_up_keys(command: commands.GiveUpKeys, tx: Transaction, context: Context) -> NewEvent:
    """Delete the keys of an officer who alone holds them, and can no longer open them.

    The next admin who signs in begins a new generation.
    """
    _require_officer_id(context)
    officer = officers.find(tx, command.login)
    if officer is None or not keys.is_only_holder(tx, officer.id):
        raise refuse(
            _("Kunci {login} tidak perlu dilepas.").format(login=command.login),
            _("Petugas lain atau kode pemulihan membukanya: lihat `ult-desktop keys status`."),
        )
    keys.delete_pair(tx, officer.id)
    return NewEvent("keys.given_up", AREA, officer.id)


@handles(commands.GrantKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def grant_keys(command: commands.GrantKeys, tx: Transaction, context: Context) -> NewEvent:
    """Grant the office's keys to officers who wait for them. Only an officer who holds the keys can."""
    generation = _require_held_key(tx, context).generation
    receiver_ids = _write_grants(tx, command.grants, context)
    if not receiver_ids:
        raise refuse(_("Tidak ada petugas yang menunggu kunci."))
    return NewEvent("keys.granted", AREA, generation, {"to": receiver_ids})


@handles(commands.WithdrawKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def withdraw_keys(_command: commands.WithdrawKeys, tx: Transaction, context: Context) -> NewEvent:
    loser_ids = readers.withdraw_excess_grants(tx, context.at)
    if not loser_ids:
        raise refuse(_("Tidak ada petugas yang memegang kunci tanpa hak."))
    return NewEvent("keys.withdrawn", AREA, _require_newest(tx).generation, {"from": loser_ids})


@handles(commands.RotateKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def rotate_keys(command: commands.RotateKeys, tx: Transaction, context: Context) -> NewEvent:
    """Begin a new generation of keys, if its renewal is due. The recovery code opens it too."""
    current = _require_held_key(tx, context)
    officer_keys.require_key_length(command.public)
    if not current.renewal_due or command.generation != current.generation + 1:
        raise refuse(_("Kunci data pribadi tidak perlu diganti sekarang."))
    if {grant.generation for grant in command.grants} != {command.generation}:
        raise _ungrantable()
    # The command was made before this transaction. If the recovery code was replaced since, the command would
    # seal the new generation for the former code.
    current_code = {recovery.public for recovery in keys.recoveries(tx)}
    sealed_for_code = set() if command.recovery is None else {command.recovery.public}
    if current_code != sealed_for_code:
        raise refuse(_("Kode pemulihan baru saja diganti."))
    keys.set_renewal(tx, current.generation, due=False)
    keys.add_generation(tx, command.generation, command.public, context.at)
    receiver_ids = _write_grants(tx, command.grants, context)
    if _require_officer_id(context) not in receiver_ids:
        raise _ungrantable()
    if command.recovery is not None:
        keys.add_recovery(tx, command.recovery)
    return NewEvent("keys.rotated", AREA, command.generation, {"to": receiver_ids})


@handles(commands.SetRecovery, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def set_recovery(command: commands.SetRecovery, tx: Transaction, context: Context) -> NewEvent:
    """Write what a new recovery code opens: every generation that is not lost."""
    generation = _require_held_key(tx, context).generation
    lost = keys.lost(tx)
    recoverable = [key.generation for key in keys.all_generations(tx) if key.generation not in lost]
    if [recovery.generation for recovery in command.recoveries] != recoverable:
        raise refuse(
            _("Kunci yang Anda pegang belum lengkap."),
            _("Minta petugas yang memegang semua kunci masuk sekali, lalu ulangi."),
        )
    keys.set_recoveries(tx, command.recoveries)
    return NewEvent("keys.recovery_set", AREA, generation)


@handles(commands.RecoverKeys, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def recover_keys(command: commands.RecoverKeys, tx: Transaction, context: Context) -> NewEvent:
    """Grant the keys that the recovery code opened to the officer who typed it, and to nobody else."""
    officer_id = _require_officer_id(context)
    if {grant.officer_id for grant in command.grants} != {officer_id}:
        raise _ungrantable()
    if not _write_grants(tx, command.grants, context):
        raise refuse(_("Anda sudah memegang kunci itu."))
    return NewEvent("keys.recovered", AREA, officer_id)


def _has_unsealed(tx: Transaction, _subject: int) -> bool:
    return seal_backlog.has_unsealed(tx)


@handles(commands.SealOld, needs=roles.Permission.HOLD_KEYS, answer=_has_unsealed)
def seal_old(command: commands.SealOld, tx: Transaction, context: Context) -> NewEvent:
    """Seal a portion of the rows that are still in clear text or under an older key.

    Only an officer who holds the newest key may: clear text must not be sealed with a key that nobody holds.
    """
    newest = _require_held_key(tx, context)
    if command.anew:
        seal_backlog.restart_scan(tx)
    if not seal_backlog.has_unsealed(tx):
        raise refuse(_("Tidak ada data lama yang belum disegel."))
    count = seal_backlog.seal_portion(tx, sealing.Seal(newest.generation, newest.public).seal_text)
    return NewEvent("keys.sealed_old", AREA, newest.generation, {"count": count})


def _require_officer_id(context: Context) -> int:
    if context.by.officer_id is None:
        raise refuse(_("Hanya petugas yang masuk dapat memegang kunci."))
    return context.by.officer_id


def _require_newest(tx: Transaction) -> officer_keys.OfficeKey:
    return require_found(
        keys.newest(tx),
        _("Kantor ini belum mempunyai kunci data pribadi."),
        _("Kunci dibuat saat admin masuk."),
    )


def _require_held_key(tx: Transaction, context: Context) -> officer_keys.OfficeKey:
    """Return the newest generation. Raises UserError unless the actor holds it themselves."""
    newest = _require_newest(tx)
    if _require_officer_id(context) not in keys.holders(tx, newest.generation):
        raise refuse(
            _("Anda belum memegang kunci data pribadi."), _("Minta petugas yang memegang kunci masuk sekali.")
        )
    return newest


def _write_grants(tx: Transaction, grants: Iterable[commands.Grant], context: Context) -> list[int]:
    """Write grants; return the ids of the officers who got one that they did not have.

    Officers who may not open personal data get none. A replay does not check that.
    """
    # What is replayed was allowed when it was done, and later entries need the grants.
    reader_ids = None if context.replay else readers.reader_ids(tx, context.at)
    receiver_ids = set[int]()
    for grant in grants:
        may_receive = reader_ids is None or grant.officer_id in reader_ids
        if may_receive and keys.grant(tx, grant):
            receiver_ids.add(grant.officer_id)
    return sorted(receiver_ids)


def _ungrantable() -> UserError:
    return refuse(_("Kunci itu tidak dapat diberikan."), _("Keluar, masuk lagi, lalu ulangi."))
