"""Visitors from the command line: arrival, guest book, papers and cards at the desk, lists, the end."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from ult_desktop.base.errors import UserError
from ult_desktop.base.formats import format_clock
from ult_desktop.base.i18n import _
from ult_desktop.cli.common.asking import Noun, argument, by_row, in_words, of_office, option, switch, typed
from ult_desktop.cli.common.paper import FILE, write_sheet
from ult_desktop.cli.common.session import sign_in, ticket_id, write_json
from ult_desktop.cli.privacy.personal import save_document, tell_opened
from ult_desktop.core.command import Command
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits import commands
from ult_desktop.core.visits.custody import CardLoan
from ult_desktop.core.visits.desk_book import DailyReportEntry, ReportEntryKind, as_csv
from ult_desktop.core.visits.guest_book import Regency, VisitCard
from ult_desktop.core.visits.identity import IdDocument, LetterKind, SpdSigning, last_characters
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import custody, guests, identity
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.privacy.unmasked_documents import store_file
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.visits.documents import attach_command
from ult_desktop.operations.visits.returning_visitors import find_returning as known_before
from ult_desktop.operations.visits.visits import regencies_of

_KTP = option("kind", default=IdDocument.KTP.value)
_LETTERS = click.Choice([LetterKind.POWER_OF_ATTORNEY.value, LetterKind.ASSIGNMENT.value])
_ENDINGS = click.Choice([Ending.DONE.value, Ending.LEFT.value, Ending.REFUSED.value])
_FIRST, _LAST = option("first", default=""), option("last", default="")


def _laid(office: Office, scan: Path) -> int:
    """The document that a scan becomes."""
    kept = store_file(scan, office)
    return office.perform(attach_command(kept, typed("visit_id")), sign_in(office, typed("officer"))).id


def _returned(_office: Office, loan_id: int, reason: str) -> Command:
    if reason:
        return commands.ReleaseCardWithReason(loan_id=loan_id, reason=reason)
    return commands.ReturnCard(loan_id=loan_id)


visit = Noun(
    "visit",
    "Tamu: kedatangan, buku tamu, identitas, kartu, tag tamu, surat, laporan.",
    resolve={"visit_id": None, "ticket_id": ticket_id, "document_id": _laid},
    write=in_words(lambda answer: f"Tercatat ({getattr(answer, 'id', '–')})."),
)
visit.operation(
    "welcome",
    commands.WelcomeVisitor,
    "Tamu datang dan disambut.",
    option("without", "Terlewat.", type=click.Choice([each.value for each in Courtesy]), multiple=True),
    make=lambda _office, without: commands.WelcomeVisitor(
        courtesies=tuple(each for each in Courtesy if each.value not in without)
    ),
)
visit.operation(
    "guest",
    commands.SignGuestBook,
    "Isi buku tamu untuk kunjungan VISIT.",
    argument("visit_id", required=True),
    argument("name"),
    option("institution"),
    option("regency"),
    option("phone"),
    option("email"),
    option("occupation"),
    option("meets", "Orang atau bagian yang ditemui."),
    option("letter_number"),
    option("letter_date"),
    switch("remember", "Tamu setuju datanya dikenali lagi."),
    make=lambda _office, **said: commands.SignGuestBook(**said),
)
visit.operation(
    "purpose", commands.RecordPurpose, "Keperluan kunjungan VISIT: kunci dari daftar, atau kata-kata."
)
visit.operation("join", commands.JoinVisit, "Satukan kedatangan VISIT dengan nomor TICKET dari kios.")
visit.operation(
    "end", commands.EndVisit, "Akhiri kunjungan VISIT.", option("ending", type=_ENDINGS, show_default=False)
)
visit.operation(
    "note",
    commands.WriteDeskEntry,
    "Tulis di buku laporan.",
    option("sort", default=ReportEntryKind.EVENT.value),
)
visit.operation(
    "identity",
    commands.VerifyIdentity,
    "Identitas tamu VISIT diperiksa.",
    argument("visit_id"),
    _KTP,
    option("number_tail", "Hanya empat angka terakhirnya yang disimpan.", named="--number"),
    switch("mismatch", "Tidak cocok."),
    switch("for_other", "Atas nama orang lain."),
    make=lambda _office, number_tail, mismatch, **said: commands.VerifyIdentity(
        number_tail=last_characters(number_tail), matches=not mismatch, **said
    ),
)
visit.operation(
    "act-for",
    commands.ActForAnother,
    "Tamu VISIT datang mewakili PRINCIPAL dengan surat dari ISSUER.",
    option("kind", type=_LETTERS, default=LetterKind.POWER_OF_ATTORNEY.value),
    option("number", default=""),
    switch("stamped", "Bermeterai."),
    option("document_id", "Pindaian suratnya.", named="--scan", type=FILE),
)
visit.operation(
    "letter",
    commands.RecordLetter,
    "Surat yang dibawa tamu VISIT.",
    option("kind", show_default=False),
    option("document_id", named="--scan", type=FILE),
)
visit.operation(
    "attach",
    commands.AttachDocument,
    "Lampirkan SCAN (PDF, JPEG, PNG) ke kunjungan VISIT.",
    argument("visit_id", required=True),
    argument("scan", type=FILE),
    make=lambda office, visit_id, scan: attach_command(store_file(scan, office), visit_id),
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
    option("origin", "Instansi asal."),
)
visit.operation(
    "lend-card",
    commands.LendCard,
    "Kartu tamu VISIT dilihat, atau dipegang dengan --held.",
    _KTP,
    option("place", "Di mana kartunya disimpan."),
)
visit.operation(
    "return-card",
    commands.ReleaseCardWithReason,
    "Kartu dari peminjaman LOAN kembali; --reason bila tidak kembali.",
    argument("loan_id"),
    option("reason", "Mengapa kartunya tidak dikembalikan.", default=""),
    make=_returned,
)
visit.operation("badge", commands.GiveBadge, "Tag tamu bernomor NUMBER untuk kunjungan VISIT.")
visit.operation(
    "return-badge",
    commands.ReturnBadge,
    "Tag tamu dari LOAN kembali, atau --lost.",
    switch("lost", "Hilang."),
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


def _tell_visits(office: Office, found: tuple[guests.VisitRow, ...], as_json: bool) -> None:
    zone = office.read(office_rows.zone)
    for line in found:
        if as_json:
            write_json(line)
        else:
            clock = format_clock(to_datetime(line.began_at, zone))
            click.echo(f"{line.id:<7}{clock:<12}{line.label or '–':<8}{line.name or '–':<28} {line.purpose}")


def _card(office: Office, visit_id: int) -> VisitCard:
    card = office.read(lambda tx: guests.visit_card(tx, visit_id))
    if card is None:
        raise UserError(_("Kunjungan itu tidak ada."))
    return card


def _in_short(card: VisitCard) -> str:
    name = card.guest.name if card.guest else "–"
    return f"{name}  {card.visit.label or '–'}  {card.service}\n{card.purpose}"


def _known(office: Office, text: str) -> Iterable[object]:
    if typed("officer"):
        sign_in(office, typed("officer"))
    return known_before(office, text)


def _regencies(office: Office) -> tuple[Regency, ...]:
    return regencies_of(office.read(office_rows.load).settings.office.province)


def _tell_book(office: Office, entries: tuple[DailyReportEntry, ...], as_json: bool) -> None:
    zone = office.read(office_rows.zone)
    if typed("as_sheet"):
        click.echo(as_csv(entries, zone), nl=False)
        return
    for entry in entries:
        if as_json:
            write_json(entry)
        else:
            clock = format_clock(to_datetime(entry.at, zone))
            click.echo(f"{entry.day} {clock}  {entry.sort.word}: {entry.text} ({entry.officer})")


def _tell_held(office: Office, cards: tuple[CardLoan, ...], as_json: bool) -> None:
    badges = office.read(custody.badges_out)
    if as_json:
        write_json({"cards": cards, "badges": badges})
        return
    for card in cards:
        click.echo(f"{card.id:<6}{card.kind:<16}{card.label or '–':<8}{card.guest:<28} {card.place}")
    for badge in badges:
        click.echo(f"{badge.id:<6}{badge.number:<16} {badge.label or '–':<8}{badge.guest}")


def _tell_spd(office: Office, signed: tuple[SpdSigning, ...], as_json: bool) -> None:
    if typed("pdf") is not None:
        days = _days(office, typed("first"), typed("last"))
        write_sheet(office.read(lambda tx: spd_sheet(tx, *days)), typed("pdf"))
    for each in signed:
        if as_json:
            write_json(each)
        else:
            click.echo(f"{each.day}  {each.number:<20} {each.traveller:<28} {each.origin}")


def _days(office: Office, first: str, last: str) -> tuple[str, str]:
    today = today_of(office)
    return first or today, last or today


def _between(query: Callable[..., object]) -> Callable[..., object]:
    def find(office: Office, first: str, last: str, **_output: object) -> object:
        days = _days(office, first, last)
        return office.read(lambda tx: query(tx, *days))

    return find


visit.query(
    "list",
    "Tamu hari ini, atau pada --day.",
    _listed,
    option("day", "Tanggal seperti 2026-11-23.", default=""),
    switch("without_number", "Hanya yang belum punya nomor antrean."),
    write=_tell_visits,
)
visit.query(
    "show",
    "Satu kunjungan dengan semua catatannya.",
    _card,
    argument("visit_id", type=int),
    write=in_words(_in_short),
)
visit.query(
    "regencies",
    "Kabupaten dan kota yang dapat dipilih di kantor ini.",
    _regencies,
    write=by_row(in_words(lambda each: f"{each.code}  {each.name}")),
)
visit.query(
    "report",
    "Buku laporan dari --first sampai --last (hari ini).",
    _between(guests.between),
    _FIRST,
    _LAST,
    switch("as_sheet", "Sebagai CSV.", named="--csv"),
    write=_tell_book,
)
visit.query(
    "held",
    "Kartu identitas yang masih dipegang dan tag tamu yang keluar.",
    of_office(custody.cards_held),
    write=_tell_held,
)
visit.query(
    "spd-log",
    "SPD yang ditandatangani dari --first sampai --last (hari ini).",
    _between(identity.spd_between),
    _FIRST,
    _LAST,
    option("pdf", "Tulis daftarnya ke berkas PDF.", type=FILE),
    write=_tell_spd,
)


visit.query(
    "returning",
    "Tamu yang pernah datang: awal nama, atau nomor telepon utuh bila --officer masuk.",
    _known,
    argument("text"),
    option(
        "officer",
        "Nama masuk petugas, yang kuncinya dipakai.",
        named="--officer",
        default="",
        envvar="ULT_OFFICER",
    ),
    write=by_row(in_words(lambda each: f"{each.name:<30}{each.institution:<30}{each.phone}")),
)
