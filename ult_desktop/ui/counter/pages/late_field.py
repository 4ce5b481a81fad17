"""The field for why an officer is late with what they hand on or answer."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.accountability.deviation_words import reason_of, written_words
from ult_desktop.core.accountability.deviations import Lack
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.accountability.judging import in_words, late_of_officer
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import forms


class LateField(forms.ChoiceField):
    """The field for why the officer is late with what they hand on. It shows only if they are late.

    Above it are the deviations that would be written. It offers the office's reasons; the officer types a
    reason's number or their own words.
    """

    def __init__(self, host: PageHost, visit_id: int) -> None:
        self._reasons: tuple[str, ...] = ()
        super().__init__(host.theme, "reason", _("Alasan"), free=True)
        self.set_shown(False)
        host.read(partial(_read_lateness, visit_id, host.actor.officer_id), self._show_lateness)

    def _show_lateness(self, found: tuple[tuple[Lack, ...], tuple[str, ...]]) -> None:
        late_steps, reasons = found
        if late_steps:
            self.caption.setText(f"{written_words(late_steps)}\n{_('Alasan')}")
            self._reasons = reasons
            self.show_options([(each, f"{number}  {each}") for number, each in enumerate(reasons, 1)])
            self.set_shown(True)

    @override
    def value(self) -> object:
        return reason_of(str(super().value() or ""), self._reasons)


def _read_lateness(
    visit_id: int, officer_id: int | None, office: Office
) -> tuple[tuple[Lack, ...], tuple[str, ...]]:
    """Read what the officer is late with at this visit, and the office's list of reasons."""
    now = office.clock()
    late_steps = office.read(lambda tx: in_words(tx, late_of_officer(tx, visit_id, officer_id, now)))
    return late_steps, office.read(office_rows.load).settings.calling.reasons
