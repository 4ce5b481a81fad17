"""The fields of the forms about public-information requests, as the law's own forms have them."""

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    CopyBy,
    CopyForm,
    Decision,
    ObjectionReason,
    Possession,
    access_word,
    applicant_word,
    decision_word,
    objection_word,
    possession_word,
)
from ult_desktop.core.visits.visit import Guest
from ult_desktop.ui.counter.cases.ppid_words import copy_by_word, copy_form_word
from ult_desktop.ui.kit.forms.choice_field import ChoiceField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.radio_field import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme


def registration_fields(theme: Theme, guest: Guest | None) -> Fields:
    """The form of PerKI 1/2021.

    What the guest book has of the applicant is taken from there, and seen here as its mask alone.
    """
    known = (guest.phone or guest.email) if guest else ""
    applicants = [(each, applicant_word(each)) for each in Applicant]
    applicant = RadioField(theme, "applicant", _("Pemohon"), applicants, required=True)
    applicant.show_value(Applicant.PERSON)
    return (
        TextField(theme, "wanted", _("Rincian informasi yang dibutuhkan"), required=True, rows=3),
        TextField(theme, "purpose", _("Tujuan penggunaan informasi"), required=True, rows=2),
        applicant,
        (
            LineField(theme, "name", _("Nama"), required=True, most=120),
            LineField(
                theme,
                "contact",
                _("Telepon atau surel"),
                required=not known,
                hint=_("tercatat {contact}").format(contact=known) if known else "",
            ),
        ),
        (LineField(theme, "occupation", _("Pekerjaan")), LineField(theme, "address", _("Alamat"))),
        *_access_fields(theme),
    )


def _access_fields(theme: Theme) -> tuple[RadioField, RadioField, RadioField]:
    """How the information is had; in which form and on which way is asked of who wants a copy."""
    accesses = [(each, access_word(each)) for each in Access]
    forms = [(each, copy_form_word(each)) for each in CopyForm]
    ways = [(each, copy_by_word(each)) for each in CopyBy]
    access = RadioField(theme, "access", _("Cara memperoleh"), accesses, required=True)
    form = RadioField(theme, "copy_form", _("Bentuk salinan"), forms)
    way = RadioField(theme, "copy_by", _("Cara mendapatkan salinan"), ways)

    def ask_further() -> None:
        form.set_shown(access.value() is Access.COPY)
        way.set_shown(access.value() is Access.COPY)

    access.changed.connect(ask_further)
    access.show_value(Access.COPY)
    form.show_value(CopyForm.SOFT)
    way.show_value(CopyBy.PICK_UP)
    return access, form, way


def decision_fields(theme: Theme, grounds: tuple[LegalBasis, ...]) -> Fields:
    """A refusal names its ground in the office's list, or that the information is not held."""
    decisions = [(each, decision_word(each)) for each in Decision]
    decision = RadioField(theme, "decision", _("Keputusan"), decisions, required=True)
    held = RadioField(
        theme,
        "held",
        _("Informasinya"),
        [(each, possession_word(each)) for each in Possession],
        required=True,
    )
    held_by = LineField(theme, "held_by", _("Dikuasai badan publik lain (sebutkan)"))
    options = [(each.key, each.words) for each in grounds]
    ground = ChoiceField(theme, "ground", _("Dasar pengecualian"), options, required=True)

    def ask_further() -> None:
        held_by.set_shown(held.value() is Possession.NO)
        refused = decision.value() in (Decision.PARTLY, Decision.REFUSED)
        ground.set_shown(refused and held.value() is Possession.YES)

    held.show_value(Possession.YES)
    decision.changed.connect(ask_further)
    held.changed.connect(ask_further)
    ask_further()
    return (decision, held, held_by, ground)


def extension_fields(theme: Theme) -> Fields:
    return (TextField(theme, "reason", _("Alasan tertulis"), required=True, rows=2),)


def notice_fields(theme: Theme) -> Fields:
    return (
        LineField(theme, "ready_in", _("Waktu penyediaan"), hint=_("misalnya 3 hari kerja")),
        LineField(
            theme, "cost", _("Biaya dan cara pembayaran"), hint=_("tanpa biaya, atau biaya penggandaan")
        ),
        TextField(theme, "redaction", _("Penjelasan penghitaman (bila ada)"), rows=2),
    )


def objection_fields(theme: Theme) -> Fields:
    reasons = [(each, objection_word(each)) for each in ObjectionReason]
    return (
        RadioField(theme, "reason", _("Alasan keberatan"), reasons, required=True),
        TextField(theme, "position", _("Kasus posisi"), required=True, rows=3),
        LineField(theme, "proxy", _("Kuasa pemohon (bila ada)")),
    )


def reply_fields(theme: Theme) -> Fields:
    return (TextField(theme, "answer", _("Tanggapan Atasan PPID"), required=True, rows=5),)


def dispute_fields(theme: Theme) -> Fields:
    return (TextField(theme, "note", _("Catatan sengketa"), required=True, rows=3),)
