"""An office on a PostgreSQL server: how this PC reaches it, and what its account may do there."""

from collections.abc import Iterator
from itertools import starmap

from ult_desktop.base import _, formats
from ult_desktop.db.store.postgres.facts import Reach, ServerFacts, facts_of, round_trip_ms
from ult_desktop.db.store.postgres.rights import COUNTERS, ROLES
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.office import Office

# The release of 13 August 2026 mended CVE-2026-14669 in each major version; 18.5 was never released.
# https://www.postgresql.org/docs/release/ and https://www.postgresql.org/support/security/
MENDED_ON = "13-08-2026"
FAR_MS = 20  # an act asks about twenty times: beyond half a second a counter feels slow (docs/postgresql.md)
MENDED = {15: 19, 16: 15, 17: 11, 18: 6}
# A lock is held on each until the end: beyond some thousands "out of shared memory" is the answer.
UNLINK = "SELECT lo_unlink(oid) FROM pg_largeobject_metadata LIMIT 1000;"


def check_version(version: str) -> Iterator[CheckResult]:
    """Check a server's version, "15.10"; of a major version that is not in the table nothing is said."""
    major, _dot, minor = version.partition(".")
    mended = MENDED.get(int(major)) if major.isdigit() else None
    if mended is not None and minor.isdigit() and int(minor) < mended:
        found = _("PostgreSQL {version} punya kelemahan yang sudah diperbaiki").format(version=version)
        todo = _(
            "Perbarui ke {major}.{minor} atau lebih baru (terbit {day}): tanpa memindahkan data."
        ).format(major=major, minor=mended, day=MENDED_ON)
        yield CheckResult("warn", _("Server"), found, todo)


def check_server(office: Office, mode: str) -> Iterator[CheckResult]:
    """Check the server and this PC's account there, for a PC that runs in `mode` ("": it is not said)."""
    facts = office.read(lambda tx: tx.on_connection(facts_of))
    way = _("lewat TLS") if facts.is_encrypted else _("di komputer ini, tanpa TLS")
    yield CheckResult("ok", _("Server"), f"PostgreSQL {facts.version}, {way}")
    yield from check_version(facts.version)
    yield _distance(office.read(lambda tx: tx.on_connection(round_trip_ms)))
    yield from starmap(_reaches, facts.accounts_by_reach.items())
    yield from _large_objects(facts)
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
        yield _account(facts, mode)


def _distance(milliseconds: float) -> CheckResult:
    found = _("{ms} ms per pertanyaan").format(ms=formats.format_fixed(milliseconds, 1))
    if milliseconds <= FAR_MS:
        return CheckResult("ok", _("Kecepatan"), found)
    todo = _("Satu tindakan bertanya sekitar 20 kali. Pakai kabel, bukan Wi-Fi, atau server yang dekat.")
    return CheckResult("warn", _("Kecepatan"), found, todo)


def _reaches(found: Reach, accounts: list[str]) -> CheckResult:
    words = (
        _("Beri dulu CONNECT kepada akun tiap PC di sana (docs/postgresql.md).")
        if found.takes_from_others
        else "",
        "" if found.home else _("Kantor akun itu hanya satu: hanya yang lain yang ditutup."),
        _("Sebagai pemilik basis data itu:"),
        *(f"`{each}`" for each in found.revokes),
    )
    named = f"{', '.join(accounts)}: {', '.join(found.offices)}"
    return CheckResult("warn", _("Akun yang masuk ke beberapa kantor"), named, " ".join(filter(None, words)))


def _large_objects(facts: ServerFacts) -> Iterator[CheckResult]:
    """Yield who may make large objects, and who has made some: the program itself makes none."""
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


def _account(facts: ServerFacts, mode: str) -> CheckResult:
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
        return CheckResult(
            "warn", check, _("dapat membaca sandi atau kunci petugas"), _unreading(facts.password_revokes)
        )
    found = _("anggota {roles}: catatan lama tidak dapat diubah").format(roles=names)
    return CheckResult("ok", check, found)


def _unreading(statements: tuple[str, ...]) -> str:
    if not statements:
        return _("Dari peran akun itu. Hak berlebih tiap peran: `ult-desktop verify` menyebut pencabutannya.")
    return " ".join((_("Sebagai pemilik basis data itu:"), *(f"`{each}`" for each in statements)))


def sees_all(office: Office) -> bool:
    """Return whether this PC's account may read all of the office, as a counter's and the owner's may."""
    facts = office.read(lambda tx: tx.on_connection(facts_of))
    return facts.alters_log or COUNTERS in facts.roles
