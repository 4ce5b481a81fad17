"""Personal text in clear, and who had it opened."""

from datetime import datetime, time, timedelta
from pathlib import Path

import click

from ult_desktop.cli.asking import write_answer
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.delivery import Delivery
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as rows
from ult_desktop.db.privacy.personal import OpenedVisit
from ult_desktop.operations.privacy.unmasked_documents import list_accesses, read_document

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="open-data", help="Data pribadi kunjungan VISIT tanpa samaran; pembukaannya dicatat.")
@click.argument("visit_id", metavar="VISIT", type=int)
@database_option
@officer_option
@json_option
def open_data(visit_id: int, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        opened: OpenedVisit = office.perform(OpenPersonal(visit_id=visit_id), sign_in(office, officer))
    if as_json:
        write_json(opened)
        return
    for words in _words(opened):
        click.echo(words)


def _words(opened: OpenedVisit) -> list[str]:
    card, asked = opened.card, opened.information
    guest, acting = card.guest, card.representation
    lines = [
        (guest.name, guest.phone, guest.email, guest.letter_number) if guest else (),
        *((check.kind, check.masked) for check in card.checks),
        (acting.principal, acting.issuer, acting.number) if acting else (),
        *((letter.issuer, letter.number, letter.subject) for letter in card.letters),
        (asked.name, asked.contact, asked.address) if asked else (),
        *(_told(each) for each in opened.deliveries),
    ]
    return ["  ".join(word for word in line if word) for line in lines if any(line)]


def _told(each: Delivery) -> tuple[str, ...]:
    return (each.way, each.recipient, each.receipt)


@click.command(name="save-document", help="Simpan salinan terbuka dokumen DOCUMENT di TARGET; dicatat.")
@click.argument("document", type=int)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False, exists=False))
@database_option
@officer_option
def save_document(document: int, target: Path, database: Path, officer: str) -> None:
    with open_office(database) as office:
        _row, content = read_document(document, office, sign_in(office, officer))
    target.write_bytes(content)
    click.echo(f"{target}")


@click.group(help="Siapa membuka data pribadi siapa.")
def access() -> None:
    pass


@access.command(name="log", help="Data pribadi yang dibuka dari --first sampai --last (hari ini).")
@click.option("--first", type=_DAY)
@click.option("--last", type=_DAY)
@database_option
@officer_option
@json_option
def access_log(
    first: datetime | None, last: datetime | None, database: Path, officer: str, as_json: bool
) -> None:
    with open_office(database) as office:
        sign_in(office, officer).require(Permission.REVIEW_OPENINGS)
        zone = office.read(rows.load).settings.office.zone
        today = datetime.combine(to_datetime(office.clock(), zone), time.min)
        begin = to_stamp((first or today).replace(tzinfo=zone))
        end = to_stamp(((last or today) + timedelta(days=1)).replace(tzinfo=zone))
        write_answer(office, list_accesses(office, begin, end), as_json)
