"""The parts of `case`: escalation, appointments, PPID, the answer bank, and the office's lists."""

import csv
import sys
from pathlib import Path

import click

from ult_desktop.cli.asking import add_commands, write_answer
from ult_desktop.cli.case_names import case_named, paper_options, write_sheet
from ult_desktop.cli.session import database_option, json_option, officer_option, open_office, sign_in
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AddFaq,
    AddGround,
    AnswerApplicant,
    AnswerEscalation,
    AnswerObjection,
    AssessEscalation,
    AssignEscalation,
    CancelAppointment,
    CheckIn,
    DecideInformationRequest,
    EditFaq,
    ExtendInformationRequest,
    FileObjection,
    MissAppointment,
    NoteDispute,
    ReceiveEscalation,
    ReferEscalation,
    RegisterInformationRequest,
    Reschedule,
    RetireFaq,
    RetireGround,
    SetComplaintDays,
    UseFaq,
    WithdrawEscalation,
    WriteNotice,
)
from ult_desktop.core.cases.ppid import columns, register_row
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import answer_bank, appointments
from ult_desktop.db.cases import answer_bank as answers
from ult_desktop.db.cases import ppid as register_rows
from ult_desktop.db.office import office as rows
from ult_desktop.operations.privacy.unmasked_documents import unmasked_register, unmasked_sheet
from ult_desktop.operations.sheets import (
    appointment_sheet,
    disposition_sheet,
    notice_sheet,
)

_BY_NUMBER = {"case_id": case_named}


@click.group(help="Eskalasi: terima, telaah, disposisi, jawab.")
def escalation() -> None:
    pass


add_commands(
    escalation,
    [
        ("receive", ReceiveEscalation, "Terima permintaan."),
        ("assign", AssignEscalation, "Tugaskan kepada petugas (nama masuk)."),
        ("assess", AssessEscalation, "Telaah: CAN-SOLVE true atau false."),
        ("refer", ReferEscalation, "Disposisi ke unit terkait."),
        ("answer", AnswerEscalation, "Jawab kepada pengirimnya."),
        ("tell", AnswerApplicant, "Jawab langsung kepada pemohon."),
        ("acknowledge", AcknowledgeAnswer, "Terima kembali jawabannya."),
        ("withdraw", WithdrawEscalation, "Tarik kembali dengan alasan."),
    ],
)


@escalation.command(help="Lembar disposisi: PDF atau printer karcis.")
@click.argument("escalation_id", metavar="ESCALATION", type=int)
@database_option
@paper_options
def sheet(escalation_id: int, database: Path, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        write_sheet(office.read(lambda tx: disposition_sheet(tx, escalation_id)), pdf, printer)


@click.group(help="Janji temu.")
def appointment() -> None:
    pass


add_commands(
    appointment,
    [
        ("make", Reschedule, "Jadwalkan ulang CASE pada AT (2026-11-24 10:00)."),
        ("check-in", CheckIn, "Pemohon datang dengan kode janji temu."),
        ("missed", MissAppointment, "Pemohon tidak datang."),
        ("cancel", CancelAppointment, "Batalkan dengan alasan."),
    ],
    _BY_NUMBER,
)


@appointment.command(name="list", help="Yang masih terjadwal, atau semua pada hari DAY (2026-11-24).")
@click.argument("day", default="")
@database_option
@json_option
def list_appointments(day: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        found = office.read(lambda tx: appointments.of_day(tx, day) if day else appointments.booked(tx))
        write_answer(office, found, as_json)


@appointment.command(help="Karcis janji temu: PDF atau printer karcis.")
@click.argument("appointment_id", metavar="APPOINTMENT", type=int)
@database_option
@paper_options
def slip(appointment_id: int, database: Path, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        write_sheet(office.read(lambda tx: appointment_sheet(tx, appointment_id)), pdf, printer)


@click.group(help="Permohonan informasi publik (PPID).")
def ppid() -> None:
    pass


add_commands(
    ppid,
    [
        ("register", RegisterInformationRequest, "Daftarkan CASE sebagai permohonan informasi."),
        ("extend", ExtendInformationRequest, "Perpanjang 7 hari kerja, sekali."),
        ("decide", DecideInformationRequest, "Putuskan."),
        ("notice", WriteNotice, "Catat pemberitahuan tertulis."),
        ("object", FileObjection, "Catat keberatan."),
        ("answer-objection", AnswerObjection, "Tanggapi keberatan."),
        ("dispute", NoteDispute, "Catat sengketa informasi."),
    ],
    _BY_NUMBER,
)


@ppid.command(name="list", help="Register permohonan informasi tahun YEAR (PerKI 1/2021).")
@click.argument("year", type=int)
@click.option("--csv", "as_csv", is_flag=True, help="CSV dengan kolom register.")
@database_option
@officer_option
@json_option
def list_register(year: int, as_csv: bool, database: Path, officer: str, as_json: bool) -> None:
    """Masked as a list; the register as CSV is in clear, and who asked for it is kept."""
    with open_office(database) as office:
        if not as_csv:
            write_answer(office, office.read(lambda tx: register_rows.register(tx, year)), as_json)
            return
        found = unmasked_register(year, office, sign_in(office, officer))
        zone = office.read(rows.load).settings.office.zone
        sheet = csv.writer(sys.stdout)
        sheet.writerow(columns())
        sheet.writerows(register_row(each, lambda at: to_datetime(at, zone)) for each in found)


@ppid.command(help="Bukti permohonan informasi: PDF atau printer karcis.")
@click.argument("request_id", metavar="REQUEST", type=int)
@database_option
@officer_option
@paper_options
def proof(request_id: int, database: Path, officer: str, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        write_sheet(unmasked_sheet(SheetKind.REGISTRATION, request_id, office, actor), pdf, printer)


@ppid.command(name="notice-sheet", help="Pemberitahuan tertulis: PDF atau printer karcis.")
@click.argument("request_id", metavar="REQUEST", type=int)
@database_option
@paper_options
def written_notice(request_id: int, database: Path, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        write_sheet(office.read(lambda tx: notice_sheet(tx, request_id)), pdf, printer)


@click.group(help="Bank jawaban.")
def faq() -> None:
    pass


add_commands(
    faq,
    [
        ("add", AddFaq, "Tambah pertanyaan dan jawabannya."),
        ("edit", EditFaq, "Ubah."),
        ("retire", RetireFaq, "Tidak berlaku lagi."),
        ("use", UseFaq, "Pakai jawaban FAQ untuk CASE."),
    ],
    _BY_NUMBER,
)


@faq.command(help="Cari; awal kata sudah cukup.")
@click.argument("text", default="")
@database_option
@json_option
def search(text: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        write_answer(office, office.read(lambda tx: answers.search(tx, text)), as_json)


@click.group(help="Daftar kantor: informasi yang dikecualikan, jenis pengaduan.")
def lists() -> None:
    pass


add_commands(
    lists,
    [
        ("add-ground", AddGround, "Tambah informasi yang dikecualikan."),
        ("retire-ground", RetireGround, "Pengecualian berakhir."),
        ("complaint-days", SetComplaintDays, "Hari kerja untuk jenis pengaduan; 0 menghapus jenisnya."),
    ],
)


@lists.command(help="Informasi yang dikecualikan.")
@database_option
@json_option
def grounds(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        write_answer(office, office.read(answer_bank.legal_bases), as_json)


@lists.command(help="Jenis pengaduan dan hari kerjanya.")
@database_option
@json_option
def complaints(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        write_answer(office, office.read(answer_bank.complaint_classes), as_json)
