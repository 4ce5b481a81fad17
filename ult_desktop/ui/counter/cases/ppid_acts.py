"""A request for public information (PPID): its acts with their boxes, its facts, its row in a list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import case_views, commands, ppid
from ult_desktop.core.command import Command
from ult_desktop.core.fields import head_words
from ult_desktop.core.person import ApplicantFields, shared_fields
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.cases.boards import CaseView, RegisterRow
from ult_desktop.operations.privacy.personal import unmasked_sheet
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import Theme, lists, timeline
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms import ChoiceField, CommandFields, LineField, RadioField, TextField
from ult_desktop.ui.kit.forms.form import Fields


def ppid_actions(host: PageHost, view: CaseView) -> list[DetailAction]:
    """Return the acts on a registered request, the next one first."""
    request = view.card.information
    if request is None:
        return []
    objections = view.card.objections
    waiting_objection = next((objection for objection in objections if objection.answered_at is None), None)
    sheet = partial(_print, host, request)
    acts = [DetailAction("ppid_sheet", _("Bukti permohonan"), "printer", sheet, is_aside=True)]
    if host.actor.may(Permission.HANDLE_PPID):
        acts = [*_acts_of_ppid_officer(host, view, request, waiting_objection), *acts]
    # An objection is filed against a decision, or because none came in time.
    may_object = request.decided_at is not None or request.is_overdue(host.stamp())
    if waiting_objection is None and may_object and host.actor.may(Permission.REGISTER_PPID):
        words = _("Ajukan keberatan")
        acts.append(DetailAction("ppid_object", words, "scale", partial(_object, host, request)))
    return acts


def _acts_of_ppid_officer(
    host: PageHost, view: CaseView, request: ppid.InformationRequest, waiting_objection: ppid.Objection | None
) -> list[DetailAction]:
    """Return the acts of the officer who decides. `waiting_objection` has no answer yet."""
    if waiting_objection is not None:
        reply = partial(_reply, host, waiting_objection)
        words = _("Tanggapi keberatan")
        return [DetailAction("ppid_reply", words, "message-circle", reply, "primary")]
    if request.decided_at is None:
        if request.extended_at:
            why_no_extension = _("Waktunya sudah pernah diperpanjang.")
        else:
            why_no_extension = _("Batas waktunya sudah lewat.") if request.is_overdue(host.stamp()) else ""
        extend, decide = partial(_extend, host, request), partial(_decide, host, view, request)
        return [
            DetailAction("ppid_decide", _("Putuskan"), "scale", decide, "primary"),
            DetailAction(
                "ppid_extend", _("Perpanjang 7 hari kerja"), "timer", extend, why_not=why_no_extension
            ),
        ]
    role = "" if request.noticed_at else "primary"
    notice = partial(_notice, host, request)
    acts = [DetailAction("ppid_notice", _("Pemberitahuan tertulis"), "mail", notice, role)]
    undisputed = [objection for objection in view.card.objections if objection.disputed_at is None]
    if undisputed:
        dispute = partial(_dispute, host, undisputed[-1])
        acts.append(DetailAction("ppid_dispute", _("Catat sengketa"), "triangle-alert", dispute))
    return acts


def _box(
    host: PageHost,
    title: str,
    fields: Fields,
    command: Callable[[dict[str, Any]], Command],
    **more: Any,  # noqa: ANN401
) -> FormBox:
    return FormBox(host, title, fields, command=command, icon=("landmark", "teal"), **more)


def registration_box(host: PageHost, view: CaseView) -> FormBox:
    """Make the form that registers an open case as a formal request (UU 14/2008: also a spoken one)."""
    case, guest = view.card.case, view.card.guest
    known = {"wanted": case.detail}
    if guest is not None:
        known |= shared_fields(ApplicantFields, guest)
    return _box(
        host,
        _("Permohonan informasi publik"),
        registration_fields(host, guest),
        lambda values: commands.RegisterInformationRequest(case_id=case.id, **values),
        verb=_("Daftarkan"),
        message=_("Terdaftar; serahkan buktinya kepada pemohon."),
        then=partial(_print, host),
        words=_("Perorangan: salinan identitas. Badan hukum: akta dan surat kuasa."),
        draft=host.draft("ppid-register", case.id),
        known=known,
    )


def registration_fields(host: PageHost, guest: Guest | None) -> Fields:
    """Make the fields of the form of PerKI 1/2021.

    Name and contact that the guest book has are taken from there. The contact is shown masked.
    """
    known = (guest.phone or guest.email) if guest else ""
    fields = CommandFields(host.theme, commands.RegisterInformationRequest, host)
    applicant = fields.ask("applicant", _("Pemohon"), required=True)
    applicant.show_value(ppid.Applicant.PERSON)
    # Of the applicant's fields these two differ from the data dictionary.
    special = {
        "name": fields.ask("name", required=True),
        "contact": fields.ask(
            "contact", required=not known, hint=_("tercatat {contact}").format(contact=known) if known else ""
        ),
    }
    return (
        fields.ask("wanted", _("Rincian informasi yang dibutuhkan")),
        fields.ask("purpose", _("Tujuan penggunaan informasi"), rows=2),
        applicant,
        *fields.in_pairs(*(special.get(name, name) for name in ApplicantFields.__struct_fields__)),
        *_access_fields(host.theme),
    )


def _access_fields(theme: Theme) -> tuple[RadioField, RadioField, RadioField]:
    """Make the fields for how the applicant gets the information: for a copy also its form and its way."""
    access = RadioField(theme, "access", _("Cara memperoleh"), options_of(ppid.Access), required=True)
    form = RadioField(theme, "copy_form", _("Bentuk informasi"), options_of(ppid.CopyForm))
    way = RadioField(theme, "copy_by", _("Cara mendapatkan salinan"), options_of(ppid.CopyBy))

    def show_copy_fields() -> None:
        form.set_shown(access.value() is ppid.Access.COPY)
        way.set_shown(access.value() is ppid.Access.COPY)

    access.changed.connect(show_copy_fields)
    access.show_value(ppid.Access.COPY)
    form.show_value(ppid.CopyForm.SOFT)
    way.show_value(ppid.CopyBy.PICK_UP)
    return access, form, way


def _print(host: PageHost, request: ppid.InformationRequest) -> None:
    """Print the applicant's own proof, so name and contact are in clear; the log records who printed it."""
    offer_paper(host, partial(unmasked_sheet, SheetKind.REGISTRATION, request.id))


def _extend(host: PageHost, request: ppid.InformationRequest) -> None:
    _box(
        host,
        _("Perpanjang 7 hari kerja"),
        (TextField(host.theme, "reason", _("Alasan tertulis"), required=True, rows=2),),
        lambda values: commands.ExtendInformationRequest(request_id=request.id, **values),
        verb=_("Perpanjang"),
        message=_("Waktunya diperpanjang."),
        words=_("Hanya satu kali; beri tahu pemohon alasannya secara tertulis."),
    ).open()


def _decide(host: PageHost, view: CaseView, request: ppid.InformationRequest) -> None:
    """Ask for the decision.

    A refusal names its ground in the office's list, or that the information is not held.
    """
    theme = host.theme
    grounds = [(ground.key, ground.words) for ground in view.grounds]
    decision = RadioField(theme, "decision", _("Keputusan"), options_of(ppid.Decision), required=True)
    held = RadioField(theme, "held", _("Informasinya"), options_of(ppid.Possession), required=True)
    held_by = LineField(theme, "held_by", _("Dikuasai badan publik lain (sebutkan)"))
    ground = ChoiceField(theme, "ground", _("Dasar pengecualian"), grounds, required=True)

    def show_refusal_fields() -> None:
        held_by.set_shown(held.value() is ppid.Possession.NO)
        refused = decision.value() in (ppid.Decision.PARTLY, ppid.Decision.REFUSED)
        ground.set_shown(refused and held.value() is ppid.Possession.YES)

    held.show_value(ppid.Possession.YES)
    decision.changed.connect(show_refusal_fields)
    held.changed.connect(show_refusal_fields)
    show_refusal_fields()
    _box(
        host,
        _("Keputusan PPID"),
        (decision, held, held_by, ground),
        lambda values: commands.DecideInformationRequest(request_id=request.id, **values),
        verb=_("Tetapkan"),
        message=_("Keputusan tercatat; kirim pemberitahuan tertulis."),
    ).open()


def _notice(host: PageHost, request: ppid.InformationRequest) -> None:
    theme = host.theme
    cost = _("Biaya dan cara pembayaran")
    _box(
        host,
        _("Pemberitahuan tertulis"),
        (
            LineField(theme, "ready_in", _("Waktu penyediaan"), hint=_("misalnya 3 hari kerja")),
            LineField(theme, "cost", cost, hint=_("tanpa biaya, atau biaya penggandaan")),
            TextField(theme, "redaction", _("Penjelasan penghitaman (bila ada)"), rows=2),
        ),
        lambda values: commands.WriteNotice(request_id=request.id, **values),
        verb=_("Catat"),
        message=_("Pemberitahuan tercatat."),
        known={"ready_in": request.ready_in, "cost": request.cost, "redaction": request.redaction},
        edits=True,
    ).open()


def _object(host: PageHost, request: ppid.InformationRequest) -> None:
    reasons = options_of(ppid.ObjectionReason)
    _box(
        host,
        _("Keberatan atas permohonan informasi"),
        (
            RadioField(host.theme, "reason", _("Alasan keberatan"), reasons, required=True),
            TextField(host.theme, "position", _("Kasus posisi"), required=True, rows=3),
            LineField(host.theme, "proxy", _("Kuasa pemohon (bila ada)")),
        ),
        lambda values: commands.FileObjection(request_id=request.id, **values),
        verb=_("Ajukan"),
        message=_("Keberatan tercatat; ditanggapi dalam 30 hari kerja."),
        draft=host.draft("ppid-object", request.case_id),
    ).open()


def _reply(host: PageHost, objection: ppid.Objection) -> None:
    _box(
        host,
        _("Tanggapi keberatan {number}").format(number=objection.number),
        (TextField(host.theme, "answer", _("Tanggapan Atasan PPID"), required=True, rows=5),),
        lambda values: commands.AnswerObjection(objection_id=objection.id, **values),
        verb=_("Simpan tanggapan"),
        message=_("Tanggapan tercatat."),
        words=objection.position,
        draft=host.draft("ppid-reply", objection.id),
    ).open()


def _dispute(host: PageHost, objection: ppid.Objection) -> None:
    _box(
        host,
        _("Sengketa di Komisi Informasi"),
        (TextField(host.theme, "note", _("Catatan sengketa"), required=True, rows=3),),
        lambda values: commands.NoteDispute(objection_id=objection.id, **values),
        verb=_("Catat"),
        message=_("Sengketa tercatat."),
        words=_("Keberatan {number}").format(number=objection.number),
    ).open()


def ppid_facts(card: case_views.CaseCard, now: datetime) -> list[Fact]:
    """Return the register's columns of one request, then its objections."""
    if card.information is None:
        return []
    facts = [*_request_facts(card.information), *_decision_facts(card.information, now)]
    for objection in card.objections:
        facts += _objection_facts(objection, now)
    return facts


def _request_facts(request: ppid.InformationRequest) -> list[Fact]:
    access = [request.access.word]
    if request.access is ppid.Access.COPY:
        access += [ppid.CopyForm(request.copy_form).word, ppid.CopyBy(request.copy_by).word]
    return [
        Fact(_("No. pendaftaran"), request.number),
        Fact(_("Pemohon"), request.applicant.word),
        *(Fact(head_words(name), getattr(request, name)) for name in ApplicantFields.__struct_fields__),
        Fact(_("Informasi yang diminta"), request.wanted),
        Fact(_("Tujuan penggunaan"), request.purpose),
        Fact(_("Cara memperoleh"), _join_words(*access)),
    ]


def _decision_facts(request: ppid.InformationRequest, now: datetime) -> list[Fact]:
    due_tone = "danger" if request.is_overdue(to_stamp(now)) else ""
    notice = _join_words(timeline.when_words(request.noticed_at, now), request.cost, request.ready_in)
    return [
        Fact(_("Batas jawaban"), timeline.until_words(request.due_at, now), due_tone),
        Fact(_("Diperpanjang"), request.extension_reason),
        Fact(
            _("Penguasaan"),
            _join_words(ppid.Possession(request.held).word if request.held else "", request.held_by),
        ),
        Fact(_("Keputusan"), ppid.Decision(request.decision).word if request.decision else ""),
        Fact(_("Alasan penolakan"), request.refusal),
        Fact(_("Pemberitahuan tertulis"), notice),
        Fact(_("Penghitaman"), request.redaction),
    ]


def _objection_facts(objection: ppid.Objection, now: datetime) -> list[Fact]:
    until, tone = "", ""
    if objection.answered_at is None:
        when = timeline.until_words(objection.due_at, now)
        until = _("dijawab paling lambat {when}").format(when=when)
        tone = "danger" if to_stamp(now) > objection.due_at else ""
    filed_late = _("diajukan lewat batas waktu") if objection.late else ""
    proxy = _("kuasa: {name}").format(name=objection.proxy) if objection.proxy else ""
    return [
        Fact(
            _("Keberatan {number}").format(number=objection.number),
            _join_words(objection.reason.word, filed_late, until),
            tone,
        ),
        Fact(_("Kasus posisi"), _join_words(objection.position, proxy)),
        Fact(_("Tanggapan"), objection.answer),
        Fact(_("Batas sengketa"), timeline.when_words(objection.dispute_until, now)),
        Fact(_("Sengketa informasi"), objection.dispute),
    ]


def _join_words(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def register_filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter("open", _("Belum diputus")),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter("objection", pgettext("many", "Keberatan"), "danger"),
    )


def register_row(row: RegisterRow) -> lists.ListRow:
    request, has_objection = row.request, row.waiting_objection is not None
    groups = {"open": request.decided_at is None, "overdue": row.is_late, "objection": has_objection}
    return lists.ListRow(
        id=request.case_id,
        title=request.name,
        subtitle=request.wanted,
        aside=request.number.partition("/")[0],
        icon="scale" if has_objection else "landmark",
        tint="orange" if has_objection else "teal",
        tags=clock_tags(row),
        groups=frozenset(group for group, is_in in groups.items() if is_in),
        side_tone="danger" if row.is_late else "",
        search=f"{request.number} {request.purpose} {request.contact}",
    )


_SOON_DAYS = 2  # with so few working days left the time is shown as short


def clock_tags(row: RegisterRow) -> tuple[lists.Tag, ...]:
    """Return the tags for the time that is left: 10 (+7) working days to answer, 30 for an objection.

    The time is that of the objection that waits, else that of the request.
    """
    if row.waiting_objection is None and row.request.decision:
        return (lists.Tag(ppid.Decision(row.request.decision).word, "ok"),)
    objection = () if row.waiting_objection is None else (lists.Tag(_("keberatan"), "accent"),)
    if row.is_late:
        return (lists.Tag(_("lewat waktu"), "danger", "clock-alert"), *objection)
    remaining = counted("{n} hari kerja", row.days_left) if row.days_left else _("batas hari ini")
    tone = "warn" if row.days_left <= _SOON_DAYS else "primary"
    return (lists.Tag(remaining, tone, "hourglass"), *objection)
