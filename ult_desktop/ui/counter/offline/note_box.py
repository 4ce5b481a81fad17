"""Noting a call by mouth: which number, when, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import shiboken6
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.offline.manual_calls import LONGEST_LABEL, CallNote, NoteCall
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.pages.form_box import FormBox
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.radio_field import RadioField
from ult_desktop.ui.kit.forms.time_field import TimeField

if TYPE_CHECKING:
    from datetime import time

    from ult_desktop.base.errors import UserError
    from ult_desktop.ui.counter.offline.note_keeper import NoteKeeper
    from ult_desktop.ui.counter.pages.page_host import PageHost

CAME, MISSED = "came", "missed"


class NoteBox(FormBox):
    """Closes when the note is on this PC's disk; it needs no share.

    Args:
        desk: the officer's, at a counter.
        keeper: writes the note down.
        label: the number that is meant, as far as it is known.
    """

    def __init__(self, desk: PageHost, keeper: NoteKeeper, label: str = "") -> None:
        theme = desk.theme
        self.number = LineField(
            theme, "label", _("Nomor pada karcis"), required=True, hint="A012 / AK01", most=LONGEST_LABEL
        )
        self.outcome = RadioField(
            theme,
            "outcome",
            _("Hasil panggilan"),
            [(CAME, _("Datang dan dilayani")), (MISSED, _("Tidak datang"))],
            required=True,
        )
        self.served = (
            TimeField(theme, "arrived", _("Dilayani dari pukul"), required=True),
            TimeField(theme, "ended", _("sampai pukul"), required=True),
        )
        self.called = TimeField(theme, "called", _("Dipanggil pukul"), required=True)
        self._keeper = keeper
        super().__init__(
            desk,
            _("Catat panggilan lisan"),
            [[self.number, self.called], self.outcome, self.served],
            ask=self._as_ask,
            verb=_("Catat"),
            icon=("volume-x", "blue"),
            words=_("Disimpan di komputer ini, lalu masuk ke antrean begitu tersambung."),
            draft=desk.draft("note-call"),
            check=self._check_times,
        )
        self.outcome.changed.connect(self._ask_times)
        self.form.show_values({"label": label, "called": desk.now().time(), "outcome": CAME})
        self._ask_times()

    def _ask_times(self) -> None:
        for field in self.served:
            field.set_shown(self.outcome.value() == CAME)

    def _check_times(self, values: dict[str, Any]) -> dict[str, str]:
        """Over several fields: nothing after now, and in the order in which it happens."""
        now, before, wrong = self._desk.now().time(), values["called"], {}
        for name in ("called", "arrived", "ended"):
            at = values.get(name)
            if at is None:
                continue
            if at > now:
                wrong[name] = _("Jam ini belum tiba.")
            elif at < before:
                wrong[name] = _("Lebih awal daripada jam sebelumnya.")
            before = at
        return wrong

    def _as_ask(self, values: dict[str, Any]) -> NoteCall:
        def stamp(at: time | None) -> int | None:
            now = self._desk.now()
            return None if at is None else to_stamp(datetime.combine(now.date(), at, now.tzinfo))

        return NoteCall(
            counter=self._desk.counter or 0,
            label=values["label"],
            called_at=stamp(values["called"]) or 0,
            arrived_at=stamp(values.get("arrived")),
            ended_at=stamp(values.get("ended")),
        )

    @override
    def _send(self, values: dict[str, Any]) -> None:
        self.form.set_busy(busy=True)
        self._keeper.note(self._as_ask(values), self._noted, self._refused)

    def _noted(self, noted: CallNote) -> None:
        if shiboken6.isValid(self):
            self.form.done()
            self.accept()
        self._desk.tell(_("{label} dicatat di komputer ini.").format(label=noted.ask.label))

    def _refused(self, error: UserError) -> None:
        if shiboken6.isValid(self):
            self.form.set_busy(busy=False)
            self.form.show_refusal(error)
