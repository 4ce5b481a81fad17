"""The office's keys: made, given, renewed, recovered. The secrets that open them never pass through here."""

from collections.abc import Iterable

from ult_desktop.base import UserError, _
from ult_desktop.core.access import commands, keys as officer_keys, roles, sealing
from ult_desktop.db.access import keys, officers, seal_backlog
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.operations.access.officers import require_another_holder
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse

AREA = "keys"


def _newest(tx: Transaction, _subject: int) -> officer_keys.OfficeKey | None:
    return keys.newest(tx)


def _more_is_left(tx: Transaction, _subject: int) -> bool:
    return seal_backlog.has_unsealed(tx)


@handles(commands.PublishKey, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def publish_key(command: commands.PublishKey, tx: Transaction, context: Context) -> NewEvent:
    """Publish a pair in place of the officer's earlier one. The grants to the earlier pair are deleted.

    Raises:
        UserError: nobody else opens what the earlier pair opens. The officer may yet remember its password.
    """
    officer_id = _require_officer_id(context)
    officer_keys.require_key_length(command.public)
    if not command.wrapped.is_sound:
        raise _nobody_would_hold()
    require_another_holder(tx, officer_id, context.by.name)
    keys.publish(tx, officer_id, command.public, command.wrapped)
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
        raise _nobody_would_hold()
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
    keys.drop(tx, officer.id)
    return NewEvent("keys.given_up", AREA, officer.id)


@handles(commands.GrantKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def grant_keys(command: commands.GrantKeys, tx: Transaction, context: Context) -> NewEvent:
    """Grant the office's keys to officers who wait for them. Only an officer who holds the keys can."""
    generation = _require_held_key(tx, context).generation
    given = _write_grants(tx, command.grants, context)
    if not given:
        raise refuse(_("Tidak ada petugas yang menunggu kunci."))
    return NewEvent("keys.granted", AREA, generation, {"to": given})


@handles(commands.WithdrawKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def withdraw_keys(_command: commands.WithdrawKeys, tx: Transaction, context: Context) -> NewEvent:
    taken = readers.withdraw(tx, context.at)
    if not taken:
        raise refuse(_("Tidak ada petugas yang memegang kunci tanpa hak."))
    return NewEvent("keys.withdrawn", AREA, _require_newest(tx).generation, {"from": taken})


@handles(commands.RotateKeys, needs=roles.Permission.HOLD_KEYS, answer=_newest)
def rotate_keys(command: commands.RotateKeys, tx: Transaction, context: Context) -> NewEvent:
    """Begin a new generation of keys, only when it is due.

    The recovery code opens the new generation too.
    """
    before = _require_held_key(tx, context)
    officer_keys.require_key_length(command.public)
    if not before.renewal_due or command.generation != before.generation + 1:
        raise refuse(_("Kunci data pribadi tidak perlu diganti sekarang."))
    if {each.generation for each in command.grants} != {command.generation}:
        raise _nobody_would_hold()
    # The command was made before this transaction. If the recovery code was replaced since, the command would
    # seal the new generation for the former code.
    code = {each.public for each in keys.recoveries(tx)}
    if code != ({command.recovery.public} if command.recovery is not None else set()):
        raise refuse(_("Kode pemulihan baru saja diganti."))
    keys.set_renewal(tx, before.generation, due=False)
    keys.add_generation(tx, command.generation, command.public, context.at)
    given = _write_grants(tx, command.grants, context)
    if _require_officer_id(context) not in given:
        raise _nobody_would_hold()
    if command.recovery is not None:
        keys.add_recovery(tx, command.recovery)
    return NewEvent("keys.rotated", AREA, command.generation, {"to": given})


@handles(commands.SetRecovery, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def set_recovery(command: commands.SetRecovery, tx: Transaction, context: Context) -> NewEvent:
    """Set what a new recovery code opens.

    It must open every generation that is not lost.
    """
    generation = _require_held_key(tx, context).generation
    lost = keys.lost(tx)
    recoverable = [each.generation for each in keys.all_generations(tx) if each.generation not in lost]
    if [each.generation for each in command.recoveries] != recoverable:
        raise refuse(
            _("Kunci yang Anda pegang belum lengkap."),
            _("Minta petugas yang memegang semua kunci masuk sekali, lalu ulangi."),
        )
    keys.set_recoveries(tx, command.recoveries)
    return NewEvent("keys.recovery_set", AREA, generation)


@handles(commands.RecoverKeys, needs=roles.Permission.MANAGE_OFFICE, answer=_newest)
def recover_keys(command: commands.RecoverKeys, tx: Transaction, context: Context) -> NewEvent:
    """Grant the keys that the recovery code opened to the officer who typed it, and to nobody else.

    The log keeps which officer that was.
    """
    officer_id = _require_officer_id(context)
    if {each.officer_id for each in command.grants} != {officer_id}:
        raise _nobody_would_hold()
    if not _write_grants(tx, command.grants, context):
        raise refuse(_("Anda sudah memegang kunci itu."))
    return NewEvent("keys.recovered", AREA, officer_id)


@handles(commands.SealOld, needs=roles.Permission.HOLD_KEYS, answer=_more_is_left)
def seal_old(command: commands.SealOld, tx: Transaction, context: Context) -> NewEvent:
    """Seal a portion of the rows that are still in clear text or under an older key.

    Only an officer who holds the newest key may: clear text must not be sealed with a key that nobody opens.
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
    return known(
        keys.newest(tx),
        _("Kantor ini belum mempunyai kunci data pribadi."),
        _("Kunci dibuat saat admin masuk."),
    )


def _require_held_key(tx: Transaction, context: Context) -> officer_keys.OfficeKey:
    """Return the newest generation. Raises UserError unless the actor holds it themselves."""
    found = _require_newest(tx)
    if _require_officer_id(context) not in keys.holders(tx, found.generation):
        raise refuse(
            _("Anda belum memegang kunci data pribadi."), _("Minta petugas yang memegang kunci masuk sekali.")
        )
    return found


def _write_grants(tx: Transaction, grants: Iterable[commands.Grant], context: Context) -> list[int]:
    """Write grants; return the ids of the officers who got something.

    Officers who may not open personal data get nothing. A replay does not check that.
    """
    # What is replayed was allowed when it was done, and later entries need what it gave.
    allowed = None if context.replay else readers.readers(tx, context.at)
    given = (each for each in grants if allowed is None or each.officer_id in allowed)
    return sorted({each.officer_id for each in given if keys.grant(tx, each)})


def _nobody_would_hold() -> UserError:
    return refuse(_("Kunci itu tidak dapat diberikan."), _("Keluar, masuk lagi, lalu ulangi."))
