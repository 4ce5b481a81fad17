"""The field that asks an officer who is late with a step for the reason."""

from functools import partial
from typing import NamedTuple

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.accountability.deviation_words import reason_of, written_words
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.accountability.judging import describe_lacks, late_of_officer
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import forms


class Lateness(NamedTuple):
    """The steps that an officer is late with at a visit, and the reasons that the office offers."""

    steps: tuple[Lack, ...]
    reasons: tuple[str, ...]


class LateField(forms.ChoiceField):
    """The field for why the officer is late with what they hand on, hidden unless they are late.

    Its caption names the deviations that would be written. The officer types the number of one of the
    office's reasons, or their own words.
    """

    def __init__(self, host: PageHost, visit_id: int) -> None:
        self._reasons: tuple[str, ...] = ()
        super().__init__(host.theme, "reason", _("Alasan"), free=True)
        self.set_shown(False)
        host.read(partial(_read_lateness, visit_id, host.actor.officer_id), self._show_lateness)

    def _show_lateness(self, lateness: Lateness) -> None:
        if lateness.steps:
            self.caption.setText(f"{written_words(lateness.steps)}\n{_('Alasan')}")
            self._reasons = lateness.reasons
            self.show_options([(reason, f"{n}  {reason}") for n, reason in enumerate(lateness.reasons, 1)])
            self.set_shown(True)

    @override
    def value(self) -> object:
        return reason_of(str(super().value() or ""), self._reasons)


def _read_lateness(visit_id: int, officer_id: int | None, office: Office) -> Lateness:
    now = office.clock()
    steps = office.read(lambda tx: describe_lacks(tx, late_of_officer(tx, visit_id, officer_id, now)))
    return Lateness(steps, office.read(office_rows.load).settings.calling.reasons)
