"""Calls by mouth that were made without the program: noted afterwards, and what became of the notes."""

import datetime
from contextlib import closing
from pathlib import Path

import click

from ult_desktop.base.paths import journal_path
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    station_name,
    write_json,
    write_ticket,
)
from ult_desktop.core.offline.manual_calls import CallNote, NoteCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as rows
from ult_desktop.db.offline.offline_numbers import OfflineJournal
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import manual_calls

_time = click.DateTime(["%H:%M", "%H.%M"])


@click.command(help="Catat panggilan lisan NUMBER (A012, AK01) yang terjadi tanpa program, hari ini.")
@click.argument("number")
@click.option("--counter", type=int, required=True, help="Nomor loket.")
@click.option("--called", type=_time, required=True, help="Dipanggil pukul.")
@click.option("--from", "served_from", type=_time, help="Dilayani dari pukul; tanpa ini: tidak datang.")
@click.option("--to", "served_to", type=_time, help="Dilayani sampai pukul.")
@database_option
@officer_option
@json_option
def note(
    number: str,
    counter: int,
    called: datetime.datetime,
    served_from: datetime.datetime | None,
    served_to: datetime.datetime | None,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    with open_office(database) as office:
        command = NoteCall(
            counter=counter,
            label=number,
            called_at=_today(office, called),
            arrived_at=None if served_from is None else _today(office, served_from),
            ended_at=None if served_to is None else _today(office, served_to),
        )
        write_ticket(office, office.perform(command, sign_in(office, officer)), as_json)


def _today(office: Office, at: datetime.datetime) -> int:
    zone = office.read(rows.load).settings.office.zone
    day = to_datetime(office.clock(), zone).date()
    return to_stamp(datetime.datetime.combine(day, at.time(), zone))


@click.command(help="Catatan panggilan lisan di komputer ini: yang menunggu, dan yang tidak dapat digabung.")
@click.option("--station", help="Nama stasiun loketnya.")
@click.option("--read", is_flag=True, help="Singkirkan yang tidak dapat digabung: sudah dibaca.")
@database_option
@json_option
def notes(station: str | None, read: bool, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        uid, zone = office.uid, office.read(rows.load).settings.office.zone

    def show(noted: CallNote, state: str) -> None:
        at = to_datetime(noted.command.called_at, zone).isoformat()
        if as_json:
            write_json({"label": noted.command.label, "called_at": at, "state": state, "why": noted.why})
        else:
            click.echo(f"{noted.command.label:<8} {at}  {state}  {noted.why}".rstrip())

    with closing(OfflineJournal(journal_path(station or station_name()))) as book:
        found = manual_calls.notes(uid, book)
        for each in found.waiting:
            show(each, "waiting")
        for each in found.refused:
            show(each, "refused")
            if read:
                book.put_away(each.request)
