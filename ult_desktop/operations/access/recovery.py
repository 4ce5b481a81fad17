"""The ways back without a password: the recovery code, and the proof that an admin's password may be reset.

The proof is the recovery code, or a file that a person makes next to the office file: whoever can do that has
the rights of the share. The file's name depends on the forgotten password: once that is replaced, the file
proves nothing. On a server the folder is this PC's own: there the proof is the database owner's account.
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
from ult_desktop.operations.access import key_holder
from ult_desktop.operations.access.officers import guessable_words, hash_password
from ult_desktop.operations.operation import refuse, require_found

PROOF_LIFETIME_MS = 60 * MINUTE_MS
_CODE_LETTERS = 8  # in the proof file's name


def lacks_code(tx: Transaction) -> bool:
    """Return whether the office has keys and no recovery code."""
    return keys.newest(tx) is not None and not keys.recoveries(tx)


def renew_code(office: key_holder.KeyedOffice, by: Actor) -> str:
    """Return a new recovery code, which is stored nowhere. The previous code opens nothing any more."""
    code = officer_keys.new_code()
    put_code_in_force(office, by, code)
    return code


def put_code_in_force(office: key_holder.KeyedOffice, by: Actor, code: str) -> None:
    """Let `code` open the office's keys from now on, instead of the previous code.

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
    """Delete the keys of `login`. The data that no other keys open is lost.

    The next admin who signs in gets new keys.

    Raises:
        UserError: another officer or the recovery code opens the same data, or the officer who is signed in
            here opens any keys.
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
        UserError: the code is not that of this office, or was replaced; or the actor is no admin, has no key
            pair, or holds those keys already.
    """
    code_pair, own_pair = officer_keys.pair_of_code(code), office.keys.pair
    if own_pair is None:
        raise refuse(_("Kunci Anda belum ada di data kantor."), _("Masuk lagi, lalu ulangi."))
    secrets = office.read(lambda tx: _open_recoveries(tx, code_pair))
    grants = tuple(
        commands.Grant(
            generation=generation,
            officer_id=by.officer_id or 0,
            public=own_pair.public,
            sealed=secret.sealed_for(own_pair.public),
        )
        for generation, secret in secrets.items()
    )
    office.perform(commands.RecoverKeys(grants=grants), by)
    office.keys.reload_and_maintain()


def _open_recoveries(tx: Transaction, code_pair: officer_keys.KeyPair) -> dict[int, officer_keys.Secret]:
    """Return the secrets that the recovery code's pair opens, by generation.

    Raises UserError if the office has no recovery code, or if this pair is not that of the code in force.
    """
    recoveries = keys.recoveries(tx)
    if not recoveries:
        raise refuse(
            _("Kantor ini belum mempunyai kode pemulihan."),
            _("Minta petugas yang memegang kunci masuk sekali."),
        )
    try:
        return {
            recovery.generation: officer_keys.unseal(code_pair.private, recovery.sealed)
            for recovery in recoveries
        }
    except sealing.UnsealError:
        raise refuse(
            _("Kode pemulihan itu bukan milik kantor ini, atau sudah diganti."),
            _("Cari kertas dengan kode yang terakhir dibuat."),
        ) from None


def proof_file(office: key_holder.KeyedOffice, login: str) -> Path:
    """Return the file that a person has to make next to the office file before `login` gets a new password.

    Raises:
        UserError: nobody has that name.
    """
    officer = require_found(
        office.read(lambda tx: officers.find(tx, login)), _("Petugas {login} tidak ada.").format(login=login)
    )
    secret = f"{office.uid}|{officer.id}|{officer.password_hash}"
    code = sha256(secret.encode()).hex()[:_CODE_LETTERS].upper()
    return office.path.parent / f"ULT-RESET-{code}.txt"


def require_proof(office: key_holder.KeyedOffice, login: str) -> Path | None:
    """Require the proof that `login` may get a new password. Return the proof file; None on a server.

    Raises:
        UserError: the file is not there, with words on how to make it, or is older than an hour by the
            share's clock. On a server: the account does not own the office.
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
    # Windows hides the ending ".txt", and people type it again.
    double_ending = path.with_name(f"{path.name}.txt")
    try:
        path = double_ending if double_ending.exists() else path
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
    if abs(office.clock() - made_at) > PROOF_LIFETIME_MS:
        raise refuse(
            _("Berkas {name} sudah lama.").format(name=path.name),
            _("Hapus berkas itu, buat lagi, lalu jalankan perintah yang sama dalam satu jam."),
        )
    return path


def reset_admin(office: key_holder.KeyedOffice, login: str, password: str) -> bool:
    """Reset the password of the admin `login`; return whether only the old password opens their keys.

    The proof file is deleted, and the log and every admin are informed.

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

    The code is the proof; every admin is informed. Nobody is signed in afterwards.

    Raises:
        UserError: the code is not this office's, `login` is no admin, or the password is too easy.
    """
    code_pair = officer_keys.pair_of_code(code)
    # A wrong code is refused before anything is changed.
    office.read(lambda tx: _open_recoveries(tx, code_pair))
    officer = _reset(office, login, password)
    by = office.check_password(login, password)
    office.keys.open(by, password)
    try:
        recover(office, by, code)
    finally:
        office.keys.forget()
    return officer


def _reset(office: key_holder.KeyedOffice, login: str, password: str) -> Officer:
    hashed = hash_password(password, office.read(guessable_words))
    command = commands.ResetAdmin(login=login, password_hash=hashed)
    return office.perform(command, Actor(station=office.station, roles=frozenset({Role.ADMIN})))
