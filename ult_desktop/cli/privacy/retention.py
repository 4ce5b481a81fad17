"""The retention of personal data from the command line: the schedule, what is due, the run."""

from collections.abc import Mapping
from pathlib import Path

import click

from ult_desktop.base import _
from ult_desktop.cli.common import asking, naming, session
from ult_desktop.cli.common.answers import moment_words
from ult_desktop.core.office import retention_schedule
from ult_desktop.core.privacy.subject_words import place_word
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import retention as rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.retention import run as run_all, sweep_now

retention = asking.Noun(
    "retention", "Jadwal retensi data pribadi: berapa lama disimpan, apa yang jatuh tempo, penghapusannya."
)


@retention.command(help="Jadwal kantor ini dan yang jatuh tempo menurut jadwal itu; tidak ada yang berubah.")
@session.database_option
@session.json_option
def show(database: Path, as_json: bool) -> None:
    with session.open_office(database) as office:
        schedule = office.read(office_rows.load).settings.retention
        due = _due(office)
        for kind in retention_schedule.RetentionKind:
            months, count = schedule.months(kind), sum(each.count for each in due if each.kind is kind)
            if as_json:
                session.write_json({"kind": kind, "months": months, "due": count})
            else:
                kept = retention_schedule.months_words(months)
                told = f"{kind.word}, {kept} ({retention_schedule.ground_word(kind)})"
                click.echo(_("{told}; jatuh tempo {n}").format(told=told, n=count) if count else told)


@retention.command(name="run", help="Hapus yang jatuh tempo. Tanpa --yes hanya ditampilkan.")
@click.option("--dry-run", is_flag=True, help="Hanya tampilkan; juga tanpa pilihan ini bila tanpa --yes.")
@click.option("--yes", is_flag=True, help="Hapus sungguh-sungguh; tidak dapat dibatalkan.")
@session.database_option
@session.officer_option
@session.json_option
def run_command(dry_run: bool, yes: bool, database: Path, officer: str, as_json: bool) -> None:
    if dry_run and yes:
        raise click.UsageError(_("--dry-run dan --yes tidak dapat dipakai bersama."))
    with session.open_office(database) as office:
        if not yes:
            _write_due(office, as_json)
            return
        _write_run(office, run_all(office, session.sign_in(office, officer)), as_json)


def _due(office: Office) -> tuple[retention_schedule.Due, ...]:
    sweep = sweep_now(office)
    return office.read(lambda tx: rows.due(tx, sweep))


def _write_due(office: Office, as_json: bool) -> None:
    found = _due(office)
    for each in found:
        _write_place(office, each, as_json)
    if not as_json:
        todo = _("Hapus dengan: retention run --yes") if found else ""
        click.echo(" ".join((_("Tidak ada yang dihapus."), todo)).strip())


def _write_place(office: Office, due: retention_schedule.Due, as_json: bool) -> None:
    at = due.oldest or 0
    if as_json:
        oldest = _when(office, at)
        session.write_json({"kind": due.kind, "field": due.field, "count": due.count, "oldest": oldest})
    else:
        told, field = _("{kind}: {field} {n} baris, tertua {oldest}"), place_word(due.field)
        oldest = _when_words(office, at)
        click.echo(told.format(kind=due.kind.word, field=field, n=due.count, oldest=oldest))


def _write_run(office: Office, done: retention_schedule.RetentionRun, as_json: bool) -> None:
    began, ended = _when(office, done.began_at), _when(office, done.ended_at) if done.ended_at else None
    if as_json:
        counts = {"counts": done.counts, "files": done.files}
        session.write_json(
            {"id": done.id, "began_at": began, "ended_at": ended, "officer": done.officer, **counts}
        )
        return
    state = _("selesai") if ended else _("belum selesai; jalankan lagi")
    told = _("{n} baris dan {files} berkas dihapus").format(n=done.total, files=done.files)
    click.echo(f"{_when_words(office, done.began_at)}  {done.officer}  {told}, {state}")
    for kind, count in done.counts.items():
        click.echo(f"    {retention_schedule.RetentionKind(kind).word}: {count}")


def _when_words(office: Office, at: int) -> str:
    return moment_words(to_datetime(at, office.read(office_rows.zone)))


def _when(office: Office, at: int) -> str:
    return to_datetime(at, office.read(office_rows.zone)).isoformat()


def _tell_erased(office: Office, found: Mapping[str, int], as_json: bool) -> None:
    for kind, at in found.items():
        if as_json:
            session.write_json({"kind": kind, "at": _when(office, at)})
        else:
            click.echo(f"{retention_schedule.RetentionKind(kind).word}: {_when_words(office, at)}")


retention.query(
    "history",
    "Penghapusan yang sudah dijalankan, yang terbaru dulu.",
    asking.of_office(rows.last_runs),
    write=asking.by_row(_write_run),
)
retention.query(
    "erased",
    "Apa dari kunjungan VISIT yang sudah dihapus, dan kapan.",
    asking.of_office(rows.erased_kinds),
    asking.argument("visit", resolve=naming.visit_named),
    write=_tell_erased,
)
