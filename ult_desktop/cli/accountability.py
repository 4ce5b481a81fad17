"""Deviations, the daily equipment check and delegation from the command line."""

from datetime import date
from typing import Annotated, Any

import click

from ult_desktop.base import _, counted, formats
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.paper import ReportFiles, write_files
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.access.roles import Actor, Role
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

_VISITS_AT_ONCE = 20  # in one operation, whose transaction stays short
Alike = Annotated[bool, "Juga semua yang menunggu dari kunjungan itu, dan yang bersebab sama."]
Last = Annotated[date | None, param("Hari terakhir; tanpa ini hari pertama saja.", "--to")]
_VERDICTS = KeyChoice([DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP])


def _words_of(found: Deviation) -> str:
    """Return a deviation on one line: number, day, what, visit, officer, time, state and reason."""
    parts = (
        str(found.id),
        formats.format_date(date.fromisoformat(found.day), "short"),
        deviation_words.headline(found),
        found.label,
        deviation_words.officer_words(found),
        deviation_words.time_words(found),
        deviation_words.state_words(found),
        found.false_reason or found.cause,
    )
    return "  ".join(part for part in parts if part)


deviation = Noun(
    "deviation",
    nouns=("accountability",),
    write=output.words_writer(_words_of),
    deviation_id=param(metavar="NUMBER"),
    visit=naming.visit_named,
)


@deviation.subcommand(
    "Yang belum dipertanggungjawabkan; dengan --from semua pada hari-hari itu, yang keliru juga.",
    "list",
    output.row_words_writer(_words_of),
)
def _list(
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
    if visit is not None:
        found = deviations.of_visit(tx, visit)
    elif first is not None:
        found = deviations.between(tx, first.isoformat(), (last or first).isoformat())
    else:
        found = deviations.waiting(tx)
    if visit is not None and first is not None:
        begin, end = first.isoformat(), (last or first).isoformat()
        found = tuple(each for each in found if begin <= each.day <= end)
    if state is not None:
        found = tuple(each for each in found if each.state is state and each.false_at is None)
    if login:
        mine = deviations.ids_to_explain(tx, lookup.require_login(tx, login).id)
        found = tuple(each for each in found if each.id in mine)
    return found


def _also_answered(tx: Transaction, deviation_id: int, *, alike: bool) -> tuple[int, ...]:
    """Return the ids of the further deviations that the command answers like the one named."""
    return similar_ids(tx, deviation_id) if alike else ()


@deviation.builder()
def _explain(
    tx: Transaction,
    by_login: str,
    deviation_id: int,
    *,
    cause: str,
    correction: str,
    responsible: Annotated[str, "Nama masuk penanggung jawab; tanpa ini Anda sendiri."] = "",
    alike: Alike = False,
) -> commands.ExplainDeviation:
    return commands.ExplainDeviation(
        deviation_id=deviation_id,
        cause=cause,
        correction=correction,
        responsible=responsible or by_login,
        also=_also_answered(tx, deviation_id, alike=alike),
    )


@deviation.builder()
def _review(
    tx: Transaction,
    deviation_id: int,
    verdict: Annotated[DeviationState, param(type=_VERDICTS)],
    *,
    remark: Annotated[str, "Catatan; wajib bila ditindaklanjuti."] = "",
    alike: Alike = False,
) -> commands.ReviewDeviation:
    also = _also_answered(tx, deviation_id, alike=alike)
    return commands.ReviewDeviation(deviation_id=deviation_id, verdict=verdict, remark=remark, also=also)


@deviation.builder()
def _mark_false(
    tx: Transaction,
    deviation_id: int,
    *,
    reason: Annotated[str, "Mengapa tidak ada yang salah."],
    alike: Alike = False,
) -> commands.MarkFalse:
    return commands.MarkFalse(
        deviation_id=deviation_id, reason=reason, also=_also_answered(tx, deviation_id, alike=alike)
    )


@deviation.subcommand(
    "Peran yang hari ini belum ada petugasnya masuk, setengah jam sesudah buka.",
    write=output.row_words_writer(lambda role: role.word),
)
def absent(office: Office) -> tuple[Role, ...]:
    return office.read(lambda tx: absent_today(tx, office.clock()))


@deviation.builder(write=output.words_writer(lambda made: counted("{n} penyimpangan dicatat.", made)))
def _answer_absence(
    role: Role, *, comes: Annotated[bool, "Petugasnya masih akan datang."] = False
) -> commands.AnswerAbsence:
    """Make the command: the day goes without that role, unless its officer still comes."""
    return commands.AnswerAbsence(role=role, without=not comes)


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
    """Make the command: every item that the procedure lists works, except those named as broken."""
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
        some = visits[begin : begin + _VISITS_AT_ONCE]
        count += office.perform(commands.CollectDeviations(visits=some), actor)
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
def _delegate(
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
