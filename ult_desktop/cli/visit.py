"""Visitors from the command line: arrival, guest book, papers and cards at the desk, lists, the end."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.spreadsheet import csv_text
from ult_desktop.cli.common import asking, naming, paper, session, times
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.privacy.personal import save_document, tell_opened
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import commands as case_commands
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.paper_visit import EnterPaperVisit
from ult_desktop.core.command import Command
from ult_desktop.core.person import GuestFields
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.sheet import BlankForm
from ult_desktop.core.visits import (
    commands,
    custody as visit_custody,
    desk_book,
    guest_book,
    identity as visit_identity,
)
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import custody, guests, identity
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.privacy.guest_book import GuestBook, book_sheet, book_table, unmasked_book
from ult_desktop.operations.privacy.personal import store_file
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.visits import documents, returning_visitors, visits

_KTP = asking.option("kind", default=visit_identity.IdDocument.KTP.value)
_LETTERS = KeyChoice([visit_identity.LetterKind.POWER_OF_ATTORNEY, visit_identity.LetterKind.ASSIGNMENT])
_ENDINGS = KeyChoice([Ending.DONE, Ending.LEFT, Ending.REFUSED])
_SAID_BY_GUEST = GuestFields.__struct_fields__[1:]
_FIRST, _LAST = (
    asking.option(name, words, type=times.ISO_DAY, default="")
    for name, words in (("first", "Hari pertama, misalnya 2026-11-23."), ("last", "Hari terakhir."))
)


def _laid(office: Office, scan: Path) -> int:
    """Attach a scan; return the document that it becomes."""
    kept = store_file(scan, office)
    return office.perform(
        documents.attach_command(kept, naming.visit_named(office, asking.typed("visit_id"))),
        session.sign_in(office, asking.typed("officer")),
    ).id


def _from_paper(
    office: Office,
    day: datetime,
    came: time,
    served: time,
    left: time | None,
    **said: Any,  # noqa: ANN401  (each field has its type)
) -> EnterPaperVisit:
    def stamp(clock: time) -> int:
        return asking.moment_named(office, datetime.combine(day.date(), clock))

    return EnterPaperVisit(
        began_at=stamp(came), served_at=stamp(served), ended_at=None if left is None else stamp(left), **said
    )


def _returned(_office: Office, loan_id: int, reason: str) -> Command:
    if reason:
        return commands.ReleaseCardWithReason(loan_id=loan_id, reason=reason)
    return commands.ReturnCard(loan_id=loan_id)


visit = asking.Noun(
    "visit",
    "Tamu: kedatangan, buku tamu, identitas, kartu, tag tamu, surat, laporan.",
    resolve={"ticket_id": session.ticket_id, "document_id": _laid},
    write=asking.write_fields,
)
visit.operation(
    "welcome",
    commands.WelcomeVisitor,
    "Tamu datang dan disambut.",
    asking.option("without", "Terlewat.", type=KeyChoice(Courtesy), multiple=True),
    make=lambda _office, without: commands.WelcomeVisitor(
        courtesies=tuple(each for each in Courtesy if each.value not in without)
    ),
)
visit.operation(
    "guest",
    commands.SignGuestBook,
    "Isi buku tamu untuk kunjungan VISIT.",
    asking.argument("visit_id", required=True),
    asking.argument("name"),
    *map(asking.option, _SAID_BY_GUEST),
    make=lambda _office, **said: commands.SignGuestBook(**said),
)
visit.operation(
    "from-paper",
    EnterPaperVisit,
    "Catat belakangan kunjungan NAME yang tertulis di kertas, dengan jam di kertas itu.",
    asking.argument("name"),
    asking.option("day", "Tanggal di kertas, misalnya 2026-11-23.", type=times.DAY, required=True),
    *(
        asking.option(clock, words, type=times.CLOCK, required=clock != "left")
        for clock, words in (
            ("came", "Jam datang, misalnya 09.10."),
            ("served", "Jam mulai dilayani."),
            ("left", "Jam selesai; tanpa ini tamunya masih di sini."),
        )
    ),
    asking.option("served_by", "Nama masuk petugas yang melayani; tanpa ini Anda sendiri.", default=""),
    *map(asking.option, _SAID_BY_GUEST),
    asking.option("purpose", default=""),
    asking.option("service_id", named="--service", default=None),
    asking.option("detail", "Permohonannya.", default=""),
    asking.option(
        "outcome", "Hasilnya; tanpa ini permohonan tetap terbuka.", type=KeyChoice(CaseOutcome), default=None
    ),
    asking.option("ground", default=""),
    asking.option("sub_reason", type=KeyChoice(SubReason), default=""),
    asking.option("answer", "Jawaban yang disampaikan.", default=""),
    asking.option("remark", default=""),
    make=_from_paper,
)
visit.operation(
    "purpose", commands.RecordPurpose, "Keperluan kunjungan VISIT: kunci dari daftar, atau kata-kata."
)
visit.operation("join", commands.JoinVisit, "Satukan kedatangan VISIT dengan nomor TICKET dari kios.")
visit.operation("follow-up", case_commands.FollowUp, "Tamu VISIT datang lagi untuk permohonan CASE.")
visit.operation(
    "end",
    commands.EndVisit,
    "Akhiri kunjungan VISIT.",
    asking.option("ending", type=_ENDINGS, show_default=False),
)
visit.operation(
    "note",
    commands.WriteDeskEntry,
    "Tulis di buku laporan.",
    asking.option("sort", default=desk_book.ReportEntryKind.EVENT.value),
)
visit.operation(
    "identity",
    commands.VerifyIdentity,
    "Identitas tamu VISIT diperiksa.",
    asking.argument("visit_id"),
    _KTP,
    asking.option("number_tail", "Hanya empat angka terakhirnya yang disimpan.", named="--number"),
    asking.switch("mismatch", "Tidak cocok."),
    asking.switch("for_other", "Atas nama orang lain."),
    make=lambda _office, number_tail, mismatch, **said: commands.VerifyIdentity(
        number_tail=visit_identity.last_characters(number_tail), matches=not mismatch, **said
    ),
)
visit.operation(
    "act-for",
    commands.ActForAnother,
    "Tamu VISIT datang mewakili PRINCIPAL dengan surat dari ISSUER.",
    asking.option("kind", type=_LETTERS, default=visit_identity.LetterKind.POWER_OF_ATTORNEY.value),
    asking.option("number", default=""),
    asking.switch("stamped", "Bermeterai."),
    asking.option("document_id", "Pindaian suratnya.", named="--scan", type=paper.FILE),
)
visit.operation(
    "letter",
    commands.RecordLetter,
    "Surat yang dibawa tamu VISIT.",
    asking.option("kind", show_default=False),
    asking.option("document_id", named="--scan", type=paper.FILE),
)
visit.operation(
    "attach",
    commands.AttachDocument,
    "Lampirkan SCAN (PDF, JPEG, PNG) ke kunjungan VISIT.",
    asking.argument("visit_id", required=True),
    asking.argument("scan", type=paper.FILE),
    make=lambda office, visit_id, scan: documents.attach_command(store_file(scan, office), visit_id),
)
visit.operation(
    "requirements",
    commands.CheckRequirements,
    "Persyaratan layanan tamu VISIT diperiksa; --missing untuk setiap yang kurang.",
)
visit.operation(
    "spd",
    commands.SignSpd,
    "SPD bernomor NUMBER atas nama TRAVELLER ditandatangani.",
    asking.option("origin", "Instansi asal."),
)
visit.operation(
    "lend-card",
    commands.LendCard,
    "Kartu tamu VISIT dilihat, atau dipegang dengan --held.",
    _KTP,
    asking.option("place", "Di mana kartunya disimpan."),
)
visit.operation(
    "return-card",
    commands.ReleaseCardWithReason,
    "Kartu dari peminjaman LOAN kembali; --reason bila tidak kembali.",
    asking.argument("loan_id", resolve=naming.card_loan_named),
    asking.option("reason", "Mengapa kartunya tidak dikembalikan.", default=""),
    make=_returned,
)
visit.operation("badge", commands.GiveBadge, "Tag tamu bernomor NUMBER untuk kunjungan VISIT.")
visit.operation(
    "return-badge",
    commands.ReturnBadge,
    "Tag tamu dari LOAN kembali, atau --lost.",
    asking.argument("loan_id", resolve=naming.badge_loan_named),
    asking.switch("lost", "Hilang."),
)
visit.operation(
    "open-data",
    OpenPersonal,
    "Data pribadi kunjungan VISIT tanpa samaran; pembukaannya dicatat.",
    write=tell_opened,
)
visit.add_command(save_document)


def _listed(office: Office, day: str, without_number: bool) -> tuple[guests.VisitRow, ...]:
    query = guests.without_number if without_number else guests.of_day
    wanted = day or today_of(office)
    return office.read(lambda tx: query(tx, wanted))


def _card(office: Office, visit_id: int) -> guest_book.VisitCard:
    card = office.read(lambda tx: guests.visit_card(tx, visit_id))
    if card is None:
        raise UserError(_("Kunjungan itu tidak ada."))
    return card


def _known(office: Office, text: str) -> tuple[guest_book.Returning, ...]:
    if asking.typed("officer"):
        session.sign_in(office, asking.typed("officer"))
    if len(text.strip()) < guest_book.SHORTEST_SEARCH:
        raise UserError(
            _("Pencarian “{text}” terlalu pendek.").format(text=text),
            todo=_("Ketik paling sedikit {n} huruf.").format(n=guest_book.SHORTEST_SEARCH),
        )
    return returning_visitors.find_returning(office, text)


def _tell_book(office: Office, entries: tuple[desk_book.DailyReportEntry, ...], as_json: bool) -> None:
    if asking.typed("as_sheet"):
        zone = office.read(office_rows.zone)
        click.echo(csv_text(desk_book.report_lines(entries, zone)), nl=False)
    else:
        asking.write_fields(office, entries, as_json)


def _tell_held(office: Office, cards: tuple[visit_custody.CardLoan, ...], as_json: bool) -> None:
    badges = office.read(custody.badges_out)
    if as_json:
        session.write_json({"cards": cards, "badges": badges})
        return
    asking.write_fields(office, (*cards, *badges), as_json)


def _tell_spd(office: Office, signed: tuple[visit_identity.SpdSigning, ...], as_json: bool) -> None:
    if asking.typed("pdf") is not None:
        days = _days(office, asking.typed("first"), asking.typed("last"))
        paper.write_sheet(office.read(lambda tx: spd_sheet(tx, *days)), asking.typed("pdf"))
    asking.write_fields(office, signed, as_json)


def _days(office: Office, first: str, last: str) -> tuple[str, str]:
    today = today_of(office)
    return first or today, last or today


def _book(office: Office, actor: Actor, first: str, last: str, **_files: object) -> GuestBook:
    begin, end = map(date.fromisoformat, _days(office, first, last))
    return unmasked_book(begin, end, office, actor)


def _between(query: Callable[..., object]) -> Callable[..., object]:
    def find(office: Office, first: str, last: str, **_output: object) -> object:
        days = _days(office, first, last)
        return office.read(lambda tx: query(tx, *days))

    return find


visit.query(
    "form",
    "Formulir kosong KIND untuk diisi dengan tangan.",
    lambda office, kind, **_output: office.read(lambda tx: blank_form(tx, BlankForm(kind))),
    asking.argument("kind", type=KeyChoice(BlankForm)),
    asking.option("pdf", "Tulis PDF ke berkas ini.", type=paper.FILE, required=True),
    write=lambda _office, found, _as_json: paper.write_sheet(found, asking.typed("pdf")),
    has_json=False,
)
visit.query(
    "book",
    "Buku tamu dari --first sampai --last (hari ini), tanpa samaran; pembukaannya dicatat.",
    _book,
    _FIRST,
    _LAST,
    *paper.REPORT_FILES,
    write=lambda _office, book, _as_json: paper.write_files(
        partial(book_sheet, book), partial(book_table, book)
    ),
    signed=True,
    has_json=False,
)
visit.query(
    "list",
    "Tamu hari ini, atau pada --day.",
    _listed,
    asking.option("day", "Tanggal seperti 2026-11-23.", type=times.ISO_DAY, default=""),
    asking.switch("without_number", "Hanya yang belum punya nomor antrean."),
)
visit.query("show", "Satu kunjungan dengan semua catatannya.", _card, asking.argument("visit_id"))
visit.query(
    "regencies",
    "Kabupaten dan kota yang dapat dipilih di kantor ini.",
    lambda office: visits.regencies_of(office.read(office_rows.load).settings.office.province),
)
visit.query(
    "report",
    "Buku laporan dari --first sampai --last (hari ini).",
    _between(guests.between),
    _FIRST,
    _LAST,
    asking.switch("as_sheet", "Sebagai CSV.", named="--csv"),
    write=_tell_book,
)
visit.query(
    "held",
    "Kartu identitas yang masih dipegang dan tag tamu yang keluar.",
    asking.of_office(custody.cards_held),
    write=_tell_held,
)
visit.query(
    "spd-log",
    "SPD yang ditandatangani dari --first sampai --last (hari ini).",
    _between(identity.spd_between),
    _FIRST,
    _LAST,
    asking.option("pdf", "Tulis daftarnya ke berkas PDF.", type=paper.FILE),
    write=_tell_spd,
)


visit.query(
    "returning",
    "Tamu yang pernah datang: awal nama, atau nomor telepon utuh bila --officer masuk.",
    _known,
    asking.argument("text"),
    asking.option(
        "officer",
        "Nama masuk petugas yang kuncinya dipakai.",
        named="--officer",
        default="",
        envvar="ULT_OFFICER",
    ),
)
