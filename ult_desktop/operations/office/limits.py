"""What may not be changed in an office while something runs on it, said with words."""

from collections.abc import Sequence

from ult_desktop.base import _
from ult_desktop.core.office.template import OfficeTemplate, ServiceTemplate
from ult_desktop.db.access import officers
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import refuse

NAMED = 5  # how many numbers a refusal names


def require_possible(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Raises UserError for the first thing that would break a queue, an appointment or a record."""
    _require_same_clock(tx, before, after)
    _require_free_series(tx, before, after)
    _require_every_counter(before, after)
    _require_idle(tx, before, after)
    known = {service.prefix: service for service in before.services}
    for service in after.services:
        if service.prefix not in known:
            _require_own_prefix(tx, service)
        _require_known(tx, known.get(service.prefix), service)
    _require_served(tx, after)


def _require_same_clock(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """The office's day decides which queue a number is in."""
    if before.office.timezone == after.office.timezone:
        return
    if waiting := office.open_numbers(tx):
        raise refuse(
            _("Zona waktu tidak dapat diubah selama antrean berjalan: {numbers}.").format(
                numbers=_some(waiting)
            ),
            _("Tutup hari dulu, lalu ulangi."),
        )
    if staffed := office.staffed_counters(tx):
        raise refuse(
            _("Zona waktu tidak dapat diubah selama loket {numbers} dijaga.").format(
                numbers=_some([str(number) for number in staffed])
            ),
            _("Kosongkan semua loket dulu, lalu ulangi."),
        )


def _require_free_series(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    series = before.calling.priority_series
    waiting = office.open_numbers_in(tx, series) if series != after.calling.priority_series else ()
    if waiting:
        raise refuse(
            _("Deret prioritas {series} masih dipakai: {numbers}.").format(
                series=series, numbers=_some(waiting)
            ),
            _("Selesaikan nomor itu atau tutup hari dulu."),
        )


def _require_every_counter(before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Numbers, calls and serving times of the past point to their counter."""
    kept = {counter.number for counter in after.counters}
    if gone := [str(counter.number) for counter in before.counters if counter.number not in kept]:
        raise refuse(
            _("Loket {numbers} tidak ada dalam berkas, dan loket tidak dapat dihapus.").format(
                numbers=_some(gone)
            ),
            _("Biarkan loket itu dalam berkas; loket yang tidak dijaga tetap tutup."),
        )


def _require_idle(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """A service that is retired has nobody who waits for it, today or by appointment."""
    kept = {service.prefix for service in after.services}
    for service in before.services:
        if service.prefix in kept:
            continue
        service_id = services.id_of_prefix(tx, service.prefix)
        if waiting := office.open_numbers_of(tx, service_id):
            raise refuse(
                _("Layanan {name} masih punya nomor: {numbers}.").format(
                    name=service.name.id, numbers=_some(waiting)
                ),
                _("Selesaikan atau alihkan nomor itu dulu."),
            )
        if booked := office.appointments_for(tx, service_id):
            raise refuse(
                _("Layanan {name} masih punya janji temu: {codes}.").format(
                    name=service.name.id, codes=_some(booked)
                ),
                _("Penuhi atau batalkan janji itu dulu."),
            )


def _require_own_prefix(tx: Transaction, service: ServiceTemplate) -> None:
    """A prefix brings its old service back; another service under it would rename the past."""
    old = services.of_prefix(tx, service.prefix)
    if old is not None and old.definition.name.id != service.name.id:
        raise refuse(
            _("Awalan {prefix} milik layanan lama {old}, bukan {new}.").format(
                prefix=service.prefix, old=old.definition.name.id, new=service.name.id
            ),
            _("Pilih awalan lain, atau pakai nama yang lama bila layanan itu dibuka kembali."),
        )


def _require_known(tx: Transaction, before: ServiceTemplate | None, after: ServiceTemplate) -> None:
    """Who and what a service newly names is there. What it named before may have left the office since."""
    named = set(before.helpdesk) if before else set()
    here = {officer.login for officer in officers.all_active(tx)}
    if strangers := [login for login in after.helpdesk if login not in named | here]:
        raise refuse(
            _("Layanan {name}: petugas helpdesk {logins} tidak ada.").format(
                name=after.name.id, logins=_some(strangers)
            ),
            _("Tambahkan petugasnya dulu (Pengaturan, Petugas)."),
        )
    runs = {each.id for each in procedures.in_force(tx)} | {before.procedure if before else ""}
    if after.procedure and after.procedure not in runs:
        raise refuse(
            _("Layanan {name}: prosedur {id} tidak dijalankan kantor ini.").format(
                name=after.name.id, id=after.procedure
            ),
            _("Jalankan prosedurnya dulu (procedure adopt)."),
        )


def _require_served(tx: Transaction, after: OfficeTemplate) -> None:
    """Whoever waits can still be called by a counter."""
    prefixes = {service.prefix for service in after.services}
    served = {p for counter in after.counters for p in counter.serves or prefixes}
    for service in after.services:
        if service.prefix in served or (row := services.of_prefix(tx, service.prefix)) is None:
            continue
        if waiting := office.open_numbers_of(tx, row.id):
            raise refuse(
                _("Tidak ada loket lagi yang melayani {name}, padahal {numbers} menunggu.").format(
                    name=service.name.id, numbers=_some(waiting)
                ),
                _("Sisakan satu loket untuk layanan itu, atau selesaikan nomornya dulu."),
            )


def _some(names: Sequence[str]) -> str:
    """The first few, and that there are more."""
    shown = ", ".join(names[:NAMED])
    return (
        shown if len(names) <= NAMED else _("{names} dan {n} lagi").format(names=shown, n=len(names) - NAMED)
    )
