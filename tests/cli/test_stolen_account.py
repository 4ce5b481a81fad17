"""A stolen PC's account on a server: what it can do and what not, as docs/security.md lists it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import engines
from tests.cli.conftest import CommandLine
from tests.cluster import name_in
from tests.office import make_office
from ult_desktop.base import UserError
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.postgres import rights
from ult_desktop.db.store.postgres.connection import ONE_WRITER
from ult_desktop.db.store.server_address import address_in

pytestmark = pytest.mark.posix_only("postgresql")
ROOT = Path(__file__).parents[2]

_LOG = (
    "INSERT INTO event (seq, at, station, kind, area, subject, data, request, chain, level) VALUES"
    " (99999, 1, 'x', 'x', 'x', 1, '{}', 'x', repeat('0', 64), 1)"
)
# By the beginning of its line in docs/security.md: the statements of which an account can do each, or none.
LINES = {
    "reads numbers, calls": (
        "SELECT label, state FROM ticket",
        "SELECT called_at FROM turn",
        "SELECT name FROM counter",
        "SELECT id, name FROM officer",
        "SELECT settings FROM office",
        "SELECT data FROM event",
    ),
    "holds the office's lock": (f"SELECT pg_advisory_lock({ONE_WRITER})",),
    "falsifies what stations report": ("UPDATE station SET printer = 'ready'",),
    "says that the office is an older copy": ("INSERT INTO older_copy (noticed_by) VALUES ('kios-1')",),
    "reads why and with what help": ("SELECT grounds, help FROM vulnerability",),
    "reads procedures, steps": (
        "SELECT document FROM procedure",
        "SELECT step, at FROM mark",
        "SELECT purpose FROM visit",
        "SELECT number, state FROM casefile",
        "SELECT number, topic FROM online_request",
        "SELECT name, roles FROM officer",
    ),
    "gives numbers, cancels": (
        "INSERT INTO ticket DEFAULT VALUES",
        "UPDATE ticket SET state = 'cancelled'",
        "UPDATE turn SET ended_at = 1, outcome = 'cancelled'",
        "UPDATE visit SET ended_at = 1",
        "INSERT INTO guest DEFAULT VALUES",
        "INSERT INTO deviation DEFAULT VALUES",
        "INSERT INTO survey_response DEFAULT VALUES",
    ),
    "adds an entry to the log": (_LOG,),
    "deletes what vulnerable visitors declared": ("DELETE FROM vulnerability",),
    "reads the guest book": (
        "SELECT name, institution FROM guest",
        "SELECT phone FROM guest",
        "SELECT key FROM name_key",
        "SELECT 1 FROM phone_call",
        "SELECT name FROM appointment",
        "SELECT detail FROM casefile",
        "SELECT answer FROM casefile",
        "SELECT 1 FROM information_request",
        "SELECT 1 FROM identity_check",
        "SELECT content FROM document_content",
        "SELECT 1 FROM survey_answer",
        "SELECT 1 FROM survey_suggestion",
    ),
    "reads hashes of passwords": (
        "SELECT password_hash FROM officer",
        "SELECT id FROM officer WHERE password_hash <> ''",
        "SELECT wrapped FROM officer_key",
        "SELECT sealed FROM key_grant",
        "SELECT sealed FROM recovery_key",
        "SELECT wrong FROM wrong_password",
        "INSERT INTO officer DEFAULT VALUES",
        "UPDATE officer SET roles = '[\"admin\"]'",
        "UPDATE officer SET password_hash = ''",
        "INSERT INTO office_key DEFAULT VALUES",
        "UPDATE office_key SET renewal_due = 1",
        "DELETE FROM key_grant",
    ),
    "opens, answers or closes cases": (
        "INSERT INTO casefile DEFAULT VALUES",
        "UPDATE casefile SET answer = ''",
        "UPDATE casefile SET state = 'closed', closed_at = 1",
        "UPDATE escalation SET withdrawn_at = 1",
        "UPDATE service SET active = 0",
        "UPDATE procedure SET retired_at = 1",
        "UPDATE office SET settings = '{}'",
        "UPDATE counter SET state = 'closed'",
        "UPDATE station SET replaced_at = 1",
        "INSERT INTO turn DEFAULT VALUES",
        "UPDATE guest SET name = ''",
        "INSERT INTO update_mark DEFAULT VALUES",
    ),
    "deletes numbers, visits": (
        *(f"DELETE FROM {table}" for table in ("ticket", "turn", "visit", "guest", "casefile", "officer")),
    ),
    "changes or deletes what is in the log": (
        "UPDATE event SET at = 2",
        "DELETE FROM event",
        "TRUNCATE event",
        "ALTER TABLE event DISABLE TRIGGER event_is_append_only",
        "DROP TRIGGER event_is_kept ON event",
        "SET session_replication_role = 'replica'",
        "INSERT INTO applied_migration (name) VALUES ('x')",
        "DELETE FROM applied_migration",
        "INSERT INTO office_move (id) VALUES (1)",
        "UPDATE older_copy SET noticed_by = ''",
        "DELETE FROM older_copy",
    ),
    "makes tables, functions": (
        "CREATE TABLE mine (x int)",
        "CREATE TEMPORARY TABLE filling (x int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "COPY ticket TO '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')",
        "ALTER ROLE ult SUPERUSER",
        "SET ROLE ult",
    ),
    "makes large objects": (
        "SELECT lo_creat(-1)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_import('/etc/passwd')",
    ),
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return made_by_the_guide(tmp_path / "pemilik")


def made_by_the_guide(folder: Path) -> Path:
    """Make an office whose database only those may enter who were let in (docs/postgresql.md)."""
    place = make_office(folder, on_server=True)
    engines.server().run(f"REVOKE ALL ON DATABASE {name_in(address_in(place))} FROM PUBLIC")
    return place


def stolen(office: Path, mode: str) -> Path:
    """Return the file that lies on a PC in `mode`."""
    place = engines.as_station(office, mode)
    database, account = name_in(address_in(office)), urlsplit(address_in(place)).username
    engines.server().run(f"GRANT CONNECT ON DATABASE {database} TO {account}")
    return place


def tried(place: Path, attack: str) -> bool:
    """Return whether the account could do it."""
    with closing(engine_at(place).open(place)) as link:
        link.execute("BEGIN IMMEDIATE")
        try:
            link.execute(attack)
        except UserError as refusal:
            if "tidak berhak" not in refusal.what:
                raise
            return False
        except sqlite3.IntegrityError:
            return True
        return True


@pytest.mark.parametrize("mode", rights.ROLES)
def test_it_can_do_what_the_page_lists_and_no_more(office: Path, mode: str) -> None:
    place, column = stolen(office, mode), [*rights.ROLES].index(mode)
    for begins, attacks in LINES.items():
        done = {attack: tried(place, attack) for attack in attacks}
        said = told(begins)[column]
        assert set(done.values()) == {not said.startswith("**no")}, (begins, done)


def told(begins: str) -> list[str]:
    """Return what a line of the page's table says of a display, a kiosk and a counter."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    (line,) = (each for each in page.splitlines() if each.startswith(f"| {begins}"))
    return [cell.strip() for cell in line.split("|")[2:5]]


def test_it_enters_no_other_office_of_the_server(office: Path, tmp_path: Path) -> None:
    """The role is the server's, the door each office's own: CONNECT is granted to one PC's account."""
    place, other = stolen(office, "counter"), made_by_the_guide(tmp_path / "lain")
    place.write_text(place.read_text().replace(name_in(address_in(office)), name_in(address_in(other))))
    with pytest.raises(UserError, match="permission denied for database"):
        engine_at(place).open(place)


def test_it_makes_nobody_an_admin_by_the_command(office: Path) -> None:
    """The folder of the address is the thief's own, so a file in it proves nothing."""
    words = ("officer", "reset-admin", "--new-password", "rahasia-baru-sekali", "--database")
    place = stolen(office, "counter")
    answer = CommandLine(place).run(*words, place)
    assert (answer.code, "bukan pemilik basis data" in answer.err) == (1, True), answer.err
    owners = CommandLine(office).run(*words, office)
    assert owners.code == 0, owners.err
