"""The office's settings: read them, write them to a file, prove a file, make it hold."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.cli.office_words import rendering
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.office.hints import office_hints
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.core.office.text import Change
from ult_desktop.operations.office.office_changes import (
    OfficeChangePlan,
    office_document,
    plan_change,
    require_plan,
)
from ult_desktop.operations.office.office_files import office_toml, read_office, write_office

_FILE = click.Path(path_type=Path, dir_okay=False)
_STDOUT = Path("-")


@click.group(help="Pengaturan kantor: lihat, tulis ke berkas, periksa, berlakukan.")
def office() -> None:
    pass


@office.command(help="Pengaturan, layanan, dan loket yang berlaku sekarang.")
@database_option
@json_option
def show(database: Path, as_json: bool) -> None:
    found = _document(database)
    if as_json:
        write_json(found)
    else:
        for line in rendering(found):
            click.echo(line)


@office.command(help="Tulis pengaturan yang berlaku ke FILE, seperti yang dibaca init; - untuk layar.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--force", is_flag=True, help="Timpa berkas yang sudah ada.")
@database_option
def export(file: Path, force: bool, database: Path) -> None:
    found = _document(database)
    if file == _STDOUT:
        click.echo(office_toml(found), nl=False)
        return
    write_office(file, found, force=force)
    click.echo(_("Pengaturan {name} ditulis ke {path}.").format(name=found.office.name, path=file))


@office.command(help="Periksa berkas pengaturan FILE; status 0 bila dapat dipakai.")
@click.argument("file", type=_FILE)
@json_option
def check(file: Path, as_json: bool) -> None:
    template = read_office(file)
    hints = office_hints(template)
    if as_json:
        sizes = {"services": len(template.services), "counters": len(template.counters)}
        write_json({"name": template.office.name, **sizes, "hints": hints})
        return
    for hint in hints:
        click.echo(_("Perhatikan: {hint}").format(hint=hint))
    click.echo(
        _("{name}: {services} layanan, {counters} loket, dapat dipakai.").format(
            name=template.office.name, services=len(template.services), counters=len(template.counters)
        )
    )


@office.command(help="Berlakukan FILE di kantor ini: tunjukkan bedanya, tanyakan, lalu semuanya sekaligus.")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Hanya tunjukkan bedanya dan apakah akan ditolak.")
@click.option("--yes", is_flag=True, help="Jangan bertanya.")
@database_option
@officer_option
@json_option
def apply(file: Path, dry_run: bool, yes: bool, database: Path, officer: str, as_json: bool) -> None:
    template = read_office(file)
    with open_office(database) as opened:
        planned = opened.read(lambda tx: plan_change(tx, template))
        _show(planned, template, as_json)
        if not planned.changes:
            return
        opened.read(lambda tx: require_plan(tx, template))
        if dry_run:
            return
        if not yes:
            click.confirm(_("Berlakukan?"), abort=True, err=True)
        opened.perform(planned.command, sign_in(opened, officer))
    click.echo(_("Berlaku mulai sekarang di semua stasiun."), err=as_json)
    if any(change.where == "office.timezone" for change in planned.changes):
        click.echo(_("Zona waktu berubah: mulai ulang program di semua PC."), err=True)


def _document(database: Path) -> OfficeTemplate:
    with open_office(database) as opened:
        return opened.read(office_document)


def _show(planned: OfficeChangePlan, template: OfficeTemplate, as_json: bool) -> None:
    for note in (*office_hints(template), *planned.notes):
        click.echo(_("Perhatikan: {hint}").format(hint=note), err=True)
    if as_json:
        for change in planned.changes:
            write_json(msgspec.to_builtins(change))
        return
    for line in _told(planned.changes):
        click.echo(line)
    if not planned.changes:
        click.echo(_("Tidak ada perbedaan."))


def _told(changes: tuple[Change, ...]) -> Iterator[str]:
    """Section by section, old → new."""
    section = ""
    for change in changes:
        if change.section != section:
            section = change.section
            yield f"[{section}]"
        yield f"  {change.where}: {change.before or '–'} → {change.after or '–'}"
