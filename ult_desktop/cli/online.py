"""Requests from afar at the command line: list, type in, answer, close, and the public numbers."""

from pathlib import Path
from typing import Any

import click

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.cli.online_lists import import_file, source_option, watch
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.online.commands import (
    AddRequest,
    AnswerRequest,
    CloseRequest,
    TakeRequest,
)
from ult_desktop.core.online.online_request import (
    OPEN_STATES,
    OnlineRequest,
    OnlineRequestRow,
    OnlineRow,
    OnlineSource,
    OnlineState,
    online_state_word,
    source_word,
)
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.online import online_requests as rows
from ult_desktop.operations.office.office import Office

_STAMPS = ("sent_at", "received_at", "due_at", "answered_at")


@click.group(help="Permintaan daring: impor, jawab, tutup.")
def online() -> None:
    pass


online.add_command(import_file)
online.add_command(watch)


@online.command(name="list", help="Permintaan yang terbuka, yang paling mendesak dulu.")
@click.option("--state", type=click.Choice([state.value for state in OnlineState]))
@click.option("--search", default="", help="Awal nomor atau nama pemohon.")
@database_option
@json_option
def list_requests(state: str | None, search: str, database: Path, as_json: bool) -> None:
    states = OPEN_STATES if state is None else (OnlineState(state),)
    with open_office(database) as office:
        if search:
            lines = office.read(lambda tx: rows.matching(tx, search))
        else:
            lines = office.read(lambda tx: tuple(x for each in states for x in rows.in_state(tx, each)))
        for line in lines:
            _write_line(office, line, as_json)


@online.command(help="Satu permintaan: NUMBER seperti D-0012/2026.")
@click.argument("number")
@database_option
@json_option
def show(number: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        request = _named(office, number)
        _write(office, request, as_json)
        if not as_json:
            click.echo(request.detail)
            click.echo(request.answer)


@online.command(help="Catat permintaan yang datang lewat surat, pesan, atau surel.")
@source_option
@click.option("--name", required=True, help="Nama pemohon.")
@click.option("--detail", required=True, help="Isi permintaan.")
@click.option("--external-id", default="", help="Nomor dari sumbernya.")
@click.option("--institution", default="")
@click.option("--regency", default="")
@click.option("--phone", default="")
@click.option("--email", default="")
@click.option("--occupation", default="")
@click.option("--service", default="", help="Awalan atau nama layanan.")
@click.option("--topic", default="")
@database_option
@officer_option
@json_option
def add(source: str, database: Path, officer: str, as_json: bool, **said: Any) -> None:  # noqa: ANN401  (texts by name)
    with open_office(database) as office:
        command = AddRequest(source=OnlineSource(source), row=OnlineRow(**said))
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@online.command(help="Tangani permintaan NUMBER.")
@click.argument("number")
@database_option
@officer_option
@json_option
def take(number: str, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        command = TakeRequest(request_id=_named(office, number).id)
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@online.command(help="Jawaban atas NUMBER sudah dikirim.")
@click.argument("number")
@click.option("--answer", required=True, help="Isi jawaban.")
@click.option(
    "--way",
    type=click.Choice([way.value for way in DeliveryChannel]),
    default=DeliveryChannel.EMAIL.value,
    show_default=True,
)
@click.option("--proof", default="", help="Bukti pengiriman.")
@database_option
@officer_option
@json_option
def reply(
    number: str, answer: str, way: str, proof: str, database: Path, officer: str, as_json: bool
) -> None:
    with open_office(database) as office:
        request = _named(office, number)
        command = AnswerRequest(request_id=request.id, answer=answer, way=DeliveryChannel(way), proof=proof)
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@online.command(help="Tutup permintaan NUMBER.")
@click.argument("number")
@click.option("--remark", default="", help="Wajib bila belum dijawab: mengapa ditutup.")
@database_option
@officer_option
@json_option
def close(number: str, remark: str, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        command = CloseRequest(request_id=_named(office, number).id, remark=remark)
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@online.command(help="Rekap untuk umum: pengajuan, dalam proses, ditutup, dan layanan.")
@click.option("--year", type=click.IntRange(2000, 9999), help="Tahun; tanpa itu tahun ini.")
@database_option
@json_option
def status(year: int | None, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        zone = office.read(office_rows.zone)
        wanted = year or to_datetime(office.clock(), zone).year
        recap = office.read(lambda tx: rows.recap(tx, wanted))
    if as_json:
        counts = {"pengajuan": recap.new, "dalam_proses": recap.in_progress, "ditutup": recap.closed}
        write_json({"year": wanted, **counts, "total": recap.total, "services": dict(recap.shares())})
        return
    click.echo(
        _("{year}: {new} pengajuan, {running} dalam proses, {closed} ditutup, total {total}").format(
            year=wanted, new=recap.new, running=recap.in_progress, closed=recap.closed, total=recap.total
        )
    )
    for name, share in recap.shares():
        click.echo(f"{share:5.1f} %  {name or _('tanpa layanan')}")


def _named(office: Office, number: str) -> OnlineRequest:
    found = office.read(lambda tx: rows.by_number(tx, number.strip().upper()))
    if found is None:
        raise UserError(
            _("Permintaan {number} tidak ada.").format(number=number),
            todo=_("Lihat nomornya dengan `ult-desktop online list`."),
        )
    return found


def _write(office: Office, request: OnlineRequest, as_json: bool) -> None:
    if as_json:
        write_json(_record(office, request))
    else:
        state, source = online_state_word(request.state), source_word(request.source)
        click.echo(f"{request.number}  {request.name}  {source}  {state}  {request.owner}".rstrip())


def _write_line(office: Office, line: OnlineRequestRow, as_json: bool) -> None:
    if as_json:
        write_json(_record(office, line))
    else:
        click.echo(f"{line.number}  {line.name}  {line.topic}  {online_state_word(line.state)}")


def _record(office: Office, request: OnlineRequestRow | OnlineRequest) -> dict[str, Any]:
    """Every field by its name; times are ISO 8601 in the office's zone."""
    zone = office.read(office_rows.zone)
    fields = {name: getattr(request, name) for name in request.__struct_fields__}
    stamps = {name: fields[name] for name in _STAMPS if fields.get(name) is not None}
    return fields | {name: to_datetime(stamp, zone).isoformat() for name, stamp in stamps.items()}
