"""`archive`: move a closed year into its own file, and look things up there."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec
from typing_extensions import override

from ult_desktop.cli.backup import STATION, second_place
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.case_words import entry_word
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db import archives
from ult_desktop.db.archive_search import ArchivedLine
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations import archive_reading
from ult_desktop.operations.archive_repair import bring_archive_back
from ult_desktop.operations.archiving import Archived, Job, archive_year, stays_in_words

_BAR = 40
_FOLDER = click.Path(path_type=Path, file_okay=False)
_YEAR = click.option("--year", type=int, help="Hanya arsip tahun ini.")


def _place_options(function: Callable[..., None]) -> Callable[..., None]:
    """The second place, from the command or the station's settings, as `place`."""

    @wraps(function)
    def with_place(*, folder: Path | None, station: Path | None, **more: Any) -> None:  # noqa: ANN401
        function(place=second_place(folder, station), **more)

    words = "Folder cadangan; bawaan: [backup] pada setelan stasiun."
    option = click.option("--backup", "--to", "--from", "folder", type=_FOLDER, help=words)
    return option(STATION(with_place))


class _Years(click.Group):
    """`archive 2024` moves that year; every other word is a command of its own."""

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0].isascii() and args[0].isdigit():
            return "move", move, args
        return super().resolve_command(ctx, args)

    @override
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "TAHUN [OPTIONS] | COMMAND [ARGS]...")


@click.group(cls=_Years, help="Pindahkan TAHUN yang sudah lewat ke berkasnya sendiri; cari di dalam arsip.")
def archive() -> None:
    pass


@click.command(name="move")
@click.argument("year", metavar="TAHUN", type=int)
@database_option
@officer_option
@_place_options
@click.option("--now", is_flag=True, help="Juga selama jam layanan.")
@json_option
def move(year: int, database: Path, officer: str, *, place: Path, now: bool, as_json: bool) -> None:
    """Pindahkan TAHUN ke arsipnya. Terputus di mana pun, perintah yang sama meneruskannya."""
    job = Job(year=year, place=place, now=now)
    with open_office(database) as office:
        actor = sign_in(office, officer)
        moved = archive_year(office, actor, job, lambda words: click.echo(words, err=True), _bar)
    _show(moved, as_json)


def _bar(done: int, steps: int) -> None:
    part = _BAR * done // steps
    bar = f"\r[{'#' * part}{'-' * (_BAR - part)}] {100 * done // steps} %"
    click.echo(bar, nl=done == steps, err=True)


def _show(done: Archived, as_json: bool) -> None:
    counts = done.archive.facts.counts
    if as_json:
        stays = [{"what": stay.table, "name": stay.name} for stay in done.stays]
        write_json(
            {"year": done.archive.year, "path": done.path, **msgspec.to_builtins(counts), "stays": stays}
        )
        return
    click.echo(
        _("{path}: {visits} kunjungan, {cases} permohonan, {events} catatan; utuh").format(
            path=done.path, visits=counts.visits, cases=counts.cases, events=counts.events
        )
    )
    if done.stays:
        click.echo(_("Tetap di berkas kantor: {list}").format(list=stays_in_words(done.stays)))


@archive.command(name="list", help="Tahun yang ada di arsip.")
@database_option
@json_option
def list_archives(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        known = archive_reading.known(office)
    for each in known:
        path, counts = archives.path_of(database.absolute(), each.year), each.facts.counts
        if as_json:
            row = {"year": each.year, "state": each.state, "path": str(path), **msgspec.to_builtins(counts)}
            write_json({**row, "there": path.is_file()})
        else:
            there = "" if path.is_file() else _("TIDAK ADA")
            numbers = _("{visits} kunjungan, {cases} permohonan").format(
                visits=counts.visits, cases=counts.cases
            )
            click.echo("  ".join(filter(None, (str(each.year), each.state, numbers, str(path), there))))


@archive.command(help="Cari nama, instansi, atau nomor di semua arsip.")
@click.argument("text")
@database_option
@_YEAR
@json_option
def search(text: str, database: Path, year: int | None, as_json: bool) -> None:
    found = archive_reading.search(database.absolute(), text, year)
    for words in found.unread:
        click.echo(words, err=True)
    _write(found.lines, as_json)
    click.get_current_context().exit(1 if found.unread else 0)


@archive.command(help="Permohonan atau kunjungan dengan NOMOR, dengan riwayatnya.")
@click.argument("number", metavar="NOMOR")
@database_option
@_YEAR
@json_option
def show(number: str, database: Path, year: int | None, as_json: bool) -> None:
    office_file = database.absolute()
    lines = archive_reading.numbered(office_file, number, year)
    if not lines:
        raise UserError(
            _("Nomor {number} tidak ada di arsip.").format(number=number),
            todo=_("Cari menurut nama: ult-desktop archive search NAMA."),
        )
    if len(lines) > 1 or lines[0].case_id is None:
        _write(lines, as_json)
        return
    card = archive_reading.card(office_file, lines[0].year, lines[0].case_id)
    if as_json:
        write_json({"year": lines[0].year, **msgspec.to_builtins(card)})
        return
    _write(lines, as_json)
    for entry in card.timeline:
        stead = f" a.n. {entry.acting_for}" if entry.acting_for else ""
        head = (on_this_pc(entry.at), f"{entry.officer}{stead}", entry_word(entry.kind), entry.text)
        click.echo("  ".join(word for word in head if word))


@archive.command(help="Ambil arsip TAHUN yang hilang atau rusak dari cadangan; yang rusak disimpan.")
@click.argument("year", metavar="TAHUN", type=int)
@database_option
@_place_options
def restore(year: int, database: Path, place: Path) -> None:
    with open_office(database) as office:
        path, aside = bring_archive_back(office, year, place)
    if aside is not None:
        click.echo(_("Berkas lama disimpan sebagai {name}.").format(name=aside))
    click.echo(_("{path}: utuh").format(path=path))


def _write(lines: tuple[ArchivedLine, ...], as_json: bool) -> None:
    for line in lines:
        if as_json:
            write_json(msgspec.to_builtins(line))
        else:
            shown = (
                str(line.year),
                line.day,
                line.number,
                line.name,
                line.institution,
                line.service,
                line.detail,
            )
            click.echo("  ".join(word for word in shown if word))
