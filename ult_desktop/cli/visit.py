"""`visit`: a visitor from arrival to leaving: guest book, identity, cards, badges, letters, lists."""

from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.spreadsheet import csv_text
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.paper import ReportFiles, write_files, write_sheet
from ult_desktop.cli.common.parameters import CLOCK, FILE, IsoDay, KeyHolder, opposite_flag, param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.case import SubReason
from ult_desktop.core.cases.paper_visit import EnterPaperVisit
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.visits import commands, desk_book, guest_book, identity as visit_identity
from ult_desktop.core.visits.visit import Courtesy, Ending, Visit
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, guests, identity
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.privacy.guest_book import book_sheet, book_table, unmasked_book
from ult_desktop.operations.privacy.personal import read_document, store_file
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.visits import documents, returning_visitors, visits
from ult_desktop.reports.files import write_whole

First = Annotated[IsoDay, "Hari pertama, misalnya 2026-11-23."]
Last = Annotated[IsoDay, "Hari terakhir."]
_CARDS = param(type=KeyChoice(visit_identity.CARDS), default=visit_identity.IdDocument.KTP.value)
_LETTERS = KeyChoice([visit_identity.LetterKind.POWER_OF_ATTORNEY, visit_identity.LetterKind.ASSIGNMENT])
_ENDINGS = KeyChoice([Ending.DONE, Ending.LEFT, Ending.REFUSED])


def _attach_typed_scan(office: Office, scan: Path) -> int:
    """Attach a scan to the visit that was typed; return the id of the document that it becomes.

    A function that resolves a field gets only that field's value, so the visit is read from the command line.
    """
    stored = store_file(scan, office)
    return office.perform(
        documents.attach_command(stored, naming.id_of_visit(office, session.typed_value("visit_id"))),
        session.current_actor(),
    ).id


def _write_guest(office: Office, row: Visit, as_json: bool) -> None:
    """Write the visit, and a warning when the officer or unit that the guest wants to meet is absent."""
    output.write_raw_answer(office, row, as_json)
    card = office.read(lambda tx: guests.visit_card(tx, row.id))
    if card is not None and card.meets_absent:
        click.echo(card.meets_absent, err=True)


def _write_opened_visit(office: Office, opened: OpenedVisit, as_json: bool) -> None:
    if as_json:
        session.write_json(opened)
        return
    card = opened.card
    parts = (card.guest, *card.checks, card.representation, *card.letters, opened.information)
    rows = (part for part in (*parts, *opened.deliveries) if part is not None)
    output.write_lines(map(output.answer_reader(office).line, rows))


# What is said of a field holds in every command, but for what a `customise` below says of it.
visit = Noun(
    "visit",
    nouns=("visits", "cases", "privacy"),
    write=output.write_raw_answer,
    document_id=param(flag="--scan", resolve=_attach_typed_scan, type=FILE),
    meets="Petugas atau unit yang dituju.",
    origin="Instansi asal.",
    place="Di mana kartunya disimpan.",
    remember="Tamu setuju datanya dikenali lagi.",
    stamped="Bermeterai.",
)
# The words after a command are the shape of its command line, as `params_of_record` reads it.
visit.customise(
    commands.SignGuestBook,
    "visit_id name --institution --regency --phone --email --occupation --persons --companions --meets"
    " --letter-number --letter-date --remember --instead",
    remember=param(flag="--remember/--forget"),
    write=_write_guest,
)
visit.customise(
    commands.WelcomeVisitor,
    courtesies=param(
        "Terlewat.",
        "--without",
        lambda _office, missed: tuple(each for each in Courtesy if each not in missed),
        type=KeyChoice(Courtesy),
        default=(),
    ),
)
visit.customise(
    commands.VerifyIdentity,
    "visit_id --kind --known-by --number-tail --matches --for-other",
    known_by="Diketahui dari.",
    number_tail=param(
        "Hanya empat angka terakhirnya yang disimpan.",
        "--number",
        lambda _office, number: visit_identity.last_characters(number),
    ),
    matches=opposite_flag("Tidak cocok.", "--mismatch"),
    for_other="Atas nama orang lain.",
)
visit.customise(commands.EndVisit, ending=param(type=_ENDINGS, show_default=False))
visit.customise(commands.WriteDeskEntry, "--sort", sort=param(default=desk_book.ReportEntryKind.EVENT.value))
visit.customise(
    commands.ActForAnother,
    "--kind --number",
    kind=param(type=_LETTERS, default=visit_identity.LetterKind.POWER_OF_ATTORNEY.value),
    number=param(default=""),
    document_id="Pindaian suratnya.",
)
visit.customise(commands.RecordLetter, kind=param(show_default=False))
visit.customise(commands.LendCard, "--kind", kind=_CARDS, held="Kartu dipegang kantor.")
visit.customise(commands.ReturnBadge, loan_id=naming.id_of_badge_loan)
visit.customise(OpenPersonal, write=_write_opened_visit)


@visit.subcommand("Simpan salinan terbuka dokumen DOCUMENT di TARGET; dicatat.")
def save_document(
    office: Office,
    by: Actor,
    document: Annotated[int, param("Nomor berkas.", type=click.IntRange(1, naming.LARGEST_ID))],
    target: Annotated[Path, param("Ke berkas ini.", type=FILE)],
) -> None:
    _row, content = read_document(document, office, by)
    write_whole(target, content)
    click.echo(f"{target}")


@visit.builder(
    without=("began_at", "served_at", "ended_at"),
    served_by="Nama masuk petugas yang melayani; tanpa ini Anda sendiri.",
    detail="Permohonannya.",
    outcome="Hasilnya; tanpa ini permohonan tetap terbuka.",
    sub_reason=param(type=KeyChoice(SubReason)),
    answer="Jawaban yang disampaikan.",
)
def _enter_paper_visit(
    office: Office,
    *,
    day: Annotated[date, "Tanggal di kertas, misalnya 2026-11-23."],
    came: Annotated[time, param("Jam datang, misalnya 09.10.", type=CLOCK)],
    served: Annotated[time, param("Jam mulai dilayani.", type=CLOCK)],
    left: Annotated[time | None, param("Jam selesai; tanpa ini tamunya masih di sini.", type=CLOCK)] = None,
    **fields: Any,  # noqa: ANN401  (each field has its type)
) -> EnterPaperVisit:
    """Build the command from the day and the times of day on the paper."""

    def stamp(clock: time) -> int:
        return naming.stamp_of_moment(office, datetime.combine(day, clock))

    ended_at = None if left is None else stamp(left)
    return EnterPaperVisit(began_at=stamp(came), served_at=stamp(served), ended_at=ended_at, **fields)


@visit.builder()
def _attach_document(
    office: Office, visit_id: int, scan: Annotated[Path, "Berkas pindaian (PDF, JPEG, PNG)."]
) -> commands.AttachDocument:
    return documents.attach_command(store_file(scan, office), visit_id)


@visit.builder(loan_id=naming.id_of_card_loan)
def _return_card(
    loan_id: int, *, reason: Annotated[str, "Mengapa kartunya tidak dikembalikan."] = ""
) -> commands.ReleaseCardWithReason | commands.ReturnCard:
    if reason:
        return commands.ReleaseCardWithReason(loan_id=loan_id, reason=reason)
    return commands.ReturnCard(loan_id=loan_id)


def _default_to_today(office: Office, first: str, last: str) -> tuple[str, str]:
    today = today_of(office)
    return first or today, last or today


@visit.subcommand("Formulir kosong KIND untuk diisi dengan tangan.")
def form(office: Office, kind: BlankForm, *, pdf: Annotated[Path, "Tulis PDF ke berkas ini."]) -> None:
    write_sheet(office.read(lambda tx: blank_form(tx, kind)), pdf)


@visit.subcommand("Buku tamu dari --first sampai --last (hari ini), tanpa samaran; pembukaannya dicatat.")
def book(office: Office, by: Actor, *, first: First = "", last: Last = "", files: ReportFiles) -> None:
    begin, end = map(date.fromisoformat, _default_to_today(office, first, last))
    opened_book = unmasked_book(begin, end, office, by)
    write_files(partial(book_sheet, opened_book), partial(book_table, opened_book), files)


@visit.subcommand("Tamu hari ini, atau pada --day.", "list")
def _list_visits(
    office: Office,
    *,
    day: Annotated[IsoDay, "Tanggal seperti 2026-11-23."] = "",
    without_number: Annotated[bool, "Hanya yang belum punya nomor antrean."] = False,
) -> tuple[guests.VisitRow, ...]:
    query, listed_day = guests.without_number if without_number else guests.of_day, day or today_of(office)
    return office.read(lambda tx: query(tx, listed_day))


@visit.subcommand("Satu kunjungan dengan semua catatannya.")
def show(tx: Transaction, visit_id: int) -> guest_book.VisitCard:
    card = guests.visit_card(tx, visit_id)
    if card is None:
        raise UserError(_("Kunjungan itu tidak ada."))
    return card


@visit.subcommand("Kabupaten dan kota yang dapat dipilih di kantor ini.")
def regencies(tx: Transaction) -> tuple[guest_book.Regency, ...]:
    return visits.regencies_of(office_rows.load(tx).settings.office.province)


@visit.subcommand("Buku laporan dari --first sampai --last (hari ini).")
def report(
    office: Office,
    *,
    first: First = "",
    last: Last = "",
    as_sheet: Annotated[bool, param("Sebagai CSV.", "--csv")] = False,
    as_json: bool,
) -> None:
    days = _default_to_today(office, first, last)
    entries = office.read(lambda tx: guests.entries_between(tx, *days))
    if as_sheet:
        zone = office.read(office_rows.zone)
        click.echo(csv_text(desk_book.report_lines(entries, zone)), nl=False)
    else:
        output.write_raw_answer(office, entries, as_json)


@visit.subcommand("Kartu identitas yang masih dipegang dan tag tamu yang keluar.")
def held(office: Office, as_json: bool) -> None:
    cards, badges = office.read(custody.all_held_cards), office.read(custody.badges_out)
    if as_json:
        session.write_json({"cards": cards, "badges": badges})
    else:
        output.write_raw_answer(office, (*cards, *badges), as_json)


@visit.subcommand("SPD yang ditandatangani dari --first sampai --last (hari ini).")
def spd_log(
    office: Office,
    *,
    first: First = "",
    last: Last = "",
    pdf: Annotated[Path | None, "Tulis daftarnya ke berkas PDF."] = None,
) -> tuple[visit_identity.SpdSigning, ...]:
    days = _default_to_today(office, first, last)
    if pdf is not None:
        write_sheet(office.read(lambda tx: spd_sheet(tx, *days)), pdf)
    return office.read(lambda tx: identity.spd_between(tx, *days))


@visit.subcommand("Tamu yang pernah datang: kata dari nama, atau nomor telepon utuh bila --officer masuk.")
def returning(
    office: Office, text: str, *, key_holder: KeyHolder = ""
) -> tuple[guest_book.ReturningVisitor, ...]:
    session.sign_in_if_named(office, key_holder)
    return returning_visitors.find_returning(office, text)
