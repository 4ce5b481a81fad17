"""Until when a caller is called back."""

from ult_desktop.core.phone import CALLBACK_DAYS, PhoneCall
from ult_desktop.core.working_time import WorkingCalendar
from ult_desktop.i18n import _
from ult_desktop.operations.base import Moment
from ult_desktop.operations.finding import nothing_changed


def promised_moment(call: PhoneCall, moment: Moment, promised_at: int | None) -> int:
    """The promise (UTC ms): what was said, else the end of the next working day.

    Raises UserError without a number to call, or for a moment that has passed.
    """
    if not call.phone:
        raise nothing_changed(
            _("Nomor telepon penelepon belum dicatat."), _("Tanyakan nomornya, lalu janjikan telepon balik.")
        )
    if promised_at is None:
        return WorkingCalendar(moment.office.settings).due_after_days(moment.at, CALLBACK_DAYS)
    if promised_at <= moment.at:
        raise nothing_changed(_("Waktu yang dijanjikan sudah lewat."), _("Sebutkan waktu yang akan datang."))
    return promised_at
