"""The checks for what an office has still to complete: identity, officers, qualifications, deadlines."""

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.operations.accountability.qualifications import unmet_today
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.deadlines import find_outdated_deadlines
from ult_desktop.operations.office.office import Office


def check_identity(office: Office) -> CheckResult:
    """Check the office's identity. A ready-made office leaves open what it cannot know."""
    check, about = _("Identitas kantor"), office.read(office_rows.load).settings.office
    entries = {
        _("kop surat"): "".join(about.letterhead),
        _("alamat"): about.address,
        _("telepon"): about.phone,
        _("kota"): about.city,
        _("nama kepala"): about.head,
        _("NIP kepala"): about.head_nip,
        _("nama PPID"): about.ppid,
        _("NIP PPID"): about.ppid_nip,
        _("alamat survei"): about.survey_url,
        _("pelaporan pelanggaran (WBS)"): about.wbs,
        _("pelaporan gratifikasi (UPG)"): about.upg,
    }
    lacking = [name for name, value in entries.items() if not value.strip()]
    if not lacking:
        return CheckResult("ok", check, about.short_name)
    words = _("belum diisi: {names}").format(names=", ".join(lacking))
    todo = _(
        "Pengaturan, Kantor; atau `ult-desktop office export FILE`, isi di bagian [office], lalu"
        " `ult-desktop office apply FILE`."
    )
    return CheckResult("warn", check, words, todo)


def check_people(office: Office) -> CheckResult:
    """Check that each role in a procedure in force has an officer, and that somebody is the head."""
    check, needed = _("Petugas POS"), dict.fromkeys((Role.HEAD,))
    for procedure in office.read(procedures.load_in_force):
        actors = (actor.id for actor in procedure.actors)
        needed |= dict.fromkeys(ROLE_OF_ACTOR[actor] for actor in actors if actor in ROLE_OF_ACTOR)
    filled = {role for officer in office.read(officers.all_active) for role in officer.roles}
    lacking = [role.word for role in needed if role not in filled]
    if not lacking:
        return CheckResult("ok", check, _("tiap peran dalam POS ada petugasnya"))
    words = _("belum ada petugas sebagai: {names}").format(names=", ".join(lacking))
    todo = _("`ult-desktop officer add LOGIN NAMA`, atau tambah peran petugas lain.")
    if Role.HEAD not in filled:
        todo += " " + _("Tanpa kepala tidak ada yang membuka Kotak masuknya: pengaduan untuknya tertahan.")
    return CheckResult("warn", check, words, todo)


def check_qualifications(office: Office) -> CheckResult:
    """Check the qualifications of those who work today.

    An officer without a confirmed qualification goes on working; the head is shown their name.
    """
    check = _("Kualifikasi petugas")
    lacking = office.read(lambda tx: unmet_today(tx, office.clock()))
    if not lacking:
        return CheckResult("ok", check, _("tiap petugas yang bertugas hari ini dikonfirmasi kepala"))
    by_name: dict[str, list[str]] = {}
    for each in lacking:
        by_name.setdefault(each.officer.name, []).append(each.procedure.id)
    names = "; ".join(f"{name} ({', '.join(ids)})" for name, ids in by_name.items())
    words = _("bertugas hari ini, belum dikonfirmasi: {names}").format(names=names)
    todo = _(
        "Kepala mengonfirmasi di halaman Kualifikasi, atau dengan"
        " `ult-desktop officer qualify LOGIN POS --since TANGGAL`."
    )
    return CheckResult("warn", check, words, todo)


def check_deadlines(office: Office) -> CheckResult:
    """Check that the open deadlines are counted with the national days that this program knows."""
    check = pgettext("many", "Tenggat")
    moved = find_outdated_deadlines(office)
    if not moved:
        return CheckResult("ok", check, _("dihitung dengan hari libur nasional yang berlaku"))
    words = _("{n} dihitung dengan hari libur nasional yang lama").format(n=len(moved))
    return CheckResult("warn", check, words, _("`ult-desktop office follow-days`"))
