"""The boxes of a visit: guest book, identity, letter, card, badge, a second coming, the end."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, language, pgettext
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.cases.case_views import CaseFilter, CaseRow
from ult_desktop.core.cases.commands import FollowUp
from ult_desktop.core.person import GuestFields, Person
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.queue import commands as queue_commands, ticket
from ult_desktop.core.visits import commands, guest_book, identity, visit
from ult_desktop.operations.lookup import ticket_named
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file
from ult_desktop.operations.visits import documents as visit_documents, returning_visitors
from ult_desktop.operations.visits.boards import VisitForms
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost, open_visit
from ult_desktop.ui.counter.words import service_name, worded
from ult_desktop.ui.kit import Column, Theme, lists, timeline, widgets
from ult_desktop.ui.kit.forms import (
    ChoiceField,
    CommandFields,
    DateField,
    Field,
    FileField,
    LineField,
    RadioField,
    TextField,
    TickField,
    TicksField,
)
from ult_desktop.ui.office_link.link import Job

Values = dict[str, Any]


def purpose_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the purpose of the visit (POS Sumut tatap muka 2)."""
    options = [(choice.value, choice.within(language())) for choice in forms.card.purposes]
    return FormBox(
        host,
        _("Keperluan tamu"),
        (ChoiceField(host.theme, "purpose", _("Pilih atau tulis"), options, required=True, free=True),),
        command=lambda values: commands.RecordPurpose(visit_id=forms.card.visit.id, **values),
        message=_("Keperluan tercatat."),
        icon=("message-circle", "blue"),
        known={"purpose": forms.card.visit.purpose},
        edits=True,
    )


def number_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the number at reception (POS Sumut tatap muka 3, DKI 3)."""
    theme = host.theme
    grounds = worded(ticket.PriorityReason)
    declared = (
        forms.declaration.grounds if forms.declaration is not None else ()
    )  # at the entrance (POS DKI 3)
    known = ticket.readable_reasons(declared)
    unread = bool(declared) and not known
    ask_again = _(
        "Pengunjung ini kelompok rentan, tetapi alasannya belum terbuka di sini. Tanyakan alasannya."
    )
    priority = None if unread else next(iter(known), "")
    return FormBox(
        host,
        _("Beri nomor antrean"),
        (
            ChoiceField(theme, "service_id", _("Layanan"), forms.services, required=True),
            RadioField(
                theme,
                "priority",
                _("Antrean"),
                grounds if unread else [("", _("biasa")), *grounds],
                required=unread,
            ),
        ),
        command=partial(_issue_ticket, host, forms.card.visit.id),
        verb=_("Ambil nomor"),
        then=host.hand_out,
        icon=("ticket", "green"),
        words=ask_again if unread else "",
        known={"service_id": forms.card.visit.service_id, "priority": priority},
        wide=True,
    )


def _issue_ticket(host: PageHost, visit_id: int, values: Values) -> queue_commands.IssueTicket:
    return queue_commands.IssueTicket(
        service_id=values["service_id"],
        priority=values["priority"] or None,
        visit_id=visit_id,
        wants_paper=host.can_print,
    )


def join_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a welcomed visitor who took a number at the kiosk without help."""
    return FormBox(
        host,
        _("Tamu sudah mengambil nomor"),
        (LineField(host.theme, "label", _("Nomor antreannya"), required=True, hint="A012", most=20),),
        command=lambda values: partial(_join, forms.card.visit.id, values["label"]),
        verb=_("Gabungkan"),
        message=_("Kedatangan dan nomor digabung."),
        icon=("ticket", "blue"),
    )


def _join(visit_id: int, label: str, office: Office, actor: Actor) -> object:
    """Join the number to the visit.

    Raises:
        UserError: no number of today has this label.
    """
    number = office.read(lambda tx: ticket_named(tx, label, office.clock()))
    return office.perform(commands.JoinVisit(visit_id=visit_id, ticket_id=number.id), actor)


def card_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a card that is looked at and given back, or kept (POS Sumut tatap muka 3 and 7)."""
    theme = host.theme
    held = RadioField(
        theme,
        "held",
        _("Kartunya"),
        [(False, _("lihat saja, langsung dikembalikan")), (True, _("dipegang dulu"))],
    )
    place = LineField(theme, "place", _("Disimpan di mana"), hint=_("misalnya laci resepsionis"))
    held.changed.connect(lambda: place.set_shown(bool(held.value())))
    return FormBox(
        host,
        _("Kartu identitas"),
        (
            RadioField(theme, "kind", pgettext("one", "Kartu"), worded(identity.CARDS), required=True),
            held,
            LineField(theme, "purpose", _("Untuk apa"), hint=_("misalnya mengisi data pengunjung")),
            place,
        ),
        command=lambda values: commands.LendCard(visit_id=forms.card.visit.id, **values),
        verb=_("Catat"),
        message=_("Kartu tercatat."),
        icon=("id-card", "amber"),
        known={"kind": identity.IdDocument.KTP, "held": False},
        wide=True,
    )


def release_box(host: PageHost, loan_id: int) -> FormBox:
    """Make the box for a card that does not go back, with the reason."""
    return FormBox(
        host,
        _("Kartu tidak kembali"),
        (LineField(host.theme, "reason", _("Di mana kartunya dan mengapa"), required=True),),
        command=lambda values: commands.ReleaseCardWithReason(loan_id=loan_id, **values),
        verb=_("Catat alasan"),
        message=_("Alasan tercatat."),
        icon=("id-card", "amber"),
    )


def badge_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a visitor's badge (tag tamu)."""
    return FormBox(
        host,
        _("Tag tamu"),
        (LineField(host.theme, "number", _("Nomor tag tamu"), required=True, most=20),),
        command=lambda values: commands.GiveBadge(visit_id=forms.card.visit.id, **values),
        verb=_("Berikan"),
        message=_("Tag tamu diberikan."),
        icon=("award", "blue"),
    )


def vulnerable_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box of what visitors say of themselves, never more (POS DKI 2). It alerts reception."""
    theme = host.theme
    return FormBox(
        host,
        _("Kelompok rentan"),
        (
            TicksField(
                theme, "grounds", _("Menurut pengakuan tamu"), worded(ticket.PriorityReason), required=True
            ),
            TicksField(theme, "help", _("Bantuan yang diinginkan"), worded(ticket.Help)),
        ),
        command=lambda values: DeclareVulnerable(visit_id=forms.card.visit.id, **values),
        verb=_("Beri tahu resepsionis"),
        message=_("Resepsionis dan loket prioritas diberi tahu."),
        icon=("heart-handshake", "violet"),
        wide=True,
    )


def end_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box that ends the visit. The office says what still has to be done first."""
    endings = (visit.Ending.DONE, visit.Ending.LEFT, visit.Ending.REFUSED)
    usual = visit.Ending.REFUSED if forms.card.lacks_letter else visit.Ending.DONE
    return FormBox(
        host,
        _("Akhiri kunjungan"),
        (
            RadioField(host.theme, "ending", _("Bagaimana"), worded(endings), required=True),
            LineField(host.theme, "remark", _("Catatan")),
        ),
        command=lambda values: commands.EndVisit(visit_id=forms.card.visit.id, **values),
        verb=_("Akhiri"),
        message=_("Kunjungan diakhiri."),
        icon=("log-out", "amber"),
        known={"ending": usual},
        wide=True,
    )


MAX_SHOWN = 3
_LONGEST = 60  # letters of a line: enough of an institution's name to recognise a guest


class KnownGuests(QWidget):
    """The known guests, at most three lines; hidden while there is none.

    Signals:
        chosen: take over this guest's data (a Returning).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: tuple[guest_book.Returning, ...] = ()
        column = Column(theme, self, gap=4)
        column.addWidget(
            widgets.Label(_("Pernah datang; tekan untuk memakai datanya"), "small", "soft", wrap=True)
        )
        self.buttons = [widgets.Button(theme, "", "choice", "history") for _n in range(MAX_SHOWN)]
        for number, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, n=number: self.chosen.emit(self._found[n]))
            column.addWidget(button)
        self.hide()

    def show_guests(self, found: Sequence[guest_book.Returning]) -> None:
        self._found = tuple(found[:MAX_SHOWN])
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._found))
            if number < len(self._found):
                guest = self._found[number]
                words = " · ".join(part for part in (guest.name, guest.institution, guest.phone) if part)
                button.setText(
                    (words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…").replace("&", "&&")
                )
        self.setVisible(bool(self._found))


def guest_questions(fields: CommandFields[Any], regencies: Iterable[str]) -> list[str | Field]:
    """Return what a form asks of a guest, the regency from the office's list."""
    return [
        fields.ask_known(name, regencies) if name == "regency" else name
        for name in GuestFields.__struct_fields__
    ]


_TAKEN_OVER = (*Person.__struct_fields__, "remember")


class GuestBox(FormBox):
    """The box that looks up returning visitors while the name or the telephone number is typed."""

    def __init__(self, host: PageHost, forms: VisitForms) -> None:
        visit_id, guest = forms.card.visit.id, forms.card.guest
        fields = CommandFields(host.theme, commands.SignGuestBook, host)
        notice = guest_book.notice_version(forms.privacy)
        super().__init__(
            host,
            _("Buku tamu"),
            fields.in_pairs(*guest_questions(fields, forms.regencies)),
            command=partial(fields.made, visit_id=visit_id, notice=notice, instead=guest is not None),
            verb=_("Simpan"),
            message=_("Buku tamu tersimpan."),
            icon=("book-open", "blue"),
            words=guest_book.notice_words(forms.privacy),
            draft=None if guest else host.draft("guest-book", visit_id),
            known={name: getattr(guest, name) or None for name in GuestFields.__struct_fields__}
            if guest
            else None,
            edits=guest is not None,
            wide=True,
        )
        self._looked_up = ""
        self.known = KnownGuests(host.theme)
        self.words.addWidget(self.known)
        self.known.chosen.connect(self._take_over)
        for name in ("name", "phone"):
            self.form.field(name).changed.connect(partial(self._look_up, name))

    def _look_up(self, name: str) -> None:
        self._looked_up = text = str(self.form.field(name).value())
        self._host.read(partial(_find, text), partial(self._show_known, text))

    def _show_known(self, text: str, found: tuple[guest_book.Returning, ...]) -> None:
        if text == self._looked_up:
            self.known.show_guests(found)

    def _take_over(self, guest: guest_book.Returning) -> None:
        """Take over the guest's data. Masked data is opened first; if that is refused, the rest is taken."""
        known = {name: getattr(guest, name) for name in _TAKEN_OVER}
        masked = [name for name in ("phone", "email") if is_masked(known[name])]
        self.form.show_values({name: "" if name in masked else value for name, value in known.items()})
        self._looked_up = ""
        if masked:
            open_visit(self._host, guest.visit_id, self._take_contact)
        self.known.show_guests(())
        self.form.field("meets").setFocus()

    def _take_contact(self, opened: OpenedVisit) -> None:
        guest = opened.card.guest
        if guest is not None:
            self.form.show_values({"phone": guest.phone, "email": guest.email})
            self._looked_up = ""
            self.known.show_guests(())


def _find(text: str, office: Office) -> tuple[guest_book.Returning, ...]:
    return returning_visitors.find_returning(office, text)


ACTING = (identity.LetterKind.POWER_OF_ATTORNEY, identity.LetterKind.ASSIGNMENT)


def scans() -> str:
    return _("Pindaian (*.pdf *.jpg *.jpeg *.png)")


def identity_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the check of an identity card (POS Kaltara 2, Sumut tatap muka 7)."""
    theme = host.theme
    other = forms.card.checks[0].for_other if forms.card.checks else False
    kind = RadioField(theme, "kind", _("Kartu yang ditunjukkan"), worded(identity.IdDocument), required=True)
    known_by = RadioField(theme, "known_by", _("Diketahui dari"), worded(identity.KnownBy))
    known_by.set_shown(False)
    kind.changed.connect(lambda: known_by.set_shown(_wants_vouching(kind.value())))
    return FormBox(
        host,
        _("Verifikasi identitas"),
        (
            kind,
            known_by,
            LineField(theme, "number", _("Empat angka terakhir nomornya (boleh kosong)"), most=40),
            RadioField(theme, "matches", _("Hasil"), [(True, _("cocok")), (False, _("tidak cocok"))]),
            RadioField(
                theme, "for_other", _("Datang untuk"), [(False, _("diri sendiri")), (True, _("orang lain"))]
            ),
        ),
        command=partial(_verify, forms.card.visit.id),
        message=_("Identitas tercatat."),
        icon=("badge-check", "blue"),
        words=_("Nomor identitas tidak disimpan utuh: hanya empat angka terakhir."),
        known={"matches": True, "for_other": other},
        wide=True,
    )


def _wants_vouching(kind: object) -> bool:
    return isinstance(kind, str) and bool(kind) and identity.wants_vouching(identity.IdDocument(kind))


def _verify(visit_id: int, values: Values) -> commands.VerifyIdentity:
    tail = identity.last_characters(values.pop("number"))
    return commands.VerifyIdentity(visit_id=visit_id, number_tail=tail, **values)


def acting_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the surat kuasa or surat tugas of a representative (POS Sumut tatap muka 7)."""
    theme = host.theme
    fields = (
        (
            LineField(theme, "principal", _("Nama yang diwakili"), required=True),
            LineField(theme, "relation", _("Hubungan")),
        ),
        RadioField(theme, "kind", _("Surat"), worded(ACTING), required=True),
        LineField(theme, "issuer", _("Pejabat atau pemberi surat"), required=True),
        *_paper_fields(host),
        TickField(theme, "stamped", _("Bermeterai")),
    )
    return FormBox(
        host,
        _("Atas nama orang lain"),
        fields,
        command=partial(_with_paper, commands.ActForAnother, forms.card.visit.id),
        message=_("Surat tercatat; layanan dapat dilanjutkan."),
        icon=("file-check", "violet"),
        check=_check_paper,
        draft=host.draft("acting", forms.card.visit.id),
        known={"kind": identity.LetterKind.POWER_OF_ATTORNEY},
        wide=True,
    )


def _paper_fields(host: PageHost) -> tuple[tuple[LineField, DateField], FileField]:
    """Make the fields that every letter has: its number and date, or a scan of it."""
    theme = host.theme
    number = LineField(theme, "number", _("Nomor surat"), most=80)
    day = DateField(theme, "date", _("Tanggal surat"), days=host)
    return (number, day), FileField(theme, "scan", _("Pindaian surat"), scans())


def _check_paper(values: Values) -> dict[str, str]:
    """Return the problem of a letter with neither number nor scan."""
    return (
        {} if values["number"] or values["scan"] else {"number": _("Isi nomornya atau lampirkan pindaian.")}
    )


def _with_paper(
    command: type[commands.ActForAnother | commands.RecordLetter], visit_id: int, values: Values
) -> Job:
    scan, day = values.pop("scan"), values.pop("date")
    letter = command(visit_id=visit_id, date=day.isoformat() if day else "", **values)
    return partial(_with_scan, letter, scan)


def letter_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for an official letter that the visitor brought (POS Kaltara 1)."""
    theme = host.theme
    number, scan = _paper_fields(host)
    fields = (
        RadioField(theme, "kind", _("Surat"), worded(identity.LetterKind), required=True),
        number,
        LineField(theme, "issuer", _("Dari")),
        LineField(theme, "subject", _("Perihal")),
        scan,
    )
    return FormBox(
        host,
        _("Surat tamu"),
        fields,
        command=partial(_with_paper, commands.RecordLetter, forms.card.visit.id),
        message=_("Surat tercatat."),
        icon=("file-text", "blue"),
        check=_check_paper,
        draft=host.draft("letter", forms.card.visit.id),
        known={"kind": identity.LetterKind.ASSIGNMENT},
        wide=True,
    )


def _with_scan(
    command: commands.RecordLetter | commands.ActForAnother, scan: Path | None, office: Office, actor: Actor
) -> object:
    """Record the letter, with its scan stored first."""
    if scan is None:
        return office.perform(command, actor)
    document = office.perform(
        visit_documents.attach_command(store_file(scan, office), command.visit_id), actor
    )
    return office.perform(msgspec.structs.replace(command, document_id=document.id), actor)


def scan_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box that attaches any other scan or photo to the visit."""
    return FormBox(
        host,
        _("Lampirkan dokumen"),
        (FileField(host.theme, "scan", _("Pindaian atau foto"), scans(), required=True),),
        command=lambda values: partial(_store_scan, values["scan"], forms.card.visit.id),
        verb=_("Lampirkan"),
        message=_("Dokumen terlampir."),
        icon=("files", "blue"),
    )


def _store_scan(path: Path, visit_id: int, office: Office, actor: Actor) -> object:
    """Store a scan as a document of the visit."""
    return office.perform(visit_documents.attach_command(store_file(path, office), visit_id), actor)


def requirements_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box of what the visitor has brought (POS DKI 5). Items not ticked are returned as lacking."""
    theme, needed = host.theme, forms.card.requirements
    listed = [(item.id, item.within(language())) for item in needed]
    fields: list[TicksField | TextField] = (
        [TicksField(theme, "there", _("Sudah ada"), listed)] if needed else []
    )
    fields.append(TextField(theme, "lacking", _("Kekurangan lain (satu per baris)"), rows=3))
    return FormBox(
        host,
        _("Persyaratan layanan"),
        fields,
        command=partial(_check_requirements, forms.card.visit.id, tuple(item.id for item in needed)),
        message=_("Pemeriksaan persyaratan tercatat."),
        icon=("clipboard-check", "blue"),
        draft=host.draft("requirements", forms.card.visit.id),
        words=service_name(forms.card),
    )


def _check_requirements(visit_id: int, needed: tuple[str, ...], values: Values) -> commands.CheckRequirements:
    lacking = [item for item in needed if item not in values.get("there", ())]
    return commands.CheckRequirements(visit_id=visit_id, missing=(*lacking, *values["lacking"].splitlines()))


def spd_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box that signs an official traveller's SPD, which the log keeps."""
    theme, guest = host.theme, forms.card.guest
    return FormBox(
        host,
        _("Tanda tangan SPD"),
        (
            LineField(theme, "number", _("Nomor SPD"), required=True, most=80),
            LineField(theme, "traveller", _("Pelaksana perjalanan dinas"), required=True),
            LineField(theme, "origin", _("Instansi asal")),
        ),
        command=lambda values: commands.SignSpd(visit_id=forms.card.visit.id, **values),
        verb=_("Catat"),
        message=_("SPD tercatat."),
        icon=("pen-line", "green"),
        known={} if guest is None else {"traveller": guest.name, "origin": guest.institution},
    )


class FollowUpBox(ListBox):
    """The box to find the open case that a visitor comes back for: by number, name, institution or words."""

    def __init__(self, host: PageHost, forms: VisitForms) -> None:
        empty = (_("Tidak ada permohonan terbuka yang cocok."), "files")
        rows = lists.RecordList(
            host.theme, _("Cari nomor, nama, instansi, isi …"), empty=empty, own_search=False
        )
        super().__init__(host, _("Lanjutan dari permohonan …"), ("history", "blue"), rows)
        self._visit_id, self._text = forms.card.visit.id, ""
        rows.searched.connect(self._search)
        rows.opened.connect(lambda _case_id: self._take_case())
        self.name = self.add_act(_("Ini permohonannya"), "check", self._take_case, "primary")

    @override
    def refresh(self) -> None:
        self.host.read(partial(_open_cases, self._text), self._show)

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _show(self, found: tuple[CaseRow, ...]) -> None:
        self.rows.show_rows([self._row(each) for each in found])

    def _row(self, each: CaseRow) -> lists.ListRow:
        return lists.ListRow(
            id=each.id,
            title=each.name or each.detail,
            subtitle=" · ".join(
                filter(None, (each.number, each.detail if each.name else "", each.institution))
            ),
            aside=timeline.when_words(each.opened_at, self.host.now()),
            icon="file-text",
            tint="blue",
            tags=(lists.Tag(each.state.word),),
        )

    def _take_case(self) -> None:
        if self.rows.selected is not None:
            command = FollowUp(visit_id=self._visit_id, case_id=int(str(self.rows.selected)))
            self.host.perform(command, self._on_taken, message=_("Tercatat sebagai lanjutan."))

    def _on_taken(self, _visit: object) -> None:
        self.accept()


def _open_cases(text: str, office: Office) -> tuple[CaseRow, ...]:
    """Find the cases, on the worker thread."""
    return returning_visitors.find_cases(office, CaseFilter(text=text))
