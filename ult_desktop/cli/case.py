"""Cases (permohonan) from the command line: the same operations as the page Permohonan."""

from pathlib import Path

import click

from ult_desktop.base.errors import UserError
from ult_desktop.cli.asking import add_commands, write_answer
from ult_desktop.cli.case_names import case_named, paper_options, write_sheet
from ult_desktop.cli.case_parts import appointment, escalation, faq, lists, ppid
from ult_desktop.cli.session import database_option, json_option, officer_option, open_office, sign_in
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import (
    AcknowledgeHandover,
    AddNote,
    AttachToCase,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    HandToHelpdesk,
    MoveVisitor,
    OpenCase,
    ReassignCase,
    RecordQuestion,
    SetOutcome,
)
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.cases.timeline_words import entry_word
from ult_desktop.core.sheet import SheetKind
from ult_desktop.db.accountability.delegations import acting_ids
from ult_desktop.db.cases.case_views import case_card, case_list, inbox
from ult_desktop.operations.privacy.unmasked_documents import unmasked_sheet
from ult_desktop.operations.sheets import intake_sheet

_BY_NUMBER = {"case_id": case_named}


@click.group(help="Permohonan: catat, teruskan, jawab, tutup.")
def case() -> None:
    pass


for _group in (escalation, appointment, ppid, faq, lists):
    case.add_command(_group)

add_commands(
    case,
    [
        ("open", OpenCase, "Catat permohonan DETAIL untuk VISIT (id kunjungan atau nomor antrean)."),
        ("question", RecordQuestion, "Catat pertanyaan lanjutan."),
        (
            "outcome",
            SetOutcome,
            "Tetapkan hasil; --ground untuk dikecualikan, --sub-reason untuk tidak_tersedia.",
        ),
        ("answer", GiveAnswer, "Tulis jawaban."),
        ("note", AddNote, "Tambah catatan."),
        ("attach", AttachToCase, "Lampirkan berkas (id berkas)."),
        ("reassign", ReassignCase, "Alihkan ke petugas lain (nama masuk)."),
        ("escalate", Escalate, "Teruskan ke meja lain dengan pesan INSTRUCTION."),
        (
            "visitor",
            MoveVisitor,
            "Pengunjung di meja (desk), di ruang tunggu (hall), atau pulang (left).",
        ),
        ("deliver", DeliverAnswer, "Catat penyampaian jawaban: langsung, telepon, wa, surel, surat."),
        ("close", CloseCase, "Tutup permohonan."),
        ("to-helpdesk", HandToHelpdesk, "Arahkan VISIT ke petugas helpdesk."),
        ("helpdesk-received", AcknowledgeHandover, "Petugas helpdesk menerima VISIT."),
    ],
    _BY_NUMBER,
)


@case.command(name="list", help="Permohonan yang terbuka, atau yang cocok dengan TEXT.")
@click.argument("text", default="")
@click.option("--all", "everything", is_flag=True, help="Juga yang sudah ditutup.")
@click.option("--overdue", is_flag=True, help="Hanya yang melewati tenggat.")
@database_option
@json_option
def list_cases(text: str, everything: bool, overdue: bool, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        late = office.clock() if overdue else None
        wanted = CaseFilter(text=text, open_only=not everything, overdue_at=late)
        write_answer(office, office.read(lambda tx: case_list(tx, wanted)), as_json)


@case.command(help="Seluruh isi CASE (nomor atau id).")
@click.argument("case_text", metavar="CASE")
@database_option
@json_option
def show(case_text: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        case_id = case_named(office, case_text)
        card = office.read(lambda tx: case_card(tx, case_id))
        if card is None:
            raise UserError(f"Permohonan “{case_text}” tidak ada.", todo="Lihat daftarnya: case list.")
        write_answer(office, card if as_json else card.case, as_json)
        for line in () if as_json else card.timeline:
            stead = f" a.n. {line.acting_for}" if line.acting_for else ""
            head = entry_word(line.kind)
            click.echo("  ".join(word for word in (f"{line.officer}{stead}", head, line.text) if word))


@case.command(name="inbox", help="Yang menunggu petugas ini dan mejanya.")
@database_option
@officer_option
@json_option
def show_inbox(database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        now = office.clock()
        desks = tuple(desk for desk in CaseDesk if desk.role in actor.roles)
        mine = office.read(lambda tx: inbox(tx, acting_ids(tx, actor.officer_id or 0, now), desks, now))
        write_answer(office, mine.items, as_json)


@case.command(help="Bukti penerimaan CASE: PDF atau printer karcis.")
@click.argument("case_text", metavar="CASE")
@database_option
@paper_options
def proof(case_text: str, database: Path, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        case_id = case_named(office, case_text)
        write_sheet(office.read(lambda tx: intake_sheet(tx, case_id)), pdf, printer)


@case.command(help="Tanda terima penyampaian DELIVERY: PDF atau printer karcis.")
@click.argument("delivery", type=int)
@database_option
@officer_option
@paper_options
def receipt(delivery: int, database: Path, officer: str, pdf: Path | None, printer: str) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        write_sheet(unmasked_sheet(SheetKind.RECEIPT, delivery, office, actor), pdf, printer)
