"""An office on a PostgreSQL server: how this PC reaches it, and what its account may do there."""

from collections.abc import Iterator

from ult_desktop.base import _
from ult_desktop.db.store.postgres.facts import facts_of
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office


def check_server(office: Office) -> Iterator[CheckResult]:
    facts = office.read(lambda tx: tx.on_connection(facts_of))
    way = _("lewat TLS") if facts.is_encrypted else _("di komputer ini, tanpa TLS")
    yield CheckResult("ok", _("Server"), f"PostgreSQL {facts.version}, {way}")
    if facts.reaches:
        yield CheckResult(
            "warn",
            _("Basis data yang terbuka bagi semua stasiun"),
            ", ".join(facts.reaches),
            _("Beri CONNECT kepada akun tiap PC, bukan kepada ult_station (docs/postgresql.md)."),
        )
    if facts.alters_log:
        yield CheckResult(
            "warn",
            _("Akun server"),
            _("pemilik basis data: dapat mengubah catatan lama"),
            _("Pakai akun anggota ult_station di PC ini (docs/postgresql.md)."),
        )
    else:
        yield CheckResult("ok", _("Akun server"), _("akun stasiun: catatan lama tidak dapat diubah"))
