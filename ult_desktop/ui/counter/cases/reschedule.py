"""Not settled today: another date and time, and a slip with the code (POS Kaltara 5)."""

from datetime import datetime
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.commands import Reschedule
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import appointment_sheet
from ult_desktop.ui.counter.cases.reading import CaseView
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.date_fields import DateField, TimeField
from ult_desktop.ui.kit.forms.text_field import TextField


class RescheduleBox(FormBox):
    """Asks for date, time, officer and reason; afterwards offers the slip."""

    def __init__(self, host: PageHost, view: CaseView) -> None:
        theme = host.theme
        people = [(each.id, each.name) for each in view.colleagues]
        fields = (
            (
                DateField(theme, "date", _("Tanggal"), required=True, now=host.now),
                TimeField(theme, "time", _("Pukul"), required=True),
            ),
            ChoiceField(theme, "officer_id", _("Petugas yang menerima"), people, required=True),
            TextField(theme, "reason", _("Alasan"), required=True, rows=2),
        )
        super().__init__(
            host,
            _("Jadwalkan ulang"),
            fields,
            command=partial(self._ask_for, view.card.case.id),
            verb=_("Jadwalkan"),
            told=_("Janji temu tercatat."),
            then=self._offer_slip,
            icon=("calendar-days", "blue"),
            draft=host.draft("case-reschedule", view.card.case.id),
        )
        self.form.field("officer_id").show_value(view.card.case.owner_id)

    def _ask_for(self, case_id: int, values: dict[str, Any]) -> Reschedule:
        zone = self._host.now().tzinfo
        moment = datetime.combine(values["date"], values["time"], tzinfo=zone)
        return Reschedule(
            case_id=case_id,
            at=to_stamp(moment),
            reason=values["reason"],
            officer_id=values["officer_id"],
        )

    def _offer_slip(self, appointment: Appointment) -> None:
        offer_paper(self._host, partial(appointment_slip, appointment.id))


def appointment_slip(appointment_id: int, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: appointment_sheet(tx, appointment_id))
