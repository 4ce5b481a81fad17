"""`init` makes an office file, `verify` proves that one is whole."""

import secrets
from pathlib import Path
from typing import Annotated

import click
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.config import load_station
from ult_desktop.cli.common.parameters import command, param
from ult_desktop.cli.common.session import OfficePath, office_path, open_office, write_json
from ult_desktop.core.event import PAPER_DIGITS
from ult_desktop.db.backup.witnesses import with_paper
from ult_desktop.db.store import damage_flag
from ult_desktop.operations.office.office_files import DEFAULT_OFFICE, create_office, load_office

Database = Annotated[Path, param("Berkas kantor.", type=OfficePath(), metavar="DB")]


@command()
def init(
    database: Database,
    *,
    which: Annotated[
        str, param("Nama kantor atau berkas .toml.", "--office", show_default=True)
    ] = DEFAULT_OFFICE,
) -> None:
    password = secrets.token_urlsafe(9)
    template = load_office(which)
    code = create_office(database, template, password)
    click.echo(f"{template.office.unit}, {template.office.name}")
    message = _("{path}: {services} layanan, {counters} loket")
    click.echo(
        message.format(path=database, services=len(template.services), counters=len(template.counters))
    )
    click.echo(
        _(
            "Kode pemulihan data pribadi. Tulis di kertas dan simpan di lemari terkunci: kode ini tidak\n"
            "disimpan di mana pun dan tidak ditampilkan lagi."
        )
    )
    click.echo(_("Kode pemulihan: {code}").format(code=code))
    click.echo(
        _("Petugas diberi kata sandi dengan `ult-desktop officer password NAMA`. Masuk pertama: admin")
    )
    click.echo(_("Kata sandi: {password}").format(password=password))


class _LogMark(click.ParamType[tuple[int, str]]):
    """The last event of the log on a day's printed sheet: its number, and the first digits of its hash."""

    name = "NOMOR:RANTAI"

    @override
    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, str]:
        seq, _colon, digits = value.partition(":")
        if not seq.isdecimal() or len(digits) < PAPER_DIGITS:
            self.fail(_("{value}: seharusnya seperti 1203:1a2b3c4d5e6f7a8b").format(value=value), param, ctx)
        return int(seq), digits.lower()


@command()
def verify(
    place: Annotated[
        Path | None, param("Berkas kantor; bawaan: kantor PC ini.", type=OfficePath(), metavar="[DB]")
    ] = None,
    *,
    clear_damage: Annotated[bool, "Hapus tanda kerusakan bila berkas terbukti utuh."] = False,
    paper: Annotated[
        tuple[int, str] | None,
        param("Catatan terakhir pada sebuah lembar hari (NOMOR:RANTAI).", type=_LogMark()),
    ] = None,
    as_json: bool,
) -> None:
    database = office_path(place, load_station())
    with open_office(database) as office:
        verdict = office.verify()
        if paper is not None and not verdict.has_damage:
            verdict = with_paper(office.read, verdict, *paper)
    if as_json:
        write_json(verdict)
    else:
        for finding in verdict.findings:
            click.echo(f"{finding.check}: {finding.detail}", err=True)
        if verdict.unread:
            words = _(
                "Stasiun sedang bekerja: halaman {tables} tidak diperiksa."
                " Cadangan terakhir membuktikan keadaannya."
            )
            click.echo(words.format(tables=", ".join(verdict.unread)), err=True)
        for anchor in verdict.anchors:
            click.echo(_("Saksi {words}, rantai {chain}").format(words=anchor.words, chain=anchor.chain[:16]))
        message = _("{tickets} nomor, {events} catatan, rantai {chain}")
        click.echo(
            message.format(tickets=verdict.tickets, events=verdict.events, chain=verdict.last_hash[:16])
        )
        click.echo(_("Utuh.") if verdict.ok else _("TIDAK UTUH. Hentikan pemakaian dan hubungi petugas TI."))
    # The flag of a damaged file stops every station. Only a person clears it, after the proof.
    if clear_damage and verdict.ok and not verdict.unread and damage_flag.clear_flag(database):
        click.echo(_("Tanda kerusakan dihapus; semua stasiun boleh menulis lagi."), err=True)
    elif (flag := damage_flag.read_flag(database)) is not None:
        click.echo(damage_flag.describe_flag(database, flag), err=True)
    click.get_current_context().exit(0 if verdict.ok else 1)
