"""Officers from the command line: add, password, roles, retire, list; the way back for an admin."""

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
from ult_desktop.core.access.commands import AddOfficer, ChangeRoles, RetireOfficer, SeeNotices, SetPassword
from ult_desktop.core.access.roles import Role, role_word
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import notices_for
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access.admin_reset import require_proof, reset_admin
from ult_desktop.operations.access.officers import hash_password

NEW_PASSWORD_VARIABLE = "ULT_NEW_PASSWORD"  # noqa: S105  (the name of a variable)
_new_password = click.option(
    "--new-password",
    envvar=NEW_PASSWORD_VARIABLE,
    prompt="Kata sandi baru",
    hide_input=True,
    confirmation_prompt=True,
    help=f"Ditanyakan, atau dari {NEW_PASSWORD_VARIABLE}.",
)


_ROLES = click.Choice([role.value for role in Role if role is not Role.STATION])


@click.group(help="Petugas: tambah, beri kata sandi atau peran lain, nonaktifkan.")
def officer() -> None:
    pass


@officer.command(name="list", help="Petugas yang aktif.")
@database_option
@json_option
def list_officers(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        rows = office.read(officers.all_active)
    for row in rows:
        if as_json:
            write_json(
                {
                    "login": row.login,
                    "name": row.name,
                    "roles": row.roles,
                    "can_sign_in": bool(row.password_hash),
                }
            )
        else:
            click.echo(
                f"{row.login:<16} {row.name:<28} {', '.join(role_word(Role(role)) for role in row.roles)}"
            )


@officer.command(help="Tambah petugas LOGIN bernama NAME.")
@click.argument("login")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=_ROLES,
    default=[Role.FRONT_OFFICE.value],
    show_default=True,
)
@_new_password
@database_option
@officer_option
def add(
    login: str, name: str, roles: tuple[str, ...], new_password: str, database: Path, officer: str
) -> None:
    with open_office(database) as office:
        command = AddOfficer(login=login, name=name, roles=roles, password_hash=hash_password(new_password))
        office.perform(command, sign_in(office, officer))
    click.echo(f"Petugas {login} ditambahkan.")


@officer.command(help="Beri petugas LOGIN kata sandi baru.")
@click.argument("login")
@_new_password
@database_option
@officer_option
def password(login: str, new_password: str, database: Path, officer: str) -> None:
    with open_office(database) as office:
        hashed, by = hash_password(new_password), sign_in(office, officer)
        own_key = office.keys.rewrapped(new_password, hashed) if login == officer else None
        office.perform(SetPassword(login=login, password_hash=hashed, own_key=own_key), by)
    click.echo(f"Kata sandi {login} diganti.")
    if login != officer:
        click.echo(
            "Ia membaca data pribadi lagi setelah masuk, begitu petugas yang memegang kunci juga masuk."
        )


@officer.command(name="roles", help="Beri petugas LOGIN peran lain, sebagai ganti semua yang lama.")
@click.argument("login")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES)
@database_option
@officer_option
def change_roles(login: str, roles: tuple[str, ...], database: Path, officer: str) -> None:
    with open_office(database) as office:
        office.perform(ChangeRoles(login=login, roles=roles), sign_in(office, officer))
    words = ", ".join(role_word(Role(role)) for role in roles)
    click.echo(f"Peran {login} sekarang: {words}. Jendelanya berubah setelah {login} masuk lagi.")


@officer.command(help="Nonaktifkan petugas LOGIN.")
@click.argument("login")
@database_option
@officer_option
def retire(login: str, database: Path, officer: str) -> None:
    with open_office(database) as office:
        office.perform(RetireOfficer(login=login), sign_in(office, officer))
        office.keys.look()
        office.keys.maintain()
    click.echo(f"Petugas {login} dinonaktifkan.")


@officer.command(
    name="reset-admin", help="Kata sandi admin terlupa: jalan kembali lewat folder berkas kantor."
)
@click.option("--login", default="admin", show_default=True, help="Nama masuk admin itu.")
@click.option(
    "--new-password", envvar=NEW_PASSWORD_VARIABLE, help=f"Ditanyakan, atau dari {NEW_PASSWORD_VARIABLE}."
)
@database_option
def reset_admin_password(login: str, new_password: str | None, database: Path) -> None:
    """The password is asked for only once the proof is there."""
    with open_office(database) as office:
        require_proof(office, login)
        if new_password is None:
            new_password = click.prompt("Kata sandi baru", hide_input=True, confirmation_prompt=True)
        only_he = reset_admin(office, login, new_password)
    click.echo(f"Kata sandi {login} diganti. Catatan kantor menyimpannya, dan setiap admin diberi tahu.")
    if only_he:
        click.echo(f"Data pribadi hanya terbuka dengan kata sandi lama {login}, sebab petugas lain dan kode")
        click.echo(
            "pemulihan tidak ada. Bila teringat: reset-admin sekali lagi dengan kata sandi lama itu, lalu"
        )
        click.echo("ult-desktop keys recovery-code. Bila tidak: ult-desktop keys give-up " + login)
        return
    click.echo("Data pribadi terbaca lagi setelah petugas lain yang memegang kunci masuk, atau dengan kode")
    click.echo("pemulihan: ult-desktop keys recover")


@officer.command(
    help="Pemberitahuan untuk admin: kata sandi yang diganti lewat folder. Setelah tampil, hilang."
)
@database_option
@officer_option
@json_option
def notices(database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        admin = sign_in(office, officer)
        found = office.read(lambda tx: notices_for(tx, admin.officer_id or 0))
        zone = office.read(office_rows.zone)
        if found:
            office.perform(SeeNotices(), admin)
    for notice in found:
        at = to_datetime(notice.at, zone)
        if as_json:
            write_json({"name": notice.name, "at": at.isoformat(), "station": notice.station})
        else:
            click.echo(f"{at:%Y-%m-%d %H.%M}  {notice.name}  {notice.station}")
