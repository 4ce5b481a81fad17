"""The steps of a visit from the command line: show, tick, waive, stop and start the clock."""

from collections.abc import Callable
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
from ult_desktop.core.accountability.commands import (
    PauseClock,
    RecordMissingInput,
    ResumeClock,
    TickStep,
    WaiveStep,
)
from ult_desktop.core.command import Command
from ult_desktop.core.procedures.progress import spent_words, state_word
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.office.office import Office


@click.group(help="Langkah POS sebuah kunjungan.")
def step() -> None:
    pass


@step.command(name="list", help="Setiap langkah kunjungan VISIT: keadaan dan waktunya.")
@click.argument("visit", type=int)
@database_option
@json_option
def show(visit: int, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        _write(office, visit, as_json)


def _step_command(name: str, words: str, ask_for: Callable[[int, int, str], Command], **option: str) -> None:
    @step.command(name=name, help=words)
    @click.argument("visit", type=int)
    @click.argument("number", type=int)
    @click.option(f"--{option['named']}", "text", default="", help=option["meaning"])
    @database_option
    @officer_option
    @json_option
    def command(visit: int, number: int, text: str, database: Path, officer: str, as_json: bool) -> None:
        _perform(ask_for(visit, number, text), visit, database, officer, as_json)


_step_command(
    "tick",
    "Tandai langkah NUMBER kunjungan VISIT selesai.",
    lambda visit, number, text: TickStep(visit_id=visit, step=number, branch=text),
    named="branch",
    meaning="Cabang yang ditempuh.",
)
_step_command(
    "waive",
    "Kecualikan langkah NUMBER kunjungan VISIT, dengan alasan.",
    lambda visit, number, text: WaiveStep(visit_id=visit, step=number, reason=text),
    named="reason",
    meaning="Alasan.",
)


@step.command(help="Perlengkapan langkah NUMBER kunjungan VISIT yang tidak ada: ITEMS.")
@click.argument("visit", type=int)
@click.argument("number", type=int)
@click.argument("items", nargs=-1, required=True)
@database_option
@officer_option
@json_option
def missing(
    visit: int, number: int, items: tuple[str, ...], database: Path, officer: str, as_json: bool
) -> None:
    command = RecordMissingInput(visit_id=visit, step=number, items=items)
    _perform(command, visit, database, officer, as_json)


@step.command(help="Hentikan waktu kunjungan VISIT: pengunjung sedang pergi.")
@click.argument("visit", type=int)
@click.option("--reason", required=True, help="Alasan.")
@database_option
@officer_option
@json_option
def pause(visit: int, reason: str, database: Path, officer: str, as_json: bool) -> None:
    _perform(PauseClock(visit_id=visit, reason=reason), visit, database, officer, as_json)


@step.command(help="Lanjutkan waktu kunjungan VISIT.")
@click.argument("visit", type=int)
@database_option
@officer_option
@json_option
def resume(visit: int, database: Path, officer: str, as_json: bool) -> None:
    _perform(ResumeClock(visit_id=visit), visit, database, officer, as_json)


def _perform(command: Command, visit: int, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        office.perform(command, sign_in(office, officer))
        _write(office, visit, as_json)


def _write(office: Office, visit: int, as_json: bool) -> None:
    seen = office.read(lambda tx: visit_steps(tx, visit, office.clock()))
    if as_json:
        write_json(None if seen is None else {"visit": visit, "steps": seen.progress.steps})
    elif seen is not None:
        _write_lines(seen)


def _write_lines(seen: VisitSteps) -> None:
    for progress, of_step in zip(seen.progress.steps, seen.procedure.steps, strict=True):
        spent = spent_words(progress, of_step.time)
        click.echo(f"{progress.step:>3}  {state_word(progress)}  {spent}  {of_step.activity}")
