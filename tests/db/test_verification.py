"""Verification: a clean office is proven, and each kind of tampering is found as what it is."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.db.other_process import other_process
from tests.db.store.test_damage import ruin
from tests.engines import OwnLink, ServerLink
from tests.office import open_office, sign_in, stranger
from ult_desktop.core.event import GENESIS
from ult_desktop.core.queue.commands import Arrive, CallNext, Finish, IssueTicket, StaffCounter, WalkIn
from ult_desktop.db import verification
from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.verification import VerificationResult
from ult_desktop.operations.office.office import Office

Tamper = Callable[[OwnLink], object]


@pytest.fixture
def busy_office(office: Office, office_file: Path) -> Path:
    """A file with tickets 1 (done), 2 (called at 1), 3 (served at 2), 4 and 5 (waiting); eleven events."""
    one, two = sign_in(office, 1), sign_in(office, 2)
    office.perform(StaffCounter(counter=1), one)
    office.perform(StaffCounter(counter=2), two)
    for _n in range(2):
        office.perform(IssueTicket(service_id=1), one)
    office.perform(CallNext(counter=1), one)
    office.perform(Arrive(counter=1), one)
    office.perform(Finish(counter=1), one)
    office.perform(CallNext(counter=1), one)
    office.perform(WalkIn(counter=2, service_id=1), two)
    office.perform(IssueTicket(service_id=1), one)
    office.perform(IssueTicket(service_id=2), one)
    return office_file


def script(*statements: str) -> Tamper:
    def run(link: OwnLink) -> None:
        for statement in statements:
            link.execute(statement)

    return run


def without_unique_numbers(link: OwnLink) -> None:
    """Without its UNIQUE key, for which a file's table is built again, a number is given twice."""
    if isinstance(link, ServerLink):
        link.execute("ALTER TABLE ticket DROP CONSTRAINT ticket_day_series_number_key")
    else:
        _build_again_without_unique_numbers(link)
    script("UPDATE ticket SET number = 1, label = 'A001' WHERE id = 4")(link)
    script("DROP TRIGGER event_is_append_only", "UPDATE event SET data = replace(data, 'A004', 'A001')")(link)


def _build_again_without_unique_numbers(link: OwnLink) -> None:
    (sql,) = link.execute("SELECT sql FROM sqlite_schema WHERE name = 'ticket'").fetchone()
    indexes = [s for (s,) in link.execute("SELECT sql FROM sqlite_schema WHERE name LIKE 'ticket_%'")]
    loose = sql.replace(",\n    UNIQUE (day, series, number)", "")
    assert loose != sql
    link.execute("PRAGMA legacy_alter_table = ON")
    script(
        "ALTER TABLE ticket RENAME TO old", loose, "INSERT INTO ticket SELECT * FROM old", "DROP TABLE old"
    )(link)
    script(*indexes)(link)


def check(path: Path, *, tamper: Tamper | None = None) -> VerificationResult:
    if tamper is not None:
        link = stranger(path, isolation_level=None)
        link.execute("PRAGMA foreign_keys = OFF")
        tamper(link)
        link.close()
    store = Store(path)
    try:
        return verification.verify(store.read, lambda _tx: True)
    finally:
        store.close()


def found(verdict: VerificationResult) -> set[tuple[str, str]]:
    """Without what a rule's own tampering takes away of the schema, which a test of its own looks at."""
    assert not verdict.ok
    return {(each.check, each.detail) for each in verdict.findings if each.check != "schema"}


def day_of(path: Path) -> str:
    link = stranger(path)
    (day,) = link.execute("SELECT day FROM ticket WHERE id = 1").fetchone()
    link.close()
    return str(day)


def test_a_clean_office_is_proven(busy_office: Path) -> None:
    verdict = check(busy_office)
    assert verdict == VerificationResult(
        ok=True, events=11, tickets=5, last_hash=verdict.last_hash, findings=()
    )
    assert len(verdict.last_hash) == 64


def test_an_office_of_the_first_minute(office_file: Path) -> None:
    assert check(office_file) == VerificationResult(
        ok=True, events=0, tickets=0, last_hash=GENESIS, findings=()
    )


def test_progress_is_told(busy_office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_ranges, "FIRST_ROWS", 4)
    store, told = Store(busy_office), list[int]()
    assert verification.verify(store.read, lambda _tx: True, told.append).ok
    assert told == [4, 11]
    store.close()


@pytest.mark.slow
def test_what_is_written_meanwhile_is_no_finding(busy_office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between any two of its transactions a visitor takes a number, is called and leaves."""
    for name in ("FIRST_ROWS", "FEWEST_ROWS"):
        monkeypatch.setattr(key_ranges, name, 2)
    monkeypatch.setattr(key_ranges, "USUAL_S", 0.0)  # the ranges stay as small as that
    store, desk = Store(busy_office), open_office(busy_office)
    officer, writes = sign_in(desk, 1), list[str]()
    desk.perform(Arrive(counter=1), officer)

    def read(query: key_ranges.Query[key_ranges.T]) -> key_ranges.T:
        found = store.read(query)
        if len(writes) < 40:
            desk.perform(IssueTicket(service_id=1), officer)
            desk.perform(Finish(counter=1), officer)
            desk.perform(CallNext(counter=1), officer)
            desk.perform(Arrive(counter=1), officer)
            writes.append("one visitor")
        return found

    verdict = verification.verify(read, lambda _tx: True)
    assert verdict.findings == ()
    assert len(writes) == 40
    assert 11 < verdict.events <= 11 + 1 + 4 * 40
    assert verdict.tickets > 5
    desk.close()
    store.close()


@pytest.mark.file_only("pages")
def test_pages_that_would_keep_others_waiting_are_left_out(
    busy_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the file is: here it is never read in time."""
    ruin(busy_office, "turn_today")
    store = Store(busy_office)
    monkeypatch.setattr(key_ranges, "run_in_time", lambda _tx, look: None)  # noqa: ARG005  (by its name)
    alone = verification.verify(store.read, lambda _tx: True)
    at_work = verification.verify(store.read, lambda _tx: False)
    assert (alone.ok, alone.has_damage, alone.unread) == (False, True, ())
    assert at_work.ok
    assert {"event", "ticket", "turn"} <= set(at_work.unread)
    store.close()


@pytest.mark.file_only("pages")
def test_references_are_followed_table_by_table_where_all_at_once_takes_too_long(
    busy_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_ranges, "run_in_time", lambda _tx, look: None)  # noqa: ARG005  (by its name)
    tamper = script("UPDATE ticket SET service_id = 999 WHERE id = 4")
    assert found(check(busy_office, tamper=tamper)) == {("foreign_key", "ticket")}


@pytest.mark.file_only("pages")
def test_the_pages_of_each_table_that_is_read_in_time(
    busy_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, looks = key_ranges.run_in_time, list[str]()

    def once_too_slow(tx: Transaction, look: key_ranges.Query[key_ranges.T]) -> key_ranges.T | None:
        looks.append("look")
        return None if len(looks) == 1 else right(tx, look)

    ruin(busy_office, "turn_today")
    monkeypatch.setattr(key_ranges, "run_in_time", once_too_slow)
    store = Store(busy_office)
    findings, unread = verification.check_pages(store.read, lambda _tx: False)
    assert unread == ()
    assert {each.check for each in findings} == {"integrity"}
    store.close()


UNLOCK = ("DROP TRIGGER event_is_append_only", "DROP TRIGGER event_is_kept")


@pytest.mark.parametrize(
    ("tamper", "details"),
    [
        (script(*UNLOCK, "UPDATE event SET at = at + 1 WHERE seq = 4"), {"catatan 4 diubah"}),
        (script(*UNLOCK, "UPDATE event SET chain = CASE WHEN chain LIKE '0%' THEN '1' ELSE '0' END"
                " || substr(chain, 2) WHERE seq = 5"),
         {"catatan 5 diubah", "catatan 6 diubah"}),
        (script(*UNLOCK, "DELETE FROM event WHERE seq = 5"), {"catatan 5 hilang"}),
        (script(*UNLOCK, "DELETE FROM event WHERE seq = 1"), {"catatan 1 hilang"}),
        (script("INSERT INTO event SELECT 12, at, station, officer_id, kind, area, subject, data, 'x', chain,"
                " level FROM event WHERE seq = 10"), {"catatan 12 diubah"}),
        (script("INSERT INTO event SELECT 14, at, station, officer_id, kind, area, subject, data, 'x', chain,"
                " level FROM event WHERE seq = 10"), {"catatan 12 hilang"}),
    ],
)  # fmt: skip
def test_a_changed_missing_or_inserted_event(busy_office: Path, tamper: Tamper, details: set[str]) -> None:
    verdict = check(busy_office, tamper=tamper)
    assert found(verdict) == {("chain", detail) for detail in details}
    assert verdict.tickets == 5


@pytest.mark.parametrize(
    ("tamper", "findings"),
    [
        (without_unique_numbers, {("doubled_number", "{day} A1"), ("chain", "catatan 10 diubah")}),
        (
            script("DROP INDEX turn_of_ticket", "UPDATE turn SET ticket_id = 3 WHERE ticket_id = 2"),
            {("ticket_in_two_places", "3"), ("state_against_turn", "{day} A002"),
             ("state_against_turn", "{day} A003")},
        ),
        (
            script("DROP INDEX turn_at_counter", "UPDATE turn SET counter = 1 WHERE counter = 2"),
            {("counter_with_two_visitors", "1")},
        ),
        (
            script("DROP INDEX turn_of_officer", "UPDATE turn SET officer_id = 2, arrived_at = called_at"
                   " WHERE ended_at IS NULL", "UPDATE ticket SET state = 'serving' WHERE id = 2"),
            {("officer_serving_two", "2")},
        ),
        (script("UPDATE ticket SET state = 'called' WHERE id = 4"), {("state_against_turn", "{day} A004")}),
        (script("UPDATE ticket SET state = 'done' WHERE id = 3"), {("state_against_turn", "{day} A003")}),
        (script("UPDATE ticket SET state = 'serving' WHERE id = 2"), {("state_against_turn", "{day} A002")}),
        (script("UPDATE turn SET arrived_at = called_at - 1 WHERE id = 1"), {("times_out_of_order", "1")}),
        (script("UPDATE turn SET ended_at = called_at - 1 WHERE id = 1"), {("times_out_of_order", "1")}),
        (
            script("UPDATE ticket SET label = 'A000' WHERE id = 5"),
            {("label_against_event", "{day} A000"), ("label_against_number", "{day} A000")},
        ),
        (script("UPDATE ticket SET number = 77 WHERE id = 4"), {("label_against_number", "{day} A004")}),
        (script("UPDATE ticket SET series = 'Q' WHERE id = 4"), {("label_against_number", "{day} A004")}),
        (
            script("INSERT INTO ticket (code, day, series, number, label, service_id, state, place,"
                   " issued_at, queued_at) SELECT 'x', day, series, 99, 'A099', service_id,"
                   " 'waiting', 'fresh', 1, 1 FROM ticket WHERE id = 1"),
            {("ticket_without_event", "{day} A099")},
        ),
        pytest.param(
            script("UPDATE ticket SET service_id = 999 WHERE id = 4"), {("foreign_key", "ticket")},
            marks=pytest.mark.file_only("rules"),
        ),
    ],
)  # fmt: skip
def test_each_broken_rule_is_found_as_what_it_is(
    busy_office: Path, tamper: Tamper, findings: set[tuple[str, str]]
) -> None:
    day = day_of(busy_office)
    expected = {(check_name, detail.format(day=day)) for check_name, detail in findings}
    assert found(check(busy_office, tamper=tamper)) == expected


@pytest.mark.file_only("pages")
@pytest.mark.parametrize(("part", "length"), [("sqlite_autoindex_ticket_1", 2), ("ticket", 4096)])
def test_damaged_pages_are_told_alone(busy_office: Path, part: str, length: int) -> None:
    whole = busy_office.read_bytes()
    link = stranger(busy_office)
    (page,) = link.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (part,)).fetchone()
    link.close()
    at = page * 4096 - length  # the end of the page: an index entry, or all of it
    busy_office.write_bytes(whole[:at] + b"\xff" * length + whole[at + length :])
    verdict = check(busy_office)
    assert {name for name, _detail in found(verdict)} == {"integrity"}
    assert (verdict.events, verdict.last_hash) == (0, GENESIS)


def test_a_rule_of_the_schema_that_was_taken_away(busy_office: Path) -> None:
    """On a server a test can tamper only without references, and a rule goes with its function."""
    verdict = check(busy_office, tamper=script(*UNLOCK))
    taken = [each for each in verdict.findings if "FOREIGN KEY" not in each.detail]
    told = {(each.check, each.detail.removeprefix("TRIGGER ").removesuffix("()")) for each in taken}
    assert told == {("schema", "event_is_append_only"), ("schema", "event_is_kept")}


@pytest.mark.parametrize("loss", ["UPDATE office SET settings = '{}'", "DELETE FROM office"])
def test_an_office_that_cannot_say_what_it_is(busy_office: Path, loss: str) -> None:
    verdict = check(busy_office, tamper=script(loss))
    assert {name for name, _detail in found(verdict)} == {"unreadable"}


@pytest.mark.file_only("pages")
def test_text_that_cannot_be_read(busy_office: Path) -> None:
    unreadable = script("UPDATE station SET name = name", "DROP TRIGGER event_is_append_only",
                        "UPDATE event SET station = CAST(x'ff' AS TEXT) WHERE seq = 3")  # fmt: skip
    assert {name for name, _detail in found(check(busy_office, tamper=unreadable))} == {"unreadable"}


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_busy_file_is_no_finding(busy_office: Path) -> None:
    store = Store(busy_office, timeout_s=0.2)
    with other_process("exclusive", busy_office), pytest.raises(ShareUnreachable):
        verification.verify(store.read, lambda _tx: True)
    store.close()


def test_trouble_of_the_share_is_not_the_files(busy_office: Path) -> None:
    gone = sqlite3.OperationalError("disk I/O error")
    gone.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(sqlite3.OperationalError):
        verification._require_damage(gone)
    verification._require_damage(ValueError())


def test_a_ticket_that_vanished_is_missed(busy_office: Path) -> None:
    verdict = check(busy_office, tamper=script("DELETE FROM ticket WHERE id = 4"))
    assert {check for check, _where in found(verdict)} == {"event_without_ticket"}


def test_of_one_kind_a_few_are_told(busy_office: Path) -> None:
    many = script(
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 160)"
        " INSERT INTO ticket (code, day, series, number, label, service_id, state, place, issued_at,"
        " queued_at) SELECT 'x' || i, '2026-11-20', 'A', i, 'A' || i, 1, 'waiting', 'fresh', 1, 1 FROM n"
    )
    details = [detail for check, detail in found(check(busy_office, tamper=many))]
    assert len(details) == verification.MOST_OF_A_CHECK


def test_an_end_that_nobody_served(busy_office: Path) -> None:
    verdict = check(busy_office, tamper=script("UPDATE ticket SET state = 'done' WHERE id = 5"))
    assert {check for check, _where in found(verdict)} == {"end_without_turn"}
