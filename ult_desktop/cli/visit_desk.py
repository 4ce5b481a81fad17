"""`visit …` at the desk: identity, letters, requirements, SPD, cards in custody, badges, scans."""

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
from ult_desktop.core.command import Command
from ult_desktop.core.visits.commands import (
    ActForAnother,
    CheckRequirements,
    GiveBadge,
    LendCard,
    RecordLetter,
    ReleaseCardWithReason,
    ReturnBadge,
    ReturnCard,
    SignSpd,
    VerifyIdentity,
)
from ult_desktop.core.visits.identity import IdDocument, LetterKind, last_characters
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.unmasked_documents import store_file
from ult_desktop.operations.visits.documents import attach_command

_CARD = click.Choice([each.value for each in IdDocument])


def carry_out(command: Command, database: Path, officer: str, as_json: bool) -> None:
    """Perform it and tell what came of it."""
    with open_office(database) as office:
        answer = office.perform(command, sign_in(office, officer))
    if as_json:
        write_json(answer)
    else:
        click.echo(f"Tercatat ({getattr(answer, 'id', '–')}).")


def _store_scan(office: Office, scan: Path | None, visit_id: int, officer: str) -> int | None:
    """The document that a scan becomes; None without one."""
    if scan is None:
        return None
    kept = store_file(scan, office)
    document_id: int = office.perform(attach_command(kept, visit_id), sign_in(office, officer)).id
    return document_id


@click.command(help="Identitas tamu VISIT diperiksa.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.option("--kind", type=_CARD, default=IdDocument.KTP.value)
@click.option("--number", default="", help="Hanya empat angka terakhirnya yang disimpan.")
@click.option("--mismatch", is_flag=True, help="Tidak cocok.")
@click.option("--for-other", is_flag=True, help="Atas nama orang lain.")
@database_option
@officer_option
@json_option
def identity(
    visit_id: int,
    kind: str,
    number: str,
    mismatch: bool,
    for_other: bool,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    command = VerifyIdentity(
        visit_id=visit_id,
        kind=IdDocument(kind),
        number_tail=last_characters(number),
        matches=not mismatch,
        for_other=for_other,
    )
    carry_out(command, database, officer, as_json)


@click.command(name="act-for", help="Tamu VISIT datang mewakili PRINCIPAL dengan surat dari ISSUER.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("principal")
@click.argument("issuer")
@click.option(
    "--kind",
    type=click.Choice([LetterKind.POWER_OF_ATTORNEY.value, LetterKind.ASSIGNMENT.value]),
    default=LetterKind.POWER_OF_ATTORNEY.value,
)
@click.option("--number", default="")
@click.option("--date", default="")
@click.option("--relation", default="")
@click.option("--stamped", is_flag=True, help="Bermeterai.")
@click.option("--scan", type=click.Path(path_type=Path, dir_okay=False), help="Pindaian suratnya.")
@database_option
@officer_option
@json_option
def act_for(
    visit_id: int,
    principal: str,
    issuer: str,
    kind: str,
    stamped: bool,
    scan: Path | None,
    database: Path,
    officer: str,
    as_json: bool,
    **more: str,
) -> None:
    with open_office(database) as office:
        document_id = _store_scan(office, scan, visit_id, officer)
    command = ActForAnother(
        visit_id=visit_id,
        principal=principal,
        issuer=issuer,
        kind=LetterKind(kind),
        stamped=stamped,
        document_id=document_id,
        **more,
    )
    carry_out(command, database, officer, as_json)


@click.command(help="Surat yang dibawa tamu VISIT.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.option(
    "--kind", type=click.Choice([each.value for each in LetterKind]), default=LetterKind.ASSIGNMENT.value
)
@click.option("--number", default="")
@click.option("--date", default="")
@click.option("--issuer", default="")
@click.option("--subject", default="")
@click.option("--scan", type=click.Path(path_type=Path, dir_okay=False))
@database_option
@officer_option
@json_option
def letter(
    visit_id: int, kind: str, scan: Path | None, database: Path, officer: str, as_json: bool, **more: str
) -> None:
    with open_office(database) as office:
        document_id = _store_scan(office, scan, visit_id, officer)
    command = RecordLetter(visit_id=visit_id, kind=LetterKind(kind), document_id=document_id, **more)
    carry_out(command, database, officer, as_json)


@click.command(name="attach", help="Lampirkan SCAN (PDF, JPEG, PNG) ke kunjungan VISIT.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("scan", type=click.Path(path_type=Path, dir_okay=False))
@database_option
@officer_option
@json_option
def attach_scan(visit_id: int, scan: Path, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        command = attach_command(store_file(scan, office), visit_id)
    carry_out(command, database, officer, as_json)


@click.command(help="Persyaratan layanan tamu VISIT diperiksa; --missing untuk setiap yang kurang.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.option("--missing", multiple=True)
@database_option
@officer_option
@json_option
def requirements(
    visit_id: int, missing: tuple[str, ...], database: Path, officer: str, as_json: bool
) -> None:
    carry_out(CheckRequirements(visit_id=visit_id, missing=missing), database, officer, as_json)


@click.command(help="SPD bernomor NUMBER atas nama TRAVELLER ditandatangani.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("number")
@click.argument("traveller")
@click.option("--origin", default="", help="Instansi asal.")
@database_option
@officer_option
@json_option
def spd(
    visit_id: int, number: str, traveller: str, origin: str, database: Path, officer: str, as_json: bool
) -> None:
    command = SignSpd(visit_id=visit_id, number=number, traveller=traveller, origin=origin)
    carry_out(command, database, officer, as_json)


@click.command(name="lend-card", help="Kartu tamu VISIT dilihat, atau dipegang dengan --held.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.option("--kind", type=_CARD, default=IdDocument.KTP.value)
@click.option("--purpose", default="")
@click.option("--place", default="", help="Di mana kartunya disimpan.")
@click.option("--held", is_flag=True)
@database_option
@officer_option
@json_option
def lend_card(
    visit_id: int,
    kind: str,
    purpose: str,
    place: str,
    held: bool,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    command = LendCard(visit_id=visit_id, kind=IdDocument(kind), purpose=purpose, place=place, held=held)
    carry_out(command, database, officer, as_json)


@click.command(name="return-card", help="Kartu dari peminjaman LOAN kembali; --reason bila tidak kembali.")
@click.argument("loan", type=int)
@click.option("--reason", default="", help="Mengapa kartunya tidak dikembalikan.")
@database_option
@officer_option
@json_option
def return_card(loan: int, reason: str, database: Path, officer: str, as_json: bool) -> None:
    command: Command = (
        ReleaseCardWithReason(loan_id=loan, reason=reason) if reason else ReturnCard(loan_id=loan)
    )
    carry_out(command, database, officer, as_json)


@click.command(name="badge", help="Tag tamu bernomor NUMBER untuk kunjungan VISIT.")
@click.argument("visit_id", metavar="VISIT", type=int)
@click.argument("number")
@database_option
@officer_option
@json_option
def badge(visit_id: int, number: str, database: Path, officer: str, as_json: bool) -> None:
    carry_out(GiveBadge(visit_id=visit_id, number=number), database, officer, as_json)


@click.command(name="return-badge", help="Tag tamu dari LOAN kembali, atau --lost.")
@click.argument("loan", type=int)
@click.option("--lost", is_flag=True, help="Hilang.")
@database_option
@officer_option
@json_option
def return_badge(loan: int, lost: bool, database: Path, officer: str, as_json: bool) -> None:
    carry_out(ReturnBadge(loan_id=loan, lost=lost), database, officer, as_json)


DESK = (
    identity,
    act_for,
    letter,
    attach_scan,
    requirements,
    spd,
    lend_card,
    return_card,
    badge,
    return_badge,
)
