"""Cases (permohonan) from the command line, with escalation, appointments, PPID and the office's lists."""

from pathlib import Path

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.spreadsheet import csv_text
from ult_desktop.cli.common import asking, naming, paper, session, times
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import case_views, commands, escalation as case_escalation
from ult_desktop.core.cases.case import Case, SubReason
from ult_desktop.core.cases.commands import CheckIn
from ult_desktop.core.cases.ppid_year import TellPpidYear
from ult_desktop.core.privacy.commands import OpenAppointment
from ult_desktop.core.queue import opening
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.db.accountability.delegations import acting_ids
from ult_desktop.db.cases import answer_bank as answers, appointments, ppid as register_rows
from ult_desktop.db.cases.boards import booking_offer
from ult_desktop.db.cases.case_views import case_card, case_list, inbox
from ult_desktop.db.office import office as rows
from ult_desktop.db.visits import identity
from ult_desktop.operations.figures.registers import ppid_register
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_register
from ult_desktop.operations.sheets import appointment_sheet, disposition_sheet, intake_sheet, notice_sheet
from ult_desktop.reports.figures_list import table_lines

escalation = asking.Noun("escalation", "Eskalasi: terima, telaah, disposisi, jawab.")
escalation.operations(
    [
        ("receive", commands.ReceiveEscalation, "Terima permintaan."),
        ("assign", commands.AssignEscalation, "Tugaskan kepada petugas (nama masuk)."),
        ("assess", commands.AssessEscalation, "Telaah: CAN-SOLVE true atau false."),
        ("refer", commands.ReferEscalation, "Disposisi ke unit terkait."),
        ("answer", commands.AnswerEscalation, "Jawab kepada pengirimnya."),
        ("tell", commands.AnswerApplicant, "Jawab langsung kepada pemohon."),
        ("acknowledge", commands.AcknowledgeAnswer, "Terima kembali jawabannya."),
        ("withdraw", commands.WithdrawEscalation, "Tarik kembali dengan alasan."),
    ]
)


paper.sheet_command(
    escalation,
    "sheet",
    "Lembar disposisi: PDF atau printer karcis.",
    asking.argument("escalation_id"),
    disposition_sheet,
)

appointment = asking.Noun("appointment", "Janji temu.")
appointment.operations(
    [
        ("make", commands.Reschedule, "Jadwalkan ulang CASE pada AT (2026-11-24 10:00)."),
        ("book", commands.BookAppointment, "Catat janji temu NAME untuk layanan SERVICE pada AT."),
        ("move", commands.MoveAppointment, "Pindahkan ke AT; kodenya tetap."),
        ("check-in", CheckIn, "Pemohon datang dengan kode janji temu."),
        ("missed", commands.MissAppointment, "Pemohon tidak datang."),
        ("cancel", commands.CancelAppointment, "Batalkan dengan alasan."),
        ("open-data", OpenAppointment, "Kontaknya tanpa samaran; pembukaannya dicatat."),
    ]
)


appointment.query(
    "list",
    "Yang masih terjadwal, atau semua pada hari DAY (2026-11-24).",
    asking.of_office(lambda tx, day: appointments.of_day(tx, day) if day else appointments.booked(tx)),
    asking.argument("day", default=""),
)


def _free_slots(
    office: Office, service_id: int, day: str, officer_id: int | None
) -> tuple[opening.Slot, ...]:
    now = office.clock()
    offer = office.read(lambda tx: booking_offer(tx, now))
    free, zone = offer.slots(service_id, officer_id), offer.settings.office.zone
    return tuple(each for each in free if not day or office_day(each.at, zone) == day)


appointment.query(
    "slots",
    "Setengah jam yang masih kosong bagi SERVICE, atau hanya pada hari DAY (2026-11-24).",
    _free_slots,
    asking.argument("service_id"),
    asking.argument("day", default=""),
    asking.option("officer_id", "Yang kosong juga bagi petugas ini."),
)
paper.sheet_command(
    appointment,
    "slip",
    "Karcis janji temu: PDF atau printer karcis.",
    asking.argument("appointment_id"),
    appointment_sheet,
)

ppid = asking.Noun(
    "ppid", "Permohonan informasi publik (PPID).", resolve={"request_id": naming.information_request_named}
)
ppid.operations(
    [
        ("register", commands.RegisterInformationRequest, "Daftarkan CASE sebagai permohonan informasi."),
        ("extend", commands.ExtendInformationRequest, "Perpanjang 7 hari kerja, sekali."),
        ("decide", commands.DecideInformationRequest, "Putuskan."),
        ("notice", commands.WriteNotice, "Catat pemberitahuan tertulis."),
        ("object", commands.FileObjection, "Catat keberatan."),
        ("answer-objection", commands.AnswerObjection, "Tanggapi keberatan."),
        ("dispute", commands.NoteDispute, "Catat sengketa informasi."),
    ]
)
ppid.operation(
    "year",
    TellPpidYear,
    "Tulis keterangan laporan tahun YEAR: sarana, petugas, anggaran, kendala; yang tidak disebut tetap.",
    asking.option("policy", "Kebijakan layanan informasi."),
    asking.option("facilities", "Sarana dan prasarana."),
    asking.option("staff", "Sumber daya manusia."),
    asking.option("budget", "Anggaran dan penggunaannya."),
    asking.option("disputes", "Hasil mediasi dan ajudikasi."),
    asking.option("obstacles", "Kendala internal dan eksternal."),
    asking.option("recommendations", "Rekomendasi dan rencana tindak lanjut."),
    asking.option("sent_on", "Tanggal laporan dikirim.", type=times.ISO_DAY),
)


@ppid.command(name="list", help="Register permohonan informasi tahun YEAR (PerKI 1/2021).")
@click.argument("year", type=asking.YEAR)
@click.option("--csv", "as_csv", is_flag=True, help="CSV dengan kolom register.")
@session.database_option
@session.officer_option
@session.json_option
def list_register(year: int, as_csv: bool, database: Path, officer: str, as_json: bool) -> None:
    """Masked as a list; the register as CSV is in clear, and who asked for it is kept."""
    with session.open_office(database) as office:
        if not as_csv:
            asking.write_answer(office, office.read(lambda tx: register_rows.register(tx, year)), as_json)
            return
        found = unmasked_register(year, office, session.sign_in(office, officer))
        zone = office.read(rows.load).settings.office.zone
        part = ppid_register("", found, zone)
        click.echo(csv_text(table_lines(part), delimiter=","), nl=False)


_REQUEST = asking.argument("request_id")
paper.sheet_command(
    ppid, "proof", "Bukti permohonan informasi: PDF atau printer karcis.", _REQUEST, SheetKind.REGISTRATION
)
paper.sheet_command(
    ppid, "notice-sheet", "Pemberitahuan tertulis: PDF atau printer karcis.", _REQUEST, notice_sheet
)

faq = asking.Noun("faq", "Bank jawaban.")
faq.operations(
    [
        ("add", commands.AddFaq, "Tambah pertanyaan dan jawabannya."),
        ("edit", commands.EditFaq, "Ubah."),
        ("retire", commands.RetireFaq, "Tidak berlaku lagi."),
        ("use", commands.UseFaq, "Pakai jawaban FAQ untuk CASE."),
    ]
)


faq.query(
    "search",
    "Cari; awal kata sudah cukup.",
    asking.of_office(answers.search),
    asking.argument("text", default=""),
)

lists = asking.Noun("lists", "Daftar kantor: informasi yang dikecualikan, jenis pengaduan.")
lists.operations(
    [
        ("add-ground", commands.AddGround, "Tambah informasi yang dikecualikan."),
        ("retire-ground", commands.RetireGround, "Pengecualian berakhir."),
        (
            "complaint-days",
            commands.SetComplaintDays,
            "Hari kerja untuk jenis pengaduan; 0 menghapus jenisnya.",
        ),
    ]
)


lists.query("grounds", "Informasi yang dikecualikan.", asking.of_office(answers.legal_bases))
lists.query("complaints", "Jenis pengaduan dan hari kerjanya.", asking.of_office(answers.complaint_classes))


def _tell_opened(office: Office, found: Case, as_json: bool) -> None:
    asking.write_answer(office, found, as_json)
    if office.read(lambda tx: identity.does_not_match(tx, found.visit_id)):
        click.echo(_("Perhatikan: {hint}").format(hint=mismatch_words()), err=True)


case = asking.Noun(
    "case",
    "Permohonan: catat, teruskan, jawab, tutup.",
    asking.option("sub_reason", type=KeyChoice(SubReason), default=""),
)
for _part in (escalation, appointment, ppid, faq, lists):
    case.add_command(_part)
case.operation(
    "open",
    commands.OpenCase,
    "Catat permohonan DETAIL untuk VISIT (id kunjungan atau nomor antrean).",
    write=_tell_opened,
)
case.operations(
    [
        ("take-up", commands.TakeUpCase, "Kerjakan CASE sekarang; permohonan lain pengunjung itu menunggu."),
        ("question", commands.RecordQuestion, "Catat pertanyaan lanjutan."),
        (
            "outcome",
            commands.SetOutcome,
            "Tetapkan hasil; --ground untuk dikecualikan, --sub-reason untuk tidak_tersedia.",
        ),
        ("answer", commands.GiveAnswer, "Tulis jawaban."),
        ("note", commands.AddNote, "Tambah catatan."),
        ("attach", commands.AttachToCase, "Lampirkan berkas (id berkas)."),
        ("reassign", commands.ReassignCase, "Alihkan ke petugas lain (nama masuk)."),
        ("escalate", commands.Escalate, "Teruskan ke meja lain dengan pesan INSTRUCTION."),
        (
            "visitor",
            commands.MoveVisitor,
            "Pengunjung di meja (desk), di ruang tunggu (hall), atau pulang (left).",
        ),
        (
            "deliver",
            commands.DeliverAnswer,
            "Catat penyampaian jawaban: langsung, telepon, wa, surel, surat.",
        ),
        ("close", commands.CloseCase, "Tutup permohonan."),
        ("to-helpdesk", commands.HandToHelpdesk, "Arahkan VISIT ke petugas helpdesk."),
        ("helpdesk-received", commands.AcknowledgeHandover, "Petugas helpdesk menerima VISIT."),
    ]
)


def _listed(office: Office, text: str, everything: bool, overdue: bool) -> tuple[case_views.CaseRow, ...]:
    late = office.clock() if overdue else None
    wanted = case_views.CaseFilter(text=text, open_only=not everything, overdue_at=late)
    return office.read(lambda tx: case_list(tx, wanted))


def _card(office: Office, case_id: int) -> case_views.CaseCard:
    card = office.read(lambda tx: case_card(tx, case_id))
    if card is None:
        raise UserError(
            _("Permohonan “{text}” tidak ada.").format(text=asking.typed("case_id")),
            todo=_("Lihat daftarnya: case list."),
        )
    return card


def _waiting(office: Office, actor: Actor) -> tuple[case_views.InboxItem, ...]:
    now = office.clock()
    desks = tuple(desk for desk in case_escalation.CaseDesk if desk.role in actor.roles)
    return office.read(lambda tx: inbox(tx, acting_ids(tx, actor.officer_id or 0, now), desks, now)).items


case.query(
    "list",
    "Permohonan yang terbuka, atau yang cocok dengan TEXT.",
    _listed,
    asking.argument("text", default=""),
    asking.switch("everything", "Juga yang sudah ditutup.", named="--all"),
    asking.switch("overdue", "Hanya yang melewati tenggat."),
)
case.query("show", "Seluruh isi CASE (nomor atau id).", _card, asking.argument("case_id"))
case.query("inbox", "Yang menunggu petugas ini dan mejanya.", _waiting, signed=True)
paper.sheet_command(
    case, "proof", "Bukti penerimaan CASE: PDF atau printer karcis.", asking.argument("case_id"), intake_sheet
)
paper.sheet_command(
    case,
    "file",
    "Seluruh berkas CASE dengan daftar lampirannya: PDF atau printer karcis.",
    asking.argument("case_id"),
    SheetKind.CASE_FILE,
)
paper.sheet_command(
    case,
    "receipt",
    "Tanda terima penyampaian DELIVERY: PDF atau printer karcis.",
    asking.argument("delivery"),
    SheetKind.RECEIPT,
)
