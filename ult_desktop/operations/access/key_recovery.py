"""The recovery code: made by who holds the keys, used by an admin when nobody's password opens them."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.commands import GiveUpKeys, Grant, RecoverKeys, Recovery, SetRecovery
from ult_desktop.core.access.keys import KeyPair, new_code, pair_of_code, unseal
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.access.sealing import UnsealError
from ult_desktop.db.access import keys
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.key_holder import KeyedOffice
from ult_desktop.operations.lookup import refuse


def lacks_code(tx: Transaction) -> bool:
    """Whether the office has keys that nobody could recover."""
    return keys.newest(tx) is not None and not keys.recoveries(tx)


def renew_code(office: KeyedOffice, by: Actor) -> str:
    """A new code, which is nowhere but in the answer; the one before opens nothing any more."""
    code = new_code()
    keep_code(office, by, code)
    return code


def keep_code(office: KeyedOffice, by: Actor, code: str) -> None:
    """From now on `code` opens the office's keys.

    Raises:
        UserError: not an admin, or his own keys do not open everything.
    """
    if office.keys.pair is None:
        raise refuse(
            _("Kunci Anda tidak terbuka dengan kata sandi ini."),
            _("Kembalikan kata sandi lama, atau lepaskan kuncinya: `ult-desktop keys give-up`."),
        )
    recoveries = office.keys.recoveries_for(pair_of_code(code).public)
    office.perform(SetRecovery(recoveries=recoveries), by)


def give_up(office: KeyedOffice, by: Actor, login: str) -> None:
    """What only the keys of `login` open is lost; as soon as an admin signs in there are new ones.

    Raises:
        UserError: somebody else or a code opens it, or the keys are open right here.
    """
    if office.keys.secrets:
        raise refuse(
            _("Kata sandi Anda masih membuka kunci data pribadi."),
            _("Buat kode pemulihan: `ult-desktop keys recovery-code`."),
        )
    office.perform(GiveUpKeys(login=login), by)
    office.keys.look()
    office.keys.maintain()


def recover(office: KeyedOffice, by: Actor, code: str) -> None:
    """Give the signed-in admin the keys that `code` opens.

    Raises:
        UserError: it is not the code of this office, or was replaced; or he is not an admin.
    """
    recovery, own = pair_of_code(code), office.keys.pair
    if own is None:
        raise refuse(_("Kunci Anda belum ada di berkas kantor."), _("Masuk lagi, lalu ulangi."))
    office.perform(RecoverKeys(grants=office.read(lambda tx: _grants(tx, recovery, own, by))), by)
    office.keys.look()
    office.keys.maintain()


def _grants(tx: Transaction, recovery: KeyPair, own: KeyPair, by: Actor) -> tuple[Grant, ...]:
    try:
        return tuple(
            Grant(
                generation=each.generation,
                officer_id=by.officer_id or 0,
                public=own.public,
                sealed=unseal(recovery.private, each.sealed).sealed_for(own.public),
            )
            for each in _require_some(tx)
        )
    except UnsealError:
        raise refuse(
            _("Kode pemulihan itu bukan milik kantor ini, atau sudah diganti."),
            _("Cari kertas dengan kode yang terakhir dibuat."),
        ) from None


def _require_some(tx: Transaction) -> tuple[Recovery, ...]:
    found = keys.recoveries(tx)
    if not found:
        raise refuse(
            _("Kantor ini belum mempunyai kode pemulihan."),
            _("Minta petugas yang memegang kunci masuk sekali."),
        )
    return found
