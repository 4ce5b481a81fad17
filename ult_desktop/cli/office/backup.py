"""`backup`, `drill`, `journal`: copy an office to a second place, and try to restore it from there."""

from pathlib import Path
from typing import Annotated

import click
import msgspec

from ult_desktop.base import UserError, _, config, counted, paths
from ult_desktop.cli.common.paper import PdfFile, write_sheet
from ult_desktop.cli.common.parameters import FOLDER, Folder, StationFile, command, param
from ult_desktop.cli.common.session import OfficePath, open_office, station_name, write, write_json
from ult_desktop.core.stamps import on_this_pc, to_datetime
from ult_desktop.db.backup import backup as copies, backup_folder, journals
from ult_desktop.db.backup.carrying import journals_in
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.server_address import is_server
from ult_desktop.operations.backup.backing_up import back_up_by_hand
from ult_desktop.operations.backup.drill import drill as try_restore, drill_sheet


@command()
def backup(
    *,
    database: Path,
    folder: Annotated[
        Path | None, param("Folder cadangan; bawaan: [backup] pada setelan stasiun.", "--to", type=FOLDER)
    ] = None,
    station: StationFile = None,
    only_list: Annotated[bool, param("Sebut cadangan yang ada dan periksa keutuhannya.", "--list")] = False,
    at_once: Annotated[bool, param("Juga bila stasiun lain harus menunggu selama disalin.", "--now")] = False,
    as_json: bool,
) -> None:
    place = second_place(folder, station)
    if only_list:
        click.get_current_context().exit(0 if _list_backups(database, place, as_json) else 1)
    result = back_up_by_hand(database, place, station_name(), at_once=at_once)
    if result.doubt is not None:
        click.echo(str(result.doubt), err=True)
    message = _("{path}: {n} catatan, {documents} dokumen baru, utuh")
    write(
        as_json,
        {
            "backup": str(result.path),
            "events": result.copy.last_seq,
            "bytes": result.copy.bytes,
            "documents": result.documents,
            "removed": [str(path) for path in result.removed],
        },
        message.format(path=result.path, n=result.copy.last_seq, documents=result.documents),
        *(_("dihapus karena sudah lama: {path}").format(path=path) for path in result.removed),
    )


def second_place(folder: Path | None, station: Path | None) -> Path:
    """Return the folder of backups. Raises UserError when neither the command nor the settings name one."""
    place = folder or config.load_station(station).backup.folder_path
    if place is None:
        raise UserError(
            _("Folder cadangan belum disebut."),
            todo=_("Sebut foldernya, atau isi di Pengaturan, Cadangan, pada PC ini."),
        )
    return place


def _list_backups(database: Path, place: Path, as_json: bool) -> bool:
    """Read, check and list every backup; return whether there is a whole one."""
    uid = copies.uid_of(database)
    # The name of an office's folder ends with the last digits of its uid. A lost file has no uid: then every
    # office's copies are listed.
    office_folders = [
        folder for folder in backup_folder.office_folders(place) if not uid or folder.name.endswith(uid[-8:])
    ]
    has_whole = False
    for backup_copy in (each for folder in office_folders for each in backup_folder.list_backups(folder)):
        try:
            events, why = copies.verify_copy(backup_copy.path).last_seq, ""
            has_whole = True
        except UserError as error:
            events, why = 0, error.what
        at = to_datetime(backup_copy.at, None).isoformat(timespec="minutes")
        write(
            as_json,
            {"backup": str(backup_copy.path), "at": at, "events": events, "ok": not why, "why": why},
            f"{at}  {backup_copy.path}  {why or counted('{n} catatan, utuh', events)}",
        )
    if not as_json:
        for folder in office_folders:
            _write_journals(journals_in(folder))
    if not has_whole:
        click.echo(_("Tidak ada cadangan yang utuh di {folder}.").format(folder=place), err=True)
    return has_whole


def _write_journals(folder: Path) -> None:
    files = list(folder.glob("*.jsonl"))
    if files:
        until = max(path.stat().st_mtime_ns for path in files) // 1_000_000
        message = _("{folder}: jurnal {n} hari stasiun, terakhir {at}")
        click.echo(message.format(folder=folder, n=len(files), at=on_this_pc(until)))


@command()
def drill(
    source: Annotated[Path | None, param(type=OfficePath(dir_okay=True), metavar="[BACKUP]")] = None,
    *,
    database: Path,
    station: StationFile = None,
    pdf: PdfFile = None,
    as_json: bool,
) -> None:
    # Without an address the refusal says how a server's dump is tried.
    backups = (source or database) if is_server(database) else second_place(source, station)
    report = try_restore(database, backups, station_name())
    with open_office(database) as office:
        sheet = drill_sheet(office.read(office_rows.load).settings, report)
    if pdf is not None or not as_json:
        write_sheet(sheet, pdf)
    if as_json:
        write_json({**msgspec.to_builtins(report), "ok": report.ok})
    click.get_current_context().exit(0 if report.ok else 1)


@command()
def journal(folder: Folder, as_json: bool) -> None:
    journal_files = sorted(paths.data_folder().glob("journal-*.db"))
    for path in journal_files:
        journals.write_day_files(path, "", folder, own_ms())
    count = len(journal_files)
    write(
        as_json,
        {"folder": str(folder), "stations": count},
        counted("Jurnal {n} stasiun disalin ke {folder}.", count, folder=folder),
        _("Isinya memuat nama orang: hapus dari disk itu setelah dipakai."),
    )
