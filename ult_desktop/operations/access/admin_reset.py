"""The proof that opens the way back: whoever can write beside the office file could replace it anyway.

The code belongs to the password that is forgotten: once that is replaced, the same file opens nothing.
"""

import hashlib
from pathlib import Path

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.commands import ResetAdmin
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.access import keys, officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.key_holder import KeyedOffice
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.lookup import refuse

FRESH_MS = 60 * MINUTE_MS
_CODE_LETTERS = 8


def proof_file(office: KeyedOffice, login: str) -> Path:
    """Which file a person has to make beside the office file before `login` gets a new password.

    Raises:
        UserError: nobody has that name.
    """
    officer = office.read(lambda tx: _known(tx, login))
    secret = f"{office.uid}|{officer.id}|{officer.password_hash}"
    code = hashlib.sha256(secret.encode()).hexdigest()[:_CODE_LETTERS].upper()
    return office.path.parent / f"ULT-RESET-{code}.txt"


def require_proof(office: KeyedOffice, login: str) -> Path:
    """The file, made within the last hour by the share's clock.

    Raises:
        UserError: it is not there, with words on how to make it; or it is old.
    """
    path = proof_file(office, login)
    twice = path.with_name(f"{path.name}.txt")  # Windows hides an ending, and people type it once more
    try:
        path = twice if twice.exists() else path
        made_at = round(path.stat().st_mtime * 1000)
    except OSError as error:
        raise UserError(
            _("Bukti hak tulis belum ada."),
            _("Kata sandi belum berubah."),
            _(
                "Buat berkas kosong bernama {name} di folder {folder}, lalu jalankan perintah yang sama lagi."
            ).format(name=path.name, folder=path.parent),
        ) from error
    if abs(office.clock() - made_at) > FRESH_MS:
        raise refuse(
            _("Berkas {name} sudah lama.").format(name=path.name),
            _("Hapus berkas itu, buat lagi, lalu jalankan perintah yang sama dalam satu jam."),
        )
    return path


def reset_admin(office: KeyedOffice, login: str, password: str) -> bool:
    """A new password for the admin `login`; the proof is used up, and the log and every admin are told.

    Answers whether the keys of the office now open with his password of before and with nothing else.

    Raises:
        UserError: no proof, not an admin, or the password is too short.
    """
    proof = require_proof(office, login)
    command = ResetAdmin(login=login, password_hash=hash_password(password))
    officer = office.perform(command, Actor(station=office.station, roles=frozenset({Role.ADMIN})))
    proof.unlink(missing_ok=True)
    return office.read(lambda tx: keys.is_only_holder(tx, officer.id))


def _known(tx: Transaction, login: str) -> OfficerRow:
    officer = officers.find(tx, login)
    if officer is None:
        raise refuse(_("Petugas {login} tidak ada.").format(login=login))
    return officer
