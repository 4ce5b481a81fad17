"""The boxes for a data subject's request, and the fields for when the three-day clock of the law began."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ult_desktop.base import _
from ult_desktop.core.fields import field_words
from ult_desktop.core.privacy import commands, subjects
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.counter.pages.unmasking import show_clear
from ult_desktop.ui.counter.privacy.words import visit_words
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import detail, forms


def since_fields(host: PageHost, day_label: str) -> tuple[forms.DateField, forms.TimeField]:
    """Make the fields for a day and an hour; both empty mean now. `day_label` is the label of the day."""
    return forms.DateField(host.theme, "day", day_label, days=host), forms.TimeField(
        host.theme, "time", _("Jam")
    )


def require_both(values: dict[str, Any]) -> dict[str, str]:
    """Refuse a day without an hour: the law counts hours (`check` of a `Form`)."""
    if values["day"] is not None and values["time"] is None:
        return {"time": _("Tulis juga jamnya.")}
    return {}


def with_stamp(host: PageHost, values: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the values with one stamp (UTC ms) called `name` instead of day and hour; None for now."""
    rest = {key: value for key, value in values.items() if key not in ("day", "time")}
    if values["time"] is None:
        return {**rest, name: None}
    now = host.now()
    day = values["day"] or now.date()
    return {**rest, name: to_stamp(datetime.combine(day, values["time"], tzinfo=now.tzinfo))}


def register_box(host: PageHost) -> FormBox:
    kinds = worded(subjects.SubjectKind)
    return FormBox(
        host,
        _("Permintaan subjek data"),
        (
            forms.ChoiceField(host.theme, "kind", _("Yang diminta"), kinds, required=True),
            forms.LineField(host.theme, "name", _("Nama pemohon"), required=True, most=120),
            forms.LineField(host.theme, "contact", _("Telepon atau surel"), most=120),
            forms.TextField(host.theme, "words", _("Permintaannya, dengan kata-katanya sendiri")),
            since_fields(host, _("Diterima tanggal")),
        ),
        command=lambda values: commands.RegisterSubjectRequest(**with_stamp(host, values, "received_at")),
        check=require_both,
        draft=host.draft("subject-register"),
        verb=_("Daftarkan"),
        message=_("Permintaan terdaftar. Batasnya 3×24 jam."),
        words=_("Kosongkan tanggal dan jam bila baru saja diterima."),
        icon=("user-cog", "blue"),
    )


def open_contact(host: PageHost, request_id: int) -> None:
    """Show in clear the contact that the answer goes to."""

    def show(request: subjects.SubjectRequest) -> None:
        show_clear(host, request.name, [detail.Fact(_("Kontak"), request.contact)])

    host.perform(commands.OpenSubjectContact(request_id=request_id), show)


def verify_box(host: PageHost, request: subjects.SubjectRequest) -> FormBox:
    ways = worded(subjects.Verification)
    return FormBox(
        host,
        _("Pastikan identitas pemohon"),
        (forms.RadioField(host.theme, "how", _("Dipastikan dengan"), ways, required=True),),
        command=lambda values: commands.VerifySubject(request_id=request.id, **values),
        verb=_("Catat"),
        message=_("Identitas dipastikan."),
        words=_("Data seseorang hanya diperlihatkan, diperbaiki, atau dihapus untuk pemiliknya."),
        icon=("id-card", "blue"),
    )


def attach_box(host: PageHost, request_id: int, visits: Sequence[subjects.SubjectVisit]) -> FormBox:
    options = [(str(visit.visit_id), visit_words(visit)) for visit in visits]
    return FormBox(
        host,
        _("Kunjungan mana yang miliknya?"),
        (forms.TicksField(host.theme, "visits", _("Ditemukan"), options, required=True),),
        command=lambda values: commands.AttachSubjectVisits(
            request_id=request_id, visits=tuple(int(visit_id) for visit_id in values["visits"])
        ),
        verb=_("Tautkan"),
        message=_("Kunjungan ditautkan."),
        words=_("Nama yang sama belum tentu orang yang sama: cocokkan instansi dan nomornya."),
        icon=("search", "blue"),
    )


def correct_box(host: PageHost, request_id: int, visit: subjects.SubjectVisit) -> FormBox:
    fields = [(name, field_words(name)) for name in subjects.CORRECTABLE]
    return FormBox(
        host,
        _("Perbaiki data"),
        (
            forms.ChoiceField(host.theme, "field", _("Yang diperbaiki"), fields, required=True),
            forms.LineField(host.theme, "value", _("Menjadi"), most=120),
            _reason_field(host),
        ),
        command=lambda values: commands.CorrectSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Perbaiki"),
        message=_("Data diperbaiki."),
        draft=host.draft("subject-correct", f"{request_id}-{visit.visit_id}"),
        words=visit_words(visit),
        icon=("pen-line", "teal"),
    )


def erase_box(host: PageHost, request_id: int, visit: subjects.SubjectVisit) -> FormBox:
    kept = "\n".join((_("Tetap disimpan karena diwajibkan peraturan:"), *subjects.retained_by_law()))
    return FormBox(
        host,
        _("Hapus data kunjungan ini?"),
        (_reason_field(host),),
        command=lambda values: commands.EraseSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Hapus untuk selamanya"),
        message=_("Data dihapus."),
        words="\n\n".join((visit_words(visit), kept)),
        icon=("triangle-alert", "amber"),
    )


def hold_box(host: PageHost, request_id: int, visit: subjects.SubjectVisit) -> FormBox:
    return FormBox(
        host,
        _("Tunda penghapusan kunjungan ini"),
        (_reason_field(host),),
        command=lambda values: commands.HoldSubjectData(
            request_id=request_id, visit_id=visit.visit_id, **values
        ),
        verb=_("Tunda"),
        message=_("Jadwal retensi tidak menyentuh kunjungan ini."),
        words=visit_words(visit),
        icon=("pause", "violet"),
    )


def _reason_field(host: PageHost) -> forms.LineField:
    return forms.LineField(host.theme, "reason", _("Alasan"), required=True, most=200)


def answer_box(host: PageHost, request: subjects.SubjectRequest) -> FormBox:
    outcomes = worded(subjects.SubjectOutcome)
    return FormBox(
        host,
        _("Jawab permintaan {number}").format(number=request.number),
        (
            forms.RadioField(host.theme, "outcome", _("Hasil"), outcomes, required=True),
            forms.TextField(host.theme, "answer", _("Jawaban kepada pemohon"), required=True),
            forms.LineField(host.theme, "told", _("Disampaikan dengan"), required=True, most=200),
        ),
        command=lambda values: commands.AnswerSubjectRequest(request_id=request.id, **values),
        verb=_("Simpan jawaban"),
        message=_("Jawaban tersimpan."),
        draft=host.draft("subject-answer", request.id),
        words=_("Bila ditolak, sebutkan dasarnya."),
        icon=("send", "blue"),
    )
