"""Personal text in clear, and who had it opened."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from ult_desktop.cli.common import asking, session
from ult_desktop.cli.common.paper import write_file
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import list_accesses, read_document


def tell_opened(_office: Office, opened: OpenedVisit, as_json: bool) -> None:
    session.tell(as_json, opened, *_words(opened))


def _words(opened: OpenedVisit) -> list[str]:
    card, asked = opened.card, opened.information
    guest, acting = card.guest, card.representation
    lines = [
        (guest.name, guest.phone, guest.email, guest.letter_number) if guest else (),
        *((check.kind, check.masked) for check in card.checks),
        (acting.principal, acting.issuer, acting.number) if acting else (),
        *((letter.issuer, letter.number, letter.subject) for letter in card.letters),
        (asked.name, asked.contact, asked.address) if asked else (),
        *((each.way, each.recipient, each.receipt) for each in opened.deliveries),
    ]
    return ["  ".join(word for word in line if word) for line in lines if any(line)]


@click.command(name="save-document", help="Simpan salinan terbuka dokumen DOCUMENT di TARGET; dicatat.")
@click.argument("document", type=int)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False, exists=False))
@session.database_option
@session.officer_option
def save_document(document: int, target: Path, database: Path, officer: str) -> None:
    with session.open_office(database) as office:
        _row, content = read_document(document, office, session.sign_in(office, officer))
    write_file(target, content)
    click.echo(f"{target}")


def _openings(office: Office, reviewer: Actor, first: date | None, last: date | None) -> object:
    reviewer.require(Permission.REVIEW_OPENINGS)
    zone = office.read(rows.zone)
    today = to_datetime(office.clock(), zone).date()
    begin = datetime.combine(first or today, time.min, zone)
    end = datetime.combine((last or today) + timedelta(days=1), time.min, zone)
    return list_accesses(office, to_stamp(begin), to_stamp(end))


access = asking.Noun(
    "access",
    "Siapa membuka data pribadi siapa.",
    resolve={"first": asking.day_named, "last": asking.day_named},
)
access.query(
    "log",
    "Data pribadi yang dibuka dari --first sampai --last (hari ini).",
    _openings,
    asking.option("first", type=asking.DAY),
    asking.option("last", type=asking.DAY),
    signed=True,
)
