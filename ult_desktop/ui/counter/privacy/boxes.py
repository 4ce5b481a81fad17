"""When a three-day clock began, for what was heard of before it is written down."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.privacy.commands import (
    AnswerSubjectRequest,
    AttachSubjectVisits,
    CorrectSubjectData,
    EraseSubjectData,
    HoldSubjectData,
    OpenSubjectContact,
    RegisterSubjectRequest,
    VerifySubject,
)
from ult_desktop.core.privacy.subjects import (
    Correctable,
    SubjectKind,
    SubjectOutcome,
    SubjectRequest,
    SubjectVisit,
    Verification,
    correctable_word,
    outcome_word,
    retained_by_law,
    subject_kind_word,
    verification_word,
)
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.unmasking import show_clear
from ult_desktop.ui.counter.privacy.words import visit_words
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.date_fields import DateField, TimeField
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.option_fields import RadioField, TicksField
from ult_desktop.ui.kit.forms.text_field import TextField


def since_fields(desk: PageHost, day: str) -> tuple[DateField, TimeField]:
    """Both left empty: now. `day` is what the date is called."""
    return DateField(desk.theme, "day", day, now=desk.now), TimeField(desk.theme, "time", _("Jam"))


def require_both(values: dict[str, Any]) -> dict[str, str]:
    """The law counts hours: a day without its hour is none."""
    if values["day"] is not None and values["time"] is None:
        return {"time": _("Tulis juga jamnya.")}
    return {}


def with_stamp(desk: PageHost, values: dict[str, Any], name: str) -> dict[str, Any]:
    """The values with one stamp (UTC ms) called `name` in place of day and hour; None for now."""
    rest = {key: value for key, value in values.items() if key not in ("day", "time")}
    if values["time"] is None:
        return {**rest, name: None}
    now = desk.now()
    day = values["day"] or now.date()
    return {**rest, name: to_stamp(datetime.combine(day, values["time"], tzinfo=now.tzinfo))}


def register_box(desk: PageHost) -> FormBox:
    kinds = [(kind, subject_kind_word(kind)) for kind in SubjectKind]
    return FormBox(
        desk,
        _("Permintaan subjek data"),
        (
            ChoiceField(desk.theme, "kind", _("Yang diminta"), kinds, required=True),
            LineField(desk.theme, "name", _("Nama pemohon"), required=True, most=120),
            LineField(desk.theme, "contact", _("Telepon atau surel"), most=120),
            TextField(desk.theme, "words", _("Permintaannya, dengan kata-katanya sendiri")),
            since_fields(desk, _("Diterima tanggal")),
        ),
        ask=lambda values: RegisterSubjectRequest(**with_stamp(desk, values, "received_at")),
        check=require_both,
        draft=desk.draft("subject-register"),
        verb=_("Daftarkan"),
        told=_("Permintaan terdaftar. Batasnya 3×24 jam."),
        words=_("Kosongkan tanggal dan jam bila baru saja diterima."),
        icon=("user-cog", "blue"),
    )


def open_contact(desk: PageHost, request_id: int) -> None:
    """Where an answer goes, in clear."""
    desk.perform(OpenSubjectContact(request_id=request_id), partial(_show_contact, desk))


def _show_contact(desk: PageHost, clear: SubjectRequest) -> Box:
    return show_clear(desk, clear.name, [Fact(_("Kontak"), clear.contact)])


def verify_box(desk: PageHost, request_id: int) -> FormBox:
    ways = [(how, verification_word(how)) for how in Verification]
    return FormBox(
        desk,
        _("Pastikan identitas pemohon"),
        (RadioField(desk.theme, "how", _("Dipastikan dengan"), ways, required=True),),
        ask=lambda values: VerifySubject(request_id=request_id, **values),
        verb=_("Catat"),
        told=_("Identitas dipastikan."),
        words=_("Data seseorang hanya diperlihatkan, diperbaiki, atau dihapus untuk pemiliknya."),
        icon=("id-card", "blue"),
    )


def attach_box(desk: PageHost, request_id: int, found: Sequence[SubjectVisit]) -> FormBox:
    options = [(str(visit.visit_id), visit_words(visit)) for visit in found]
    return FormBox(
        desk,
        _("Kunjungan mana yang miliknya?"),
        (TicksField(desk.theme, "visits", _("Ditemukan"), options, required=True),),
        ask=lambda values: AttachSubjectVisits(
            request_id=request_id, visits=tuple(int(each) for each in values["visits"])
        ),
        verb=_("Tautkan"),
        told=_("Kunjungan ditautkan."),
        words=_("Nama yang sama belum tentu orang yang sama: cocokkan instansi dan nomornya."),
        icon=("search", "blue"),
    )


def correct_box(desk: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    fields = [(field, correctable_word(field)) for field in Correctable]
    return FormBox(
        desk,
        _("Perbaiki data"),
        (
            ChoiceField(desk.theme, "field", _("Yang diperbaiki"), fields, required=True),
            LineField(desk.theme, "value", _("Menjadi"), most=120),
            _why(desk),
        ),
        ask=lambda values: CorrectSubjectData(request_id=request_id, visit_id=visit.visit_id, **values),
        verb=_("Perbaiki"),
        told=_("Data diperbaiki."),
        draft=desk.draft("subject-correct", f"{request_id}-{visit.visit_id}"),
        words=visit_words(visit),
        icon=("pen-line", "teal"),
    )


def erase_box(desk: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    kept = "\n".join((_("Tetap disimpan karena diwajibkan peraturan:"), *retained_by_law()))
    return FormBox(
        desk,
        _("Hapus data kunjungan ini?"),
        (_why(desk),),
        ask=lambda values: EraseSubjectData(request_id=request_id, visit_id=visit.visit_id, **values),
        verb=_("Hapus untuk selamanya"),
        told=_("Data dihapus."),
        words="\n\n".join((visit_words(visit), kept)),
        icon=("triangle-alert", "amber"),
    )


def hold_box(desk: PageHost, request_id: int, visit: SubjectVisit) -> FormBox:
    return FormBox(
        desk,
        _("Tunda penghapusan kunjungan ini"),
        (_why(desk),),
        ask=lambda values: HoldSubjectData(request_id=request_id, visit_id=visit.visit_id, **values),
        verb=_("Tunda"),
        told=_("Jadwal retensi tidak menyentuh kunjungan ini."),
        words=visit_words(visit),
        icon=("pause", "violet"),
    )


def _why(desk: PageHost) -> LineField:
    return LineField(desk.theme, "reason", _("Alasan"), required=True, most=200)


def answer_box(desk: PageHost, request: SubjectRequest) -> FormBox:
    outcomes = [(outcome, outcome_word(outcome)) for outcome in SubjectOutcome]
    return FormBox(
        desk,
        _("Jawab permintaan {number}").format(number=request.number),
        (
            RadioField(desk.theme, "outcome", _("Hasil"), outcomes, required=True),
            TextField(desk.theme, "answer", _("Jawaban kepada pemohon"), required=True),
            LineField(desk.theme, "told", _("Disampaikan dengan"), required=True, most=200),
        ),
        ask=lambda values: AnswerSubjectRequest(request_id=request.id, **values),
        verb=_("Simpan jawaban"),
        told=_("Jawaban tersimpan."),
        draft=desk.draft("subject-answer", request.id),
        words=_("Bila ditolak, sebutkan dasarnya."),
        icon=("send", "blue"),
    )
