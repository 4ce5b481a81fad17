"""The sheets of data protection: a subject's copy of their data, and a breach's notices and report."""

from itertools import groupby

from ult_desktop.base import _, counted, formats
from ult_desktop.core import stamps
from ult_desktop.core.fields import row_words
from ult_desktop.core.office import retention_schedule, settings as office_settings, template
from ult_desktop.core.privacy import breaches as privacy_breaches, subject_words, subjects
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.db.office import office
from ult_desktop.db.privacy import breaches
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import refuse, require_found
from ult_desktop.operations.sheets import dated_words, letterhead


def copy_sheet(settings: office_settings.OfficeSettings, dossier: subjects.Dossier) -> Sheet:
    """Return a data subject's copy of their data (UU 27/2022 Pasal 7), with what the office keeps and why."""
    request = dossier.file.request
    days = {visit.visit_id: visit.day for visit in dossier.file.visits}
    answer: tuple[SheetRow, ...] = ()
    if request.outcome:
        outcome = subjects.SubjectOutcome(request.outcome).word
        answer = (SheetRow(_("Jawaban"), f"{outcome}. {request.answer}"),)
    records_by_part = groupby(dossier.held, key=lambda record: (record.visit_id, record.part))
    rows = [
        SheetRow(
            f"{subject_words.day_word(days[visit_id])} · {subject_words.part_word(part)}",
            "\n".join(_record_words(settings, record) for record in records),
        )
        for (visit_id, part), records in records_by_part
    ]
    return Sheet(
        office=letterhead(settings),
        title=_("Salinan Data Pribadi"),
        number=request.number,
        rows=(
            SheetRow(_("Pemohon"), request.name),
            SheetRow(_("Diterima"), _moment_words(settings, request.received_at)),
            *answer,
            *rows,
        ),
        notes=subjects.retained_by_law(),
        signatures=(_("Petugas"), request.name),
    )


def _record_words(settings: office_settings.OfficeSettings, record: subjects.HeldRecord) -> str:
    if record.field == "at" or record.field.endswith("_at"):
        value = _moment_words(settings, int(record.value))
    else:
        value = subject_words.value_word(record.field, record.value)
    return f"{row_words(record.field)}: {value}"


def breach_letter(tx: Transaction, breach_id: int, whom: privacy_breaches.NoticeRecipient, now: int) -> Sheet:
    """Return the written notice of a breach with all that the law lists (UU 27/2022 Pasal 46).

    It is dated `now` (UTC ms), for the head of the office to sign.

    Raises:
        UserError: there is no such breach, or a part that the notice must have is not written yet.
    """
    settings = office.load(tx).settings
    breach = require_found(breaches.find(tx, breach_id), _("Insiden itu tidak ada."))
    if breach.missing_parts:
        raise refuse(
            _("Surat ini wajib memuat {lacks}.").format(lacks=_(" dan ").join(breach.missing_parts)),
            _("Lengkapi insidennya dulu."),
        )
    return Sheet(
        office=letterhead(settings),
        title=_("Pemberitahuan Kegagalan Pelindungan Data Pribadi"),
        number=breach.number,
        rows=_letter_rows(settings, breach, whom),
        notes=(
            _(
                "Pemberitahuan tertulis menurut Pasal 46 UU Nomor 27 Tahun 2022 tentang Pelindungan"
                " Data Pribadi, paling lambat 3×24 jam sejak diketahui."
            ),
            dated_words(settings, now),
        ),
        signatures=(_signer_words(settings.office),),
    )


def incident_form(tx: Transaction, breach_id: int | None, now: int) -> Sheet:
    """Return the report of an incident to the CSIRT: contact, description, chronology, impact.

    BSSN 1/2024 wants these four parts. A fact that is not known is a dotted line for a pen; with None as
    `breach_id` all are. The report is dated `now` (UTC ms).

    Raises:
        UserError: there is no such breach.
    """
    settings = office.load(tx).settings
    breach = None if breach_id is None else breaches.find(tx, breach_id)
    if breach is None and breach_id is not None:
        raise refuse(_("Insiden itu tidak ada."))
    parts = _incident_parts(settings, breach)
    return Sheet(
        office=letterhead(settings),
        title=_("Laporan Insiden Siber dan Data Pribadi"),
        number=breach.number if breach else "",
        rows=tuple(SheetRow(head, text) for head, text in parts),  # for narrow paper
        table=(  # the same for a PDF, which shows it instead of the rows
            Cells((_("No."), _("Bagian"), _("Isi"))),
            *(Cells((str(n), *part)) for n, part in enumerate(parts, 1)),
        ),
        numbered=True,
        notes=(
            _(
                "Bagian 1 sampai 4 dikirim kepada CSIRT organisasi, diteruskan ke CSIRT sektor, tembusan"
                " CSIRT nasional (Peraturan BSSN Nomor 1 Tahun 2024). Subjek data dan lembaga diberi surat"
                " sendiri."
            ),
            dated_words(settings, now),
        ),
        signatures=(_signer_words(settings.office),),
    )


_DOTTED_LINE = "." * 60


def _incident_parts(
    settings: office_settings.OfficeSettings, breach: privacy_breaches.Breach | None
) -> tuple[tuple[str, str], ...]:
    """Return the heads and texts of an incident's report; a dotted line for each fact that is not known."""

    def or_dots(text: object, lines: int = 1) -> str:
        return str(text or "\n".join([_DOTTED_LINE] * lines))

    def moment_or_dots(at: int | None) -> str:
        return _moment_words(settings, at) if at else _DOTTED_LINE

    identity = settings.office
    described = {name: getattr(breach, name, "") for name in privacy_breaches.DescribeBreach.edits}
    known_at, due_at = (breach.known_at, breach.due_at) if breach else (None, None)
    notices = (
        (whom.word, breach.notified_at(whom) if breach else None) for whom in privacy_breaches.NoticeRecipient
    )
    contact = _("Narahubung: {who}").format(who=or_dots(described["contact"]))
    parts: tuple[tuple[str, tuple[str, ...]], ...] = (
        (_("Kontak"), (identity.name, identity.address, identity.phone, contact)),
        (_("Deskripsi"), (or_dots(described["what"], 4),)),
        (
            _("Kronologi"),
            (
                _("Diketahui: {at}").format(at=moment_or_dots(known_at)),
                or_dots(described["happened"], 3),
                _("Penanganan: {words}").format(words=or_dots(described["handling"])),
                _("Pemulihan: {words}").format(words=or_dots(described["recovery"])),
            ),
        ),
        (
            _("Dampak"),
            (
                _("Orang yang terkena: {n}").format(n=or_dots(described["persons"])),
                _("Data: {words}").format(words=or_dots(described["data"])),
                _("Layanan yang terganggu: {words}").format(words=_DOTTED_LINE),
            ),
        ),
        (
            _("Data di kantor ini (beri tanda yang terkena)"),
            tuple(f"[   ] {kind.word}" for kind in retention_schedule.RetentionKind),
        ),
        (
            _("Batas waktu"),
            (
                _("CSIRT: segera; infrastruktur informasi vital 1×24 jam"),
                _("Pasal 46 UU 27/2022, 3×24 jam: {at}").format(at=moment_or_dots(due_at)),
                *(f"{whom}: {moment_or_dots(at)}" for whom, at in notices),
            ),
        ),
    )
    return tuple((head, "\n".join(filter(None, lines))) for head, lines in parts)


def _signer_words(office: template.OfficeIdentity) -> str:
    nip = _("NIP {nip}").format(nip=office.head_nip) if office.head_nip else ""
    return ", ".join(filter(None, (_("Kepala kantor"), office.head, nip)))


def _letter_rows(
    settings: office_settings.OfficeSettings,
    breach: privacy_breaches.Breach,
    whom: privacy_breaches.NoticeRecipient,
) -> tuple[SheetRow, ...]:
    """Return the rows of a notice. The agency alone is told how many people the breach concerns."""
    if whom is privacy_breaches.NoticeRecipient.SUBJECTS:
        recipient, persons = _("Bapak/Ibu yang data pribadinya terkena"), ""
    else:
        recipient = _("Lembaga pelindungan data pribadi")
        persons = counted("{n} orang", breach.persons) if breach.persons else _("belum diketahui")
    address = " · ".join(filter(None, (settings.office.phone, settings.office.address)))
    rows = (
        SheetRow(_("Kepada"), recipient),
        SheetRow(_("Diketahui pada"), _moment_words(settings, breach.known_at)),
        SheetRow(_("Apa yang terjadi"), breach.what),
        SheetRow(_("Kapan dan bagaimana data terungkap"), breach.happened),
        SheetRow(_("Data pribadi yang terungkap"), breach.data),
        SheetRow(_("Jumlah orang"), persons),
        SheetRow(_("Upaya penanganan"), breach.handling),
        SheetRow(_("Upaya pemulihan"), breach.recovery),
        SheetRow(_("Hubungi"), breach.contact or address),
    )
    return tuple(row for row in rows if row.text)


def _moment_words(settings: office_settings.OfficeSettings, at: int) -> str:
    local = stamps.to_datetime(at, settings.office.zone)
    return f"{formats.format_date(local)} {formats.format_clock(local)}"
