"""`case`: cases (permohonan), with escalations, appointments, requests to PPID and the office's lists."""

from typing import Annotated

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.spreadsheet import csv_text
from ult_desktop.cli.common import naming, output, paper, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import ISO_DAY, YEAR, param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import case_views, commands, escalation as case_escalation
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.case import Case, SubReason
from ult_desktop.core.queue.slots import Slot
from ult_desktop.core.sheet import SheetKind
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.identity import mismatch_words
from ult_desktop.db.accountability.delegations import acting_ids
from ult_desktop.db.cases import answer_bank as answers, appointments, ppid as register_rows
from ult_desktop.db.cases.boards import booking_offer
from ult_desktop.db.cases.case_views import case_card, inbox
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import identity
from ult_desktop.operations.figures.registers import ppid_register
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_register
from ult_desktop.operations.sheets import appointment_sheet, disposition_sheet, intake_sheet, notice_sheet
from ult_desktop.operations.visits.returning_visitors import find_cases
from ult_desktop.reports.figures_list import table_lines

escalation = Noun("case escalation", "Eskalasi: terima, telaah, disposisi, jawab.", nouns=("cases",))
paper.sheet_command(
    escalation, "sheet", "Lembar disposisi: PDF atau printer karcis.", "escalation_id", disposition_sheet
)

appointment = Noun("case appointment", "Janji temu.", nouns=("cases", "privacy"))
paper.sheet_command(
    appointment, "slip", "Karcis janji temu: PDF atau printer karcis.", "appointment_id", appointment_sheet
)


@appointment.subcommand("Yang masih terjadwal, atau semua pada hari DAY (2026-11-24).", "list")
def _list_appointments(tx: Transaction, day: str = "") -> tuple[Appointment, ...]:
    return appointments.of_day(tx, day) if day else appointments.all_booked(tx)


@appointment.subcommand("Setengah jam yang masih kosong bagi SERVICE, atau hanya pada hari DAY (2026-11-24).")
def slots(
    tx: Transaction,
    now: int,
    service_id: int,
    day: str = "",
    *,
    officer_id: Annotated[int | None, "Yang kosong juga bagi petugas ini."] = None,
) -> tuple[Slot, ...]:
    offer = booking_offer(tx, now)
    free, zone = offer.slots(service_id, officer_id), offer.settings.office.zone
    return tuple(each for each in free if not day or office_day(each.at, zone) == day)


ppid = Noun(
    "case ppid",
    "Permohonan informasi publik (PPID).",
    nouns=("cases",),
    request_id=naming.id_of_information_request,
    policy="Kebijakan layanan informasi.",
    budget="Anggaran dan penggunaannya.",
    disputes="Hasil mediasi dan ajudikasi.",
    obstacles="Kendala internal dan eksternal.",
    recommendations="Rekomendasi dan rencana tindak lanjut.",
    sent_on=param("Tanggal laporan dikirim.", type=ISO_DAY),
)
paper.sheet_command(
    ppid,
    "proof",
    "Bukti permohonan informasi: PDF atau printer karcis.",
    "request_id",
    SheetKind.REGISTRATION,
)
paper.sheet_command(
    ppid, "notice-sheet", "Pemberitahuan tertulis: PDF atau printer karcis.", "request_id", notice_sheet
)


@ppid.subcommand("Register permohonan informasi tahun YEAR (PerKI 1/2021).", "list")
def _list_register(
    office: Office,
    by_login: str,
    year: Annotated[int, param(type=YEAR)],
    *,
    as_csv: Annotated[bool, param("CSV dengan kolom register.", "--csv")] = False,
    as_json: bool,
) -> None:
    """Write the register: masked as a list, or in clear as CSV, which is recorded with the officer."""
    if not as_csv:
        output.write_answer(office, office.read(lambda tx: register_rows.register(tx, year)), as_json)
        return
    requests = unmasked_register(year, office, session.sign_in(office, by_login))
    part = ppid_register(title="", requests=requests, zone=office.read(office_rows.zone))
    click.echo(csv_text(table_lines(part), delimiter=","), nl=False)


faq = Noun("case faq", "Bank jawaban.", nouns=("cases",))
faq.subcommand("Cari; awal kata sudah cukup.", text=param(default=""))(answers.search)
lists = Noun("case lists", "Daftar kantor: informasi yang dikecualikan, jenis pengaduan.", nouns=("cases",))
lists.subcommand("Informasi yang dikecualikan.", "grounds")(answers.legal_bases)
lists.subcommand("Jenis pengaduan dan hari kerjanya.", "complaints")(answers.complaint_classes)


def _write_opened_case(office: Office, row: Case, as_json: bool) -> None:
    output.write_answer(office, row, as_json)
    if office.read(lambda tx: identity.has_identity_mismatch(tx, row.visit_id)):
        click.echo(_("Perhatikan: {hint}").format(hint=mismatch_words()), err=True)


case = Noun("case", nouns=("cases",), sub_reason=param(type=KeyChoice(SubReason), default=""))
for _group in (escalation, appointment, ppid, faq, lists):
    case.add_command(_group)
case.customise(commands.OpenCase, write=_write_opened_case)


SeenBy = Annotated[str, param("Nama masuk: juga pengaduan tentang petugas lain.", "--officer")]


@case.subcommand("Permohonan yang terbuka, atau yang cocok dengan TEXT.", "list")
def _find_cases(
    office: Office,
    text: str = "",
    *,
    everything: Annotated[bool, param("Juga yang sudah ditutup.", "--all")] = False,
    overdue: Annotated[bool, "Hanya yang melewati tenggat."] = False,
    seen_by: SeenBy = "",
) -> tuple[case_views.CaseRow, ...]:
    session.sign_in_if_named(office, seen_by)
    overdue_at = office.clock() if overdue else None
    return find_cases(
        office, case_views.CaseFilter(text=text, open_only=not everything, overdue_at=overdue_at)
    )


@case.subcommand("Seluruh isi CASE (nomor atau id).")
def show(office: Office, case: str, *, seen_by: SeenBy = "") -> case_views.CaseCard:
    session.sign_in_if_named(office, seen_by)
    case_id = naming.id_of_case(office, case)
    card = office.read(lambda tx: case_card(tx, case_id))
    if card is None:
        raise UserError(
            _("Permohonan “{text}” tidak ada.").format(text=case), todo=_("Lihat daftarnya: case list.")
        )
    return card


@case.subcommand("Yang menunggu petugas ini dan mejanya.", "inbox")
def _list_inbox(tx: Transaction, now: int, by: Actor) -> tuple[case_views.InboxItem, ...]:
    desks = tuple(desk for desk in case_escalation.CaseDesk if desk.role in by.roles)
    return inbox(tx, acting_ids(tx, by.officer_id or 0, now), desks, now).items


paper.sheet_command(case, "proof", "Bukti penerimaan CASE: PDF atau printer karcis.", "case_id", intake_sheet)
paper.sheet_command(
    case,
    "file",
    "Seluruh berkas CASE dengan daftar lampirannya: PDF atau printer karcis.",
    "case_id",
    SheetKind.CASE_FILE,
)
paper.sheet_command(
    case,
    "receipt",
    "Tanda terima penyampaian DELIVERY: PDF atau printer karcis.",
    "delivery",
    SheetKind.RECEIPT,
)
