"""An officer's own password: chosen by them, after they have proved the old one."""

from ult_desktop.base import _
from ult_desktop.core.access import commands, passwords
from ult_desktop.core.access.roles import Actor, Officer
from ult_desktop.db.access import officers
from ult_desktop.operations.access import key_holder
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.operation import known, refuse


def change(office: key_holder.KeyedOffice, by: Actor, old: str, new: str) -> Officer:
    """Change the officer's own password. The keys stay open to them, under the new one.

    Raises:
        TooManyTries: earlier wrong passwords make this one wait.
        UserError: the old one is wrong, or the new one is too easy or the same.
    """
    officer = known(
        office.read(lambda tx: officers.by_id(tx, by.officer_id or 0)),
        _("Hanya petugas yang masuk dapat mengganti ini."),
    )
    office.recognise(officer.login, old)
    if new == old:
        raise refuse(_("Kata sandi baru sama dengan yang lama."), passwords.rule_words())
    passwords.require_strong(new, officer.login)
    hashed = hash_password(new)
    own_key = office.keys.rewrapped(new, hashed)
    return office.perform(commands.ChangeOwnPassword(password_hash=hashed, own_key=own_key), by)
