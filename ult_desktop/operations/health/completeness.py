"""The checks of what an office has still to fill in: identity, officers, qualifications, deadlines."""

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
    """Check that the office's identity is filled in. A shipped office leaves its parts empty."""
    check, identity = _("Identitas kantor"), office.read(office_rows.load).settings.office
    entries = {
        _("kop surat"): "".join(identity.letterhead),
        _("alamat"): identity.address,
        _("telepon"): identity.phone,
        _("kota"): identity.city,
        _("nama kepala"): identity.head,
        _("NIP kepala"): identity.head_nip,
        _("nama PPID"): identity.ppid,
        _("NIP PPID"): identity.ppid_nip,
        _("alamat survei"): identity.survey_url,
        _("pelaporan pelanggaran (WBS)"): identity.wbs,
        _("pelaporan gratifikasi (UPG)"): identity.upg,
    }
    empty = [name for name, value in entries.items() if not value.strip()]
    if not empty:
        return CheckResult("ok", check, identity.short_name)
    words = _("belum diisi: {names}").format(names=", ".join(empty))
    todo = _(
        "Pengaturan, Kantor; atau `ult-desktop office export FILE`, isi di bagian [office], lalu"
        " `ult-desktop office apply FILE`."
    )
    return CheckResult("warn", check, words, todo)


def check_people(office: Office) -> CheckResult:
    """Check that each role in a procedure in force has an officer, and that somebody is the head."""
    check, needed = _("Petugas POS"), [Role.HEAD]
    for procedure in office.read(procedures.load_in_force):
        actor_ids = (actor.id for actor in procedure.actors)
        needed += (ROLE_OF_ACTOR[actor_id] for actor_id in actor_ids if actor_id in ROLE_OF_ACTOR)
    filled = {role for officer in office.read(officers.all_active) for role in officer.roles}
    unfilled = [role.word for role in dict.fromkeys(needed) if role not in filled]
    if not unfilled:
        return CheckResult("ok", check, _("tiap peran dalam POS ada petugasnya"))
    words = _("belum ada petugas sebagai: {names}").format(names=", ".join(unfilled))
    todo = _("`ult-desktop officer add LOGIN NAMA`, atau tambah peran petugas lain.")
    if Role.HEAD not in filled:
        todo += " " + _("Tanpa kepala tidak ada yang membuka Kotak masuknya: pengaduan untuknya tertahan.")
    return CheckResult("warn", check, words, todo)


def check_qualifications(office: Office) -> CheckResult:
    """Check that the officers at work today have the qualifications that their procedures require."""
    check = _("Kualifikasi petugas")
    unmet = office.read(lambda tx: unmet_today(tx, office.clock()))
    if not unmet:
        return CheckResult("ok", check, _("tiap petugas yang bertugas hari ini dikonfirmasi kepala"))
    by_name: dict[str, list[str]] = {}
    for required in unmet:
        by_name.setdefault(required.officer.name, []).append(required.procedure.id)
    names = "; ".join(f"{name} ({', '.join(ids)})" for name, ids in by_name.items())
    words = _("bertugas hari ini, belum dikonfirmasi: {names}").format(names=names)
    todo = _(
        "Kepala mengonfirmasi di halaman Kualifikasi, atau dengan"
        " `ult-desktop officer qualify LOGIN POS --since TANGGAL`."
    )
    return CheckResult("warn", check, words, todo)


def check_deadlines(office: Office) -> CheckResult:
    """Check that the open deadlines are counted with the national holidays that this program knows."""
    check = pgettext("many", "Tenggat")
    moved = find_outdated_deadlines(office)
    if not moved:
        return CheckResult("ok", check, _("dihitung dengan hari libur nasional yang berlaku"))
    words = _("{n} dihitung dengan hari libur nasional yang lama").format(n=len(moved))
    return CheckResult("warn", check, words, _("`ult-desktop office follow-days`"))
