"""`deviation` and `delegate`: deviations and their review, the equipment check, delegated tasks."""

from datetime import date
from typing import Annotated, Any

import click

from ult_desktop.base import _, counted, formats
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.paper import ReportFiles, write_files
from ult_desktop.cli.common.parameters import opposite_flag, param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability import commands, deviation_words
from ult_desktop.core.accountability.deviations import CheckedItem, Deviation, DeviationState
from ult_desktop.db.accountability import delegations, deviations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.accountability.deviations import similar_ids, visits_with_new_deviations
from ult_desktop.operations.accountability.duty import absent_today
from ult_desktop.operations.accountability.equipment_check import equipment_of
from ult_desktop.operations.accountability.report import accountability_sheet, accountability_table
from ult_desktop.operations.office.office import Office

_VISITS_AT_ONCE = 20  # in one command, so that its transaction is short and counters need not wait
Last = Annotated[date | None, param("Hari terakhir; tanpa ini hari pertama saja.", "--to")]
_VERDICTS = KeyChoice([DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP])


def _deviation_line(deviation: Deviation) -> str:
    """Return a deviation on one line: number, day, what, visit, officer, time, state and reason."""
    parts = (
        str(deviation.id),
        formats.format_date(date.fromisoformat(deviation.day), "short"),
        deviation_words.headline(deviation),
        deviation.label,
        deviation_words.officer_words(deviation),
        deviation_words.time_words(deviation),
        deviation_words.state_words(deviation),
        deviation.false_reason or deviation.cause,
    )
    return "  ".join(part for part in parts if part)


def _alike_ids(office: Office, is_wanted: bool) -> tuple[int, ...]:
    """Return the ids of the deviations like the one that was typed, to which the command applies too."""
    deviation_id = session.typed_value("deviation_id")
    return office.read(lambda tx: similar_ids(tx, deviation_id)) if is_wanted else ()


deviation = Noun(
    "deviation",
    nouns=("accountability",),
    write=output.words_writer(_deviation_line),
    deviation_id=param(metavar="NUMBER"),
    also=param(
        "Juga semua yang menunggu dari kunjungan itu, dan yang bersebab sama.",
        "--alike",
        _alike_ids,
        type=None,
        is_flag=True,
        multiple=False,
        default=False,
    ),
    visit=naming.id_of_visit,
)


@deviation.subcommand(
    "Yang belum dipertanggungjawabkan; dengan --from semua pada hari-hari itu, yang keliru juga.",
    "list",
    output.row_words_writer(_deviation_line),
)
def _list_deviations(
    tx: Transaction,
    *,
    state: Annotated[DeviationState | None, param(type=KeyChoice(deviations.WAITING))] = None,
    first: Annotated[date | None, param("Hari pertama, misalnya 2026-11-01.", "--from")] = None,
    last: Last = None,
    visit: Annotated[int | None, "Hanya kunjungan ini."] = None,
    login: Annotated[str, param("Hanya yang harus dijelaskan petugas ini.", "--of", metavar="LOGIN")] = "",
) -> tuple[Deviation, ...]:
    if first is None and last is not None:
        raise click.UsageError(_("--to hanya bersama --from."))
    if first is None:
        rows = deviations.waiting(tx) if visit is None else deviations.of_visit(tx, visit)
    else:
        begin, end = first.isoformat(), (last or first).isoformat()
        if visit is None:
            rows = deviations.between(tx, begin, end)
        else:
            rows = tuple(each for each in deviations.of_visit(tx, visit) if begin <= each.day <= end)
    if state is not None:
        rows = tuple(each for each in rows if each.state is state and each.false_at is None)
    if login:
        to_explain = deviations.ids_to_explain(tx, lookup.require_login(tx, login).id)
        rows = tuple(each for each in rows if each.id in to_explain)
    return rows


deviation.customise(
    commands.ExplainDeviation,
    "--cause --correction --responsible",
    responsible=param(
        "Nama masuk penanggung jawab; tanpa ini Anda sendiri.",
        resolve=lambda _office, login: login or session.typed_value("by_login"),
        default="",
    ),
)
deviation.customise(
    commands.ReviewDeviation,
    verdict=param(type=_VERDICTS, metavar=None),
    remark="Catatan; wajib bila ditindaklanjuti.",
)
deviation.customise(commands.MarkFalse, "--reason", reason="Mengapa tidak ada yang salah.")
deviation.subcommand(
    "Peran yang hari ini belum ada petugasnya masuk, setengah jam sesudah buka.",
    "absent",
    output.row_words_writer(lambda role: role.word),
)(absent_today)
deviation.customise(
    commands.AnswerAbsence,
    "--without",
    role=param(metavar=None),
    without=opposite_flag("Petugasnya masih akan datang.", "--comes"),
    write=output.words_writer(lambda count: counted("{n} penyimpangan dicatat.", count)),
)


@deviation.builder(
    write=output.words_writer(
        lambda check: counted(
            "{n} barang diperiksa, {broken} rusak.",
            len(check.items),
            broken=len(session.typed_value("broken")),
        )
    )
)
def _check_equipment(
    tx: Transaction,
    procedure_id: str,
    *,
    broken: Annotated[tuple[str, ...], "Nama barang seperti dalam prosedurnya; boleh berulang."] = (),
) -> commands.CheckEquipment:
    """Build the command: every item that the procedure lists works, except those named as broken."""
    every = dict.fromkeys((*equipment_of(tx, procedure_id), *broken))
    return commands.CheckEquipment(
        procedure_id=procedure_id,
        items=tuple(CheckedItem(item=item, works=item not in broken) for item in every),
    )


@deviation.subcommand("Laporan pertanggungjawaban sejak hari FIRST, untuk ditandatangani kepala.")
def report(
    office: Office,
    first: Annotated[date, "Hari pertama, misalnya 2026-11-23."],
    *,
    last: Last = None,
    files: ReportFiles,
) -> None:
    days = first.isoformat(), (last or first).isoformat()
    write_files(
        lambda: office.read(lambda tx: accountability_sheet(tx, *days, now=office.clock())),
        lambda: office.read(lambda tx: accountability_table(tx, *days)),
        files,
    )


@deviation.subcommand("Catat yang terlewat pada kunjungan yang masih terbuka.")
def collect(office: Office, as_json: bool) -> None:
    visits = office.read(lambda tx: visits_with_new_deviations(tx, office.clock()))
    actor = Actor(station=session.station_name())
    count = 0
    for begin in range(0, len(visits), _VISITS_AT_ONCE):
        portion = visits[begin : begin + _VISITS_AT_ONCE]
        count += office.perform(commands.CollectDeviations(visits=portion), actor)
    words = counted("{n} penyimpangan baru dicatat.", count)
    session.write(as_json, {"visits": visits, "made": count}, words)


delegate = Noun(
    "delegate",
    nouns=("accountability",),
    write=output.write_raw_answer,
    delegation_id=param(metavar="NUMBER"),
    delegate=param(metavar="TO"),
    letter_number=param("Nomor surat penugasan.", "--letter"),
    letter_date="Tanggal surat penugasan.",
    procedure_id=param("Secara lisan, untuk prosedur ini.", "--oral", metavar="PROCEDURE"),
    ordered_by="Siapa yang memerintahkan secara lisan.",
    notes="Saksi atau catatan.",
)


@delegate.builder(without=("first_day", "last_day", "form", "document_id"))
def _delegate_tasks(
    *,
    first_day: Annotated[date, param("Hari pertama, misalnya 2026-11-23.", "--from")],
    last_day: Last = None,
    **fields: Any,  # noqa: ANN401  (each field has its type)
) -> commands.Delegate:
    return commands.Delegate(
        first_day=first_day,
        last_day=last_day or first_day,
        form="lisan" if fields["procedure_id"] else "surat_penugasan",
        **fields,
    )


delegate.subcommand("Penugasan terakhir, yang terbaru lebih dulu.", "list")(delegations.recent)
