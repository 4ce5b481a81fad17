"""A lock that an account of a server holds on purpose: no limit of its role ends it, the guide does."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.cli.conftest import CommandLine
from tests.cluster import Cluster, guide, kept, name_in
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.postgres import rights
from ult_desktop.db.store.postgres.connection import ONE_WRITER
from ult_desktop.db.store.store import Store

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.slow]
LIMITS = ("idle_in_transaction_session_timeout", "idle_session_timeout", "transaction_timeout")
XACT = f"BEGIN; SELECT pg_advisory_xact_lock({ONE_WRITER})"
ROW = "BEGIN; UPDATE office SET kiosk_pause = 'rapat'"
SESSION = f"SELECT pg_advisory_lock({ONE_WRITER})"


def write(store: Store) -> None:
    store.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = ''"))


def test_no_limit_of_a_role_ends_it_and_the_guides_statement_does(tmp_path: Path, own_home: Path) -> None:
    with kept() as server:
        address = Cluster(server.address).create()
        assert CommandLine(tmp_path).run("init", address).code == 0
        (place,) = own_home.rglob("*.postgresql")
        account = Cluster(server.address).let_in(address, rights.ROLES["counter"])
        known = [name for (name,) in Cluster(server.address).run("SELECT name FROM pg_settings")]
        limits = [each for each in LIMITS if each in known]
        for each in limits:
            server.say(f"ALTER ROLE {urlsplit(account).username} SET {each} = '200ms'")
        ends = guide("SELECT pg_terminate_backend").replace("'kantor'", f"'{name_in(address)}'")
        ends = ends.replace("1 minute", "300 milliseconds")
        with closing(Store(place, timeout_s=0.5)) as station:
            write(station)
            for attack in (XACT, ROW, SESSION):
                for thief in stolen(account, limits, attack):
                    with pytest.raises(ShareUnreachable, match="sedang dipakai"):
                        write(station)
                    assert thief.execute("SELECT 1").fetchall() == [(1,)], "no limit has ended it"
                    server.say(ends)
                    with pytest.raises(psycopg.OperationalError):
                        thief.execute("SELECT 1")
                    write(station)


def stolen(account: str, limits: list[str], attack: str) -> Iterator["psycopg.Connection[tuple[int]]"]:
    """Give a session that has lifted the limits of its role and held on for longer than they say."""
    with psycopg.connect(account, autocommit=True) as thief:
        for each in limits:
            thief.execute(f"SET {each} = 0".encode())
        thief.execute(attack.encode())
        time.sleep(0.4)
        yield thief
