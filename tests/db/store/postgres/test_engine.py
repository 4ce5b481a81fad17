"""An office on PostgreSQL keeps what one in a file keeps; what is wrong with its server is said in words."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest

from tests import engines
from tests.cluster import CERTIFIED, Cluster, kept, name_in
from tests.db.rows import event
from tests.office import cheap_hash, make_office
from ult_desktop.base import UserError
from ult_desktop.core.event import GENESIS, Anchor, chain_hash
from ult_desktop.db.cases import answer_bank
from ult_desktop.db.creation import create, migrate_file
from ult_desktop.db.office import office
from ult_desktop.db.privacy import personal
from ult_desktop.db.store import events, key_ranges
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at, engine_of
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked, describe_failure
from ult_desktop.db.store.postgres import connection, rights
from ult_desktop.db.store.postgres.connection import as_store_error
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.watcher import Watcher
from ult_desktop.db.store.witness import Witness
from ult_desktop.db.verification import verify
from ult_desktop.db.visits import documents
from ult_desktop.operations.office.office_files import load_office

SILENT = "Server tidak menjawab"
pytestmark = pytest.mark.posix_only("postgresql")


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    with closing(Store(place, timeout_s=5)) as opened:
        yield opened


def found(path: Path) -> None:
    create(path, load_office(), "1" * 32, cheap_hash())


def at(folder: Path, address: str) -> Path:
    path = folder / "lain.postgresql"
    path.write_text(address)
    return path


def pause(tx: Transaction) -> str:
    return str(tx.value("SELECT kiosk_pause FROM office"))


def test_it_has_the_schema_of_a_file(store: Store) -> None:
    assert store.read(lambda tx: tx.on_connection(tx.engine.missing_schema)) == ()


def test_what_is_gone_from_the_schema_is_told(store: Store) -> None:
    store.write(lambda tx: tx.run("DROP INDEX turn_at_counter"))
    store.write(lambda tx: tx.run("DROP TRIGGER event_is_kept ON event"))
    missing = store.read(lambda tx: tx.on_connection(tx.engine.missing_schema))
    assert missing == ("event_is_kept", "turn_at_counter")


def test_verify_finds_it_whole(store: Store) -> None:
    assert verify(store.read, lambda _tx: True).ok


def test_the_log_is_only_added_to(store: Store) -> None:
    store.write(lambda tx: events.append(tx, event("minta")))
    for sql in ("UPDATE event SET at = 2", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.write(lambda tx, sql=sql: tx.run(sql))  # type: ignore[misc]


def test_a_station_of_least_rights_works_and_cannot_alter_the_log(place: Path) -> None:
    with closing(Store(engines.as_station(place, "counter"))) as store:
        store.write(lambda tx: events.append(tx, event("minta")))
        store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = 'rapat'"))
        for sql in ("UPDATE event SET at = 2", "DELETE FROM event", "DROP TRIGGER event_is_kept ON event"):
            with pytest.raises(WritesBlocked, match="tidak berhak"):
                store.write(lambda tx, sql=sql: tx.run(sql))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("part", "is_home"), [*((part, False) for part in range(4)), (0, True), (2, True)], ids=str
)
def test_a_database_that_came_from_elsewhere_is_not_where_it_lives(
    store: Store, part: int, is_home: bool
) -> None:
    """Cluster, database, timeline, table; a managed server may keep the first and the third to itself."""

    def home(tx: Transaction) -> bool:
        return tx.on_connection(tx.engine.is_home)

    assert store.read(home)
    sought = "starts_with(name, 'lives at ')"
    ((said,),) = store.read(lambda tx: tx.rows(f"SELECT name FROM applied_migration WHERE {sought}"))
    parts = said.split("/")
    parts[part] = f"{'lives at ' * (part == 0)}{'?' if is_home else '4711'}"
    store.write(lambda tx: tx.run(f"UPDATE applied_migration SET name = ? WHERE {sought}", "/".join(parts)))
    assert store.read(home) is is_home
    store.write(lambda tx: tx.on_connection(tx.engine.note_home))
    assert store.read(home)


def test_a_station_that_compared_before_a_restore_doubts_nothing_after_it(store: Store) -> None:
    def report(missing: Anchor, link: Link) -> None:
        look = partial(Witness(store.path, (missing,)).misses_event, Transaction(link))
        engine_of(link).report_missing_event(link, store.path, "kios-1", missing, look)

    def doubted(missing: Anchor) -> list[str]:
        store.on_connection(partial(report, missing))
        return store.read(lambda tx: tx.column("SELECT noticed_by FROM older_copy"))

    back = msgspec.structs.replace(event("kembali"), seq=1)
    missing = Anchor(seq=1, request=back.request, chain=chain_hash(GENESIS, back))
    began = threading.Event()

    def bring_back(tx: Transaction) -> None:
        began.set()
        time.sleep(0.5)
        events.append(tx, back)

    with closing(Store(store.path)) as restoring, ThreadPoolExecutor(1) as pool:
        restored = pool.submit(restoring.write, bring_back)
        assert began.wait(5)
        assert doubted(missing) == []
        restored.result()
    lost = msgspec.structs.replace(missing, seq=9)
    assert [doubted(lost), doubted(lost)] == [["kios-1"], ["kios-1"]]


def test_a_text_with_a_nul_is_refused_in_words(store: Store) -> None:
    with pytest.raises(UserError, match="huruf yang rusak"):
        store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = ?", "a\0b"))


def test_a_server_that_breaks_tls_off_is_lost_and_not_distrusted(tmp_path: Path) -> None:
    broken = psycopg.OperationalError("consuming input failed: SSL error: unexpected eof while reading")
    assert isinstance(as_store_error(broken, tmp_path), sqlite3.OperationalError)
    assert isinstance(as_store_error(broken, tmp_path, connecting=True), sqlite3.OperationalError)
    untrusted = psycopg.OperationalError("connection failed: SSL error: certificate verify failed")
    assert isinstance(as_store_error(untrusted, tmp_path, connecting=True), WritesBlocked)


HOSTILE = {
    "synchronous_commit": "off",
    "search_path": "pg_catalog",
    "row_security": "off",
    "gin_fuzzy_search_limit": "1",
    "default_transaction_isolation": "serializable",
    "default_transaction_read_only": "on",
    "default_transaction_deferrable": "on",
    "client_encoding": "LATIN1",
    "standard_conforming_strings": "off",
    "quote_all_identifiers": "on",
    "transform_null_equals": "on",
    "array_nulls": "off",
    "bytea_output": "escape",
    "extra_float_digits": "-15",
    "DateStyle": "German",
    "IntervalStyle": "sql_standard",
    "TimeZone": "Asia/Jayapura",
    "lock_timeout": "1ms",
    "statement_timeout": "20ms",
    "idle_session_timeout": "20ms",
    "exit_on_error": "on",
    "idle_in_transaction_session_timeout": "20ms",
    "tcp_keepalives_idle": "1",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "1",
    "tcp_user_timeout": "20ms",
    "transaction_timeout": "40ms",
}


@pytest.mark.parametrize("whose", ["database", "account"])
def test_no_default_of_a_database_or_an_account_reaches_a_session(place: Path, whose: str) -> None:
    """Each setting of the list is hostile; those that this server does not know yet are left out."""
    server, pinned = engines.server(), {**connection.SESSION_SETTINGS, **connection.NEWER_SESSION_SETTINGS}
    assert pinned.keys() == HOSTILE.keys()
    known = {name.lower() for (name,) in server.run("SELECT name FROM pg_settings")}
    account = server.let_in(address_in(place), rights.ROLES["counter"])
    mine = {"database": name_in(account), "account": urlsplit(account).username or ""}[whose]
    kind = {"database": "DATABASE", "account": "ROLE"}[whose]
    for name in (each for each in HOSTILE if each.lower() in known):
        server.run(f"ALTER {kind} \"{mine}\" SET {name} = '{HOSTILE[name]}'")
    path = at(place.parent, account)
    with closing(Store(path, timeout_s=5)) as store:
        told = store.read(
            lambda tx: {each: tx.value(f"SELECT current_setting('{each}', true)") for each in pinned}
        )
        assert told == {name: value if name.lower() in known else None for name, value in pinned.items()}
        said, content = "Nađa \\ 'x' — ŋ", bytes(range(256))
        store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = ?", said))
        assert store.read(pause) == said
        assert store.read(lambda tx: tx.value("SELECT CAST(? AS bytea)", content)) == content
        assert store.read(lambda tx: tx.on_connection(tx.engine.missing_schema)) == ()

        def slowly(tx: Transaction) -> str:
            time.sleep(0.1)
            return str(tx.value("SELECT kiosk_pause FROM office, pg_sleep(0.1)"))

        assert store.write(slowly) == said
        (mine,) = store.read(lambda tx: tx.column("SELECT pg_backend_pid()"))
        time.sleep(0.1)
        with pytest.raises(sqlite3.OperationalError):
            store.read(lambda tx: tx.value("SELECT nothing"))
        assert store.read(lambda tx: tx.column("SELECT pg_backend_pid()")) == [mine], "one session for all"
    with closing(engine_at(path).documents(path)) as letters:
        letters.put("a" * 64, content)
        assert letters.get("a" * 64) == content


def test_an_account_for_which_no_trigger_keeps_the_log_is_refused(tmp_path: Path) -> None:
    with kept() as server:
        address = Cluster(server.address).create()
        with closing(connection.ServerLink(address, tmp_path)):
            server.say("ALTER ROLE ult SET session_replication_role = 'replica'")
        with pytest.raises(UserError, match="pemicu"):
            connection.ServerLink(address, tmp_path)


def test_a_lost_connection_is_made_anew(store: Store) -> None:
    uid = store.read(office.load).uid
    (mine,) = store.read(lambda tx: tx.column("SELECT pg_backend_pid()"))
    engines.server().run(f"SELECT pg_terminate_backend({mine})")
    assert store.read(office.load).uid == uid
    assert store.read(lambda tx: tx.value("SELECT pg_backend_pid()")) != mine


def test_a_reader_sees_one_state(store: Store, place: Path) -> None:
    with closing(Store(place)) as other:

        def twice(tx: Transaction) -> tuple[str, str]:
            first = pause(tx)
            other.write(lambda mine: mine.run("UPDATE office SET kiosk_pause = 'rapat'"))
            return first, pause(tx)

        assert store.read(twice) == ("", "")


def test_a_commit_of_another_gives_another_version(store: Store, place: Path) -> None:
    engine = engine_at(place)
    with closing(engine.open(place)) as link:
        before = engine.commit_version(link)
        assert engine.commit_version(link) == before
        store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = 'rapat'"))
        assert engine.commit_version(link) != before


def test_a_commit_before_a_watcher_listens_is_no_lost_hint(store: Store, place: Path) -> None:
    """The time between its first look and its first wait."""
    engine, enough = engine_at(place), threading.Event()
    with closing(engine.open(place)) as link:
        before = engine.commit_version(link)
        store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = 'rapat'"))
        waiting = threading.Thread(target=engine.wait_for_commit, args=(link, 600, enough))
        waiting.start()
        waiting.join(30)
        heard = not waiting.is_alive()
        enough.set()
        waiting.join()
        assert heard
        assert engine.commit_version(link) != before


def test_a_watcher_is_told_of_no_commit_where_none_comes(store: Store, place: Path) -> None:
    """A watcher looks again as often as it listens, until its time is over or it is woken."""
    engine, woken = engine_at(place), threading.Event()
    with closing(engine.open(place)) as link:
        engine.wait_for_commit(link, 60, woken)  # begins to listen: taken for a commit
        engine.wait_for_commit(link, 0.05, woken)
        waiting = threading.Thread(target=engine.wait_for_commit, args=(link, 600, woken))
        waiting.start()
        woken.set()
        waiting.join(30)
        assert not waiting.is_alive()
        assert not server_link(link).listen_for_commit(0)


def test_a_statement_that_takes_too_long_is_broken_off(store: Store) -> None:
    assert (
        store.read(lambda tx: key_ranges.run_in_time(tx, lambda tx: tx.value("SELECT pg_sleep(600)"))) is None
    )
    assert store.read(pause) == "", "the connection is whole"


def test_many_hints_are_one(store: Store, place: Path) -> None:
    with closing(connection.ServerLink(address_in(place), place)) as link:
        assert link.listen_for_commit(0)
        for _n in range(5):
            store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = 'rapat'"))
        link.execute("SELECT 1")  # with its answer come the hints
        assert link.listen_for_commit(30)
        assert not link.listen_for_commit(0)


def test_a_watcher_hears_of_a_commit_at_once(store: Store, place: Path) -> None:
    """Long before it would look by itself."""
    heard, reached = threading.Event(), threading.Event()

    def changed() -> None:
        (heard if reached.is_set() else reached).set()

    watcher = Watcher(place, 600, changed, lambda _there: None)
    watcher.start()
    assert reached.wait(30)
    told = threading.Thread(target=lambda: [store.write(pause) for _n in range(200) if not heard.is_set()])
    told.start()
    assert heard.wait(30)
    told.join()
    watcher.close()


def test_documents_lie_on_the_server(place: Path, tmp_path: Path) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7 surat")
    kept = documents.store(place, letter)
    assert documents.store(place, letter) == kept, "once is enough"
    with closing(Store(place)) as store:
        number = store.write(lambda tx: documents.insert(tx, kept, 1, None))
        assert documents.read(place, store.read(lambda tx: documents.get(tx, number))) == b"%PDF-1.7 surat"
        assert documents.missing_files(store.read) == ()
        assert documents.remove(place, kept.sha256)
        assert documents.missing_files(store.read) == (f"{number} {kept.sha256}",)
        with pytest.raises(UserError, match="tidak ditemukan"):
            documents.read(place, store.read(lambda tx: documents.get(tx, number)))
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == []


def test_a_database_with_anything_in_it_becomes_no_office(place: Path) -> None:
    with pytest.raises(UserError, match="tidak kosong"):
        found(place)


def test_an_empty_database_is_no_office(tmp_path: Path) -> None:
    with pytest.raises(WritesBlocked, match="bukan"):
        migrate_file(engines.new_database(tmp_path), 0, "uji")


def test_letters_in_another_order_are_refused(tmp_path: Path) -> None:
    path = at(tmp_path, engines.server().create(locale="C.UTF-8"))
    with pytest.raises(UserError, match="huruf"):
        found(path)


def test_a_server_from_before_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "OLDEST_SERVER", 990000)
    with closing(Store(place)) as store, pytest.raises(UserError, match="terlalu lama"):
        store.read(pause)


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("server certificate for 10.0.0.7 is wrong", "Sambungan ke lain tidak terbukti aman."),
        ('password authentication failed for user "ult"', "Server tidak mengizinkan masuk: lain."),
        ("connection to server at 10.0.0.7 failed: timeout", "Server tidak menjawab: lain."),
    ],
)
def test_visitors_read_no_host_and_no_account(tmp_path: Path, words: str, public: str) -> None:
    place = at(tmp_path, "postgresql://ult@10.0.0.7/kantor")
    error = as_store_error(psycopg.OperationalError(words), place, connecting=True)
    told = describe_failure(error, str(place)) if isinstance(error, sqlite3.Error) else error
    assert isinstance(told, UserError)
    assert words in told.what
    assert told.public == public


def test_who_owns_no_database_makes_no_office_there(tmp_path: Path) -> None:
    """The right to make tables in it is its owner's alone."""
    cluster = engines.server()
    address, name = cluster.create(), f"tamu_{tmp_path.name.replace('-', '_')}"
    cluster.run(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia'")
    with pytest.raises(WritesBlocked, match="tidak berhak"):
        found(at(tmp_path, f"postgresql://{name}:rahasia@{address.rpartition('@')[2]}"))
    cluster.run(f"DROP ROLE {name}")


def test_who_is_not_let_in_is_told_at_once(tmp_path: Path) -> None:
    address = engines.server().address("nirwana")
    for wrong in (address, address.replace("postgresql://ult:", "postgresql://ult:salah")):
        with (
            closing(Store(at(tmp_path, wrong))) as store,
            pytest.raises(WritesBlocked, match="tidak mengizinkan"),
        ):
            store.read(pause)


def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    path = at(tmp_path, "postgresql://ult@127.0.0.1:1/kantor")
    with closing(Store(path, timeout_s=0)) as store, pytest.raises(ShareUnreachable, match=SILENT):
        store.read(pause)
    with pytest.raises(ShareUnreachable, match=SILENT):
        found(path)


def test_what_is_no_address_is_told(tmp_path: Path) -> None:
    path = at(tmp_path, "postgresql://ult@127.0.0.1/kantor?tanpa=arti")
    with pytest.raises(UserError, match="tidak terbaca"):
        engine_at(path).open(path)


def test_a_password_that_is_mistyped_in_an_address_is_not_shown(tmp_path: Path) -> None:
    path = at(tmp_path, "postgresql://ult:raha%zzsia@127.0.0.1/kantor")
    with pytest.raises(UserError, match="tidak terbaca") as told:
        engine_at(path).open(path)
    assert "zzsia" not in "".join(map(str, (told.value, told.value.__cause__)))


def test_encryption_without_a_proof_is_told_as_that(place: Path, tmp_path: Path) -> None:
    """libpq itself refuses it: no cable is to blame."""
    where = address_in(place).rpartition("@")[2].partition("?")[0].partition(":")[2]
    path = at(tmp_path, f"postgresql://ult@{CERTIFIED}:{where}?hostaddr=127.0.0.1&sslmode=require")
    with closing(Store(path)) as store, pytest.raises(WritesBlocked, match="tidak terbukti"):
        store.read(pause)


def test_a_server_of_a_service_file_proves_itself_too(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _at, where = address_in(place).rpartition("@")
    port, _slash, name = where.partition("?")[0].partition(":")[2].partition("/")
    services = tmp_path / "layanan.conf"
    services.write_text(f"[kantor]\nhost={CERTIFIED}\nhostaddr=127.0.0.1\nport={port}\ndbname={name}\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    path = at(tmp_path, f"{secret}@/?service=kantor")
    with closing(Store(path)) as store, pytest.raises(WritesBlocked, match="tidak terbukti"):
        store.read(pause)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
@pytest.mark.parametrize("host", [f"{CERTIFIED}/office?", "127.0.0.1/office?hostaddr=192.0.2.1&"])
def test_off_this_computer_nothing_is_said_in_clear(tmp_path: Path, mode: str, host: str) -> None:
    path = at(tmp_path, f"postgresql://ult@{host}sslmode={mode}")
    with pytest.raises(UserError, match="TLS"):
        engine_at(path).open(path)


def test_a_server_elsewhere_proves_itself(place: Path, tmp_path: Path) -> None:
    """The name that its certificate carries leads to this computer."""
    secret, _at, where = address_in(place).rpartition("@")
    local, _slash, name = where.partition("/")
    port, name = local.partition(":")[2], name.partition("?")[0]
    (folder,) = engines.server().run("SHOW unix_socket_directories")[0]
    authority = f"sslrootcert={folder}/data/certificate.pem"
    elsewhere = f"hostaddr=127.0.0.1&{authority}"
    with closing(Store(at(tmp_path, f"{secret}@{CERTIFIED}:{port}/{name}?{elsewhere}"))) as store:
        assert store.read(lambda tx: tx.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    for host, more in ((CERTIFIED, "hostaddr=127.0.0.1"), ("lain.example", elsewhere)):
        path = at(tmp_path, f"{secret}@{host}:{port}/{name}?{more}")
        with closing(Store(path)) as store, pytest.raises(WritesBlocked, match="tidak terbukti"):
            store.read(pause)


@pytest.mark.parametrize("sought", ["dinas", "dedi@dinas.go.id", "jose", "JOSÉ", "ñandu", "3,5"])
def test_an_answer_is_found_by_the_words_by_which_a_file_finds_it(
    place: Path, tmp_path: Path, sought: str
) -> None:
    said = answer_bank.FaqText(
        question="Surel?", answer="dedi@dinas.go.id, José Ñandú, 3,5 km", tags="", service_id=None
    )
    for path in (place, make_office(tmp_path / "file", on_server=False)):
        with closing(Store(path, timeout_s=5)) as store:
            store.write(lambda tx: answer_bank.insert(tx, said, 1, None))
            (found,) = store.read(lambda tx: answer_bank.search(tx, sought))
            assert found.answer == said.answer


def test_openings_of_other_things_than_requests_of_subjects_are_told(store: Store) -> None:
    kinds = ("case_file:1", "subject:1", "register")
    for at, what in enumerate(kinds):
        row = {"at": at, "officer_id": 1, "station": "meja", "what": what}
        store.write(lambda tx, row=row: tx.insert("personal_opening", **row))  # type: ignore[misc]
    told = store.read(lambda tx: personal.openings_between(tx, 0, len(kinds)))
    assert [each.what for each in told] == ["register", "subject:1", "case_file:1"]


def test_openings_of_one_moment_come_in_the_order_of_a_file(place: Path, tmp_path: Path) -> None:
    told = []
    for path in (place, make_office(tmp_path / "file")):
        with closing(Store(path, timeout_s=5)) as store:
            store.write(visit_opened_after_the_register)
            told.append([each.what for each in store.read(lambda tx: personal.openings_between(tx, 0, 9))])
    assert told[0] == told[1] == ["case_file:1", "ppid:2026", "register"]


def visit_opened_after_the_register(tx: Transaction) -> None:
    visit = tx.insert("visit", day="2026-11-23", began_at=1, channel="tatap_muka")
    for what, visit_id in (("ppid:2026", None), ("register", None), ("case_file:1", visit)):
        tx.insert("personal_opening", at=1, officer_id=1, station="meja", what=what, visit_id=visit_id)
