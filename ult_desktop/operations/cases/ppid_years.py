"""What PPID writes about a year beside its register."""

from datetime import date

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.ppid_year import PpidYear, TellPpidYear
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, handles, refuse

FIRST_YEAR = 2000


@handles(TellPpidYear, needs=Permission.HANDLE_PPID, answer=ppid_years.get)
def tell_ppid_year(command: TellPpidYear, tx: Transaction, context: Context) -> NewEvent:
    this_year = int(context.day[:4])
    if not FIRST_YEAR <= command.year <= this_year:
        raise refuse(_("Tahun {year} belum berjalan.").format(year=command.year), _("Pilih tahun yang lain."))
    given = {
        name: text.strip()
        for name in PpidYear.__struct_fields__
        if isinstance(text := getattr(command, name), str)
    }
    told = msgspec.structs.replace(ppid_years.get(tx, command.year), **given)
    if told.sent_on and _day(told.sent_on).year <= command.year:
        raise refuse(
            _("Laporan tidak dapat dikirim sebelum tahunnya berakhir."), _("Perbaiki tanggal kirimnya.")
        )
    ppid_years.tell(tx, told, context.at, context.by.officer_id)
    return NewEvent("ppid.year_told", "case", command.year, {"sent": bool(told.sent_on)})


def _day(iso: str) -> date:
    """Raises UserError for what is no date."""
    try:
        return date.fromisoformat(iso)
    except ValueError as error:
        raise refuse(
            _("“{text}” bukan tanggal.").format(text=iso), _("Tulis tanggal seperti 2027-03-31.")
        ) from error
