"""The telephone from the command line: calls, the call-back list, attempts."""

import click

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import asking, naming, session
from ult_desktop.core.command import Command
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.db import phone_calls as rows
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.office.office import Office

_PROMISED = asking.option(
    "promised_at", "Dijanjikan sampai, misalnya “2026-11-24 10:00”.", named="--promised"
)


def _call_json(office: Office, call: phone_call.PhoneCall) -> dict[str, object]:
    """`overdue` as of now."""
    return {"call": call.visit_id, **asking.in_json(office, call), "overdue": call.is_overdue(office.clock())}


def _write(office: Office, call: phone_call.PhoneCall, as_json: bool) -> None:
    if as_json:
        session.write_json(_call_json(office, call))
        return
    told = asking.reader_of(office).line(call, "visit_id", "case_number", "name", "state", "promised_at")
    late = _("LEWAT") if call.is_overdue(office.clock()) else ""
    click.echo(" · ".join(filter(None, (told, late))))


def _attempt(
    _office: Office, call_id: int, result: phone_call.AttemptResult | None, promised_at: int | None
) -> Command:
    if result is None:
        return commands.DialBack(call_id=call_id)
    return commands.EndAttempt(call_id=call_id, result=result, promised_at=promised_at)


def _greeted(office: Office, call_id: int) -> Command:
    if office.read(lambda tx: rows.find(tx, call_id)) is None:
        raise UserError(
            _("Telepon {call} tidak ada.").format(call=call_id), todo=_("Lihat daftarnya: phone list.")
        )
    steps = office.read(lambda tx: visit_steps(tx, call_id, office.clock()))
    step = None if steps is None else phone_call.greeting_step(steps.procedure)
    if step is None:
        raise UserError(_("Prosedur telepon itu tidak mencatat salam pembuka."))
    return TickStep(visit_id=call_id, step=step)


def _tell_started(office: Office, call: phone_call.PhoneCall, as_json: bool) -> None:
    script = office.read(lambda tx: rows.script_of(tx, call, call.officer, office.clock()))
    if as_json:
        session.write_json({**_call_json(office, call), "opening": script.opening, "closing": script.closing})
    else:
        _write(office, call, as_json)
        click.echo(script.opening)


def _tell_greeted(office: Office, _answer: object, as_json: bool) -> None:
    call = naming.call_named(office, asking.typed("call_id"))
    _write(office, office.read(lambda tx: rows.get(tx, call)), as_json)


phone = asking.Noun("phone", "Telepon: catat, jawab, teruskan, telepon balik.", write=_write)


phone.operation(
    "start",
    commands.StartCall,
    "Telepon diangkat: jam mulai berjalan. Salam pembuka ditampilkan.",
    write=_tell_started,
)
phone.operation(
    "greet",
    TickStep,
    "Salam pembuka telepon CALL sudah diucapkan.",
    asking.argument("call_id"),
    make=_greeted,
    write=_tell_greeted,
)
phone.operation(
    "record",
    commands.RecordCaller,
    "Catat penelepon dan pertanyaannya untuk telepon CALL.",
    asking.argument("call_id"),
    asking.option("name", "Nama."),
    asking.option("institution", "Instansi."),
    asking.option("regency", "Kabupaten/kota."),
    asking.option("phone", "Nomor telepon."),
    asking.option("supporting", "Data pendukung."),
    asking.option("question", "Pertanyaan atau permasalahan."),
    make=lambda _office, **said: commands.RecordCaller(**said),
)
phone.operation(
    "answer",
    commands.AnswerCall,
    "Telepon CALL dijawab langsung.",
    asking.option("answer", "Jawaban yang disampaikan."),
    asking.option("ground", "Kunci dasar, bila informasinya dikecualikan."),
)
phone.operation(
    "weigh",
    commands.WeighCall,
    "Pertanyaan telepon CALL sudah ditelaah dan jawabannya tidak ada di sini; penelepon diberi tahu.",
)
phone.operation(
    "forward",
    commands.ForwardCall,
    "Telepon CALL diteruskan ke Back Office: disambungkan, atau dijanjikan telepon balik.",
    asking.switch("live", "Disambungkan langsung."),
    _PROMISED,
    asking.option("instruction", "Pesan untuk Back Office; tanpa pesan, pertanyaannya."),
)
phone.operation("take", commands.TakeTransfer, "Terima telepon CALL yang disambungkan.")
phone.operation(
    "promise",
    commands.PromiseCallback,
    "Janjikan telepon balik untuk CALL yang diteruskan; tanpa waktu, sampai hari kerja berikut.",
    _PROMISED,
)
phone.operation(
    "attempt",
    commands.EndAttempt,
    "Telepon balik CALL; dengan --result hasilnya, tanpa itu telepon mulai berdering.",
    asking.argument("call_id"),
    asking.option("result", default=None),
    _PROMISED,
    make=_attempt,
)
phone.operation(
    "tell",
    commands.TellAnswer,
    "Jawaban untuk telepon CALL yang diteruskan sudah disampaikan.",
    asking.option("answer", "Jawaban; tanpa itu yang dari Back Office."),
)
phone.operation(
    "close",
    commands.EndCall,
    "Tutup telepon CALL setelah salam penutup, atau catat sebagai putus.",
    asking.switch("lost", "Putus atau tidak pernah terhubung."),
    asking.option("remark", "Catatan."),
)
phone.query(
    "callbacks",
    "Daftar telepon balik, yang dijanjikan paling awal di atas.",
    asking.of_office(rows.waiting),
    write=asking.by_row(_write),
)
phone.query(
    "list",
    "Telepon hari ini, yang terbaru di atas.",
    asking.of_today(rows.of_day),
    write=asking.by_row(_write),
)
