"""The way back for a forgotten admin password, and that every admin is told of it."""

from ult_desktop.core.access_asks import ResetAdmin, SeeNotices
from ult_desktop.core.roles import Permission, Role
from ult_desktop.db import gate, keys, officers
from ult_desktop.db.gate import ResetNotice
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.officers import give_password


@performs(ResetAdmin, needs=Permission.MANAGE_OFFICE, answer=officers.by_id)
def reset_admin(ask: ResetAdmin, tx: Transaction, moment: Moment) -> Done:
    """The log keeps the PC; which person it was, nobody signed for.

    Keys that nobody else opens stay as they are: the forgotten password may be remembered yet.
    """
    admins = [row for row in officers.all_active(tx) if Role.ADMIN in row.roles]
    officer = next((row for row in admins if row.login == ask.login), None)
    if officer is None:
        raise nothing_changed(
            _("{login} bukan admin kantor ini.").format(login=ask.login),
            _("Admin yang ada: {logins}.").format(logins=", ".join(row.login for row in admins)),
        )
    give_password(tx, officer.id, ask.password_hash, keeps_keys=keys.held_alone(tx, officer.id))
    for admin in admins:
        gate.leave_notice(tx, admin.id, officer.id, moment.at, moment.by.station)
    return Done("officer.admin_reset", "officer", officer.id, {"told": [row.id for row in admins]})


def _none_left(tx: Transaction, subject: int) -> tuple[ResetNotice, ...]:
    return gate.notices_for(tx, subject)


@performs(SeeNotices, needs=Permission.MANAGE_OFFICE, answer=_none_left)
def see_notices(_ask: SeeNotices, tx: Transaction, moment: Moment) -> Done:
    if moment.by.officer_id is None:
        raise nothing_changed(_("Hanya admin yang masuk dapat menandai ini."))
    read = gate.take_notices(tx, moment.by.officer_id)
    return Done("officer.notices_seen", "officer", moment.by.officer_id, {"count": read})
