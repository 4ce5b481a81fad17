"""The telephone from the command line: calls, the call-back list, attempts."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.formats import format_clock, format_date
from ult_desktop.base.i18n import _
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.accountability.commands import TickStep
from ult_desktop.core.command import Command
from ult_desktop.core.phone.commands import (
    AnswerCall,
    DialBack,
    EndAttempt,
    EndCall,
    ForwardCall,
    PromiseCallback,
    RecordCaller,
    StartCall,
    TakeTransfer,
    TellAnswer,
)
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall, greeting_step, state_word
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.phone import phone_calls as rows
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.office.office import Office, today_of

_STAMPS = ("began_at", "ended_at", "promised_at", "told_at", "attempt_at")
_promised = click.option("--promised", default="", help="Dijanjikan sampai, misalnya “2026-11-24 10:00”.")


@click.group(help="Telepon: catat, jawab, teruskan, telepon balik.")
def phone() -> None:
    pass


def _stamp(office: Office, text: str) -> int | None:
    """A time as people write it, in the office's zone; None without one. Raises UserError."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(".", ":"))
    except ValueError as error:
        raise UserError(
            _("“{text}” bukan waktu.").format(text=text), todo=_("Tulis seperti 2026-11-24 10:00.")
        ) from error
    return to_stamp(moment.replace(tzinfo=office.read(office_rows.zone)))


def _call_json(office: Office, call: PhoneCall) -> dict[str, object]:
    """Times as ISO 8601 in the office's zone; `overdue` as of now."""
    zone = office.read(office_rows.zone)
    row: dict[str, object] = msgspec.structs.asdict(call)
    for name in _STAMPS:
        stamp = getattr(call, name)
        row[name] = None if stamp is None else to_datetime(stamp, zone).isoformat()
    return {"call": call.visit_id, **row, "overdue": call.is_overdue(office.clock())}


def _write(office: Office, call: PhoneCall, as_json: bool) -> None:
    if as_json:
        write_json(_call_json(office, call))
        return
    zone = office.read(office_rows.zone)
    promise = ""
    if call.promised_at is not None:
        moment = to_datetime(call.promised_at, zone)
        promise = f"  s.d. {format_date(moment.date(), 'short')} {format_clock(moment)}"
    late = "  LEWAT" if call.is_overdue(office.clock()) else ""
    who = call.name or "–"
    click.echo(
        f"{call.visit_id:<6}{call.case_number or '–':<15}{who:<24}{state_word(call.state)}{promise}{late}"
    )


def _carry_out(command: Command, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@phone.command(help="Telepon diangkat: jam mulai berjalan. Salam pembuka ditampilkan.")
@database_option
@officer_option
@json_option
def start(database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        call = office.perform(StartCall(), actor)
        script = office.read(lambda tx: rows.script_of(tx, call, actor.name, office.clock()))
        if as_json:
            write_json({**_call_json(office, call), "opening": script.opening, "closing": script.closing})
        else:
            _write(office, call, as_json)
            click.echo(script.opening)


@phone.command(help="Salam pembuka telepon CALL sudah diucapkan.")
@click.argument("call", type=int)
@database_option
@officer_option
@json_option
def greet(call: int, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        steps = office.read(lambda tx: visit_steps(tx, call, office.clock()))
        step = None if steps is None else greeting_step(steps.procedure)
        if step is None:
            raise UserError(_("Prosedur telepon itu tidak mencatat salam pembuka."))
        office.perform(TickStep(visit_id=call, step=step), actor)
        _write(office, office.read(lambda tx: rows.get(tx, call)), as_json)


@phone.command(help="Catat penelepon dan pertanyaannya untuk telepon CALL.")
@click.argument("call", type=int)
@click.option("--name", required=True, help="Nama.")
@click.option("--institution", default="", help="Instansi.")
@click.option("--regency", default="", help="Kabupaten/kota.")
@click.option("--phone", "number", default="", help="Nomor telepon.")
@click.option("--supporting", default="", help="Data pendukung.")
@click.option("--question", required=True, help="Pertanyaan atau permasalahan.")
@database_option
@officer_option
@json_option
def record(
    call: int,
    name: str,
    institution: str,
    regency: str,
    number: str,
    supporting: str,
    question: str,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    command = RecordCaller(
        call_id=call,
        name=name,
        institution=institution,
        regency=regency,
        phone=number,
        supporting=supporting,
        question=question,
    )
    _carry_out(command, database, officer, as_json)


@phone.command(help="Telepon CALL dijawab langsung.")
@click.argument("call", type=int)
@click.option("--answer", required=True, help="Jawaban yang disampaikan.")
@click.option("--ground", default="", help="Kunci dasar, bila informasinya dikecualikan.")
@database_option
@officer_option
@json_option
def answer(call: int, answer: str, ground: str, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(AnswerCall(call_id=call, answer=answer, ground=ground), database, officer, as_json)


@phone.command(help="Telepon CALL diteruskan ke Back Office: disambungkan, atau dijanjikan telepon balik.")
@click.argument("call", type=int)
@click.option("--live", is_flag=True, help="Disambungkan langsung.")
@_promised
@click.option("--instruction", default="", help="Pesan untuk Back Office; tanpa pesan, pertanyaannya.")
@database_option
@officer_option
@json_option
def forward(
    call: int, live: bool, promised: str, instruction: str, database: Path, officer: str, as_json: bool
) -> None:
    with open_office(database) as office:
        command = ForwardCall(
            call_id=call, instruction=instruction, live=live, promised_at=_stamp(office, promised)
        )
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@phone.command(help="Terima telepon CALL yang disambungkan.")
@click.argument("call", type=int)
@database_option
@officer_option
@json_option
def take(call: int, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(TakeTransfer(call_id=call), database, officer, as_json)


@phone.command(
    help="Janjikan telepon balik untuk CALL yang diteruskan; tanpa waktu, sampai hari kerja berikut."
)
@click.argument("call", type=int)
@_promised
@database_option
@officer_option
@json_option
def promise(call: int, promised: str, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        command = PromiseCallback(call_id=call, promised_at=_stamp(office, promised))
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@phone.command(help="Telepon balik CALL; dengan --result hasilnya, tanpa itu telepon mulai berdering.")
@click.argument("call", type=int)
@click.option("--result", type=click.Choice([result.value for result in AttemptResult]))
@_promised
@database_option
@officer_option
@json_option
def attempt(
    call: int, result: str | None, promised: str, database: Path, officer: str, as_json: bool
) -> None:
    with open_office(database) as office:
        command: Command = DialBack(call_id=call)
        if result is not None:
            command = EndAttempt(
                call_id=call, result=AttemptResult(result), promised_at=_stamp(office, promised)
            )
        _write(office, office.perform(command, sign_in(office, officer)), as_json)


@phone.command(help="Jawaban untuk telepon CALL yang diteruskan sudah disampaikan.")
@click.argument("call", type=int)
@click.option("--answer", default="", help="Jawaban; tanpa itu yang dari Back Office.")
@database_option
@officer_option
@json_option
def tell(call: int, answer: str, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(TellAnswer(call_id=call, answer=answer), database, officer, as_json)


@phone.command(help="Tutup telepon CALL setelah salam penutup, atau catat sebagai putus.")
@click.argument("call", type=int)
@click.option("--lost", is_flag=True, help="Putus atau tidak pernah terhubung.")
@click.option("--remark", default="", help="Catatan.")
@database_option
@officer_option
@json_option
def close(call: int, lost: bool, remark: str, database: Path, officer: str, as_json: bool) -> None:
    _carry_out(EndCall(call_id=call, lost=lost, remark=remark), database, officer, as_json)


@phone.command(help="Daftar telepon balik, yang dijanjikan paling awal di atas.")
@database_option
@json_option
def callbacks(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        for call in office.read(rows.waiting):
            _write(office, call, as_json)


@phone.command(name="list", help="Telepon hari ini, yang terbaru di atas.")
@database_option
@json_option
def list_calls(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        day = today_of(office)
        for call in office.read(lambda tx: rows.of_day(tx, day)):
            _write(office, call, as_json)
