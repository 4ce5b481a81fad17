"""The form for other standard times of a procedure that the office runs: a new version, with its reason."""

from functools import partial

from ult_desktop.base import UserError, _
from ult_desktop.core.procedures.procedure import Procedure, StandardTime
from ult_desktop.core.procedures.standard_time import (
    procedure_paths,
    read_time,
    time_words,
    total_words,
    with_times,
)
from ult_desktop.core.visits.commands import AdoptProcedure
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import detail, dialogs, forms
from ult_desktop.ui.kit.forms.form import Values

_WIDTH = 860


class TimesBox(dialogs.Box):
    """A line for each step; what changes is shown once more before it is saved."""

    def __init__(self, host: PageHost, procedure: Procedure) -> None:
        super().__init__(host.window, host.theme, _("Ubah waktu baku"), ("timer", "blue"))
        self._host, self._procedure = host, procedure
        self.setMinimumWidth(min(host.theme.px(_WIDTH), host.window.width()))
        self.say(
            _(
                "Tulis seperti 10 menit, ± 15 menit, 2 hari kerja, atau 1–3 hari; kosong: tanpa waktu baku."
                " Yang sudah berjalan tetap menurut versi lama."
            )
        )
        fields = [
            forms.LineField(host.theme, str(step.step), f"{step.step}. {step.activity}", check=_problem)
            for step in procedure.steps
        ]
        reason = forms.LineField(host.theme, "reason", _("Alasan perubahan"), required=True)
        self.form = forms.Form(host.theme, (*fields, reason), _("Lihat perubahan"), _("Batal"))
        self.form.show_values({str(s.step): time_words(s.time) if s.time else "" for s in procedure.steps})
        self.form.keep_in(host.draft("procedure-times", f"{procedure.id} {procedure.version}"))
        self.form.leave.setAutoDefault(False)
        self.words.addWidget(self.form, 1)
        self.body.setStretchFactor(self.words, 1)
        self.form.left.connect(self.reject)
        self.form.submitted.connect(self._compare)
        self.setMinimumHeight(min(host.theme.px(_WIDTH), round(host.window.height() * 0.85)))

    def _compare(self, values: Values) -> None:
        times = {step.step: read_time(values[str(step.step)]) for step in self._procedure.steps}
        after = with_times(self._procedure, times)
        if after == self._procedure:
            self.form.show_refusal(UserError(_("Tidak ada waktu yang berubah.")))
            return
        box = dialogs.Box(self, self.theme, _("Simpan sebagai versi baru?"), ("save", "blue"))
        facts = detail.Facts(self.theme)
        facts.show_facts([*_changes(self._procedure, after), detail.Fact(_("Alasan"), values["reason"])])
        box.words.addWidget(facts)
        box.add_button(_("Kembali"), "quiet", lambda: None)
        box.add_button(_("Simpan"), "primary", partial(self._save, after, values["reason"])).setFocus()
        box.open()

    def _save(self, after: Procedure, reason: str) -> None:
        told = _("{title} berlaku sebagai versi {label}.").format(title=after.title, label="{label}")
        command = AdoptProcedure(procedure=after, reason=reason)
        self._host.perform(command, lambda _version: self.accept(), told, self.form)


def _problem(text: str) -> str:
    try:
        read_time(text)
    except ValueError:
        return _("Tulis seperti 10 menit, 2 hari kerja, atau 1–3 hari.")
    return ""


def _changes(before: Procedure, after: Procedure) -> list[detail.Fact]:
    """Step by step, then what the whole comes to."""
    pairs = zip(before.steps, after.steps, strict=True)
    changed = [
        detail.Fact(_("Langkah {n}").format(n=old.step), _arrow(old.time, new.time))
        for old, new in pairs
        if old.time != new.time
    ]
    totals = [" / ".join(dict.fromkeys(map(total_words, procedure_paths(each)))) for each in (before, after)]
    return [*changed, detail.Fact(_("Jumlah waktu baku"), " → ".join(dict.fromkeys(totals)))]


def _arrow(before: StandardTime | None, after: StandardTime | None) -> str:
    return f"{time_words(before)} → {time_words(after)}"
