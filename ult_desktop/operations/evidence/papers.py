"""The papers by which the office publishes its standard: a leaflet for each service, and the Maklumat."""

from ult_desktop.base import _, language
from ult_desktop.core.office.standard import pledge_of, published_of
from ult_desktop.core.sheet import Sheet, SheetRow
from ult_desktop.db.office import office, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import require_found
from ult_desktop.operations.sheets import dated_signature, letterhead


def standard_leaflet(tx: Transaction, service_id: int) -> Sheet:
    """Return the leaflet with the six published components of a service, also if some are not written yet."""
    settings = office.load(tx).settings
    service = require_found(services.find(tx, service_id), _("Layanan itu tidak ada.")).definition
    return Sheet(
        office=letterhead(settings),
        title=_("Standar Pelayanan"),
        number=service.name.within(language()),
        rows=tuple(
            SheetRow(f"{number}. {component.name}", "\n".join(component.lines) or _("Belum ditulis."))
            for number, component in enumerate(published_of(service), 1)
        ),
        notes=settings.office.complaint_ways,
    )


def pledge_sheet(tx: Transaction, now: int) -> Sheet:
    """Return the Maklumat Pelayanan, to be signed and hung up; `now` is UTC ms."""
    settings = office.load(tx).settings
    return Sheet(
        office=letterhead(settings),
        title=_("Maklumat Pelayanan"),
        number="",
        rows=tuple(SheetRow("", line) for line in pledge_of(settings.office)),
        signatures=(dated_signature(settings, now),),
    )
