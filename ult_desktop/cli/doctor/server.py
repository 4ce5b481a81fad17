"""The checks of an office on a PostgreSQL server: its version, its distance, the rights of its accounts."""

from collections.abc import Iterator
from itertools import starmap

from ult_desktop.base import _, formats
from ult_desktop.db.store.postgres.facts import Reach, ServerFacts, facts_of, round_trip_ms
from ult_desktop.db.store.postgres.rights import COUNTERS, ROLES
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office

# The minor releases of 13 August 2026 fixed CVE-2026-14669 in each major version; 18.5 was never released.
# https://www.postgresql.org/docs/release/ and https://www.postgresql.org/support/security/
FIXED_ON = "13-08-2026"
FIXED_MINOR = {15: 19, 16: 15, 17: 11, 18: 6}  # by major version
FAR_MS = 20  # an act asks about twenty times: beyond half a second a counter feels slow (docs/postgresql.md)
# `lo_unlink` locks each object until the end: beyond some thousands PostgreSQL runs out of shared memory.
UNLINK = "SELECT lo_unlink(oid) FROM pg_largeobject_metadata LIMIT 1000;"


def check_version(version: str) -> Iterator[CheckResult]:
    """Check a server's version ("15.10"). A major version that is not in `FIXED_MINOR` gives no result."""
    major, _dot, minor = version.partition(".")
    fixed_minor = FIXED_MINOR.get(int(major)) if major.isdecimal() else None
    if fixed_minor is not None and minor.isdecimal() and int(minor) < fixed_minor:
        found = _("PostgreSQL {version} punya kelemahan yang sudah diperbaiki").format(version=version)
        todo = _(
            "Perbarui ke {major}.{minor} atau lebih baru (terbit {day}): tanpa memindahkan data."
        ).format(major=major, minor=fixed_minor, day=FIXED_ON)
        yield CheckResult("warn", _("Server"), found, todo)


def check_server(office: Office, mode: str) -> Iterator[CheckResult]:
    """Check the server and this PC's account there. `mode` is the PC's; "" if its settings name none."""
    facts = office.read(lambda tx: tx.on_connection(facts_of))
    way = _("lewat TLS") if facts.is_encrypted else _("di komputer ini, tanpa TLS")
    yield CheckResult("ok", _("Server"), f"PostgreSQL {facts.version}, {way}")
    yield from check_version(facts.version)
    yield _check_distance(office.read(lambda tx: tx.on_connection(round_trip_ms)))
    yield from starmap(_reach_result, facts.accounts_by_reach.items())
    yield from _check_large_objects(facts)
    if facts.alters_log:
        yield CheckResult(
            "warn",
            _("Akun server"),
            _("pemilik basis data: dapat mengubah catatan lama"),
            _("Beri PC ini akun anggota {role} saja (docs/postgresql.md).").format(
                role=ROLES.get(mode, COUNTERS)
            ),
        )
    else:
        yield _check_account(facts, mode)


def _check_distance(milliseconds: float) -> CheckResult:
    found = _("{ms} ms per pertanyaan").format(ms=formats.format_fixed(milliseconds, 1))
    if milliseconds <= FAR_MS:
        return CheckResult("ok", _("Kecepatan"), found)
    todo = _("Satu tindakan bertanya sekitar 20 kali. Pakai kabel, bukan Wi-Fi, atau server yang dekat.")
    return CheckResult("warn", _("Kecepatan"), found, todo)


def _reach_result(reach: Reach, accounts: list[str]) -> CheckResult:
    """Return the result for accounts that reach several offices, with what closes the other ones to them."""
    words = (
        _("Beri dulu CONNECT kepada akun tiap PC di sana (docs/postgresql.md).")
        if reach.takes_from_others
        else "",
        "" if reach.home else _("Kantor akun itu hanya satu: hanya yang lain yang ditutup."),
        _("Sebagai pemilik basis data itu:"),
        *(f"`{each}`" for each in reach.revokes),
    )
    found = f"{', '.join(accounts)}: {', '.join(reach.offices)}"
    return CheckResult("warn", _("Akun yang masuk ke beberapa kantor"), found, " ".join(filter(None, words)))


def _check_large_objects(facts: ServerFacts) -> Iterator[CheckResult]:
    """Check who may make large objects, and who has made some: the program itself makes none."""
    check, todo = _("Objek besar"), _("Sebagai superuser, di basis data ini: {statements}")
    if facts.large_object_revokes:
        statements = " ".join(f"`{each}`" for each in facts.large_object_revokes)
        found = _("akun stasiun dapat membuatnya sampai disk server penuh")
        yield CheckResult("warn", check, found, todo.format(statements=statements))
    if facts.large_objects:
        made = ", ".join(f"{account} ({count})" for account, count in facts.large_objects)
        found = _("bukan dari program ini: {made}").format(made=made)
        yield CheckResult(
            "warn", check, found, todo.format(statements=f"`{UNLINK}` " + _("(ulangi sampai habis)"))
        )


def _check_account(facts: ServerFacts, mode: str) -> CheckResult:
    check, names, needed = _("Akun server"), ", ".join(facts.roles), ROLES.get(mode, "")
    ranks = [*ROLES.values()]  # from the role that may least to the one that may most
    rank = max(map(ranks.index, facts.roles), default=-1)
    todo = _("Beri PC ini akun anggota {role} saja (docs/postgresql.md).").format(role=needed)
    if needed and rank < ranks.index(needed):
        found = _("bukan anggota {role}: kurang untuk PC ini").format(role=needed)
        return CheckResult("fail", check, found, todo)
    if needed and rank > ranks.index(needed):
        found = _("anggota {roles}: boleh lebih daripada yang perlu").format(roles=names)
        return CheckResult("warn", check, found, todo)
    if needed and needed != COUNTERS and facts.reads_passwords:
        found = _("dapat membaca sandi atau kunci petugas")
        todo = _("Dari peran akun itu. Hak berlebih tiap peran: `ult-desktop verify` menyebut pencabutannya.")
        if facts.password_revokes:
            statements = (f"`{each}`" for each in facts.password_revokes)
            todo = " ".join((_("Sebagai pemilik basis data itu:"), *statements))
        return CheckResult("warn", check, found, todo)
    found = _("anggota {roles}: catatan lama tidak dapat diubah").format(roles=names)
    return CheckResult("ok", check, found)


def sees_all(office: Office) -> bool:
    """Return whether this PC's account may read all of the office, as a counter's and the owner's may."""
    facts = office.read(lambda tx: tx.on_connection(facts_of))
    return facts.alters_log or COUNTERS in facts.roles
