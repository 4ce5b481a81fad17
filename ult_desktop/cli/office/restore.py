"""`restore` brings an office back from a backup; `repair` does so if its file is damaged, and asks first."""

from pathlib import Path
from typing import Annotated

import click
import msgspec

from ult_desktop.base import UserError, _, counted, paths
from ult_desktop.cli.common.parameters import PLACE, StationFile, command, param
from ult_desktop.cli.common.session import share_clock, station_name, write_json
from ult_desktop.cli.office.backup import second_place
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.backup import backup as copies, restoring
from ult_desktop.db.lock_check.location import require_safe
from ult_desktop.db.store import clock, damage_flag, errors
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.verification import VerificationResult
from ult_desktop.operations.backup.replay import ReplayedRequest, ReplayReport
from ult_desktop.operations.backup.restoring import (
    ReplayRequest,
    RestoreReport,
    RestoreRequest,
    last_good,
    require_pages_checked,
    restore as bring_back,
    verify_office,
)
from ult_desktop.operations.backup.server_replay import replay_on_server

Carried = Annotated[
    tuple[Path, ...], param("Folder jurnal yang dibawa dari PC lain.", "--journals", type=PLACE)
]


@command()
def restore(
    source: Annotated[Path | None, param(type=PLACE, metavar="[BACKUP]")] = None,
    *,
    database: Path,
    carried: Carried = (),
    station: StationFile = None,
    force: Annotated[bool, "Ganti juga berkas yang masih utuh; yang lama disimpan."] = False,
    name: Annotated[
        str | None, param("Nama stasiun yang memulihkan; ia sendiri tidak ditunggu.", "--as")
    ] = None,
    by: Annotated[str, "Nama masuk petugas yang memintanya, untuk dicatat."] = "",
    as_json: bool,
) -> None:
    if engine_at(database).has_file:
        place = second_place(source, station)
        require_safe(database)
        request = _request(database, carried, name or station_name(), by, force=force)
        report = bring_back(_from_backup(request, place), _show_progress)
    else:
        if source is not None:
            raise UserError(
                _("Kantor ini di server PostgreSQL; cadangannya dikembalikan dengan alat server itu."),
                _("Tidak ada yang berubah."),
                _("Kembalikan dengan pg_restore, lalu ulangi perintah ini tanpa menyebut cadangan."),
            )
        request = _request(database, carried, name or station_name(), by, force=force)
        report = replay_on_server(request, _show_progress)
    _write_report(report, as_json)
    click.get_current_context().exit(0 if report.verdict.ok else 1)


def _show_progress(words: str) -> None:
    click.echo(words, err=True)


def _request(
    database: Path, carried: tuple[Path, ...], station: str, by: str = "", *, force: bool
) -> ReplayRequest:
    return ReplayRequest(
        office_file=database.absolute() if engine_at(database).has_file else database,
        own=paths.data_folder(),
        carried=carried,
        force=force,
        now=share_clock(database)(),
        station=station,
        by=by,
    )


def _from_backup(request: ReplayRequest, source: Path) -> RestoreRequest:
    return RestoreRequest(source=source, **msgspec.structs.asdict(request))


def _write_report(report: RestoreReport, as_json: bool) -> None:
    if as_json:
        write_json(report)
        return
    for words in report.passed_over:
        click.echo(_("Dilewati: {words}").format(words=words))
    if report.backup:
        click.echo(_("Dipulihkan dari {name}.").format(name=report.backup))
    if report.aside:
        click.echo(_("Berkas lama disimpan sebagai {name}.").format(name=report.aside))
    _write_replay(report.replayed, report.documents)
    if report.answers:
        words = _("{n} jawaban survei dikembalikan dari disk cadangan.")
        click.echo(words.format(n=report.answers))
    if report.unanswered:
        words = _("{n} jawaban survei tidak kembali: jurnal dan disk cadangan tidak memuatnya.")
        click.echo(words.format(n=report.unanswered))
    click.echo(_("Utuh.") if report.verdict.ok else _("TIDAK UTUH; jalankan `ult-desktop verify`."))


def _write_replay(replayed: ReplayReport, documents: int) -> None:
    for request in replayed.done:
        if request.twin:
            outcome = _("diulang; karcis lain bernomor sama, keduanya dipanggil dengan asalnya")
        else:
            outcome = _("diulang, belum pasti dulu berhasil") if request.doubtful else _("diulang")
        _write_request(outcome, request)
    for request in replayed.left_out:
        _write_request(_("dilewati"), request)
    for request in replayed.refused:
        _write_request(_("TIDAK diulang"), request)
    words = _(
        "{n} diulang, {known} sudah ada, {refused} tidak dapat diulang, {documents} dokumen dikembalikan."
    )
    done, refused = len(replayed.done), len(replayed.refused)
    click.echo(words.format(n=done, known=replayed.known, refused=refused, documents=documents))
    if replayed.left_out:
        click.echo(_("{n} dilewati karena dulu tidak berhasil.").format(n=len(replayed.left_out)))
    if replayed.lost:
        words = _("{n} catatan terakhir tidak ada di jurnal mana pun; bawa jurnal PC lain dan ulangi.")
        click.echo(words.format(n=replayed.lost))


def _write_request(outcome: str, request: ReplayedRequest) -> None:
    parts = (outcome, _local_words(request.at), request.station, request.name, request.label, request.why)
    click.echo(" ".join(filter(None, parts)))


def _local_words(stamp: int) -> str:
    """Return a stamp (UTC ms) as this PC's clock shows it; an empty log has none."""
    return to_datetime(stamp, None).isoformat(sep=" ", timespec="seconds") if stamp else "-"


@command()
def repair(
    *,
    database: Path,
    source: Annotated[
        Path | None, param("Cadangan atau foldernya; bawaan: setelan stasiun.", "--from", type=PLACE)
    ] = None,
    carried: Carried = (),
    station: StationFile = None,
    yes: Annotated[bool, "Pulihkan tanpa bertanya."] = False,
    as_json: bool,
) -> None:
    require_safe(database)
    damage, whole = _examine(database)
    if whole is not None:
        click.echo(_("Berkas kantor utuh; tidak ada yang perlu diperbaiki."), err=True)
        if as_json:
            nothing_done = RestoreReport(
                backup="",
                backup_until=0,
                passed_over=(),
                aside="",
                replayed=ReplayReport(),
                documents=0,
                verdict=whole,
            )
            write_json(nothing_done)
        return
    click.echo(damage, err=True)
    if database.exists():
        _save_readable_rows(database)
    place = second_place(source, station)
    request = _from_backup(_request(database, carried, station_name(), force=False), place)
    path, copy, _passed_over = last_good(place, copies.uid_of(database))
    message = _("Cadangan terakhir yang utuh: {name}, sampai {at} (catatan {seq}).")
    click.echo(message.format(name=path, at=_local_words(copy.last_at), seq=copy.last_seq), err=True)
    if not yes:
        click.confirm(_("Pulihkan sekarang? Berkas lama disimpan"), abort=True, err=True)
    report = bring_back(request, _show_progress)
    _write_report(report, as_json)
    click.get_current_context().exit(0 if report.verdict.ok else 1)


def _examine(database: Path) -> tuple[str, VerificationResult | None]:
    """Return words for a damage that only a restore repairs, and None; for a whole file "" and the result.

    A whole file loses its damage flag. Opening the file repairs what SQLite can: it rolls back the journal of
    a station that crashed.

    Raises:
        UserError: the file is busy or out of reach, which is no damage; or its pages are whole, but its
            content contradicts itself, which a person must judge.
    """
    if not database.exists():
        return _("Berkas kantor {path} tidak ada.").format(path=database), None
    try:
        verdict = verify_office(database, paths.data_folder(), share_clock(database)())
    except errors.DamagedFile as error:
        return error.what, None
    if verdict.ok:
        require_pages_checked(verdict)
        if damage_flag.clear_flag(database):
            click.echo(_("Tanda kerusakan dihapus; semua stasiun boleh menulis lagi."), err=True)
        return "", verdict
    if verdict.has_damage:
        return _("Halaman berkas kantor rusak: {words}.").format(words=_finding_words(verdict)), None
    raise UserError(
        _("Isi berkas kantor bertentangan: {words}.").format(words=_finding_words(verdict)),
        _("Halamannya utuh; tidak ada yang diganti."),
        _("Sampaikan kepada petugas TI. `ult-desktop restore --force` kembali ke cadangan bila dikehendaki."),
    )


def _finding_words(verdict: VerificationResult) -> str:
    return "; ".join(f"{finding.check} {finding.detail}" for finding in verdict.findings[:5])


def _save_readable_rows(database: Path) -> None:
    """Copy the rows that can still be read into a file next to the office's, which holds personal data then.

    It is made once for each damage, however often `repair` is tried.
    """
    for before in database.parent.glob(f"{database.stem}.terbaca-*.sqlite"):
        if before.stat().st_mtime >= database.stat().st_mtime:  # nothing was written since
            click.echo(_("Yang masih terbaca sudah ada di {name}.").format(name=before), err=True)
            return
    side = database.with_name(f"{database.stem}.terbaca-{clock.own_ms()}.sqlite")
    rows = restoring.salvage(database, side)
    click.echo(
        counted(
            "{n} baris yang masih terbaca disalin ke {name} untuk ahlinya.", sum(rows.values()), name=side
        ),
        err=True,
    )
