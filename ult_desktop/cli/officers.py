"""Officers from the command line: add, password, roles, retire, list; the way back for an admin."""

from collections.abc import Iterable
from pathlib import Path

import click

from ult_desktop.base import _
from ult_desktop.cli.common import asking, session, times
from ult_desktop.cli.common.answers import moment_words
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.core.access import commands
from ult_desktop.core.access.passwords import rule_words
from ult_desktop.core.access.roles import Actor, Officer, Role
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import met_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access import passwords, readers
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.access.recovery import require_proof, reset_admin
from ult_desktop.operations.accountability.qualifications import asked_of
from ult_desktop.operations.office.office import Office

NEW_PASSWORD_VARIABLE = "ULT_NEW_PASSWORD"  # noqa: S105  (the name of a variable)
_ASKED = f"Ditanyakan, atau dari {NEW_PASSWORD_VARIABLE}."
_NEW_PASSWORD = asking.option(
    "password_hash",
    _ASKED,
    named="--new-password",
    required=False,
    envvar=NEW_PASSWORD_VARIABLE,
    prompt="Kata sandi baru",
    hide_input=True,
    confirmation_prompt=True,
)
_ROLES = KeyChoice([role for role in Role if role is not Role.STATION])


def _new_officer(
    office: Office,
    login: str,
    name: str,
    roles: tuple[str, ...],
    password_hash: str,
    usual_counter: int | None,
) -> commands.AddOfficer:
    pair = office.keys.pair_for(asking.typed("password_hash"), password_hash)
    return commands.AddOfficer(
        login=login,
        name=name,
        roles=roles,
        password_hash=password_hash,
        pair=pair,
        usual_counter=usual_counter,
    )


def _new_password(office: Office, login: str, password_hash: str) -> commands.SetPassword:
    """Make the command; an officer who changes their own password keeps their keys."""
    typed = asking.typed("password_hash")
    if login == asking.typed("officer"):
        own_key = office.keys.rewrapped(typed, password_hash)
        return commands.SetPassword(login=login, password_hash=password_hash, own_key=own_key)
    pair = office.keys.pair_for(typed, password_hash)
    return commands.SetPassword(login=login, password_hash=password_hash, pair=pair)


def _tell_password(office: Office, row: Officer, _as_json: bool) -> None:
    click.echo(_("Kata sandi {login} diganti.").format(login=row.login))
    if office.read(lambda tx: readers.lacks_keys(tx, row, office.clock())):
        click.echo(
            _("Ia membaca data pribadi lagi setelah masuk, begitu petugas yang memegang kunci juga masuk.")
        )


def _tell_roles(_office: Office, _answer: object, _as_json: bool) -> None:
    login, words = asking.typed("login"), _words_of(asking.typed("roles"))
    told = _("Peran {login} sekarang: {roles}. Jendelanya berubah setelah {login} masuk lagi.")
    click.echo(told.format(login=login, roles=words))


def _tell_officer(office: Office, row: Officer, as_json: bool) -> None:
    asked = office.read(lambda tx: asked_of(tx, row))
    if as_json:
        told = {"login": row.login, "name": row.name, "roles": row.roles}
        met = {each.procedure.id: each.is_met for each in asked}
        session.write_json({**told, "can_sign_in": bool(row.password_hash), "qualified": met})
        return
    words = ", ".join(f"{each.procedure.id} {_('dipenuhi') if each.is_met else _('belum')}" for each in asked)
    line = asking.reader_of(office).line(row, "login", "name", "roles")
    click.echo(line + (_(" · Kualifikasi: {words}").format(words=words) if words else ""))


def _words_of(roles: Iterable[str]) -> str:
    return ", ".join(Role(role).word for role in roles)


officer = asking.Noun(
    "officer",
    "Petugas: tambah, beri kata sandi atau peran lain, nonaktifkan.",
    _NEW_PASSWORD,
    resolve={"password_hash": lambda _office, password: hash_password(password), "since": asking.day_named},
)
officer.query(
    "list", "Petugas yang aktif.", asking.of_office(officers.all_active), write=asking.by_row(_tell_officer)
)
officer.operation(
    "add",
    commands.AddOfficer,
    "Tambah petugas LOGIN bernama NAME.",
    asking.argument("login"),
    asking.argument("name"),
    asking.option("roles", named="--role", type=_ROLES, default=[Role.FRONT_OFFICE.value], show_default=True),
    _NEW_PASSWORD,
    asking.option("usual_counter", "Loket yang biasa.", named="--counter", type=int),
    make=_new_officer,
    write=lambda *_done: click.echo(
        _("Petugas {login} ditambahkan. Kata sandinya diganti sendiri saat masuk pertama.").format(
            login=asking.typed("login")
        )
    ),
    has_json=False,
)
officer.operation(
    "edit",
    commands.EditOfficer,
    "Ubah nama petugas LOGIN dan loketnya yang biasa.",
    asking.argument("name"),
    asking.option("usual_counter", "Loket yang biasa.", named="--counter"),
    write=_tell_officer,
)
officer.operation(
    "password",
    commands.SetPassword,
    "Beri petugas LOGIN kata sandi baru.",
    asking.argument("login"),
    _NEW_PASSWORD,
    make=_new_password,
    write=_tell_password,
    has_json=False,
)
officer.operation(
    "roles",
    commands.ChangeRoles,
    "Beri petugas LOGIN peran lain, sebagai ganti semua yang lama.",
    asking.option("roles", named="--role", type=_ROLES),
    write=_tell_roles,
    has_json=False,
)
officer.operation(
    "retire",
    commands.RetireOfficer,
    "Nonaktifkan petugas LOGIN.",
    write=lambda *_done: click.echo(_("Petugas {login} dinonaktifkan.").format(login=asking.typed("login"))),
    has_json=False,
)
officer.operation(
    "qualify",
    ConfirmQualification,
    "Kepala mengonfirmasi: petugas LOGIN memenuhi kualifikasi PROCEDURE.",
    asking.argument("login"),
    asking.argument("procedure_id"),
    asking.option("since", "Terpenuhi sejak, misalnya 2026-02-02.", type=times.DAY),
    asking.option("evidence", "Buktinya: ijazah, pelatihan, atau pengalaman."),
    write=asking.in_words(met_words),
)
officer.operation(
    "disqualify",
    WithdrawQualification,
    "Kepala menarik konfirmasi kualifikasi LOGIN untuk PROCEDURE.",
    asking.argument("login"),
    asking.argument("procedure_id"),
    asking.option("reason", "Mengapa tidak lagi memenuhi."),
    write=asking.in_words(lambda found: _("Konfirmasi {name} ditarik.").format(name=found.officer)),
)
officer.operation(
    "return",
    commands.ReturnOfficer,
    "Aktifkan lagi petugas LOGIN; sesudahnya beri kata sandi baru.",
    write=_tell_officer,
)


@officer.command(name="my-password", help="Ganti kata sandi sendiri; yang lama ditanyakan dulu.")
@click.option("--new-password", envvar=NEW_PASSWORD_VARIABLE, help=_ASKED)
@session.database_option
@session.officer_option
def my_password(new_password: str | None, database: Path, officer: str) -> None:
    with session.open_office(database) as office:
        old = session.ask_password()
        by = office.sign_in(officer, old)
        if new_password is None:
            click.echo(rule_words(), err=True)
            new_password = click.prompt(_("Kata sandi baru"), hide_input=True, confirmation_prompt=True)
        passwords.change(office, by, old, new_password)
    click.echo(_("Kata sandi {login} diganti.").format(login=officer))


@officer.command(
    name="reset-admin", help="Kata sandi admin terlupa: jalan kembali lewat folder berkas kantor."
)
@click.option("--login", default="admin", show_default=True, help="Nama masuk admin itu.")
@click.option("--new-password", envvar=NEW_PASSWORD_VARIABLE, help=_ASKED)
@session.database_option
def reset_admin_password(login: str, new_password: str | None, database: Path) -> None:
    """Reset the password; it is asked for only once the proof is there."""
    with session.open_office(database) as office:
        require_proof(office, login)
        if new_password is None:
            new_password = click.prompt(_("Kata sandi baru"), hide_input=True, confirmation_prompt=True)
        only_he = reset_admin(office, login, new_password)
    told = _("Kata sandi {login} diganti. Catatan kantor menyimpannya, dan setiap admin diberi tahu.")
    click.echo(told.format(login=login))
    if only_he:
        told = _(
            "Data pribadi hanya terbuka dengan kata sandi lama {login}, sebab petugas lain dan kode\n"
            "pemulihan tidak ada. Bila teringat: reset-admin sekali lagi dengan kata sandi lama itu, lalu\n"
            "ult-desktop keys recovery-code. Bila tidak: ult-desktop keys give-up {login}"
        )
        click.echo(told.format(login=login))
        return
    click.echo(
        _(
            "Data pribadi terbaca lagi setelah petugas lain yang memegang kunci masuk, atau dengan kode\n"
            "pemulihan: ult-desktop keys recover"
        )
    )


def _noticed(office: Office, admin: Actor) -> tuple[commands.ResetNotice, ...]:
    found = office.read(lambda tx: officers.notices_for(tx, admin.officer_id or 0))
    if found:
        office.perform(commands.SeeNotices(), admin)
    return found


def _tell_notices(office: Office, found: tuple[commands.ResetNotice, ...], as_json: bool) -> None:
    zone = office.read(office_rows.zone)
    for notice in found:
        at = to_datetime(notice.at, zone)
        if as_json:
            session.write_json({"name": notice.name, "at": at.isoformat(), "station": notice.station})
        else:
            click.echo(f"{moment_words(at)}  {notice.name}  {notice.station}")
    if not found and not as_json:
        asking.tell_rows(())


officer.query(
    "notices",
    "Pemberitahuan untuk admin: kata sandi yang diganti lewat folder. Setelah tampil, hilang.",
    _noticed,
    write=_tell_notices,
    signed=True,
)
