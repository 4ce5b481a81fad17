"""What `doctor` says of closed years in files of their own."""

from collections.abc import Iterator
from functools import partial

from ult_desktop.cli.doctor_line import Line
from ult_desktop.core.archive import ArchiveState
from ult_desktop.db import archive_file, archives
from ult_desktop.i18n import _
from ult_desktop.operations.archive_reading import years_in
from ult_desktop.operations.office import Office


def archives_of(office: Office) -> Iterator[Line]:
    """A year that is on its way, one whose file is gone or another one, and files that nobody knows."""
    known = office.read(archives.every)
    for each in known:
        check, path = _("Arsip {year}").format(year=each.year), archives.path_of(office.path, each.year)
        if not archive_file.is_of(path, each.facts):
            todo = _("`ult-desktop archive restore {year} --from FOLDER` mengambilnya dari cadangan.")
            if office.read(partial(archives.is_untouched, archive=each)):
                todo = _("Belum ada yang dipindahkan; buat lagi: ult-desktop archive {year}.")
            yield Line(
                "fail", check, _("{path} tidak ada atau rusak").format(path=path), todo.format(year=each.year)
            )
        elif each.state is ArchiveState.MOVING:
            todo = _("Selesaikan: ult-desktop archive {year}.").format(year=each.year)
            yield Line("warn", check, _("belum selesai dipindahkan"), todo)
        else:
            yield Line("ok", check, str(path))
    for year in sorted({*years_in(office.path)} - {each.year for each in known}):
        found = _("berkas arsip ini tidak dikenal berkas kantor")
        todo = _("Berkas kantor dipulihkan dari cadangan lama? `ult-desktop archive {year}` membuatnya lagi.")
        yield Line("warn", _("Arsip {year}").format(year=year), found, todo.format(year=year))
    aside = sorted(each.name for each in archives.folder_of(office.path).glob("*.*-*.db"))
    if aside:
        found = _("salinan lama masih memuat data pribadi: {names}").format(names=", ".join(aside))
        todo = _("Penghapusan tidak menjangkaunya; hapus berkasnya bila arsipnya sudah utuh.")
        yield Line("warn", _("Arsip"), found, todo)
