"""`access`, `retention`, `subject`, `breach` and `privacy`: the commands about personal data (UU 27/2022)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import naming, output, paper, session
from ult_desktop.cli.common.help import FieldChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.output import moment_words
from ult_desktop.cli.common.parameters import YEAR, KeyHolder, param
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office import retention_schedule
from ult_desktop.core.privacy import breaches as privacy_breaches, commands, subjects
from ult_desktop.core.privacy.subject_words import column_words
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches, retention as retention_rows, subjects as subject_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import list_accesses
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, copy_sheet, incident_form
from ult_desktop.operations.privacy.processing_records import dpia_sheet, ropa_sheet
from ult_desktop.operations.privacy.retention import run as run_all, sweep_now
from ult_desktop.operations.visits.returning_visitors import find_subject_visits
from ult_desktop.reports.files import write_whole

access = Noun("access")


@access.subcommand("Data pribadi yang dibuka dari --first sampai --last (hari ini).")
def log(
    office: Office,
    by: Actor,
    *,
    first: Annotated[date | None, "Hari pertama, misalnya 2026-11-23."] = None,
    last: Annotated[date | None, "Hari terakhir, misalnya 2026-11-24."] = None,
) -> object:
    by.require(Permission.REVIEW_OPENINGS)
    zone = office.read(office_rows.zone)
    today = to_datetime(office.clock(), zone).date()
    begin = datetime.combine(first or today, time.min, zone)
    end = datetime.combine((last or today) + timedelta(days=1), time.min, zone)
    return list_accesses(office, to_stamp(begin), to_stamp(end))


retention = Noun("retention")


@retention.subcommand("Jadwal kantor ini dan yang jatuh tempo menurut jadwal itu; tidak ada yang berubah.")
def show(office: Office, as_json: bool) -> None:
    schedule = office.read(office_rows.load).settings.retention
    due = _due(office)
    for kind in retention_schedule.RetentionKind:
        months = schedule.months(kind)
        count = sum(each.count for each in due if each.kind is kind)
        months_words = retention_schedule.months_words(months)
        words = f"{kind.word}, {months_words} ({retention_schedule.retention_reason(kind)})"
        if count:
            words = _("{told}; jatuh tempo {n}").format(told=words, n=count)
        session.write(as_json, {"kind": kind, "months": months, "due": count}, words)


@retention.subcommand("Hapus yang jatuh tempo. Tanpa --yes hanya ditampilkan.")
def run(
    office: Office,
    by_login: str,
    *,
    dry_run: Annotated[bool, "Hanya tampilkan; juga tanpa pilihan ini bila tanpa --yes."] = False,
    yes: Annotated[bool, "Hapus sungguh-sungguh; tidak dapat dibatalkan."] = False,
    as_json: bool,
) -> None:
    if dry_run and yes:
        raise click.UsageError(_("--dry-run dan --yes tidak dapat dipakai bersama."))
    if yes:
        _write_run(office, run_all(office, session.sign_in(office, by_login)), as_json)
        return
    due = _due(office)
    for each in due:
        oldest = _local_time(office, each.oldest or 0)
        session.write(
            as_json,
            {"kind": each.kind, "field": each.field, "count": each.count, "oldest": oldest.isoformat()},
            _("{kind}: {field} {n} baris, tertua {oldest}").format(
                kind=each.kind.word, field=column_words(each.field), n=each.count, oldest=moment_words(oldest)
            ),
        )
    if not as_json:
        todo = _("Hapus dengan: retention run --yes") if due else ""
        click.echo(" ".join((_("Tidak ada yang dihapus."), todo)).strip())


def _due(office: Office) -> tuple[retention_schedule.Due, ...]:
    sweep = sweep_now(office)
    return office.read(lambda tx: retention_rows.due(tx, sweep))


def _local_time(office: Office, at: int) -> datetime:
    return to_datetime(at, office.read(office_rows.zone))


def _write_run(office: Office, row: retention_schedule.RetentionRun, as_json: bool) -> None:
    began = _local_time(office, row.began_at)
    message = _("{n} baris dan {files} berkas dihapus").format(n=row.total, files=row.files)
    state = _("selesai") if row.ended_at else _("belum selesai; jalankan lagi")
    session.write(
        as_json,
        {
            "id": row.id,
            "began_at": began.isoformat(),
            "ended_at": _local_time(office, row.ended_at).isoformat() if row.ended_at else None,
            "officer": row.officer,
            "counts": row.counts,
            "files": row.files,
        },
        f"{moment_words(began)}  {row.officer}  {message}, {state}",
        *(
            f"    {retention_schedule.RetentionKind(kind).word}: {count}"
            for kind, count in row.counts.items()
        ),
    )


def _write_erased(office: Office, erased_at: Mapping[str, int], as_json: bool) -> None:
    for kind, at in erased_at.items():
        erased = _local_time(office, at)
        words = f"{retention_schedule.RetentionKind(kind).word}: {moment_words(erased)}"
        session.write(as_json, {"kind": kind, "at": erased.isoformat()}, words)


retention.subcommand(
    "Penghapusan yang sudah dijalankan, yang terbaru dulu.", "history", output.row_writer(_write_run)
)(retention_rows.last_runs)


@retention.subcommand(
    "Apa dari kunjungan VISIT yang sudah dihapus, dan kapan.", write=_write_erased, visit=naming.id_of_visit
)
def erased(tx: Transaction, visit: int) -> Mapping[str, int]:
    return retention_rows.erased_kinds(tx, visit)


Year = Annotated[int | None, param(type=YEAR)]


def _write_request(
    office: Office, row: subjects.SubjectRequest | privacy_breaches.Breach, as_json: bool
) -> None:
    deadline = row.deadline(office.clock())
    deadline_words = {
        subjects.DeadlineState.CALM: "",
        subjects.DeadlineState.AMBER: _("kurang dari 24 jam"),
        subjects.DeadlineState.RED: _("LEWAT 3×24 jam"),
    }[deadline]
    line = output.answer_reader(office).line(row, "number", "kind", "name", "what", "due_at")
    session.write(
        as_json,
        {**msgspec.to_builtins(row), "pace": deadline},
        " · ".join(filter(None, (line, deadline_words))),
    )


subject = Noun(
    "subject",
    nouns=("privacy",),
    request_id=naming.id_of_subject_request,
    visits=param(resolve=lambda office, typed: tuple(naming.id_of_visit(office, each) for each in typed)),
)


subject.customise(
    commands.CorrectSubjectData, field=param(type=FieldChoice(subjects.CORRECTABLE), metavar="FIELD")
)


@subject.subcommand(
    "Yang belum ditutup; dengan --year register tahun itu.", "list", output.row_writer(_write_request)
)
def _list_requests(tx: Transaction, *, year: Year = None) -> tuple[subjects.SubjectRequest, ...]:
    return subject_rows.still_open(tx) if year is None else subject_rows.of_year(tx, year)


@subject.subcommand(
    "Satu permintaan: kunjungannya dan apa yang sudah dilakukan.",
    "show",
    request=naming.id_of_subject_request,
)
def _show_request(tx: Transaction, request: int) -> subjects.SubjectFile:
    if subject_rows.find(tx, request) is None:
        raise UserError(_("Permintaan itu tidak ada."), todo=_("Lihat daftarnya: subject list."))
    return subject_rows.file_of(tx, request)


@subject.subcommand("Salinan semua data pemohon REQUEST, sebagai PDF dan JSON.")
def export(
    office: Office,
    by: Actor,
    request_id: int,
    *,
    pdf: paper.PdfFile = None,
    json_file: Annotated[Path | None, "Tulis JSON ke berkas ini."] = None,
) -> None:
    dossier = office.perform(commands.ExportSubjectData(request_id=request_id), by)
    if json_file is not None:
        write_whole(json_file, msgspec.json.format(msgspec.json.encode(dossier)))
    if pdf is not None or json_file is None:
        paper.write_sheet(copy_sheet(office.read(office_rows.load).settings, dossier), pdf)


@subject.subcommand(
    "Cari kunjungan: kata dari nama, nomor permohonan, atau nomor telepon utuh (dengan --officer)."
)
def search(text: str, *, key_holder: KeyHolder = "", office: Office) -> object:
    session.sign_in_if_named(office, key_holder)
    return find_subject_visits(office, text)


breach = Noun("breach", nouns=("privacy",), persons="Berapa orang yang datanya terkena.")


@breach.subcommand(
    "Yang belum ditutup; dengan --year register tahun itu.", "list", output.row_writer(_write_request)
)
def _list_breaches(tx: Transaction, *, year: Year = None) -> tuple[privacy_breaches.Breach, ...]:
    return breaches.still_open(tx) if year is None else breaches.of_year(tx, year)


paper.pdf_command(breach, "letter", "Surat pemberitahuan insiden BREACH kepada WHOM.", breach_letter)
paper.pdf_command(
    breach,
    "form",
    "Formulir insiden (BSSN 1/2024): dari insiden BREACH, atau kosong untuk diisi tangan.",
    incident_form,
    breach_id=param(default=None),
)

privacy = Noun("privacy")
paper.pdf_command(
    privacy, "ropa", "Rekaman kegiatan pemrosesan (UU 27/2022 Pasal 31), dari setelan kantor ini.", ropa_sheet
)
paper.pdf_command(
    privacy, "dpia", "Penilaian dampak pelindungan data (Pasal 34); yang bertitik diisi kantor.", dpia_sheet
)
