"""The steps of a visit from the command line: show, tick, waive, stop and start the clock."""

import click

from ult_desktop.cli.asking import Noun, argument, option, typed
from ult_desktop.cli.session import write_json
from ult_desktop.core.accountability.commands import (
    PauseClock,
    RecordMissingInput,
    ResumeClock,
    TickStep,
    WaiveStep,
)
from ult_desktop.core.procedures.progress import spent_words, state_word
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.office.office import Office


def _tell_steps(office: Office, _answer: object, as_json: bool) -> None:
    """Every step of the visit, as it is now."""
    visit = typed("visit_id")
    seen = office.read(lambda tx: visit_steps(tx, visit, office.clock()))
    if as_json:
        write_json(None if seen is None else {"visit": visit, "steps": seen.progress.steps})
    elif seen is not None:
        _write_lines(seen)


def _write_lines(seen: VisitSteps) -> None:
    for progress, of_step in zip(seen.progress.steps, seen.procedure.steps, strict=True):
        spent = spent_words(progress, of_step.time)
        click.echo(f"{progress.step:>3}  {state_word(progress)}  {spent}  {of_step.activity}")


step = Noun(
    "step",
    "Langkah POS sebuah kunjungan.",
    argument("step", metavar="NUMBER"),
    resolve={"visit_id": None},
    write=_tell_steps,
)
step.query(
    "list",
    "Setiap langkah kunjungan VISIT: keadaan dan waktunya.",
    lambda _office, visit_id: visit_id,
    argument("visit_id", type=int),
)
step.ask(
    "tick",
    TickStep,
    "Tandai langkah NUMBER kunjungan VISIT selesai.",
    option("branch", "Cabang yang ditempuh."),
)
step.ask(
    "waive",
    WaiveStep,
    "Kecualikan langkah NUMBER kunjungan VISIT, dengan alasan.",
    option("reason", "Alasan.", default=""),
)
step.ask(
    "missing",
    RecordMissingInput,
    "Perlengkapan langkah NUMBER kunjungan VISIT yang tidak ada: ITEMS.",
    argument("items"),
)
step.ask(
    "pause",
    PauseClock,
    "Hentikan waktu kunjungan VISIT: pengunjung sedang pergi.",
    option("reason", "Alasan."),
)
step.ask("resume", ResumeClock, "Lanjutkan waktu kunjungan VISIT.")
