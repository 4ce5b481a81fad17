"""Visitors from the command line: arrival, guest book, purpose, lists, the daily report, the end."""

from pathlib import Path

import click
import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.formats import format_clock
from ult_desktop.base.i18n import _
from ult_desktop.cli.case_names import write_sheet
from ult_desktop.cli.personal import open_data, save_document
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    ticket_id,
    write_json,
)
from ult_desktop.cli.visit_desk import DESK, carry_out
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.commands import (
    EndVisit,
    JoinVisit,
    RecordPurpose,
    SignGuestBook,
    WelcomeVisitor,
    WriteDeskEntry,
)
from ult_desktop.core.visits.desk_book import ReportEntryKind, as_csv, report_entry_word
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import custody, guests, identity
from ult_desktop.operations.office.office import today_of
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.visits.returning_visitors import find_returning as known_before
from ult_desktop.operations.visits.visits import regencies_of


@click.group(help="Tamu: kedatangan, buku tamu, identitas, kartu, tag tamu, surat, laporan.")
def visit() -> None:
    pass


for command in (*DESK, open_data, save_document):
    visit.add_command(command)


@visit.command(help="Tamu datang dan disambut.")
@click.option(
    "--without", multiple=True, type=click.Choice([each.value for each in Courtesy]), help="Terlewat."
)
@database_option
@officer_option
@json_option
def welcome(without: tuple[str, ...], database: Path, officer: str, as_json: bool) -> None:
    done = tuple(each for each in Courtesy if each.value not in without)
    carry_out(WelcomeVisitor(courtesies=done), database, officer, as_json)


@visit.command(name="list", help="Tamu hari ini, atau pada --day.")
@click.option("--day", default="", help="Tanggal seperti 2026-11-23.")
@click.option("--without-number", is_flag=True, help="Hanya yang belum punya nomor antrean.")
@database_option
@json_option
def list_visits(day: str, without_number: bool, database: Path, as_json: bool) -> None:
    query = guests.without_number if without_number else guests.of_day
    with open_office(database) as office:
        zone = office.read(office_rows.zone)
        wanted = day or today_of(office)
        found = office.read(lambda tx: query(tx, wanted))
    for line in found:
        if as_json:
            write_json(line)
        else:
            clock = format_clock(to_datetime(line.began_at, zone))
            click.echo(f"{line.id:<7}{clock:<12}{line.label or '–':<8}{line.name or '–':<28} {line.purpose}")


@visit.command(help="Satu kunjungan dengan semua catatannya.")
@click.argument("visit_id", metavar="VISIT", type=int)
@database_option
@json_option
def show(visit_id: int, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        card = office.read(lambda tx: guests.visit_card(tx, visit_id))
    if card is None:
        raise UserError(_("Kunjungan itu tidak ada."))
    if as_json:
        write_json(card)
        return
    click.echo(f"{card.guest.name if card.guest else '–'}  {card.visit.label or '–'}  {card.service}")
    click.echo(card.purpose)


@visit.command(help="Isi buku tamu untuk kunjungan VISIT.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("name")
@click.option("--institution", default="")
@click.option("--regency", default="")
@click.option("--phone", default="")
@click.option("--email", default="")
@click.option("--occupation", default="")
@click.option("--meets", default="", help="Orang atau bagian yang ditemui.")
@click.option("--letter-number", default="")
@click.option("--letter-date", default="")
@click.option("--remember", is_flag=True, help="Tamu setuju datanya dikenali lagi.")
@database_option
@officer_option
@json_option
def guest(
    visit_id: int, name: str, remember: bool, database: Path, officer: str, as_json: bool, **more: str
) -> None:
    command = msgspec.structs.replace(SignGuestBook(visit_id=visit_id, name=name), remember=remember, **more)
    carry_out(command, database, officer, as_json)


@visit.command(help="Tamu yang pernah datang: awal nama, atau nomor telepon utuh bila --officer masuk.")
@click.argument("text")
@click.option(
    "--officer", default="", envvar="ULT_OFFICER", help="Nama masuk petugas, yang kuncinya dipakai."
)
@database_option
@json_option
def returning(text: str, officer: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        if officer:
            sign_in(office, officer)
        found = known_before(office, text)
    for line in found:
        if as_json:
            write_json(line)
        else:
            click.echo(f"{line.name:<30}{line.institution:<30}{line.phone}")


@visit.command(help="Kabupaten dan kota yang dapat dipilih di kantor ini.")
@database_option
@json_option
def regencies(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        found = regencies_of(office.read(office_rows.load).settings.office.province)
    for each in found:
        if as_json:
            write_json(each)
        else:
            click.echo(f"{each.code}  {each.name}")


@visit.command(help="Keperluan kunjungan VISIT: kunci dari daftar, atau kata-kata.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("purpose")
@database_option
@officer_option
@json_option
def purpose(visit_id: int, purpose: str, database: Path, officer: str, as_json: bool) -> None:
    carry_out(RecordPurpose(visit_id=visit_id, purpose=purpose), database, officer, as_json)


@visit.command(help="Satukan kedatangan VISIT dengan nomor TICKET dari kios.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("ticket")
@database_option
@officer_option
@json_option
def join(visit_id: int, ticket: str, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        number = ticket_id(office, ticket)
    carry_out(JoinVisit(visit_id=visit_id, ticket_id=number), database, officer, as_json)


@visit.command(help="Akhiri kunjungan VISIT.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.option(
    "--ending",
    type=click.Choice([Ending.DONE.value, Ending.LEFT.value, Ending.REFUSED.value]),
    default=Ending.DONE.value,
)
@click.option("--remark", default="")
@database_option
@officer_option
@json_option
def end(visit_id: int, ending: str, remark: str, database: Path, officer: str, as_json: bool) -> None:
    carry_out(EndVisit(visit_id=visit_id, ending=Ending(ending), remark=remark), database, officer, as_json)


@visit.command(help="Tulis di buku laporan.")
@click.argument("text")
@click.option(
    "--sort", type=click.Choice([each.value for each in ReportEntryKind]), default=ReportEntryKind.EVENT.value
)
@database_option
@officer_option
@json_option
def note(text: str, sort: str, database: Path, officer: str, as_json: bool) -> None:
    carry_out(WriteDeskEntry(sort=ReportEntryKind(sort), text=text), database, officer, as_json)


@visit.command(help="Buku laporan dari --first sampai --last (hari ini).")
@click.option("--first", default="")
@click.option("--last", default="")
@click.option("--csv", "as_sheet", is_flag=True, help="Sebagai CSV.")
@database_option
@json_option
def report(first: str, last: str, as_sheet: bool, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        zone = office.read(office_rows.zone)
        today = today_of(office)
        entries = office.read(lambda tx: guests.between(tx, first or today, last or today))
    if as_sheet:
        click.echo(as_csv(entries, zone), nl=False)
        return
    for entry in entries:
        if as_json:
            write_json(entry)
        else:
            clock = format_clock(to_datetime(entry.at, zone))
            click.echo(
                f"{entry.day} {clock}  {report_entry_word(entry.sort)}: {entry.text} ({entry.officer})"
            )


@visit.command(name="held", help="Kartu identitas yang masih dipegang dan tag tamu yang keluar.")
@database_option
@json_option
def held(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        cards = office.read(custody.cards_held)
        badges = office.read(custody.badges_out)
    if as_json:
        write_json({"cards": cards, "badges": badges})
        return
    for card in cards:
        click.echo(f"{card.id:<6}{card.kind:<16}{card.label or '–':<8}{card.guest:<28} {card.place}")
    for badge in badges:
        click.echo(f"{badge.id:<6}{badge.number:<16} {badge.label or '–':<8}{badge.guest}")


@visit.command(name="spd-log", help="SPD yang ditandatangani dari --first sampai --last (hari ini).")
@click.option("--first", default="")
@click.option("--last", default="")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Tulis daftarnya ke berkas PDF.")
@database_option
@json_option
def spd_log(first: str, last: str, pdf: Path | None, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        today = today_of(office)
        signed = office.read(lambda tx: identity.spd_between(tx, first or today, last or today))
        if pdf is not None:
            write_sheet(office.read(lambda tx: spd_sheet(tx, first or today, last or today)), pdf, "none")
    for each in signed:
        if as_json:
            write_json(each)
        else:
            click.echo(f"{each.day}  {each.number:<20} {each.traveller:<28} {each.origin}")
