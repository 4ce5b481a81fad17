"""Delegation from the command line: hand a task over, list, end."""

from datetime import datetime
from pathlib import Path

import click

from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.accountability.commands import Delegate, EndDelegation
from ult_desktop.core.accountability.deviations import Delegation, form_word
from ult_desktop.db.accountability import delegations as rows

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help="Pengalihan tugas petugas yang berhalangan.")
def delegate() -> None:
    pass


@delegate.command(help="Alihkan tugas ABSENT kepada TO (nama masuk), dengan surat penugasan atau lisan.")
@click.argument("absent")
@click.argument("to")
@click.option("--from", "first", type=_DAY, required=True, help="Hari pertama, misalnya 2026-11-23.")
@click.option("--to", "last", type=_DAY, help="Hari terakhir; tanpa ini hari pertama saja.")
@click.option("--letter", default="", help="Nomor surat penugasan.")
@click.option("--letter-date", type=_DAY, help="Tanggal surat penugasan.")
@click.option("--oral", default="", metavar="PROCEDURE", help="Secara lisan, untuk prosedur ini.")
@click.option("--ordered-by", default="", help="Siapa yang memerintahkan secara lisan.")
@click.option("--notes", default="", help="Saksi atau catatan.")
@database_option
@officer_option
@json_option
def give(
    absent: str,
    to: str,
    first: datetime,
    last: datetime | None,
    letter: str,
    letter_date: datetime | None,
    oral: str,
    ordered_by: str,
    notes: str,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    command = Delegate(
        absent=absent,
        delegate=to,
        first_day=first.date(),
        last_day=(last or first).date(),
        form="lisan" if oral else "surat_penugasan",
        letter_number=letter,
        letter_date=None if letter_date is None else letter_date.date(),
        ordered_by=ordered_by,
        notes=notes,
        procedure_id=oral,
    )
    with open_office(database) as office:
        _write(office.perform(command, sign_in(office, officer)), as_json)


@delegate.command(name="list", help="Penugasan terakhir, yang terbaru lebih dulu.")
@database_option
@json_option
def show(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        found = office.read(rows.recent)
    for each in found:
        _write(each, as_json)


@delegate.command(help="Akhiri penugasan NUMBER sebelum hari terakhirnya.")
@click.argument("number", type=int)
@database_option
@officer_option
@json_option
def end(number: int, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        command = EndDelegation(delegation_id=number)
        _write(office.perform(command, sign_in(office, officer)), as_json)


def _write(found: Delegation, as_json: bool) -> None:
    if as_json:
        write_json(found)
        return
    days = found.first_day if found.first_day == found.last_day else f"{found.first_day}–{found.last_day}"
    ended = "" if found.ended_at is None else "  diakhiri"
    click.echo(f"{found.id}  {found.absent} → {found.delegate}  {days}  {form_word(found.form)}{ended}")
