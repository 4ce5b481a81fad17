"""The box that types in a visit from the blank forms, the whole paper at once."""

from datetime import datetime, time
from functools import partial
from itertools import pairwise
from typing import Any

from ult_desktop.base import _, language
from ult_desktop.core import cells
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.paper_visit import EnterPaperVisit
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.cases.paper_visits import PaperOffer, paper_offer
from ult_desktop.ui.counter.pages import FormBox, PageHost, snapshot
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit.forms import ChoiceField, DateField, KnownNameField, LineField, TextField, TimeField
from ult_desktop.ui.kit.forms.form import Fields

_TIMES = ("came", "served", "left")


def enter_paper(host: PageHost) -> None:
    """Read what can be chosen, then open the box."""
    host.read(snapshot(paper_offer), lambda offer: PaperBox(host, offer).open())


class PaperBox(FormBox):
    """The box of the times, the guest, the question and the outcome, which asks for its reason."""

    def __init__(self, host: PageHost, offer: PaperOffer) -> None:
        super().__init__(
            host,
            _("Dari kertas"),
            _fields(host, offer),
            command=partial(_ask, host),
            verb=_("Catat belakangan"),
            told=_("Tercatat belakangan."),
            icon=("history", "blue"),
            words=_("Salin jam yang tertulis di kertas. Yang diketik di sini ditandai “dicatat belakangan”."),
            draft=host.draft("paper-visit"),
            check=_check,
            known={"day": host.now().date()},
            wide=True,
        )
        self.form.field("outcome").changed.connect(self._ask_further)
        self._ask_further()

    def _ask_further(self) -> None:
        outcome = self.form.field("outcome").value()
        self.form.field("ground").set_shown(outcome == CaseOutcome.EXCLUDED)
        self.form.field("sub_reason").set_shown(outcome == CaseOutcome.UNAVAILABLE)
        self.form.field("answer").set_shown(bool(outcome))


def _fields(host: PageHost, offer: PaperOffer) -> Fields:
    theme = host.theme
    services = [(row.id, row.definition.name.within(language())) for row in offer.services]
    people = [(row.login, row.name) for row in offer.officers]
    grounds = [(each.key, each.words) for each in offer.grounds]
    reasons = [(each.value, each.word) for each in SubReason]
    regencies = [(name, name) for name in offer.regencies]
    phone, email = (partial(cells.trouble, clean) for clean in (cells.clean_phone, cells.clean_email))
    return (
        (
            DateField(theme, "day", _("Tanggal"), required=True, days=host),
            TimeField(theme, "came", _("Jam datang"), required=True),
            TimeField(theme, "served", _("Mulai dilayani"), required=True),
            TimeField(theme, "left", _("Selesai")),
        ),
        (
            LineField(theme, "name", _("Nama lengkap"), required=True),
            LineField(theme, "institution", _("Instansi")),
        ),
        (
            KnownNameField(theme, "regency", _("Kabupaten/kota"), regencies),
            LineField(theme, "phone", _("Nomor telepon"), most=30, check=phone),
            LineField(theme, "email", _("Surel"), most=120, check=email),
        ),
        (
            LineField(theme, "meets", _("Petugas atau unit yang dituju"), most=120),
            LineField(theme, "purpose", _("Keperluan")),
        ),
        (
            ChoiceField(theme, "service_id", _("Layanan"), services),
            ChoiceField(theme, "served_by", _("Dilayani oleh"), people, required=True),
        ),
        TextField(theme, "detail", _("Isi permohonan"), rows=2),
        (
            ChoiceField(theme, "outcome", _("Hasil"), worded(CaseOutcome)),
            ChoiceField(theme, "ground", _("Dasar pengecualian"), grounds, required=True),
            ChoiceField(theme, "sub_reason", _("Mengapa tidak tersedia"), reasons, required=True),
        ),
        TextField(theme, "answer", _("Jawaban"), rows=2, required=True),
        LineField(theme, "remark", _("Catatan")),
    )


def _check(values: dict[str, Any]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    known = [(name, values[name]) for name in _TIMES if values[name] is not None]
    for (_before, earlier), (name, later) in pairwise(known):
        if later < earlier:
            wrong[name] = _("Tidak boleh mendahului jam sebelumnya.")
    if values["left"] is None and (values.get("outcome") or not values["detail"]):
        wrong["left"] = _("Salin jam selesainya.")
    if values.get("outcome") and not values["detail"]:
        wrong["detail"] = _("Salin permohonannya.")
    return wrong


def _ask(host: PageHost, values: dict[str, Any]) -> EnterPaperVisit:
    day, zone = values.pop("day"), host.now().tzinfo

    def stamp(clock: time | None) -> int | None:
        return None if clock is None else to_stamp(datetime.combine(day, clock, tzinfo=zone))

    came, served, left = (stamp(values.pop(name)) for name in _TIMES)
    outcome = values.pop("outcome", None)
    given = {name: value for name, value in values.items() if value is not None}
    return EnterPaperVisit(
        began_at=came or 0,
        served_at=served or 0,
        ended_at=left,
        outcome=CaseOutcome(outcome) if outcome else None,
        **given,
    )
