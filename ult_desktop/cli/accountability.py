"""Deviations, the daily equipment check and delegation from the command line."""

from datetime import date
from pathlib import Path

from ult_desktop.base import _, counted, formats
from ult_desktop.cli.common import asking, naming, paper, session, times
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.accountability import causes, commands
from ult_desktop.core.accountability.deviations import CheckedItem, Deviation, DeviationState
from ult_desktop.db.accountability import delegations, deviations
from ult_desktop.operations.accountability.deviations import alike_ids, visits_with_new_deviations
from ult_desktop.operations.accountability.duty import absent_today
from ult_desktop.operations.accountability.equipment_check import equipment_of
from ult_desktop.operations.accountability.report import accountability_sheet, accountability_table
from ult_desktop.operations.office.office import Office

_AT_ONCE = 20  # visits of one operation: its transaction stays short
_ALIKE = asking.switch("alike", "Juga semua yang menunggu dengan sebab yang sama.")
_NUMBER = asking.argument("deviation_id", metavar="NUMBER")


def _found(
    office: Office, state: str | None, first: date | None, last: date | None, visit: int | None
) -> tuple[Deviation, ...]:
    if visit is not None:
        return office.read(lambda tx: deviations.of_visit(tx, visit))
    if first is not None:
        days = (first.isoformat(), (last or first).isoformat())
        return office.read(lambda tx: deviations.between(tx, *days))
    states = deviations.WAITING if state is None else (DeviationState(state),)
    return office.read(lambda tx: deviations.waiting(tx, states))


def _checked(office: Office, procedure_id: str, broken: tuple[str, ...]) -> commands.CheckEquipment:
    """Everything that the procedure lists, and what is broken."""
    every = dict.fromkeys((*office.read(lambda tx: equipment_of(tx, procedure_id)), *broken))
    return commands.CheckEquipment(
        procedure_id=procedure_id,
        items=tuple(CheckedItem(item=item, works=item not in broken) for item in every),
    )


def _deviation_line(found: Deviation) -> str:
    """Return who, what, how much against which standard, when."""
    whose = found.label or (_("kunjungan {n}").format(n=found.visit_id) if found.visit_id else "")
    told = (causes.headline(found), whose, causes.officer_words(found), causes.time_words(found))
    day = formats.format_date(date.fromisoformat(found.day), "short")
    parts = (str(found.id), day, *told, causes.state_words(found), found.false_reason or found.cause)
    return "  ".join(part for part in parts if part)


def _also(office: Office, deviation_id: int, alike: bool) -> tuple[int, ...]:
    """Return the others of the same cause, when they are meant too."""
    if not alike:
        return ()
    return office.read(lambda tx: alike_ids(tx, deviation_id))


def _report(_office: Office, first: date, last: date | None, **_files: object) -> tuple[str, str]:
    """Its days; each file that is asked for is made of them."""
    return first.isoformat(), (last or first).isoformat()


def _write_report(office: Office, days: tuple[str, str], _as_json: bool) -> None:
    paper.write_files(
        lambda: office.read(lambda tx: accountability_sheet(tx, *days, now=office.clock())),
        lambda: office.read(lambda tx: accountability_table(tx, *days)),
    )


deviation = asking.Noun(
    "deviation",
    "Penyimpangan mutu baku: daftar, penjelasan, tinjauan.",
    _NUMBER,
    resolve={"first": asking.day_named, "last": asking.day_named, "visit": naming.visit_named},
    write=asking.in_words(_deviation_line),
)
deviation.query(
    "list",
    "Yang belum dipertanggungjawabkan; dengan --from semua pada hari-hari itu, yang keliru juga.",
    _found,
    asking.option("state", type=KeyChoice(deviations.WAITING)),
    asking.option("first", "Hari pertama, misalnya 2026-11-01.", named="--from", type=times.DAY),
    asking.option("last", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=times.DAY),
    asking.option("visit", "Hanya kunjungan ini."),
    write=asking.by_row(asking.in_words(_deviation_line)),
)
deviation.operation(
    "explain",
    commands.ExplainDeviation,
    "Jelaskan penyimpangan NUMBER: penyebab, perbaikan, penanggung jawab.",
    _NUMBER,
    asking.option("cause", "Penyebab."),
    asking.option("correction", "Perbaikan."),
    asking.option("responsible", "Nama masuk penanggung jawab; tanpa ini Anda sendiri.", default=None),
    _ALIKE,
    make=lambda office, responsible, alike, **said: commands.ExplainDeviation(
        responsible=responsible or asking.typed("officer"),
        also=_also(office, said["deviation_id"], alike),
        **said,
    ),
)
deviation.operation(
    "review",
    commands.ReviewDeviation,
    "Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.",
    _NUMBER,
    asking.argument("verdict", type=KeyChoice([DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP])),
    asking.option("remark", "Catatan; wajib bila ditindaklanjuti."),
    _ALIKE,
    make=lambda office, alike, verdict, **said: commands.ReviewDeviation(
        verdict=DeviationState(verdict), also=_also(office, said["deviation_id"], alike), **said
    ),
)
deviation.operation(
    "false",
    commands.MarkFalse,
    "Tandai penyimpangan NUMBER keliru, dengan alasan; tetap tersimpan dan dihitung terpisah.",
    _NUMBER,
    asking.option("reason", "Mengapa tidak ada yang salah."),
    _ALIKE,
    make=lambda office, alike, **said: commands.MarkFalse(
        also=_also(office, said["deviation_id"], alike), **said
    ),
)
deviation.query(
    "absent",
    "Peran yang hari ini belum ada petugasnya masuk, setengah jam sesudah buka.",
    lambda office: office.read(lambda tx: absent_today(tx, office.clock())),
    write=asking.by_row(asking.in_words(lambda role: role.word)),
)
deviation.operation(
    "without",
    commands.AnswerAbsence,
    "Hari ini tanpa ROLE: satu penyimpangan yang dinyatakan, bukan satu untuk setiap pengunjung.",
    asking.argument("role", type=KeyChoice(Role)),
    asking.switch("comes", "Petugasnya masih akan datang."),
    make=lambda _office, role, comes: commands.AnswerAbsence(role=Role(role), without=not comes),
    write=asking.in_words(lambda made: counted("{n} penyimpangan dicatat.", made)),
)
deviation.operation(
    "equipment",
    commands.CheckEquipment,
    "Pemeriksaan perlengkapan harian PROCEDURE; yang rusak disebut dengan --broken.",
    asking.argument("procedure_id"),
    asking.option("broken", "Nama barang seperti dalam prosedurnya; boleh berulang.", multiple=True),
    make=_checked,
    write=asking.in_words(
        lambda check: counted(
            "{n} barang diperiksa, {broken} rusak.", len(check.items), broken=len(asking.typed("broken"))
        )
    ),
)


deviation.query(
    "report",
    "Laporan pertanggungjawaban sejak hari FIRST, untuk ditandatangani kepala.",
    _report,
    asking.argument("first", type=times.DAY),
    asking.option("last", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=times.DAY),
    *paper.REPORT_FILES,
    write=_write_report,
    has_json=False,
)


@deviation.command(help="Catat yang terlewat pada kunjungan yang masih terbuka.")
@session.database_option
@session.json_option
def collect(database: Path, as_json: bool) -> None:
    with session.open_office(database) as office:
        late = office.read(lambda tx: visits_with_new_deviations(tx, office.clock()))
        actor = Actor(station=session.station_name())
        made = 0
        for begin in range(0, len(late), _AT_ONCE):
            made += office.perform(commands.CollectDeviations(visits=late[begin : begin + _AT_ONCE]), actor)
    session.tell(as_json, {"visits": late, "made": made}, counted("{n} penyimpangan baru dicatat.", made))


delegate = asking.Noun(
    "delegate",
    "Pengalihan tugas petugas yang berhalangan.",
    resolve={"first_day": asking.day_named, "last_day": asking.day_named, "letter_date": asking.day_named},
    write=asking.write_fields,
)
delegate.operation(
    "give",
    commands.Delegate,
    "Alihkan tugas ABSENT kepada TO (nama masuk), dengan surat penugasan atau lisan.",
    asking.argument("absent"),
    asking.argument("delegate", metavar="TO"),
    asking.option("first_day", "Hari pertama, misalnya 2026-11-23.", named="--from", type=times.DAY),
    asking.option(
        "last_day", "Hari terakhir; tanpa ini hari pertama saja.", named="--to", type=times.DAY, default=None
    ),
    asking.option("letter_number", "Nomor surat penugasan.", named="--letter"),
    asking.option("letter_date", "Tanggal surat penugasan.", type=times.DAY),
    asking.option("procedure_id", "Secara lisan, untuk prosedur ini.", named="--oral", metavar="PROCEDURE"),
    asking.option("ordered_by", "Siapa yang memerintahkan secara lisan."),
    asking.option("notes", "Saksi atau catatan."),
    make=lambda _office, first_day, last_day, procedure_id, **said: commands.Delegate(
        first_day=first_day,
        last_day=last_day or first_day,
        form="lisan" if procedure_id else "surat_penugasan",
        procedure_id=procedure_id,
        **said,
    ),
)
delegate.query("list", "Penugasan terakhir, yang terbaru lebih dulu.", asking.of_office(delegations.recent))
delegate.operation(
    "end",
    commands.EndDelegation,
    "Akhiri penugasan NUMBER sebelum hari terakhirnya.",
    asking.argument("delegation_id", metavar="NUMBER"),
)
