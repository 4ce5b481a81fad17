"""A connection to a PostgreSQL server, its dialect, and its failures in the words of the store."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache, cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo, TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.db.store.engine import Answer, Cursor, Reference
from ult_desktop.db.store.errors import WritesBlocked

_QUOTED_TEXT = re.compile(r"('(?:[^']|'')*')")
_INDEX_HINT = re.compile(r" INDEXED BY \w+")
_NOCASE = re.compile(r"([\w.]+|\?) COLLATE NOCASE")
_PARAMETER = re.compile(r"\?(\d*)")


@cache  # the statements of this program are constants, and few
def translate(sql: str) -> str:
    """Translate a statement of SQLite's dialect; text between quotes is left as it is."""
    parts = _QUOTED_TEXT.split(sql)  # every second one is a quoted text
    count = 0

    def number_parameter(match: re.Match[str]) -> str:
        """Return a parameter as PostgreSQL names it: "?2" becomes "$2", the third "?" becomes "$3"."""
        # `psycopg.RawCursor` leaves statements as PostgreSQL has them ($1): psycopg's own %s would make every
        # % of a LIKE special. https://www.psycopg.org/psycopg3/docs/advanced/cursors.html
        nonlocal count
        if match[1]:
            return f"${match[1]}"
        count += 1
        return f"${count}"

    for place in range(0, len(parts), 2):
        part = _INDEX_HINT.sub("", parts[place])
        # PostgreSQL has no NOCASE; `lower` in the statement meets the index over `lower(column)` that
        # `schema.py` makes.
        part = _NOCASE.sub(r"lower(\1)", part)
        parts[place] = _PARAMETER.sub(number_parameter, part)
    return "".join(parts)


# https://www.postgresql.org/docs/current/errcodes-appendix.html
_CODES = {
    **dict.fromkeys(("55P03", "40001", "40P01"), sqlite3.SQLITE_BUSY),
    **dict.fromkeys(("XX001", "XX002"), sqlite3.SQLITE_CORRUPT),
    "57014": sqlite3.SQLITE_INTERRUPT,
    "53100": sqlite3.SQLITE_FULL,
    "25006": sqlite3.SQLITE_READONLY,
    "25P03": sqlite3.SQLITE_IOERR,  # the PC slept within its transaction, and the server ended it
}
_CODES_BY_CLASS = {  # by the first two characters of a code; "" for a failure without one
    **dict.fromkeys(("08", "53", "57", "58", ""), sqlite3.SQLITE_IOERR),
    **dict.fromkeys(("23", "P0"), sqlite3.SQLITE_CONSTRAINT),
}
_TOO_LARGE = "22003"
_NO_RIGHT = "42501"
# For a failed connection libpq gives words alone, no code.
_QUOTED = re.compile(r'".*"', re.DOTALL)
_NOT_PROVED = re.compile(r"certificate|weak sslmode|does not support SSL|SSL error(?!: unexpected eof)")
_ACCOUNT_REFUSED = re.compile(
    r" does not exist|authentication failed|no pg_hba\.conf entry|no password supplied"
    r"|permission denied for database"
)


def as_store_error(error: psycopg.Error, path: Path, *, connecting: bool = False) -> Exception:
    """Return the exception by which the store knows a failure at the office of `path`.

    A server that crashes breaks TLS off too. So an error of TLS, or a refusal to let this account in, is
    taken for one only while `connecting`.
    """
    state, words = error.sqlstate or "", str(error).strip()
    if isinstance(error, psycopg.DataError) and state in ("", _TOO_LARGE):
        return OverflowError(words)  # a NUL in a text, a number beyond 64 bits: never sent, or refused
    if state == _NO_RIGHT:
        return _missing_right(words, path.stem)
    refusal = _refused_connection(words, path.stem) if connecting else None
    if refusal is not None:
        return refusal
    code = _CODES.get(state, _CODES_BY_CLASS.get(state[:2], sqlite3.SQLITE_ERROR))
    kind = sqlite3.IntegrityError if code == sqlite3.SQLITE_CONSTRAINT else sqlite3.OperationalError
    failure = kind(words)
    failure.sqlite_errorcode = code
    return failure


def _missing_right(words: str, name: str) -> UserError:
    return _blocked(
        _("Akun pada alamat server {name} tidak berhak melakukan itu ({error}).").format(
            name=name, error=words
        ),
        _("Akun pada alamat server {name} tidak berhak melakukan itu.").format(name=name),
        _(
            "Layar, kios, dan loket memakai akun yang berbeda haknya; pemilik basis data membuat dan"
            " memperbarui kantor. Minta petugas TI memeriksa akun PC ini (`ult-desktop doctor`)."
        ),
    )


def _refused_connection(words: str, name: str) -> UserError | None:
    """Return the error for a server that is not proved or lets nobody in; None for any other failure."""
    if _NOT_PROVED.search(words):
        return _blocked(
            _("Sambungan ke {name} tidak terbukti aman ({error}).").format(name=name, error=words),
            _("Sambungan ke {name} tidak terbukti aman.").format(name=name),
            _("Sebut berkas sertifikat kantor pada alamat server (sslrootcert=…), dan namanya yang tepat."),
        )
    if _ACCOUNT_REFUSED.search(words):
        return _blocked(
            _("Server tidak mengizinkan masuk: {name} ({error}).").format(name=name, error=words),
            _("Server tidak mengizinkan masuk: {name}.").format(name=name),
            _("Periksa akun, kata sandi, dan nama basis data pada alamat server."),
        )
    return None


def _blocked(what: str, public: str, todo: str) -> WritesBlocked:
    return WritesBlocked(what, _("Tidak ada yang berubah."), todo, public=public)


# libpq's number of 15.0: https://www.postgresql.org/docs/current/libpq-status.html
OLDEST_SERVER = 150000
ONE_WRITER = 0x554C5431  # the key of the advisory lock; locks belong to a database, and so to an office
# `cancel_safe` opens a connection of its own, and a server that does not answer would hang it.
_CANCEL_S = 5.0
_CHANNEL = "ult_commit"
# Under the lock nobody else writes, so with READ COMMITTED all statements find one state, the newest.
# REPEATABLE READ would fix the snapshot before the lock is granted, and read what is old by then:
# https://www.postgresql.org/docs/current/transaction-iso.html. The hint to the watchers goes out with the
# commit, and not without it: https://www.postgresql.org/docs/current/sql-notify.html
_BEGIN_WRITE = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {milliseconds}; "
    f"SELECT pg_advisory_xact_lock({ONE_WRITER}); SET LOCAL lock_timeout TO DEFAULT; NOTIFY {_CHANNEL}"
)
_BEGINNINGS = {
    "BEGIN IMMEDIATE": _BEGIN_WRITE.format(milliseconds=1000),
    # A snapshot, as SQLite's read transaction is one.
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
# The settings of each session, over what server, database, account and address set: all those an account may
# set in PostgreSQL 15 to 18 that change what is read or written, or when something ends. Left alone is what
# costs only time (the planner's enable_…, jit, work_mem), where tables lie, and an account's `role`.
# https://www.postgresql.org/docs/current/runtime-config-client.html
SESSION_SETTINGS = {
    # The owner of the database may have turned it off for all: then a crash of the server loses commits that
    # were acknowledged. https://www.postgresql.org/docs/current/runtime-config-wal.html
    "synchronous_commit": "on",
    "search_path": "public",
    "row_security": "on",
    "gin_fuzzy_search_limit": "0",  # else a search leaves out what chance decides
    # For a statement outside of a transaction; within one, BEGIN says the same things.
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
    "default_transaction_deferrable": "off",
    # How text, numbers, bytes and times are written and read.
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "quote_all_identifiers": "off",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    # How long things may last. A watcher is idle for as long as nothing happens.
    "lock_timeout": "1s",
    "statement_timeout": "0",
    "idle_session_timeout": "0",
    "exit_on_error": "off",
    # A PC that sleeps within its transaction loses the lock.
    "idle_in_transaction_session_timeout": "10s",
    # So does one whose cable was pulled: otherwise the server would keep its connection for two hours.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "15000",
}
# A server that does not know a setting refuses a connection that names it, so these are set after connecting.
NEWER_SESSION_SETTINGS = {"transaction_timeout": "0"}  # since PostgreSQL 17
_FOR_SESSION = " ".join(
    "-c {}={}".format(name, value.replace(" ", r"\ ")) for name, value in SESSION_SETTINGS.items()
)
_SET_NEWER = ", ".join(
    f"CASE WHEN current_setting('{name}', true) IS NOT NULL THEN set_config('{name}', '{value}', false) END"
    for name, value in NEWER_SESSION_SETTINGS.items()
)
_SETTINGS = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    # Keepalives are not sent while data waits to be acknowledged; this bounds that wait (Linux; libpq ignores
    # it elsewhere). https://www.postgresql.org/docs/current/libpq-connect.html
    "tcp_user_timeout": 15_000,
    "application_name": "ult-desktop",
}
_REFERENCES = """
SELECT t.relname, referred.relname, array_agg(a.attname ORDER BY k.place),
    array_agg(referred_a.attname ORDER BY k.place)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_class referred ON referred.oid = c.confrelid
JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY k (attnum, referred_attnum, place) ON true
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
JOIN pg_attribute referred_a ON referred_a.attrelid = c.confrelid AND referred_a.attnum = k.referred_attnum
WHERE c.contype = 'f' GROUP BY c.oid, t.relname, referred.relname ORDER BY c.oid
"""
_PRIMARY_KEYS = """
SELECT t.relname, string_agg(a.attname, ', ' ORDER BY k.place)
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
JOIN unnest(i.indkey) WITH ORDINALITY k (attnum, place) ON true
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indisprimary AND t.relnamespace = CAST('public' AS regnamespace) GROUP BY t.relname
"""
_NUMBERED_TABLES = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = current_schema() AND column_name = 'id' AND column_default LIKE 'next_id(%'
"""
# Collation and encoding of the database, and whether triggers fire for this account. The rest sets what newer
# servers know, and is not looked at.
_CHECK_AND_SET = (
    "SELECT datcollate, pg_encoding_to_char(encoding), current_setting('session_replication_role'),"
    f" {_SET_NEWER} FROM pg_database WHERE datname = current_database()"
)
_VERIFIED = {"sslmode": "verify-full", "sslrootcert": "system"}
_UNENCRYPTED = ("disable", "allow", "prefer")


class _TruthLoader(Loader):
    """The loader of truth values, which are 1 and 0 as SQLite gives them."""

    @override
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _NumberLoader(Loader):
    """The loader of PostgreSQL's numeric type, which sums and means have: an int, or a float with a point."""

    @override
    def load(self, data: Buffer) -> float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class _BytesLoader(Loader):
    """The loader of bytes, which the server writes as hexadecimal digits."""

    @override
    def load(self, data: Buffer) -> bytes:
        return bytes.fromhex(bytes(data)[2:].decode())


class _TruthDumper(Int8Dumper):
    """The dumper of truth values, which are kept in columns of numbers."""

    @override
    def dump(self, obj: bool) -> Buffer:
        return b"1" if obj else b"0"


class ServerLink:
    """A connection to the office whose address is in the file at `path`.

    Raises:
        UserError: the address cannot be read, TLS does not prove the server, the server does not let this
            account in, or its version or sorting does not fit.
        sqlite3.Error: the server does not answer.
    """

    def __init__(self, address: str, path: Path) -> None:
        self.path = path
        self._listens = False
        self._link = _connect(_settings_of(address), path)
        adapters = self._link.adapters
        # Both engines give the same rows (docs/store.md, rule 15): the log's hashes and the digests of a move
        # are made over them.
        for sql_type, loader in (("bool", _TruthLoader), ("numeric", _NumberLoader), ("bytea", _BytesLoader)):
            adapters.register_loader(sql_type, loader)
        for python_type, dumper in ((bool, _TruthDumper), (int, Int8Dumper), (str, StrDumper)):
            adapters.register_dumper(python_type, dumper)
        try:
            # A service file or a list of hosts may have led elsewhere than the address says.
            if not (self.is_encrypted or _is_this_computer(self._link.info.hostaddr)):
                raise _must_encrypt()
            self._require_usable()
        except BaseException:
            self.close()
            raise

    def _require_usable(self) -> None:
        """Require a server and a database that behave as this program needs, for this account."""
        if self._link.info.server_version < OLDEST_SERVER:
            raise _refused(
                _("Server di {path} memakai PostgreSQL yang terlalu lama.").format(path=self.path.stem),
                _("Pakai PostgreSQL 15 atau yang lebih baru."),
            )
        collation, encoding, replication_role, *_newer = self.execute(_CHECK_AND_SET).fetchall()[0]
        # It decides whether the triggers that keep the log fire, and a superuser alone sets it.
        # https://www.postgresql.org/docs/current/runtime-config-client.html
        if replication_role != "origin":
            raise _refused(
                _("Server di {path} mematikan pemicu untuk akun ini.").format(path=self.path.stem),
                _("Minta pengelola server: ALTER ROLE … RESET session_replication_role."),
            )
        # Another collation sorts and compares text differently from SQLite, so lists would differ and
        # `UNIQUE` could.
        if (collation, encoding) != ("C", "UTF8"):
            raise _refused(
                _("Basis data di {path} mengurutkan huruf dengan cara lain.").format(path=self.path.stem),
                _("Buat basis data dengan: createdb --template=template0 --locale=C --encoding=UTF8 NAMA"),
            )

    @property
    def version(self) -> str:
        """The server's version, "15.10"."""
        return str(self._link.info.parameter_status("server_version")).partition(" ")[0]

    @property
    def is_encrypted(self) -> bool:
        return self._link.pgconn.ssl_in_use

    @property
    def in_transaction(self) -> bool:
        return self._link.info.transaction_status not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)

    def begin_write(self, seconds: float, first_sql: str) -> Cursor:
        """Wait for the lock in the server's queue, for `seconds` at most; return the result of `first_sql`.

        `first_sql` is the statement with which every write begins; it is sent in the same message. A caller
        that gave up and asked again would be the last in the queue.
        """
        cursor = self._begin(f"{_BEGIN_WRITE.format(milliseconds=max(1, int(seconds * 1000)))}; {first_sql}")
        # Several statements in one message give several results; the last one is that of `first_sql`.
        while cursor.nextset():
            pass
        return cursor

    def _begin(self, sql: str) -> psycopg.Cursor[Any]:
        try:
            return self._link.execute(sql.encode())
        except psycopg.Error as error:
            if self.in_transaction:  # it began, and did not get the lock
                self._link.execute("ROLLBACK")
            raise as_store_error(error, self.path) from error

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        if sql in _BEGINNINGS:
            return self._begin(_BEGINNINGS[sql])
        cursor = self.ask(translate(sql), values)
        # COMMIT of a transaction that failed is no error: the server answers ROLLBACK.
        # https://www.postgresql.org/docs/current/sql-commit.html
        if sql == "COMMIT" and cursor.statusmessage != "COMMIT":  # something in it had failed
            raise sqlite3.OperationalError(f"COMMIT was answered with {cursor.statusmessage}")
        return cursor

    def ask(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Run a statement of PostgreSQL's dialect."""
        try:
            return self._link.execute(sql.encode(), values or None)
        except psycopg.Error as error:
            raise as_store_error(error, self.path) from error

    def ask_each(self, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        """Send the statements one after the other without waiting for answers (libpq's pipeline)."""
        sql = translate(sql)
        if len(many) == 1:  # a pipeline asks for its end too
            cursor = self.ask(sql, many[0])
            return [Answer(cursor.description, _rows_of(cursor))]
        try:
            with self._link.cursor() as cursor:
                cursor.executemany(sql.encode(), many, returning=True)
                return [Answer(result.description, _rows_of(result)) for result in cursor.results()]
        except psycopg.Error as error:
            raise as_store_error(error, self.path) from error

    def listen_for_commit(self, seconds: float) -> bool:
        """Wait until another connection commits, for `seconds` at most; return whether one may have.

        It is called outside of a transaction. The first call returns True at once, because commits before
        this connection listened were not reported to it.
        """
        try:
            if not self._listens:
                self._link.execute(f"LISTEN {_CHANNEL}".encode())
                self._listens = True
                return True
            # All that have come are taken at once: each left over would end the next wait for nothing.
            return bool(list(self._link.notifies(timeout=seconds, stop_after=1)))
        except psycopg.Error as error:
            raise as_store_error(error, self.path) from error

    def copy_in(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows at once, by the server's own way for them."""
        try:
            with self._link.cursor() as cursor, cursor.copy(sql.encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:
            raise as_store_error(error, self.path) from error

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The tables whose rows get an id of their own."""
        return frozenset(name for (name,) in self.execute(_NUMBERED_TABLES).fetchall())

    @cached_property
    def keys(self) -> dict[str, str]:
        """The primary key of each table, its columns in order."""
        return dict(self.execute(_PRIMARY_KEYS).fetchall())

    @cached_property
    def references(self) -> dict[str, tuple[Reference, ...]]:
        """The foreign keys of each table."""
        references: dict[str, tuple[Reference, ...]] = {}
        for table, referred_table, columns, referred_columns in self.execute(_REFERENCES).fetchall():
            reference = Reference(referred_table, tuple(columns), tuple(referred_columns))
            references[table] = (*references.get(table, ()), reference)
        return references

    def interrupt(self) -> None:
        """Interrupt the statement over a connection of its own.

        If that connection fails, the statement ends by itself.
        """
        with suppress(psycopg.Error):
            self._link.cancel_safe(timeout=_CANCEL_S)  # `cancel` would block every thread

    def close(self) -> None:
        self._link.close()


def _settings_of(address: str) -> dict[str, Any]:
    """Return the connection settings for an address.

    On other computers TLS proves the server, unless the address says how else.

    Raises:
        UserError: it cannot be read, or would send in clear.
    """
    try:
        settings = {**_SETTINGS, **_environment_settings(), **conninfo_to_dict(address)}
    except psycopg.Error as error:
        words = _QUOTED.sub('"…"', str(error).strip())  # libpq quotes what it does not understand: a password
        raise _refused(
            _("Alamat server tidak terbaca ({error}).").format(error=words),
            _("Tulis seperti {form}.").format(form="postgresql://ult@server/kantor"),
        ) from None
    settings["options"] = f"{settings.get('options', '')} {_FOR_SESSION}"
    hosts = f"{settings.get('host', '')},{settings.get('hostaddr', '')}".split(",")
    # A service file may name hosts elsewhere.
    if all(map(_is_this_computer, hosts)) and "service" not in settings:
        return settings
    if settings.get("sslmode") in _UNENCRYPTED:
        raise _must_encrypt()
    # libpq's own default, `prefer`, encrypts without a look at who answers:
    # https://www.postgresql.org/docs/current/libpq-ssl.html
    return {**_VERIFIED, **settings}


def _environment_settings() -> dict[str, str]:
    """Return what libpq takes from the environment where the address says nothing: PGHOST, PGSSLMODE."""
    settings = dict[str, str]()
    for option in Conninfo.get_defaults():
        name = option.keyword.decode()
        if name not in ("host", "hostaddr", "service", "sslmode", "sslrootcert"):
            continue
        if option.val and option.val != option.compiled:  # a variable says it, not libpq's own default
            settings[name] = option.val.decode()
    return settings


def _rows_of(cursor: psycopg.Cursor[Any]) -> list[Any]:
    return [] if cursor.description is None else cursor.fetchall()


def _is_this_computer(host: str) -> bool:
    """Return whether messages to this host never leave this computer."""
    if host in ("", "localhost") or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _connect(settings: dict[str, Any], path: Path) -> psycopg.Connection[Any]:
    try:
        # Without it psycopg opens a transaction by itself before the first statement; here `BEGIN` is the
        # store's.
        return psycopg.connect(**settings, autocommit=True, cursor_factory=psycopg.RawCursor)
    except psycopg.Error as error:
        raise as_store_error(error, path, connecting=True) from error


def _must_encrypt() -> UserError:
    return _refused(
        _("Sambungan ke server di komputer lain harus memakai TLS."),
        _("Hapus sslmode dari alamat itu; sertifikat kantor sendiri disebut dengan sslrootcert=…"),
    )


def _refused(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), todo)
