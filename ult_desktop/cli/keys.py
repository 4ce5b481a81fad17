"""The keys of personal data from the command line: who holds them, and the recovery code."""

from pathlib import Path

import click
import msgspec

from ult_desktop.base import _
from ult_desktop.cli.common import asking, session
from ult_desktop.core.access.commands import SealOld
from ult_desktop.db.access import keys as rows
from ult_desktop.operations.access import readers, recovery
from ult_desktop.operations.office.office import Office

CODE_VARIABLE = "ULT_RECOVERY_CODE"


def _tell_standing(_office: Office, found: rows.KeyStatus, as_json: bool) -> None:
    if as_json:
        session.write_json(msgspec.to_builtins(found))
        return
    click.echo(_("Generasi kunci: {n}").format(n=found.generation or "-"))
    click.echo(_("Kode pemulihan: ada") if found.has_code else _("Kode pemulihan: belum ada"))
    if found.lost:
        click.echo(
            _("Tidak dibuka siapa pun lagi: generasi {names}").format(names=", ".join(map(str, found.lost)))
        )
    if found.renewal_due:
        click.echo(_("Kunci diganti begitu petugas yang memegangnya masuk."))
    if found.clear_text_left:
        click.echo(_("Masih ada data lama yang belum disegel: ult-desktop keys seal-old"))
    for officer in found.officers:
        click.echo(f"{officer.login:<16} {officer.name:<28} {_state_of(officer, found)}")


def _state_of(officer: rows.Holder, found: rows.KeyStatus) -> str:
    if not officer.may_open:
        if officer.generations:
            return _("memegang kunci tanpa hak")
        return _("tanpa hak membuka data pribadi")
    if found.holds(officer):
        return _("memegang kunci")
    return _("menunggu kunci") if officer.has_pair else _("belum pernah masuk")


keys = asking.Noun("keys", "Kunci data pribadi: siapa memegangnya, kode pemulihan.")
keys.query(
    "status",
    "Generasi kunci, siapa memegangnya, dan apakah ada kode pemulihan.",
    lambda office: office.read(lambda tx: readers.key_status(tx, office.clock())),
    write=_tell_standing,
)


@keys.command(help="Beri kunci kepada petugas yang menunggunya.")
@session.database_option
@session.officer_option
def grant(database: Path, officer: str) -> None:
    """Give keys to those who wait: an officer who holds them does it by signing in, here or at a counter."""
    with session.open_office(database) as office:
        waited = _waiting(office)
        session.sign_in(office, officer)
        left = _waiting(office)
    told = _("{given} petugas menerima kunci, {waiting} masih menunggu.")
    click.echo(told.format(given=len(waited - left), waiting=len(left)))


def _waiting(office: Office) -> set[int]:
    return {each.officer_id for each in office.read(lambda tx: readers.waiting(tx, office.clock()))}


@keys.command(name="recovery-code", help="Buat kode pemulihan baru; yang lama tidak berlaku lagi.")
@session.database_option
@session.officer_option
@session.json_option
def recovery_code(database: Path, officer: str, as_json: bool) -> None:
    with session.open_office(database) as office:
        code = recovery.renew_code(office, session.sign_in(office, officer))
    if as_json:
        session.write_json({"recovery_code": code})
        return
    click.echo(code)
    click.echo(_("Tulis di kertas dan simpan di lemari terkunci. Kode lama tidak berlaku lagi."), err=True)


@keys.command(help="Beri kunci kepada admin dengan kode pemulihan.")
@click.option("--code", envvar=CODE_VARIABLE, help=f"Ditanyakan, atau dari {CODE_VARIABLE}.")
@session.database_option
@session.officer_option
def recover(code: str | None, database: Path, officer: str) -> None:
    with session.open_office(database) as office:
        admin = session.sign_in(office, officer)
        recovery.recover(office, admin, code or click.prompt(_("Kode pemulihan"), err=True))
    told = _("{name} memegang kunci data pribadi lagi. Buat kode pemulihan baru bila kertasnya hilang.")
    click.echo(told.format(name=admin.name))


@keys.command(
    name="give-up", help="Lepaskan kunci LOGIN yang kata sandinya terlupa: isinya hilang selamanya."
)
@click.argument("login")
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
@session.database_option
@session.officer_option
def give_up(login: str, yes: bool, database: Path, officer: str) -> None:
    """Only where nobody else and no code opens them; the office goes on with new keys."""
    with session.open_office(database) as office:
        by = session.sign_in(office, officer)
        if not yes:
            question = _("Yang hanya dibuka kunci {login} tidak akan terbaca lagi. Lepaskan?")
            click.confirm(question.format(login=login), abort=True, err=True)
        recovery.give_up(office, by, login)
    told = _("Kunci {login} dilepas. Kantor mendapat kunci baru begitu seorang admin masuk.")
    click.echo(told.format(login=login))
    click.echo(_("Sesudah itu buat kode pemulihan: ult-desktop keys recovery-code"))


@keys.command(name="seal-old", help="Segel data pribadi yang ditulis sebelum kantor mempunyai kunci.")
@session.database_option
@session.officer_option
def seal_old(database: Path, officer: str) -> None:
    """Seal a portion at a time, so that no counter waits; after an interruption it goes on where it was."""
    with session.open_office(database) as office:
        by = session.sign_in(office, officer)
        more = office.perform(SealOld(anew=True), by)
        while more:
            more = office.perform(SealOld(), by)
    click.echo(_("Semua data pribadi kantor sudah dikunci."))
