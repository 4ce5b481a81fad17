"""The sheets of paper that leave the office, made from its rows, and the words that sheets share."""

from datetime import date

from ult_desktop.base import _, formats
from ult_desktop.core import sheet, stamps
from ult_desktop.core.cases import escalation as case_escalation, ppid as case_ppid
from ult_desktop.core.cases.case import Case, CaseKind
from ult_desktop.core.event import PAPER_DIGITS
from ult_desktop.core.fields import head_words
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.person import ApplicantFields
from ult_desktop.core.visits import guest_book
from ult_desktop.db.cases import appointments, cases, deliveries, escalations, ppid
from ult_desktop.db.office import office
from ult_desktop.db.queue import counter_board
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import identity, visits
from ult_desktop.operations.lookup import today
from ult_desktop.operations.operation import refuse, require_found


def receipt_sheet(tx: Transaction, delivery_id: int) -> sheet.Sheet:
    """Return the tanda terima informasi of a delivered answer (POS DKI 7). Its number may be ""."""
    settings = office.load(tx).settings
    delivery = require_found(deliveries.find(tx, delivery_id), _("Lembar itu tidak ada."))
    case = require_found(cases.find(tx, delivery.case_id), _("Lembar itu tidak ada."))
    guest = visits.guest_of(tx, case.visit_id)
    name = delivery.recipient or (guest.name if guest else "")
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Tanda Terima Informasi"),
        number=delivery.receipt,
        rows=filled_rows(
            (_("Nomor permohonan"), case.number),
            (_("Diterima pada"), when_words(settings, delivery.at)),
            (_("Layanan"), case.service),
            (_("Pemohon"), guest.name if guest else ""),
            (_("Instansi"), guest.institution if guest else ""),
            (_("Yang diminta"), case.detail),
            (_("Hasil"), outcome_words(tx, case)),
            (_("Jawaban"), case.answer),
            (_("Dasar hukum"), case.ground),
            (_("Cara penyampaian"), delivery.way.word),
            (_("Diterima oleh"), name),
            (_("Petugas"), delivery.officer),
            (_("Atas nama"), delivery.acting_for),
            (_("Dicatat belakangan"), typed_words(tx, case.visit_id)),
        ),
        notes=(_("Layanan ini tidak dipungut biaya."),),
        signatures=(delivery.officer or _("Petugas"), name or _("Penerima")),
    )


def outcome_words(tx: Transaction, case: Case) -> str:
    """Return PPID's decision on a case, if there is one, else the case's outcome; "" without either."""
    information = ppid.of_case(tx, case.id)
    if information is not None and information.decision:
        return case_ppid.Decision(information.decision).word
    return case.outcome.word if case.outcome else ""


def intake_sheet(tx: Transaction, case_id: int) -> sheet.Sheet:
    """Return the proof that a request or a complaint was taken in, with its number and due time."""
    settings = office.load(tx).settings
    case = require_found(cases.find(tx, case_id), _("Lembar itu tidak ada."))
    guest = visits.guest_of(tx, case.visit_id)
    is_complaint = case.kind is CaseKind.COMPLAINT
    complaint_ways = " · ".join(settings.office.complaint_ways)
    notes = [_("Layanan ini tidak dipungut biaya.")]
    if is_complaint and complaint_ways:
        notes.append(_("Pengaduan dapat disampaikan juga lewat {ways}.").format(ways=complaint_ways))
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Bukti Penerimaan Pengaduan") if is_complaint else _("Bukti Penerimaan Permohonan"),
        number=case.number,
        rows=filled_rows(
            (_("Diterima"), when_words(settings, case.opened_at)),
            (_("Layanan"), case.service),
            (_("Pemohon"), guest.name if guest else ""),
            (_("Pengaduan") if is_complaint else _("Isi permohonan"), case.detail),
            (_("Diselesaikan paling lambat"), when_words(settings, case.due_at)),
            (_("Petugas"), case.owner),
            (_("Dicatat belakangan"), typed_words(tx, case.visit_id)),
        ),
        notes=(*notes, guest_book.notice_on_paper(settings.privacy)),
    )


def appointment_sheet(tx: Transaction, appointment_id: int) -> sheet.Sheet:
    """Return the slip of an appointment, with the code that the kiosk accepts."""
    settings = office.load(tx).settings
    appointment = require_found(appointments.find(tx, appointment_id), _("Lembar itu tidak ada."))
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Janji Temu"),
        number=when_words(settings, appointment.at),
        rows=filled_rows(
            (_("Nama"), appointment.name),
            (_("Nomor permohonan"), appointment.case_number),
            (_("Layanan"), appointment.service),
            (_("Petugas"), appointment.officer),
            (_("Keperluan"), appointment.reason),
        ),
        notes=(
            _("Pindai kode ini di mesin antrean saat Anda datang."),
            _("Hubungi kami bila Anda berhalangan."),
            *([settings.office.phone] if settings.office.phone else []),
        ),
        code=appointment.code,
    )


def registration_sheet(tx: Transaction, request_id: int) -> sheet.Sheet:
    """Return the proof of a public-information request, handed over at once (UU 14/2008 Pasal 22)."""
    settings = office.load(tx).settings
    request = require_found(ppid.find(tx, request_id), _("Lembar itu tidak ada."))
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Bukti Permohonan Informasi"),
        number=request.number,
        rows=filled_rows(
            (_("Tanggal"), when_words(settings, request.registered_at)),
            *((head_words(name), getattr(request, name)) for name in ApplicantFields.__struct_fields__),
            (_("Informasi yang diminta"), request.wanted),
            (_("Tujuan penggunaan"), request.purpose),
            (_("Cara memperoleh"), request.access.word),
            (_("Dijawab paling lambat"), when_words(settings, request.due_at)),
        ),
        notes=(
            _("Pemohon berhak mengajukan keberatan kepada Atasan PPID dalam 30 hari kerja."),
            _("Informasi diberikan tanpa biaya; penggandaan ditanggung pemohon."),
            guest_book.notice_on_paper(settings.privacy),
        ),
        signatures=(_("Petugas"), request.name),
    )


def notice_sheet(tx: Transaction, request_id: int) -> sheet.Sheet:
    """Return the written notice (pemberitahuan tertulis) on a public-information request, as PPID decided."""
    settings = office.load(tx).settings
    request = require_found(ppid.find(tx, request_id), _("Lembar itu tidak ada."))
    if request.decided_at is None:
        raise refuse(_("Permohonan informasi ini belum diputus."), _("Catat keputusannya dulu."))
    identity = settings.office
    needed_fields = {_("nama PPID"): identity.ppid, _("NIP PPID"): identity.ppid_nip}
    possession = f"{case_ppid.Possession(request.held).word} {request.held_by}".strip()
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Pemberitahuan Tertulis"),
        number=request.number,
        rows=filled_rows(
            (_("Tanggal"), when_words(settings, request.noticed_at or request.decided_at)),
            (_("Nama"), request.name),
            (_("Informasi yang diminta"), request.wanted),
            (_("Penguasaan informasi"), possession),
            (_("Keputusan"), case_ppid.Decision(request.decision).word),
            (_("Alasan penolakan"), request.refusal),
            (_("Bentuk informasi"), case_ppid.CopyForm(request.copy_form).word),
            (_("Biaya dan cara pembayaran"), request.cost),
            (_("Waktu penyediaan"), request.ready_in),
            (_("Bagian yang dihitamkan"), request.redaction),
        ),
        notes=(_("Pemohon berhak mengajukan keberatan kepada Atasan PPID dalam 30 hari kerja."),),
        signatures=(
            f"{_signature(_('PPID'), identity.ppid, identity.ppid_nip)}{_missing_words(needed_fields)}",
        ),
    )


def disposition_sheet(tx: Transaction, escalation_id: int) -> sheet.Sheet:
    """Return the lembar disposisi of an escalation, with its answer if any (POS Sumut tatap muka 14)."""
    settings = office.load(tx).settings
    escalation = require_found(escalations.find(tx, escalation_id), _("Lembar itu tidak ada."))
    case = cases.get(tx, escalation.case_id)
    is_complaint = case.kind is CaseKind.COMPLAINT
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Lembar Disposisi"),
        number=case.number,
        rows=filled_rows(
            (_("Dari"), _desk_words(settings, escalation.from_desk, escalation.sender)),
            (
                _("Kepada"),
                _desk_words(settings, escalation.to_desk, escalation.unit or escalation.to_officer),
            ),
            (_("Dikirim"), when_words(settings, escalation.sent_at)),
            (_("Tenggat"), when_words(settings, escalation.due_at)),
            (_("Pengaduan") if is_complaint else _("Isi permohonan"), case.detail),
            (_("Isi disposisi"), escalation.instruction),
            (_("Diterima"), _when_and_who(settings, escalation.received_at, escalation.receiver)),
            (_("Arahan"), escalation.answer),
            (_("Dijawab"), _when_and_who(settings, escalation.answered_at, escalation.answerer)),
        ),
        signatures=(
            escalation.sender or _("Pengirim"),
            escalation.answerer or escalation.to_officer or _("Penerima"),
        ),
    )


def log_end(tx: Transaction) -> str:
    """Return the end of the log, as `verify --paper` takes it; "" for an empty log."""
    end = events.last_anchor(tx, 0)
    return f"{end.seq}:{end.chain[:PAPER_DIGITS]}" if end else ""


def day_sheet(tx: Transaction, now: int) -> sheet.Sheet:
    """Return the office's day in numbers, and the end of its log, which nobody can rewrite on paper.

    `now` is UTC ms. `verify --paper` compares the sheet with the log of any later day.
    """
    settings, day = office.load(tx).settings, counter_board.day_summary(tx, today(tx, now))
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Lembar Hari"),
        number=when_words(settings, now),
        rows=filled_rows(
            (_("Nomor diambil"), str(day.issued)),
            (_("Selesai dilayani"), str(day.done)),
            (_("Tidak hadir"), str(day.no_show)),
            (_("Masih menunggu"), str(day.waiting)),
            (_("Janji temu tidak datang"), _("{n} dari {total}").format(n=day.missed, total=day.booked)),
            (_("Dialihkan"), str(day.transferred)),
            (_("Ditunda saat dilayani"), str(day.set_aside)),
            *((outcome, str(count)) for outcome, count in day.outcomes),
            (_("Catatan terakhir"), log_end(tx)),
        ),
        notes=(_("Simpan lembar ini: catatan terakhir membuktikan data kantor sampai saat ini."),),
        signatures=(_("Petugas"),),
    )


def period_words(first_day: str, last_day: str) -> str:
    """Return a period in words, between two of the office's days (ISO)."""
    return formats.format_days(date.fromisoformat(first_day), date.fromisoformat(last_day))


def spd_sheet(tx: Transaction, first_day: str, last_day: str) -> sheet.Sheet:
    """Return the list of the SPD signed between two of the office's days (ISO), one line each."""
    settings = office.load(tx).settings
    signings = identity.spd_between(tx, first_day, last_day)
    if not signings:
        raise refuse(_("Belum ada SPD yang ditandatangani."))
    lines = []
    for number, signing in enumerate(signings, 1):
        local = stamps.to_datetime(signing.at, settings.office.zone)
        day = f"{formats.format_date(local, 'short')} {formats.format_time(local)}"
        lines.append((str(number), day, signing.number, signing.traveller, signing.origin, signing.officer))
    return sheet.Sheet(
        office=letterhead(settings),
        title=_("Daftar SPD yang Ditandatangani"),
        number=period_words(signings[0].day, signings[-1].day),
        # The same lines as single rows, for a paper too narrow for columns.
        rows=tuple(
            sheet.SheetRow(f"{number}. {day}", " · ".join(filter(None, cells)))
            for number, day, *cells in lines
        ),
        table=(spd_heads(), *map(sheet.Cells, lines)),
        notes=(_("Jumlah: {n}").format(n=len(signings)),),
        signatures=(_("Petugas"),),
    )


def spd_heads() -> sheet.Cells:
    words = (
        _("No."),
        _("Tanggal"),
        _("Nomor SPD"),
        _("Pelaksana perjalanan dinas"),
        _("Instansi asal"),
        _("Petugas"),
    )
    return sheet.Cells(words)


def letterhead(settings: OfficeSettings) -> sheet.Letterhead:
    return sheet.Letterhead(settings.office.paper_head, settings.office.logo)


def dated_signature(settings: OfficeSettings, now: int) -> str:
    """Return town and day (`now` is UTC ms), then the signature of the office's head."""
    return f"{dated_words(settings, now)}\n{head_signature(settings)}"


def dated_words(settings: OfficeSettings, now: int) -> str:
    """Return town and day, as in "Tanjung Selor, 23 November 2026". `now` is UTC ms."""
    day = formats.format_date(stamps.to_datetime(now, settings.office.zone), "long")
    return ", ".join(filter(None, (settings.office.city, day)))


def head_signature(settings: OfficeSettings) -> str:
    """Return the signature of the office's head: title, name and NIP.

    Parts that the office has not entered yet are dotted lines for a pen, and are named below.
    """
    identity = settings.office
    title = _("Kepala {office}").format(office=identity.short_name)
    needed_fields = {
        _("kota"): identity.city,
        _("nama kepala"): identity.head,
        _("NIP kepala"): identity.head_nip,
    }
    return f"{_signature(title, identity.head, identity.head_nip)}{_missing_words(needed_fields)}"


def _signature(title: str, name: str, nip: str) -> str:
    room_to_sign, number = "\u00a0\n" * 3, _("NIP {number}").format(number=nip or "." * 30)
    return f"{title}\n{room_to_sign}{name or '.' * 40}\n{number}"


def _missing_words(needed_fields: dict[str, str]) -> str:
    """Return a line that names the empty ones of the `needed_fields`, "" if there are none."""
    names = ", ".join(name for name, value in needed_fields.items() if not value)
    return "\n" + _("Belum diisi di Pengaturan, Kantor: {names}").format(names=names) if names else ""


def filled_rows(*rows: tuple[str, str]) -> tuple[sheet.SheetRow, ...]:
    """Return a row for each head and text, without the empty ones."""
    return tuple(sheet.SheetRow(head, text) for head, text in rows if text)


def typed_words(tx: Transaction, visit_id: int) -> str:
    """Return who typed a visit from paper into the program, and when; "" for any other visit."""
    visit = visits.get(tx, visit_id)
    when = when_words(office.load(tx).settings, visit.typed_at)
    return f"{visit.typed_by}, {when}" if visit.belated else ""


def when_words(settings: OfficeSettings, at: int | None) -> str:
    if at is None:
        return ""
    local = stamps.to_datetime(at, settings.office.zone)
    return f"{formats.format_date(local)} {formats.format_clock(local)}"


def _when_and_who(settings: OfficeSettings, at: int | None, name: str) -> str:
    return " · ".join(filter(None, (when_words(settings, at), name)))


def _desk_words(settings: OfficeSettings, desk: case_escalation.CaseDesk, name: str) -> str:
    label = case_escalation.desk_word(desk, settings.cases.related_unit)
    return f"{label} · {name}" if name else label
