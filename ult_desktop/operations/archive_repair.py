"""An archive that is gone or damaged comes back from the second place."""

from pathlib import Path

from ult_desktop.db import archive_backup, archives, backup_folder, moving
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.office import Office


def bring_archive_back(office: Office, year: int, place: Path) -> tuple[Path, Path | None]:
    """Put the copy of a year's archive into its place, proved; a file that lies there gets another name.

    Answers where it lies, and that other name.

    Raises:
        UserError: the office knows no such archive, or the second place has no whole copy of it.
    """
    known = office.read(lambda tx: archives.find(tx, year))
    if known is None:
        raise UserError(
            _("Kantor ini tidak punya arsip {year}.").format(year=year), _("Tidak ada yang berubah.")
        )
    places = [archive_backup.place_of(home, known) for home in backup_folder.homes_in(place)]
    source = next((each for each in places if each.exists()), None)
    if source is None:
        raise UserError(
            _("Tidak ada salinan arsip {year} di {folder}.").format(year=year, folder=place),
            _("Tidak ada yang berubah."),
            _("Disk cadangan lain mungkin punya."),
        )
    path = archives.path_of(office.path, year)
    fresh = path.with_name(f"{path.stem}.pulih{path.suffix}")
    archive_backup.bring(source, fresh, known)
    aside = path.with_name(f"{path.stem}.rusak-{office.clock()}{path.suffix}") if path.exists() else None
    if aside is not None:
        moving.put(path, aside)
    moving.put(fresh, path)
    return path, aside
