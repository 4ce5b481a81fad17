"""The boxes of a visit: guest book, identity, letter, card, badge, a case that goes on, the end."""

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
from ult_desktop.operations.lookup import require_ticket_named
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file
from ult_desktop.operations.visits import documents as visit_documents, returning_visitors
from ult_desktop.operations.visits.boards import VisitForms
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost, open_visit
from ult_desktop.ui.counter.words import options_of, service_name
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
    grounds = options_of(ticket.PriorityReason)
    # Declared at the entrance (POS DKI 3), and sealed: unreadable where the office's keys are not open.
    declared = forms.declaration.grounds if forms.declaration is not None else ()
    readable = ticket.readable_reasons(declared)
    is_sealed = bool(declared) and not readable
    ask_again = _(
        "Pengunjung ini kelompok rentan, tetapi alasannya belum terbuka di sini. Tanyakan alasannya."
    )

    def issue(values: Values) -> queue_commands.IssueTicket:
        return queue_commands.IssueTicket(
            service_id=values["service_id"],
            priority=values["priority"] or None,
            visit_id=forms.card.visit.id,
            wants_paper=host.can_print,
        )

    return FormBox(
        host,
        _("Beri nomor antrean"),
        (
            ChoiceField(theme, "service_id", _("Layanan"), forms.services, required=True),
            RadioField(
                theme,
                "priority",
                _("Antrean"),
                grounds if is_sealed else [("", _("biasa")), *grounds],
                required=is_sealed,
            ),
        ),
        command=issue,
        verb=_("Ambil nomor"),
        then=host.hand_out,
        icon=("ticket", "green"),
        words=ask_again if is_sealed else "",
        known={
            "service_id": forms.card.visit.service_id,
            "priority": None if is_sealed else next(iter(readable), ""),
        },
        wide=True,
    )


def join_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for a welcomed visitor who took a number at the kiosk without help."""

    def join(label: str, office: Office, actor: Actor) -> object:
        number = office.read(lambda tx: require_ticket_named(tx, label, office.clock()))
        return office.perform(commands.JoinVisit(visit_id=forms.card.visit.id, ticket_id=number.id), actor)

    return FormBox(
        host,
        _("Tamu sudah mengambil nomor"),
        (LineField(host.theme, "label", _("Nomor antreannya"), required=True, hint="A012", most=20),),
        command=lambda values: partial(join, values["label"]),
        verb=_("Gabungkan"),
        message=_("Kedatangan dan nomor digabung."),
        icon=("ticket", "blue"),
    )


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
            RadioField(theme, "kind", pgettext("one", "Kartu"), options_of(identity.CARDS), required=True),
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
    """Make the box for what vulnerable visitors say of themselves, never more (POS DKI 2).

    Saving it alerts the reception.
    """
    theme = host.theme
    return FormBox(
        host,
        _("Kelompok rentan"),
        (
            TicksField(
                theme,
                "grounds",
                _("Menurut pengakuan tamu"),
                options_of(ticket.PriorityReason),
                required=True,
            ),
            TicksField(theme, "help", _("Bantuan yang diinginkan"), options_of(ticket.Help)),
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
            RadioField(host.theme, "ending", _("Bagaimana"), options_of(endings), required=True),
            LineField(host.theme, "remark", _("Catatan")),
        ),
        command=lambda values: commands.EndVisit(visit_id=forms.card.visit.id, **values),
        verb=_("Akhiri"),
        message=_("Kunjungan diakhiri."),
        icon=("log-out", "amber"),
        known={"ending": usual},
        wide=True,
    )


_MAX_GUESTS = 3
_MAX_BUTTON_LETTERS = 60  # enough of an institution's name to recognise a guest


class KnownGuests(QWidget):
    """The buttons of guests who were here before, at most three; hidden while there is none.

    Signals:
        chosen: take over this guest's data (a `ReturningVisitor`).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._guests: tuple[guest_book.ReturningVisitor, ...] = ()
        column = Column(theme, self, gap=4)
        column.addWidget(
            widgets.Label(_("Pernah datang; tekan untuk memakai datanya"), "small", "soft", wrap=True)
        )
        self.buttons = [widgets.Button(theme, "", "choice", "history") for _n in range(_MAX_GUESTS)]
        for number, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, n=number: self.chosen.emit(self._guests[n]))
            column.addWidget(button)
        self.hide()

    def show_guests(self, guests: Sequence[guest_book.ReturningVisitor]) -> None:
        self._guests = tuple(guests[:_MAX_GUESTS])
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._guests))
        for button, guest in zip(self.buttons, self._guests, strict=False):
            words = " · ".join(part for part in (guest.name, guest.institution, guest.phone) if part)
            if len(words) > _MAX_BUTTON_LETTERS:
                words = f"{words[:_MAX_BUTTON_LETTERS]}…"
            button.setText(words.replace("&", "&&"))  # Qt takes a single & for a shortcut
        self.setVisible(bool(self._guests))


def guest_questions(fields: CommandFields[Any], regencies: Iterable[str]) -> list[str | Field]:
    """Return a guest's fields by name, but the regency as a field that offers the office's list."""
    return [
        fields.ask_known(name, regencies) if name == "regency" else name
        for name in GuestFields.__struct_fields__
    ]


_FIELDS_TAKEN_OVER = (*Person.__struct_fields__, "remember")  # from an earlier visit of the guest


class GuestBox(FormBox):
    """The box of a guest book entry. It looks up returning guests while name or phone number is typed."""

    def __init__(self, host: PageHost, forms: VisitForms) -> None:
        visit_id, guest = forms.card.visit.id, forms.card.guest
        fields = CommandFields(host.theme, commands.SignGuestBook, host)
        notice = guest_book.notice_version(forms.privacy)
        super().__init__(
            host,
            _("Buku tamu"),
            fields.in_pairs(*guest_questions(fields, forms.regencies)),
            command=partial(fields.make_record, visit_id=visit_id, notice=notice, instead=guest is not None),
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
        self._searched_text = ""  # an answer for another text comes too late and is ignored
        self.known = KnownGuests(host.theme)
        self.words.addWidget(self.known)
        self.known.chosen.connect(self._take_over)
        for name in ("name", "phone"):
            self.form.field(name).changed.connect(partial(self._look_up, name))

    def _look_up(self, name: str) -> None:
        """Search for returning guests by what is typed in the field of that name."""
        self._searched_text = text = str(self.form.field(name).value())
        self._host.read(
            lambda office: returning_visitors.find_returning(office, text), partial(self._show_known, text)
        )

    def _show_known(self, text: str, guests: tuple[guest_book.ReturningVisitor, ...]) -> None:
        if text == self._searched_text:
            self.known.show_guests(guests)

    def _take_over(self, guest: guest_book.ReturningVisitor) -> None:
        """Fill the form with the guest's data. Masked fields follow once they are opened, if they may be."""
        values = {name: getattr(guest, name) for name in _FIELDS_TAKEN_OVER}
        masked = [name for name in ("phone", "email") if is_masked(values[name])]
        self.form.show_values({name: "" if name in masked else value for name, value in values.items()})
        self._searched_text = ""
        if masked:
            open_visit(self._host, guest.visit_id, self._take_contact)
        self.known.show_guests(())
        self.form.field("meets").setFocus()

    def _take_contact(self, opened: OpenedVisit) -> None:
        guest = opened.card.guest
        if guest is not None:
            self.form.show_values({"phone": guest.phone, "email": guest.email})
            self._searched_text = ""
            self.known.show_guests(())


LETTERS_OF_REPRESENTATION = (identity.LetterKind.POWER_OF_ATTORNEY, identity.LetterKind.ASSIGNMENT)


def scan_file_types() -> str:
    """Return the filter of a file dialog for scans."""
    return _("Pindaian (*.pdf *.jpg *.jpeg *.png)")


def identity_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the check of an identity card (POS Kaltara 2, Sumut tatap muka 7)."""
    theme = host.theme
    kind = RadioField(
        theme, "kind", _("Kartu yang ditunjukkan"), options_of(identity.IdDocument), required=True
    )
    known_by = RadioField(theme, "known_by", _("Diketahui dari"), options_of(identity.KnownBy))

    def ask_who_vouches() -> None:
        document = str(kind.value() or "")
        known_by.set_shown(bool(document) and identity.needs_vouching(identity.IdDocument(document)))

    def verify(values: Values) -> commands.VerifyIdentity:
        tail = identity.last_characters(values.pop("number"))
        return commands.VerifyIdentity(visit_id=forms.card.visit.id, number_tail=tail, **values)

    ask_who_vouches()
    kind.changed.connect(ask_who_vouches)
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
        command=verify,
        message=_("Identitas tercatat."),
        icon=("badge-check", "blue"),
        words=_("Nomor identitas tidak disimpan utuh: hanya empat angka terakhir."),
        known={"matches": True, "for_other": bool(forms.card.checks) and forms.card.checks[0].for_other},
        wide=True,
    )


def acting_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for the surat kuasa or surat tugas of a representative (POS Sumut tatap muka 7)."""
    theme = host.theme
    fields = (
        (
            LineField(theme, "principal", _("Nama yang diwakili"), required=True),
            LineField(theme, "relation", _("Hubungan")),
        ),
        RadioField(theme, "kind", _("Surat"), options_of(LETTERS_OF_REPRESENTATION), required=True),
        LineField(theme, "issuer", _("Pejabat atau pemberi surat"), required=True),
        *_letter_fields(host),
        TickField(theme, "stamped", _("Bermeterai")),
    )
    return FormBox(
        host,
        _("Atas nama orang lain"),
        fields,
        command=partial(_letter_job, commands.ActForAnother, forms.card.visit.id),
        message=_("Surat tercatat; layanan dapat dilanjutkan."),
        icon=("file-check", "violet"),
        check=_check_letter,
        draft=host.draft("acting", forms.card.visit.id),
        known={"kind": identity.LetterKind.POWER_OF_ATTORNEY},
        wide=True,
    )


def _letter_fields(host: PageHost) -> tuple[tuple[LineField, DateField], FileField]:
    """Make the fields that every letter has: a line of its number and date, and a scan of it."""
    theme = host.theme
    number = LineField(theme, "number", _("Nomor surat"), most=80)
    day = DateField(theme, "date", _("Tanggal surat"), days=host)
    return (number, day), FileField(theme, "scan", _("Pindaian surat"), scan_file_types())


def _check_letter(values: Values) -> dict[str, str]:
    """Return the problem of a letter with neither number nor scan."""
    return (
        {} if values["number"] or values["scan"] else {"number": _("Isi nomornya atau lampirkan pindaian.")}
    )


def _letter_job(
    command: type[commands.ActForAnother | commands.RecordLetter], visit_id: int, values: Values
) -> Job:
    """Return the job that records the letter that was typed in, with its scan if there is one."""
    scan, day = values.pop("scan"), values.pop("date")
    letter = command(visit_id=visit_id, date=day.isoformat() if day else "", **values)
    return partial(_record_letter, letter, scan)


def letter_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for an official letter that the visitor brought (POS Kaltara 1)."""
    theme = host.theme
    number, scan = _letter_fields(host)
    fields = (
        RadioField(theme, "kind", _("Surat"), options_of(identity.LetterKind), required=True),
        number,
        LineField(theme, "issuer", _("Dari")),
        LineField(theme, "subject", _("Perihal")),
        scan,
    )
    return FormBox(
        host,
        _("Surat tamu"),
        fields,
        command=partial(_letter_job, commands.RecordLetter, forms.card.visit.id),
        message=_("Surat tercatat."),
        icon=("file-text", "blue"),
        check=_check_letter,
        draft=host.draft("letter", forms.card.visit.id),
        known={"kind": identity.LetterKind.ASSIGNMENT},
        wide=True,
    )


def _record_letter(
    command: commands.RecordLetter | commands.ActForAnother, scan: Path | None, office: Office, actor: Actor
) -> object:
    """Record the letter. Its scan is stored first, because the letter refers to it by its id."""
    if scan is None:
        return office.perform(command, actor)
    document = office.perform(
        visit_documents.attach_command(store_file(scan, office), command.visit_id), actor
    )
    return office.perform(msgspec.structs.replace(command, document_id=document.id), actor)


def scan_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box that attaches any other scan or photo to the visit."""

    def attach(path: Path, office: Office, actor: Actor) -> object:
        command = visit_documents.attach_command(store_file(path, office), forms.card.visit.id)
        return office.perform(command, actor)

    return FormBox(
        host,
        _("Lampirkan dokumen"),
        (FileField(host.theme, "scan", _("Pindaian atau foto"), scan_file_types(), required=True),),
        command=lambda values: partial(attach, values["scan"]),
        verb=_("Lampirkan"),
        message=_("Dokumen terlampir."),
        icon=("files", "blue"),
    )


def requirements_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box of what the visitor has brought (POS DKI 5). Requirements not ticked are missing."""
    theme, required = host.theme, forms.card.requirements
    fields: list[TicksField | TextField] = []
    if required:
        options = [(item.indonesian, item.within(language())) for item in required]
        fields.append(TicksField(theme, "there", _("Sudah ada"), options))
    fields.append(TextField(theme, "lacking", _("Kekurangan lain (satu per baris)"), rows=3))

    def check(values: Values) -> commands.CheckRequirements:
        unticked = [item.indonesian for item in required if item.indonesian not in values.get("there", ())]
        others = values["lacking"].splitlines()
        return commands.CheckRequirements(visit_id=forms.card.visit.id, missing=(*unticked, *others))

    return FormBox(
        host,
        _("Persyaratan layanan"),
        fields,
        command=check,
        message=_("Pemeriksaan persyaratan tercatat."),
        icon=("clipboard-check", "blue"),
        draft=host.draft("requirements", forms.card.visit.id),
        words=service_name(forms.card),
    )


def spd_box(host: PageHost, forms: VisitForms) -> FormBox:
    """Make the box for an official's SPD (travel order) that was signed here."""
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


class FollowUpBox(ListBox[CaseRow]):
    """The box to find the open case that a visitor comes back for: by number, name, institution or words."""

    def __init__(self, host: PageHost, forms: VisitForms) -> None:
        empty = (_("Tidak ada permohonan terbuka yang cocok."), "files")
        rows = lists.RecordList(
            host.theme, _("Cari nomor, nama, instansi, isi …"), empty=empty, own_search=False
        )
        super().__init__(host, _("Lanjutan dari permohonan …"), ("history", "blue"), rows)
        self._visit_id, self._text = forms.card.visit.id, ""
        rows.searched.connect(self._search)
        self.name_button = self.add_act(
            _("Ini permohonannya"), "check", self._take_case, "primary", opens_row=True
        )

    @override
    def refresh(self) -> None:
        wanted = CaseFilter(text=self._text)
        self.host.read(lambda office: returning_visitors.find_cases(office, wanted), self.show_records)

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    @override
    def row_of(self, record: CaseRow) -> lists.ListRow:
        detail = record.detail if record.name else ""
        return lists.ListRow(
            id=record.id,
            title=record.name or record.detail,
            subtitle=" · ".join(filter(None, (record.number, detail, record.institution))),
            aside=timeline.when_words(record.opened_at, self.host.now()),
            icon="file-text",
            tint="blue",
            tags=(lists.Tag(record.state.word),),
        )

    def _take_case(self) -> None:
        command = FollowUp(visit_id=self._visit_id, case_id=self.chosen.id)
        self.host.perform(command, self._on_taken, message=_("Tercatat sebagai lanjutan."))

    def _on_taken(self, _visit: object) -> None:
        self.accept()
