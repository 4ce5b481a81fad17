"""Officers from the command line: add, give a password, retire, list."""

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
from ult_desktop.core.asks import AddOfficer, RetireOfficer, SetPassword
from ult_desktop.core.roles import Role
from ult_desktop.db import officers
from ult_desktop.operations.officers import hash_password

NEW_PASSWORD_VARIABLE = "ULT_NEW_PASSWORD"  # noqa: S105  (the name of a variable)
_new_password = click.option(
    "--new-password",
    envvar=NEW_PASSWORD_VARIABLE,
    prompt="Kata sandi baru",
    hide_input=True,
    confirmation_prompt=True,
    help=f"Ditanyakan, atau dari {NEW_PASSWORD_VARIABLE}.",
)


@click.group(help="Petugas: tambah, beri kata sandi, nonaktifkan.")
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
            click.echo(f"{row.login:<16} {row.name:<28} {', '.join(row.roles)}")


@officer.command(help="Tambah petugas LOGIN bernama NAME.")
@click.argument("login")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role if role is not Role.STATION]),
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
        ask = AddOfficer(login=login, name=name, roles=roles, password_hash=hash_password(new_password))
        office.perform(ask, sign_in(office, officer))
    click.echo(f"Petugas {login} ditambahkan.")


@officer.command(help="Beri petugas LOGIN kata sandi baru.")
@click.argument("login")
@_new_password
@database_option
@officer_option
def password(login: str, new_password: str, database: Path, officer: str) -> None:
    with open_office(database) as office:
        ask = SetPassword(login=login, password_hash=hash_password(new_password))
        office.perform(ask, sign_in(office, officer))
    click.echo(f"Kata sandi {login} diganti.")


@officer.command(help="Nonaktifkan petugas LOGIN.")
@click.argument("login")
@database_option
@officer_option
def retire(login: str, database: Path, officer: str) -> None:
    with open_office(database) as office:
        office.perform(RetireOfficer(login=login), sign_in(office, officer))
    click.echo(f"Petugas {login} dinonaktifkan.")
