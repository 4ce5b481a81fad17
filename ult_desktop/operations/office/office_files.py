"""The files of offices: shipped ones by name, an office's own by path; and the founding of an office."""

import os
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import UserError, _, paths, settings_file
from ult_desktop.base.digests import sha256
from ult_desktop.base.late import late
from ult_desktop.core.access import commands, keys
from ult_desktop.core.access.passwords import find_weakness, password_rule
from ult_desktop.core.access.roles import Permission, have_permission
from ult_desktop.core.office import template as office_template
from ult_desktop.core.office.office_toml import toml_of
from ult_desktop.core.office.setup_answers import ADMIN, FirstOfficer
from ult_desktop.db.creation import create
from ult_desktop.db.lock_check import location, probe_round
from ult_desktop.db.lock_check.folder_probe import prove_locks
from ult_desktop.db.store import connection, errors
from ult_desktop.db.store.engines import engine_at
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.request_ids import new_id

if TYPE_CHECKING:
    from ult_desktop.operations.procedures import procedures as shipped
else:
    shipped = late("ult_desktop.operations.procedures.procedures")

DEFAULT_OFFICE = "bpmp-kaltara"


def office_names() -> tuple[str, ...]:
    """Return the names of the shipped offices, in alphabetical order."""
    return tuple(sorted(path.stem for path in paths.resource("offices").glob("*.toml")))


def load_office(name_or_path: str = DEFAULT_OFFICE) -> office_template.OfficeTemplate:
    """Return a shipped office by its name, or the office in the TOML file at that path.

    Raises UserError for an unknown name and for a file that is missing or wrong.
    """
    if name_or_path in office_names():
        return read_office(paths.resource("offices", f"{name_or_path}.toml"))
    if not name_or_path.endswith(".toml"):
        raise UserError(
            _("Tidak ada kantor bernama “{name}”.").format(name=name_or_path),
            todo=_("Yang tersedia: {names}; atau sebut sebuah berkas .toml.").format(
                names=", ".join(office_names())
            ),
        )
    return read_office(Path(name_or_path))


def read_office(path: Path) -> office_template.OfficeTemplate:
    """Return the office in a file.

    Raises UserError when the file is missing or wrong, with its line, key and expected form.
    """
    return settings_file.read_settings(path, office_template.OfficeTemplate)


def office_toml(template: office_template.OfficeTemplate) -> str:
    """Return the text of an office's file, with remarks for the person who edits it.

    Of the office's procedures it names the shipped ones alone: another office can adopt no others.
    """
    shipped_ids = tuple(id_ for id_ in template.procedures if id_ in shipped.procedure_ids())
    return toml_of(msgspec.structs.replace(template, procedures=shipped_ids), _remarks())


def write_office(path: Path, template: office_template.OfficeTemplate, *, force: bool = False) -> None:
    """Write an office's file.

    Raises UserError when the file exists and `force` is not set, or when it cannot be written.
    """
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
    """Return the remarks in an office's file by its sections; "" is the file's head."""
    return {
        "": _(
            "Pengaturan kantor. Ubah berkas ini, lalu:\n"
            "  ult-desktop office check BERKAS               memeriksa isinya\n"
            "  ult-desktop office apply BERKAS --dry-run     menunjukkan bedanya dengan yang berlaku\n"
            "  ult-desktop office apply BERKAS               memberlakukannya\n"
            "Kantor baru dari berkas ini: ult-desktop init DB --office BERKAS"
        ),
        "office": _(
            "Zona waktu hanya dapat diubah bila tidak ada antrean dan semua loket kosong.\n"
            "logo: gambar PNG kecil dalam base64; paling mudah dipasang di Pengaturan, Kantor."
        ),
        "hours": _("Jam layanan. Hari yang kosong berarti tutup."),
        "services": _(
            "Layanan, dalam urutan kios. Awalan adalah tanda pengenalnya: yang dihapus dari sini ditutup.\n"
            "Kunci lain: category, fee, quota (nomor sehari), hours (seperti [hours]), procedure,\n"
            "channels (tatap_muka, telepon, daring; kosong: semua saluran),\n"
            "archive_code (kode klasifikasi arsip permohonannya),\n"
            "helpdesk dan back_office (nama masuk petugas), days (hari kerja untuk permohonan),\n"
            "seats (pengunjung dengan janji temu tiap setengah jam)."
        ),
        "counters": _("Loket tanpa `serves` melayani semua layanan. Loket tidak dapat dihapus."),
        "officers": _(
            "Hanya untuk `init`. Petugas kantor yang berjalan diubah dengan `ult-desktop officer`."
        ),
        "procedures": _(
            "Hanya untuk `init`. Kantor yang berjalan: `ult-desktop procedure adopt ID` dan `retire`."
        ),
        "closures": _("Hari kantor ini tutup; libur nasional dan cuti bersama sudah dikenal. Contoh:")
        + '\n[[closures]]\ndate = 2026-12-24\nreason = "Rapat kerja"',
        "ramadan": _("Jam selama Ramadan, dari first sampai last. Contoh:")
        + '\n[[ramadan]]\nfirst = 2027-02-08\nlast = 2027-03-09\nhours = { monday = ["08.00-15.00"] }',
        "categories": _("Cabang kios bila layanannya lebih dari delapan. Contoh:")
        + '\n[[categories]]\nkey = "data"\nname = { id = "Layanan data", en = "Data services" }',
        "pauses": _(
            "Alasan pengunjung meninggalkan meja, dan sesudah berapa menit waktunya berjalan lagi sendiri."
        ),
        "working_days": _("Hari libur nasional yang tetap hari kerja, seperti [2026-12-24]."),
        "cuti_bersama_works": _("true: kantor tetap buka pada semua cuti bersama."),
        "running_text": _("Teks berjalan di layar lobi."),
        "calling": _("Aturan panggilan."),
        "phone": _("Kata kantor sendiri untuk naskah telepon; yang kosong berbunyi seperti dalam POS."),
        "privacy": _("Pemberitahuan privasi dari kantor sendiri; yang kosong memakai yang bawaan."),
        "greeting": _("Mulai jam berapa setiap salam."),
        "cases": _(
            "Nama unit terkait, tenggat biasa dalam hari kerja, dan pengunjung dengan janji temu tiap\n"
            "setengah jam untuk satu layanan (seats)."
        ),
        "care": _("Kursi prioritas, dan berapa hari pernyataan kelompok rentan disimpan."),
        "retention": _("Masa simpan data, dalam bulan sejak kunjungan dan permohonannya selesai."),
        "survey": _("Survei kepuasan: urutan unsur, bobot, dan responden paling sedikit agar hasil tampil."),
    }


def create_office(
    path: Path,
    template: office_template.OfficeTemplate,
    admin_password: str,
    people: Sequence[FirstOfficer] = (),
    code: str = "",
) -> str:
    """Make the office file of `template` with an admin and `people`; return the recovery code.

    The recovery code is `code`, if a person has one on paper already.

    Raises:
        UserError: the location is unsafe, its locks do not hold, the file exists, or a password is too easy.
    """
    if engine_at(path).has_file:
        location.require_safe(path)
        prove_locks(path.absolute().parent)
    guessable = guessable_words_at_first(template, people)
    for name, password in ((ADMIN, admin_password), *((person.name, person.password) for person in people)):
        if words := find_weakness(password, guessable):
            raise UserError(f"{name}: {words}", _("Kantor belum dibuat."), password_rule())
    procedures = [shipped.load_procedure(procedure_id) for procedure_id in template.procedures]
    code = code or keys.new_code()
    hashed = hash_password(admin_password)
    officers = [
        office_template.OfficerTemplate(login=person.login, name=person.name, roles=person.roles)
        for person in people
    ]
    template = msgspec.structs.replace(template, officers=(*template.officers, *officers))
    create(path, template, new_id(), hashed, procedures, first_keys(admin_password, hashed, code, people))
    return code


def guessable_words_at_first(
    template: office_template.OfficeTemplate, people: Sequence[FirstOfficer]
) -> tuple[str, ...]:
    """Return the words that a password must not be made of in a new office (as `guessable_words` later)."""
    names = [(officer.login, officer.name) for officer in template.officers]
    names += [(person.login, person.name) for person in people]
    return (*template.office.proper_names, *chain.from_iterable(names))


def first_keys(
    admin_password: str, admin_hash: str, code: str, people: Sequence[FirstOfficer] = ()
) -> commands.FirstKeys:
    """Return the first keys of a new office.

    Its admin and `people` open them with their passwords, and the recovery `code` opens them too.
    """
    secret = keys.new_secret()
    admin_pair, code_public = keys.new_pair(), keys.pair_of_code(code).public
    return commands.FirstKeys(
        admin_public=admin_pair.public,
        admin_wrapped=keys.wrap(admin_pair.private, admin_password, keys.cost_of(admin_hash)),
        public=secret.public,
        sealed=secret.sealed_for(admin_pair.public),
        recovery=commands.Recovery(generation=1, public=code_public, sealed=secret.sealed_for(code_public)),
        made_at=time.time_ns() // 1_000_000,
        officers=tuple(_first_password(person, secret) for person in people),
    )


def _first_password(person: FirstOfficer, secret: keys.Secret) -> commands.FirstPassword:
    hashed, pair = hash_password(person.password), keys.new_pair()
    wrapped = keys.wrap(pair.private, person.password, keys.cost_of(hashed))
    return commands.FirstPassword(
        login=person.login,
        password_hash=hashed,
        pair=commands.OwnPair(public=pair.public, wrapped=wrapped),
        sealed=secret.sealed_for(pair.public)
        if have_permission(person.roles, Permission.OPEN_PERSONAL)
        else b"",
    )


def require_trusted_location(path: Path, own_folder: Path) -> None:
    """Prove the location of an office file before this PC first writes there (docs/store.md, rules 2 and 3).

    The proof starts a second process. So it is made once for each folder, and a mark in `own_folder` (this
    PC's own) remembers it. No proof is made if the file cannot be reached, or if this PC may not write there.

    Raises:
        UserError: the location is unsafe or its locks do not hold; nothing was opened for writing.
    """
    if not engine_at(path).has_file:
        return
    location.require_safe(path)
    folder = path.absolute().parent
    mark = own_folder / f"trusted-{sha256(str(folder).encode()).hex()[:16]}"
    if connection.is_present(path) and not mark.exists() and os.access(folder, os.W_OK):
        prove_locks(folder)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def location_distrust(path: Path, own_folder: Path) -> errors.UntrustedLocks | None:
    """Return why this PC must not write to the office file at `path` now, by the stations' lock probe.

    None if it may.
    """
    failure = probe_round.ProofRecord(path, own_folder).failure(time.time_ns() // 1_000_000)
    return None if failure is None else probe_round.describe_failed_proof(failure)
