"""What can be done about a public-information request (PPID), on the law's own forms."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.cases.commands import (
    AnswerObjection,
    DecideInformationRequest,
    ExtendInformationRequest,
    FileObjection,
    NoteDispute,
    RegisterInformationRequest,
    WriteNotice,
)
from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    CopyBy,
    CopyForm,
    Decision,
    InformationRequest,
    Objection,
    ObjectionReason,
    Possession,
)
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.visits.visit import Guest
from ult_desktop.operations.privacy.unmasked_documents import unmasked_sheet
from ult_desktop.ui.counter.cases.reading import CaseView
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import offer_paper
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.option_fields import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme


def registration_fields(theme: Theme, guest: Guest | None) -> Fields:
    """The form of PerKI 1/2021.

    What the guest book has of the applicant is taken from there, and seen here as its mask alone.
    """
    known = (guest.phone or guest.email) if guest else ""
    applicants = [(each, each.word) for each in Applicant]
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
    accesses = [(each, each.word) for each in Access]
    forms = [(each, each.word) for each in CopyForm]
    ways = [(each, each.word) for each in CopyBy]
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
    decisions = [(each, each.word) for each in Decision]
    decision = RadioField(theme, "decision", _("Keputusan"), decisions, required=True)
    held = RadioField(
        theme,
        "held",
        _("Informasinya"),
        [(each, each.word) for each in Possession],
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
    reasons = [(each, each.word) for each in ObjectionReason]
    return (
        RadioField(theme, "reason", _("Alasan keberatan"), reasons, required=True),
        TextField(theme, "position", _("Kasus posisi"), required=True, rows=3),
        LineField(theme, "proxy", _("Kuasa pemohon (bila ada)")),
    )


def reply_fields(theme: Theme) -> Fields:
    return (TextField(theme, "answer", _("Tanggapan Atasan PPID"), required=True, rows=5),)


def dispute_fields(theme: Theme) -> Fields:
    return (TextField(theme, "note", _("Catatan sengketa"), required=True, rows=3),)


Act = Callable[[CaseView, InformationRequest], object]
ICON = ("landmark", "teal")


class PpidActs:
    """The acts on the request of the case shown last; their names begin with "ppid_"."""

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._view: CaseView | None = None
        self._by_name: dict[str, Act] = {
            "ppid_extend": self._extend,
            "ppid_decide": self._decide,
            "ppid_notice": self._notice,
            "ppid_object": self._object,
            "ppid_reply": self._reply,
            "ppid_dispute": self._dispute,
            "ppid_sheet": lambda _view, found: self._print(found),
        }

    def show_case(self, view: CaseView | None) -> None:
        self._view = view

    def do(self, name: str) -> None:
        view = self._view
        if view is None:
            return
        if view.card.information is None:
            self._register(view)
        else:
            self._by_name[name](view, view.card.information)

    def beginning(self) -> list[DetailAction]:
        """Any open case can become a formal request (UU 14/2008: also one that was only spoken)."""
        view = self._view
        if view is None or view.card.information is not None or not view.card.case.is_open:
            return []
        words = _("Daftarkan sebagai permohonan informasi")
        return [DetailAction("ppid_register", words, "landmark")] if self._registers else []

    def actions(self) -> list[DetailAction]:
        """What comes next for a registered request."""
        view = self._view
        if view is None or view.card.information is None:
            return []
        found, waiting = view.card.information, _unanswered(view)
        acts = [DetailAction("ppid_sheet", _("Bukti permohonan"), "printer")]
        if self._host.actor.may(Permission.HANDLE_PPID):
            acts = [*self._of_ppid(view, found, waiting), *acts]
        may_object = self._registers and waiting is None
        undecided_in_time = found.decided_at is None and not found.is_overdue(self._host.stamp())
        if may_object and not undecided_in_time:
            acts.append(DetailAction("ppid_object", _("Ajukan keberatan"), "scale"))
        return acts

    @property
    def _registers(self) -> bool:
        return self._host.actor.may(Permission.REGISTER_PPID)

    def _of_ppid(
        self, view: CaseView, found: InformationRequest, waiting: Objection | None
    ) -> list[DetailAction]:
        if waiting is not None:
            return [DetailAction("ppid_reply", _("Tanggapi keberatan"), "message-circle", "primary")]
        if found.decided_at is None:
            again = _("Waktunya sudah pernah diperpanjang.") if found.extended_at else ""
            late = _("Batas waktunya sudah lewat.") if found.is_overdue(self._host.stamp()) else ""
            return [
                DetailAction("ppid_decide", _("Putuskan"), "scale", "primary"),
                DetailAction("ppid_extend", _("Perpanjang 7 hari kerja"), "timer", why=again or late),
            ]
        role = "" if found.noticed_at else "primary"
        notice = DetailAction("ppid_notice", _("Pemberitahuan tertulis"), "mail", role)
        answered = any(each.disputed_at is None for each in view.card.objections)
        dispute = DetailAction("ppid_dispute", _("Catat sengketa"), "triangle-alert")
        return [notice, dispute] if answered else [notice]

    def _box(
        self,
        title: str,
        fields: Fields,
        command: Callable[[dict[str, Any]], Any],
        **more: Any,  # noqa: ANN401
    ) -> FormBox:
        box = FormBox(self._host, title, fields, command=command, icon=ICON, **more)
        box.open()
        return box

    def _register(self, view: CaseView) -> None:
        case, guest = view.card.case, view.card.guest
        box = self._box(
            _("Permohonan informasi publik"),
            registration_fields(self._host.theme, guest),
            lambda values: RegisterInformationRequest(case_id=case.id, **values),
            verb=_("Daftarkan"),
            told=_("Terdaftar; serahkan buktinya kepada pemohon."),
            then=self._print,
            words=_("Perorangan: salinan identitas. Badan hukum: akta dan surat kuasa."),
            draft=self._host.draft("ppid-register", case.id),
        )
        box.form.show_values({"wanted": case.detail})
        if guest is not None:
            box.form.show_values({"name": guest.name, "occupation": guest.occupation})

    def _print(self, found: InformationRequest) -> None:
        offer_paper(self._host, partial(unmasked_sheet, SheetKind.REGISTRATION, found.id))

    def _extend(self, _view: CaseView, found: InformationRequest) -> None:
        self._box(
            _("Perpanjang 7 hari kerja"),
            extension_fields(self._host.theme),
            lambda values: ExtendInformationRequest(request_id=found.id, **values),
            verb=_("Perpanjang"),
            told=_("Waktunya diperpanjang."),
            words=_("Hanya satu kali; beri tahu pemohon alasannya secara tertulis."),
        )

    def _decide(self, view: CaseView, found: InformationRequest) -> None:
        self._box(
            _("Keputusan PPID"),
            decision_fields(self._host.theme, view.grounds),
            lambda values: DecideInformationRequest(request_id=found.id, **values),
            verb=_("Tetapkan"),
            told=_("Keputusan tercatat; kirim pemberitahuan tertulis."),
        )

    def _notice(self, _view: CaseView, found: InformationRequest) -> None:
        box = self._box(
            _("Pemberitahuan tertulis"),
            notice_fields(self._host.theme),
            lambda values: WriteNotice(request_id=found.id, **values),
            verb=_("Catat"),
            told=_("Pemberitahuan tercatat."),
        )
        box.form.show_values({"ready_in": found.ready_in, "cost": found.cost, "redaction": found.redaction})

    def _object(self, view: CaseView, found: InformationRequest) -> None:
        self._box(
            _("Keberatan atas permohonan informasi"),
            objection_fields(self._host.theme),
            lambda values: FileObjection(request_id=found.id, **values),
            verb=_("Ajukan"),
            told=_("Keberatan tercatat; ditanggapi dalam 30 hari kerja."),
            draft=self._host.draft("ppid-object", view.card.case.id),
        )

    def _reply(self, view: CaseView, _found: InformationRequest) -> None:
        waiting = _unanswered(view)
        if waiting is not None:
            self._box(
                _("Tanggapi keberatan {number}").format(number=waiting.number),
                reply_fields(self._host.theme),
                lambda values: AnswerObjection(objection_id=waiting.id, **values),
                verb=_("Simpan tanggapan"),
                told=_("Tanggapan tercatat."),
                words=waiting.position,
                draft=self._host.draft("ppid-reply", waiting.id),
            )

    def _dispute(self, view: CaseView, _found: InformationRequest) -> None:
        last = view.card.objections[-1]
        self._box(
            _("Sengketa di Komisi Informasi"),
            dispute_fields(self._host.theme),
            lambda values: NoteDispute(objection_id=last.id, **values),
            verb=_("Catat"),
            told=_("Sengketa tercatat."),
        )


def _unanswered(view: CaseView) -> Objection | None:
    return next((each for each in view.card.objections if each.answered_at is None), None)
