"""The file of a closed year: written from a proved copy of the office, proved, and only read after that.

It has the office's tables but another mark, so that no station opens it for work. A half one ends in `.part`.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec
from sqlite_utils import Database

from ult_desktop.core.archive import ArchiveFacts, Counts
from ult_desktop.db import (
    archive_choice,
    archive_rules,
    archives,
    backup,
    events,
    failures,
    moving,
    verification,
)
from ult_desktop.db.archive_choice import Stay, Wanted
from ult_desktop.db.archive_rules import RULES, belongs, columns, key_of, root_of
from ult_desktop.db.connection import known_migrations
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.i18n import _

ARCHIVE_ID = 0x554C5441  # "ULTA": an office's tables, and no office
_HALF = ".part"


class BadArchive(UserError):
    """An archive that is not what was written."""


def write(
    copy: Path, target: Path, wanted: Wanted, token: str, judge: Callable[[Sequence[Stay]], None]
) -> tuple[ArchiveFacts, tuple[Stay, ...]]:
    """Write the archive of a year from the proved `copy` of the office to `target`; what is open stays.

    `judge` may refuse over what is open, before anything lies in its place.

    A file of an earlier try that never began gets another name: it may be all that is left of something.

    Raises:
        UserError: `judge` refused, what was written is not what stands in the copy, or the folder cannot be
            written.
    """
    try:
        return _write(copy, target, wanted, token, judge)
    except (sqlite3.Error, OSError) as error:
        raise UserError(
            _("Arsip tidak dapat ditulis di {folder} ({error}).").format(folder=target.parent, error=error),
            _("Tidak ada yang berubah."),
            _("Periksa ruang kosong dan hak tulis di folder itu."),
        ) from error


def _write(
    copy: Path, target: Path, wanted: Wanted, token: str, judge: Callable[[Sequence[Stay]], None]
) -> tuple[ArchiveFacts, tuple[Stay, ...]]:
    target.parent.mkdir(exist_ok=True)
    half = target.with_name(f".{target.name}{_HALF}")
    half.unlink(missing_ok=True)
    with closing(_draft(half, copy)) as link:
        last_seq = archive_choice.choose(link, wanted)
        stays = archive_choice.still_open(link, wanted)
        judge(stays)
        link.execute("BEGIN")
        _fill(link, wanted, last_seq)
        facts = _describe(link, wanted, token)
        _require_as_copied(link, half)
        link.execute("COMMIT")
    backup.sync_file(half)
    prove(half)
    if target.exists():
        target.rename(target.with_name(f"{target.stem}.lama-{token}{target.suffix}"))
    moving.put(half, target)
    backup.sync_folder(target.parent)
    return facts, stays


def _draft(path: Path, copy: Path) -> sqlite3.Connection:
    """A new file beside its place, with the copy attached; nothing is lost when it stays half."""
    with ExitStack() as on_failure:
        link = sqlite3.connect(path, isolation_level=None, uri=True)  # the copy is attached read-only
        on_failure.enter_context(closing(link))
        link.execute("PRAGMA journal_mode = OFF")
        link.execute("PRAGMA synchronous = OFF")
        MIGRATIONS.apply(Database(link))
        link.execute(f"PRAGMA application_id = {ARCHIVE_ID}")
        link.execute("PRAGMA foreign_keys = OFF")  # the order of tables is no matter: all is looked at last
        link.execute("ATTACH ? AS src", (f"file:{quote(os.fsencode(copy))}?mode=ro",))
        on_failure.pop_all()
    return link


def _fill(link: sqlite3.Connection, wanted: Wanted, last_seq: int) -> None:
    for table in archive_rules.copied():
        link.execute(f"DELETE FROM {table}")  # a migration may ship rows
        _copy(link, table, "1")
    for table, rule in archive_rules.moving().items():
        if root_of(table):
            _copy(link, table, belongs(table, f"SELECT id FROM moved_{root_of(table)}", "src"))
        if rule.alone:
            _copy(link, table, _lone(table), wanted.values)
    _copy(link, "document", f"visit_id IS NULL AND id IN ({_SHOWN_DOCUMENTS})")
    link.execute("DELETE FROM event")
    _copy(link, "event", "seq <= :last", {"last": last_seq})


_SHOWN_DOCUMENTS = " UNION ".join(
    f"SELECT document_id FROM main.{table}"
    for table, column, _parent in archive_rules.LINKS
    if column == "document_id"
)


def _lone(table: str) -> str:
    """Rows that hang on nothing, by their day; the newest stays, so that no id comes twice."""
    rule = RULES[table]
    still_open = f" AND NOT ({rule.open})" if rule.open else ""
    acts = "".join(f" AND coalesce({name} < :end, 1)" for name in _LONE_ACTS.get(table, ()))
    newest = f"id < (SELECT max(id) FROM src.{table})"
    return f"{rule.alone} AND day <= :day AND {newest}{still_open}{acts}"


_LONE_ACTS = {"deviation": ("reviewed_at",)}


def _copy(
    link: sqlite3.Connection, table: str, condition: str, values: dict[str, int | str] | None = None
) -> None:
    names = columns(link, table)
    shown = ", ".join(archive_rules.shown(table, name) for name in names)
    link.execute(
        f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {shown} FROM src.{table} WHERE {condition}",
        values or {},
    )


def _describe(link: sqlite3.Connection, wanted: Wanted, token: str) -> ArchiveFacts:
    """The archive's own row in its own file."""
    tx = Transaction(link)
    first, before, _ticket = events.start(tx, "src")
    last, last_hash = tx.row("SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1") or (first, before)
    facts = ArchiveFacts(
        year=wanted.year,
        token=token,
        last_day=wanted.last_day,
        first_seq=first + 1,
        last_seq=last,
        first_hash=before,
        last_hash=last_hash,
        digest=digest_of(link),
        bounds={
            table: link.execute(f"SELECT coalesce(max({key_of(table)}), 0) FROM src.{table}").fetchone()[0]
            for table, _column, _parent in archive_rules.LINKS
        },
        counts=counts_of(tx),
    )
    archives.insert(tx, facts, wanted.now)
    return facts


def counts_of(tx: Transaction) -> Counts:
    def count(table: str) -> int:
        return int(tx.value(f"SELECT count(*) FROM {table}"))

    return Counts(
        visits=count("visit"),
        tickets=count("ticket"),
        cases=count("casefile"),
        events=count("event"),
        rows=sum(count(table) for table in archive_rules.moving()),
    )


def digest_of(link: sqlite3.Connection) -> str:
    """A hash over every row that moved and over the log, in the order of their keys."""
    digest = hashlib.sha256()
    for table in (*archive_rules.moving(), "event"):
        names = ", ".join(columns(link, table))
        digest.update(table.encode())
        for row in link.execute(f"SELECT {names} FROM main.{table} ORDER BY 1"):
            digest.update(msgspec.json.encode(row))
    return digest.hexdigest()


def _require_as_copied(link: sqlite3.Connection, path: Path) -> None:
    """Row by row the same as in the copy."""
    for table in (*archive_rules.moving(), "event"):
        names = ", ".join(columns(link, table))
        sql = f"SELECT {names} FROM main.{table} EXCEPT SELECT {names} FROM src.{table}"
        if link.execute(sql).fetchone() is not None:
            raise _bad(path, table)


def prove(path: Path) -> ArchiveFacts:
    """Read all of the archive at `path`: pages, references, the chain of its log, the hash of its rows.

    Raises:
        BadArchive: it is not whole, or no archive.
    """
    try:
        with closing(backup.open_to_read(path)) as link:
            return _proved(link, path)
    except (sqlite3.Error, OSError, *failures.UNREADABLE) as error:
        raise _bad(path, str(error)) from error


def _proved(link: sqlite3.Connection, path: Path) -> ArchiveFacts:
    tx = Transaction(link)
    if tx.value("PRAGMA application_id") != ARCHIVE_ID:
        raise _bad(path, _("bukan arsip"))
    facts = archives.facts_in(tx)
    findings = verification.pages_and_chain(tx, events.Start(facts.first_seq - 1, facts.first_hash, 0))
    if findings:
        raise _bad(path, f"{findings[0].check} {findings[0].detail}")
    if digest_of(link) != facts.digest:
        raise _bad(path, _("isinya berubah"))
    return facts


@contextmanager
def opened(path: Path, *, as_it_is: bool = False) -> Iterator[Transaction]:
    """An archive to read in; one of an older program is brought up to date in memory alone.

    With `as_it_is` it is not: for a short look at what every archive has.

    Raises:
        BadArchive: it is gone, damaged, or no archive of this program.
    """
    try:
        with closing(_to_read(path, as_it_is=as_it_is)) as link:
            link.execute("BEGIN")
            yield Transaction(link)
    except (sqlite3.Error, OSError, *failures.UNREADABLE) as error:
        raise _bad(path, str(error)) from error


def _to_read(path: Path, *, as_it_is: bool) -> sqlite3.Connection:
    with ExitStack() as on_failure:
        link = on_failure.enter_context(closing(backup.open_to_read(path)))
        link.isolation_level = None
        if link.execute("PRAGMA application_id").fetchone()[0] != ARCHIVE_ID:
            raise _bad(path, _("bukan arsip"))
        applied = {name for (name,) in link.execute("SELECT name FROM _sqlite_migrations").fetchall()}
        if as_it_is or known_migrations() <= applied:
            on_failure.pop_all()
            return link
        memory = sqlite3.connect(":memory:", isolation_level=None)
        link.backup(memory)
    MIGRATIONS.apply(Database(memory))
    return memory


def is_of(path: Path, facts: ArchiveFacts) -> bool:
    """Whether the file at `path` is the archive that the office knows, as far as it says itself."""
    try:
        with opened(path) as tx:
            return archives.facts_in(tx).token == facts.token
    except BadArchive:
        return False


def not_there(path: Path) -> BadArchive:
    """The office knows an archive, and its file is gone or another one."""
    return _bad(path, _("tidak ada, atau bukan berkas yang dibuat waktu itu"))


def _bad(path: Path, why: str) -> BadArchive:
    return BadArchive(
        _("Arsip {path} tidak utuh ({why}).").format(path=path, why=why),
        _("Berkas kantor tidak diubah."),
        _("Ambil salinannya dari cadangan: `ult-desktop archive restore TAHUN --from FOLDER`."),
    )
