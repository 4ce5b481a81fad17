"""The ways back without a password: the recovery code, and the proof that an admin's password may be reset.

The proof is that same code, or a file next to the office's. The file's name depends on the password that is
forgotten: once that is replaced, the file proves nothing. On a server the proof is the account of the
database's owner: the folder is this PC's own there.
"""

from pathlib import Path

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import sha256
from ult_desktop.core.access import commands, keys as officer_keys, sealing
from ult_desktop.core.access.roles import Actor, Officer, Role
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import key_holder, officers as officer_officers
from ult_desktop.operations.operation import known, refuse


def lacks_code(tx: Transaction) -> bool:
    """Return whether the office has keys that nobody could recover."""
    return keys.newest(tx) is not None and not keys.recoveries(tx)


def renew_code(office: key_holder.KeyedOffice, by: Actor) -> str:
    """Make a new code, which exists only in the answer. The previous code opens nothing any more."""
    code = officer_keys.new_code()
    keep_code(office, by, code)
    return code


def keep_code(office: key_holder.KeyedOffice, by: Actor, code: str) -> None:
    """Have `code` open the office's keys from now on.

    Raises:
        UserError: the actor is no admin, or their own keys do not open everything.
    """
    if office.keys.pair is None:
        raise refuse(
            _("Kunci Anda tidak terbuka dengan kata sandi ini."),
            _("Kembalikan kata sandi lama, atau lepaskan kuncinya: `ult-desktop keys give-up LOGIN`."),
        )
    recoveries = office.keys.recoveries_for(officer_keys.pair_of_code(code).public)
    office.perform(commands.SetRecovery(recoveries=recoveries), by)


def give_up(office: key_holder.KeyedOffice, by: Actor, login: str) -> None:
    """Delete the keys of `login`. What only they open is lost.

    The next admin who signs in gets new keys.

    Raises:
        UserError: another officer or the recovery code opens the same, or the officer signed in here opens
            any keys.
    """
    if office.keys.secrets:
        raise refuse(
            _("Kata sandi Anda masih membuka kunci data pribadi."),
            _("Buat kode pemulihan: `ult-desktop keys recovery-code`."),
        )
    office.perform(commands.GiveUpKeys(login=login), by)
    office.keys.reload_and_maintain()


def recover(office: key_holder.KeyedOffice, by: Actor, code: str) -> None:
    """Give the signed-in admin the keys that `code` opens.

    Raises:
        UserError: it is not the code of this office, or was replaced; or the actor is no admin, has no key
            pair, or holds those keys already.
    """
    recovery, own = officer_keys.pair_of_code(code), office.keys.pair
    if own is None:
        raise refuse(_("Kunci Anda belum ada di data kantor."), _("Masuk lagi, lalu ulangi."))
    office.perform(commands.RecoverKeys(grants=office.read(lambda tx: _grants(tx, recovery, own, by))), by)
    office.keys.reload_and_maintain()


def _grants(
    tx: Transaction, recovery: officer_keys.KeyPair, own: officer_keys.KeyPair, by: Actor
) -> tuple[commands.Grant, ...]:
    return tuple(
        commands.Grant(
            generation=generation,
            officer_id=by.officer_id or 0,
            public=own.public,
            sealed=secret.sealed_for(own.public),
        )
        for generation, secret in _secrets(tx, recovery)
    )


def _secrets(tx: Transaction, recovery: officer_keys.KeyPair) -> tuple[tuple[int, officer_keys.Secret], ...]:
    """Return the secret of each generation that the recovery pair opens.

    Raises UserError if there is no recovery code, or if this pair is not that of the code in force.
    """
    try:
        return tuple(
            (each.generation, officer_keys.unseal(recovery.private, each.sealed))
            for each in _require_recoveries(tx)
        )
    except sealing.UnsealError:
        raise refuse(
            _("Kode pemulihan itu bukan milik kantor ini, atau sudah diganti."),
            _("Cari kertas dengan kode yang terakhir dibuat."),
        ) from None


def _require_recoveries(tx: Transaction) -> tuple[commands.Recovery, ...]:
    found = keys.recoveries(tx)
    if not found:
        raise refuse(
            _("Kantor ini belum mempunyai kode pemulihan."),
            _("Minta petugas yang memegang kunci masuk sekali."),
        )
    return found


FRESH_MS = 60 * MINUTE_MS
_CODE_LETTERS = 8


def proof_file(office: key_holder.KeyedOffice, login: str) -> Path:
    """Return the file that a person has to make next to the office file before `login` gets a new password.

    Raises:
        UserError: nobody has that name.
    """
    officer = office.read(lambda tx: _require_officer(tx, login))
    secret = f"{office.uid}|{officer.id}|{officer.password_hash}"
    code = sha256(secret.encode()).hex()[:_CODE_LETTERS].upper()
    return office.path.parent / f"ULT-RESET-{code}.txt"


def require_proof(office: key_holder.KeyedOffice, login: str) -> Path | None:
    """Return the proof file, made within the last hour by the share's clock; on a server None.

    Raises:
        UserError: it is not there, with words on how to make it; or it is old. On a server: the account does
            not own the office.
    """
    if is_server(office.path):
        if not office.read(lambda tx: tx.on_connection(tx.engine.is_owned)):
            raise UserError(
                _("Akun server di PC ini bukan pemilik basis data kantor."),
                _("Kata sandi belum berubah."),
                _("Jalankan perintah yang sama dengan akun pemilik: --database postgresql://PEMILIK@…"),
            )
        return None
    path = proof_file(office, login)
    doubled = path.with_name(f"{path.name}.txt")  # Windows hides an ending, and people type it again
    try:
        path = doubled if doubled.exists() else path
        made_at = round(path.stat().st_mtime * 1000)
    except OSError as error:
        raise UserError(
            _("Bukti hak tulis belum ada."),
            _("Kata sandi belum berubah."),
            _(
                "Buat berkas kosong bernama {name} di folder {folder}, lalu jalankan perintah yang sama lagi."
            ).format(name=path.name, folder=path.parent),
        ) from error
    # The share's server dates the file; this PC's own clock may be wrong.
    if abs(office.clock() - made_at) > FRESH_MS:
        raise refuse(
            _("Berkas {name} sudah lama.").format(name=path.name),
            _("Hapus berkas itu, buat lagi, lalu jalankan perintah yang sama dalam satu jam."),
        )
    return path


def reset_admin(office: key_holder.KeyedOffice, login: str, password: str) -> bool:
    """Reset the password of the admin `login`; return whether the keys now open with the old password alone.

    The proof is used up, and the log and every admin are informed.

    Raises:
        UserError: there is no proof, `login` is no admin, or the password is too easy.
    """
    proof = require_proof(office, login)
    officer = _reset(office, login, password)
    if proof is not None:
        proof.unlink(missing_ok=True)
    return office.read(lambda tx: keys.is_only_holder(tx, officer.id))


def reset_with_code(office: key_holder.KeyedOffice, login: str, code: str, password: str) -> Officer:
    """Reset the password of the admin `login`, and give them the keys that the office's recovery code opens.

    The code is the proof; every admin is informed. Nobody is signed in by it.

    Raises:
        UserError: the code is not this office's, `login` is no admin, or the password is too easy.
    """
    recovery = officer_keys.pair_of_code(code)
    # A wrong code is refused before anything is changed.
    office.read(lambda tx: _secrets(tx, recovery))
    officer = _reset(office, login, password)
    by = office.check_password(login, password)
    office.keys.open(by, password)
    try:
        recover(office, by, code)
    finally:
        office.keys.forget()
    return officer


def _reset(office: key_holder.KeyedOffice, login: str, password: str) -> Officer:
    hashed = officer_officers.hash_password(password, office.read(officer_officers.own_words))
    command = commands.ResetAdmin(login=login, password_hash=hashed)
    return office.perform(command, Actor(station=office.station, roles=frozenset({Role.ADMIN})))


def _require_officer(tx: Transaction, login: str) -> Officer:
    return known(officers.find(tx, login), _("Petugas {login} tidak ada.").format(login=login))
