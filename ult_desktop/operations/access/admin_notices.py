"""The way back for a forgotten admin password, and that every admin is told of it."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.officer_commands import ResetAdmin, SeeNotices
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.db.access import keys, officers, wrong_passwords
from ult_desktop.db.access.wrong_passwords import ResetNotice
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.officers import give_password
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context, NewEvent, handles


@handles(ResetAdmin, needs=Permission.MANAGE_OFFICE, answer=officers.by_id)
def reset_admin(ask: ResetAdmin, tx: Transaction, moment: Context) -> NewEvent:
    """The log keeps the PC; which person it was, nobody signed for.

    Keys that nobody else opens stay as they are: the forgotten password may be remembered yet.
    """
    admins = [row for row in officers.all_active(tx) if Role.ADMIN in row.roles]
    officer = next((row for row in admins if row.login == ask.login), None)
    if officer is None:
        raise refuse(
            _("{login} bukan admin kantor ini.").format(login=ask.login),
            _("Admin yang ada: {logins}.").format(logins=", ".join(row.login for row in admins)),
        )
    give_password(tx, officer.id, ask.password_hash, keeps_keys=keys.is_only_holder(tx, officer.id))
    for admin in admins:
        wrong_passwords.leave_notice(tx, admin.id, officer.id, moment.at, moment.by.station)
    return NewEvent("officer.admin_reset", "officer", officer.id, {"told": [row.id for row in admins]})


def _none_left(tx: Transaction, subject: int) -> tuple[ResetNotice, ...]:
    return wrong_passwords.notices_for(tx, subject)


@handles(SeeNotices, needs=Permission.MANAGE_OFFICE, answer=_none_left)
def see_notices(_ask: SeeNotices, tx: Transaction, moment: Context) -> NewEvent:
    if moment.by.officer_id is None:
        raise refuse(_("Hanya admin yang masuk dapat menandai ini."))
    read = wrong_passwords.take_notices(tx, moment.by.officer_id)
    return NewEvent("officer.notices_seen", "officer", moment.by.officer_id, {"count": read})
