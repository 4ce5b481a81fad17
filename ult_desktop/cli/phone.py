"""`phone`: telephone calls, the list of calls to return, and the attempts to reach a caller."""

import click

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import output, session
from ult_desktop.cli.common.noun import Noun, of_today
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.db import phone_calls
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.office.office import Office


def _call_json(office: Office, call: phone_call.PhoneCall) -> dict[str, object]:
    """Return the call's fields, and whether it is overdue now."""
    return {"call": call.visit_id, **output.to_json(office, call), "overdue": call.is_overdue(office.clock())}


def _write_call(office: Office, call: phone_call.PhoneCall, as_json: bool) -> None:
    if as_json:
        session.write_json(_call_json(office, call))
        return
    line = output.answer_reader(office).line(call, "visit_id", "case_number", "name", "state", "promised_at")
    overdue = _("LEWAT") if call.is_overdue(office.clock()) else ""
    click.echo(" · ".join(filter(None, (line, overdue))))


def _write_started_call(office: Office, call: phone_call.PhoneCall, as_json: bool) -> None:
    script = office.read(lambda tx: phone_calls.script_of(tx, call, call.officer, office.clock()))
    if as_json:
        session.write_json({**_call_json(office, call), "opening": script.opening, "closing": script.closing})
    else:
        _write_call(office, call, as_json)
        click.echo(script.opening)


phone = Noun(
    "phone",
    nouns=("phone",),
    write=_write_call,
    name="Nama.",
    regency="Kabupaten/kota.",
    question="Pertanyaan atau permasalahan.",
    ground="Kunci dasar, bila informasinya dikecualikan.",
    live="Disambungkan langsung.",
    promised_at=param("Dijanjikan sampai, misalnya “10.15” hari ini, atau “24/11/2026 10.00”.", "--promised"),
    instruction="Pesan untuk Back Office; tanpa pesan, pertanyaannya.",
    lost="Putus atau tidak pernah terhubung.",
    remark="Catatan.",
)
phone.customise(commands.StartCall, write=_write_started_call)
phone.customise(commands.AnswerCall, answer="Jawaban yang disampaikan.")
phone.customise(commands.TellAnswer, answer="Jawaban; tanpa itu yang dari Back Office.")


@phone.subcommand("Salam pembuka telepon CALL sudah diucapkan.")
def greet(office: Office, by: Actor, call_id: int) -> phone_call.PhoneCall:
    if office.read(lambda tx: phone_calls.find(tx, call_id)) is None:
        raise UserError(
            _("Telepon {call} tidak ada.").format(call=call_id), todo=_("Lihat daftarnya: phone list.")
        )
    steps = office.read(lambda tx: visit_steps(tx, call_id, office.clock()))
    step = None if steps is None else phone_call.greeting_step(steps.procedure)
    if step is None:
        raise UserError(_("Prosedur telepon itu tidak mencatat salam pembuka."))
    office.perform(TickStep(visit_id=call_id, step=step), by)
    return office.read(lambda tx: phone_calls.get(tx, call_id))


@phone.builder()
def _record_attempt(
    call_id: int, *, result: phone_call.AttemptResult | None = None, promised_at: int | None = None
) -> commands.EndAttempt | commands.DialBack:
    if result is None:
        return commands.DialBack(call_id=call_id)
    return commands.EndAttempt(call_id=call_id, result=result, promised_at=promised_at)


phone.subcommand(
    "Daftar telepon balik, yang dijanjikan paling awal di atas.", "callbacks", output.row_writer(_write_call)
)(phone_calls.waiting)
phone.subcommand("Telepon hari ini, yang terbaru di atas.", "list", output.row_writer(_write_call))(
    of_today(phone_calls.of_day)
)
