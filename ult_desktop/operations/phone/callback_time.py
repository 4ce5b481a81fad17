"""Until when a caller is called back."""

from ult_desktop.base.i18n import _
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.phone.phone_call import CALLBACK_DAYS, PhoneCall
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context


def callback_due_at(call: PhoneCall, moment: Context, promised_at: int | None) -> int:
    """The promise (UTC ms): what was said, else the end of the next working day.

    Raises UserError without a number to call, or for a moment that has passed.
    """
    if not call.phone:
        raise refuse(
            _("Nomor telepon penelepon belum dicatat."), _("Tanyakan nomornya, lalu janjikan telepon balik.")
        )
    if promised_at is None:
        return WorkingCalendar(moment.office.settings).due_after_days(moment.at, CALLBACK_DAYS)
    if promised_at <= moment.at:
        raise refuse(_("Waktu yang dijanjikan sudah lewat."), _("Sebutkan waktu yang akan datang."))
    return promised_at
