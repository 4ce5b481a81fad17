"""The files of offices: the shipped ones by name, an office's own by its path; read and written."""

from pathlib import Path

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.resources import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.core.office.text import office_text
from ult_desktop.operations.procedures.procedure_files import procedure_ids

DEFAULT_OFFICE = "bpmp-kaltara"


def office_names() -> tuple[str, ...]:
    """The shipped offices, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("offices").glob("*.toml")))


def load_office(which: str = DEFAULT_OFFICE) -> OfficeTemplate:
    """A shipped office by its name, or the TOML file at that path.

    Raises UserError for an unknown name and for a file that is missing or wrong.
    """
    if which in office_names():
        return read_settings(resource("offices", f"{which}.toml"), OfficeTemplate)
    if not which.endswith(".toml"):
        raise UserError(
            _("Tidak ada kantor bernama “{name}”.").format(name=which),
            todo=_("Yang tersedia: {names}; atau sebut sebuah berkas .toml.").format(
                names=", ".join(office_names())
            ),
        )
    return read_office(Path(which))


def read_office(path: Path) -> OfficeTemplate:
    """Raises UserError when the file is missing or wrong, with its line, key and expected form."""
    return read_settings(path, OfficeTemplate)


def office_toml(template: OfficeTemplate) -> str:
    """The file of an office, with remarks for whoever changes it. It can name only the shipped procedures."""
    known = tuple(each for each in template.procedures if each in procedure_ids())
    return office_text(msgspec.structs.replace(template, procedures=known), _remarks())


def write_office(path: Path, template: OfficeTemplate, *, force: bool = False) -> None:
    """Raises UserError when the file is there and not to be replaced, or cannot be written."""
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(office_toml(template))
    except FileExistsError as error:
        raise UserError(
            _("{path} sudah ada.").format(path=path),
            _("Berkas itu tidak diubah."),
            _("Pilih nama lain, atau timpa dengan --force."),
        ) from error
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis ({error}).").format(path=path, error=error.strerror),
            todo=_("Pastikan foldernya ada dan Anda berhak menulis di situ."),
        ) from error


def _remarks() -> dict[str, str]:
    return {
        "": _(
            "Pengaturan kantor. Ubah berkas ini, lalu:\n"
            "  ult-desktop office check BERKAS               memeriksa isinya\n"
            "  ult-desktop office apply BERKAS --dry-run     menunjukkan bedanya dengan yang berlaku\n"
            "  ult-desktop office apply BERKAS               memberlakukannya\n"
            "Kantor baru dari berkas ini: ult-desktop init DB --office BERKAS"
        ),
        "office": _("Zona waktu hanya dapat diubah bila tidak ada antrean dan semua loket kosong."),
        "hours": _("Jam layanan. Hari yang kosong berarti tutup."),
        "services": _(
            "Layanan, dalam urutan kios. Awalan adalah tanda pengenalnya: yang dihapus dari sini ditutup.\n"
            "Kunci lain: category, fee, quota (nomor sehari), hours (seperti [hours]), procedure,\n"
            "helpdesk (nama masuk petugas), days (hari kerja untuk permohonan)."
        ),
        "counters": _("Loket tanpa `serves` melayani semua layanan. Loket tidak dapat dihapus."),
        "officers": _(
            "Hanya untuk `init`. Petugas kantor yang berjalan diubah dengan `ult-desktop officer`."
        ),
        "procedures": _(
            "Hanya untuk `init`. Kantor yang berjalan: `ult-desktop procedure adopt` dan `retire`."
        ),
        "closures": _("Hari kantor ini tutup; libur nasional dan cuti bersama sudah dikenal. Contoh:")
        + '\n[[closures]]\ndate = 2026-12-24\nreason = "Rapat kerja"',
        "ramadan": _("Jam selama Ramadan, dari first sampai last. Contoh:")
        + '\n[[ramadan]]\nfirst = 2027-02-08\nlast = 2027-03-09\nhours = { monday = ["08.00-15.00"] }',
        "categories": _("Cabang kios bila layanannya lebih dari delapan. Contoh:")
        + '\n[[categories]]\nkey = "data"\nname = { id = "Layanan data", en = "Data services" }',
        "working_days": _("Hari libur nasional yang tetap hari kerja, seperti [2026-12-24]."),
        "cuti_bersama_works": _("true: kantor tetap buka pada semua cuti bersama."),
        "running_text": _("Teks berjalan di layar lobi."),
        "calling": _("Aturan panggilan."),
        "greeting": _("Mulai jam berapa setiap salam."),
        "cases": _("Sebutan unit terkait, dan tenggat biasa dalam hari kerja."),
        "care": _("Kursi prioritas, dan berapa hari pernyataan kelompok rentan disimpan."),
        "retention": _("Masa simpan data, dalam bulan sejak kunjungan dan permohonannya selesai."),
        "survey": _("Survei kepuasan: urutan unsur, bobot, dan responden paling sedikit agar hasil tampil."),
    }
