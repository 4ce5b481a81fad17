"""Personal text in clear, and who had it opened."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from ult_desktop.cli.common import asking, naming, session, times
from ult_desktop.cli.common.help import SpokenCommand
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import list_accesses, read_document
from ult_desktop.reports.files import write_whole


def tell_opened(office: Office, opened: OpenedVisit, as_json: bool) -> None:
    if as_json:
        session.write_json(opened)
        return
    card = opened.card
    parts = (card.guest, *card.checks, card.representation, *card.letters, opened.information)
    told = (part for part in (*parts, *opened.deliveries) if part is not None)
    asking.tell_rows(map(asking.reader_of(office).line, told))


@click.command(
    cls=SpokenCommand,
    name="save-document",
    help="Simpan salinan terbuka dokumen DOCUMENT di TARGET; dicatat.",
)
@click.argument("document", type=click.IntRange(1, naming.LARGEST))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False, exists=False))
@session.database_option
@session.officer_option
def save_document(document: int, target: Path, database: Path, officer: str) -> None:
    with session.open_office(database) as office:
        _row, content = read_document(document, office, session.sign_in(office, officer))
    write_whole(target, content)
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
    asking.option("first", type=times.DAY),
    asking.option("last", type=times.DAY),
    signed=True,
)
