"""What is open never moves, whatever it is; what an act of a later year touched waits for that year."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import make_office
from tests.operations.years import Years
from ult_desktop.core.archive import LAW_DAYS, end_of, last_day_of
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import archive_choice, archive_file, archive_rules
from ult_desktop.db.archive_choice import Stay, Wanted

Values = dict[str, str | int | None]


def row(table: str, **values: str | int | None) -> str:
    """The statement that writes such a row."""
    shown = ("NULL" if value is None else repr(value) for value in values.values())
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(shown)})"


def information(number: int, case_id: int, decided_at: int | None) -> str:
    texts = ("applicant", "name", "address", "contact", "occupation", "wanted", "purpose", "access")
    return row(
        "information_request",
        id=number,
        case_id=case_id,
        year=2023,
        serial=number,
        number=f"P-{number}",
        **dict.fromkeys((*texts, "copy_form", "copy_by"), "x"),
        registered_at=1,
        due_at=1,
        decided_at=decided_at,
        decision="x" if decided_at else "",
    )


def online() -> str:
    keys: Values = {
        "year": 2023,
        "serial": 1,
        "number": "D-1",
        "visit_id": 1,
        "case_id": 1,
        "source": "email",
    }
    said: Values = {"external_id": "x", "fingerprint": "0" * 64, "topic": "", "service": ""}
    return row("online_request", **keys, **said, sent_at=1, received_at=1, due_at=1)


def objection() -> str:
    keys: Values = {"request_id": 1, "year": 2023, "serial": 1, "number": "K-1"}
    return row("objection", **keys, filed_at=1, late=0, reason="x", position="x", due_at=1)


VISIT: Values = {"visit_id": 1}
DAY = "2023-03-06"
OPEN: dict[str, Sequence[str]] = {
    "ticket": ["UPDATE ticket SET state = 'held' WHERE id = 1"],
    "turn": ["UPDATE turn SET ended_at = NULL, outcome = NULL WHERE ticket_id = 1"],
    "visit": ["UPDATE visit SET ended_at = NULL, ending = '' WHERE id = 1"],
    "clock_pause": [row("clock_pause", **VISIT, from_at=1, reason="x", kind="manual")],
    "card_loan": [row("card_loan", **VISIT, kind="ktp", lent_at=1)],
    "badge_loan": [row("badge_loan", **VISIT, number="7", given_at=1)],
    "alert": [row("alert", **VISIT, kind="vulnerable", at=1)],
    "device_loan": [row("device_loan", **VISIT, device_id=1, day=DAY, lent_at=1)],
    "escort": [row("escort", **VISIT, leg="in", began_at=1)],
    "handover": [row("handover", **VISIT, officer_id=1, at=1)],
    "phone_call": [
        row(
            "phone_call", **VISIT, state="promised", taken_by=1, officer_id=1, forwarded="live", promised_at=1
        )
    ],
    "call_attempt": [row("call_attempt", **VISIT, began_at=1, officer_id=1)],
    "online_request": [online()],
    "deviation": [
        row(
            "deviation",
            **VISIT,
            procedure_id="x",
            procedure_version=1,
            step=1,
            kind="time",
            day=DAY,
            made_at=1,
        )
    ],
    "casefile": ["UPDATE casefile SET state = 'open', closed_at = NULL WHERE id = 1"],
    "escalation": [row("escalation", case_id=1, from_desk="x", to_desk="ppid", instruction="x", sent_at=1)],
    "appointment": [row("appointment", code="c", case_id=1, nth=1, day=DAY, at=1, reason="x", made_at=1)],
    "information_request": [information(1, 1, None)],
    "objection": [information(1, 1, 1), objection()],
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ani's case of 2023 (visit, case and ticket 1), and others after it."""
    folder = tmp_path_factory.mktemp("choice")
    years = Years(make_office(folder), folder)
    years.closed_case("2023-03-06", "Ani Guru")
    years.closed_case("2023-08-14", "Budi Kepala")
    years.today()
    years.closed_case("2026-11-23", "Eka Guru")
    years.scene.close()
    return years.scene.path


class Chosen:
    """What moves out of a copy of the office in which `changes` were made."""

    def __init__(self, office: Path, folder: Path, changes: Sequence[str], now: int = 0) -> None:
        copy = Path(shutil.copy(office, folder / "copy.db"))
        with closing(sqlite3.connect(copy)) as link, link:
            for sql in changes:
                link.execute(sql)
        zone = Years.zone_of(copy)
        end = end_of(2023, zone)
        wanted = Wanted(2023, last_day_of(2023), end, now or end + 1000 * DAY_MS)
        with closing(archive_file._draft(folder / "draft.db", copy)) as draft:
            self.last_seq = archive_choice.choose(draft, wanted)
            self.stays = archive_choice.still_open(draft, wanted)
            self.visits = [
                row[0] for row in draft.execute("SELECT id FROM moved_visit ORDER BY id").fetchall()
            ]
            self.tickets = [row[0] for row in draft.execute("SELECT id FROM moved_ticket").fetchall()]


def test_every_table_that_can_be_open_is_tried() -> None:
    assert set(OPEN) == {table for table, rule in archive_rules.moving().items() if rule.open}


@pytest.mark.parametrize("table", OPEN)
def test_what_is_open_stays_with_its_coming_and_is_told(office: Path, tmp_path: Path, table: str) -> None:
    chosen = Chosen(office, tmp_path, OPEN[table])
    assert (chosen.visits, chosen.tickets) == ([2], [2])
    name = "A001 2023-03-06" if table in ("ticket", "turn") else "0001/ULT/2023"
    assert Stay(table, name) in chosen.stays


def test_without_anything_open_both_move(office: Path, tmp_path: Path) -> None:
    chosen = Chosen(office, tmp_path, ())
    assert (chosen.visits, chosen.tickets, chosen.stays) == ([1, 2], [1, 2], ())


def test_the_laws_clock_runs_on_after_a_decision(office: Path, tmp_path: Path) -> None:
    later = 1_700_000_000_000
    decided, newer = information(1, 1, later), information(2, 3, 1)
    running = Chosen(office, tmp_path, (decided, newer), later + (LAW_DAYS - 1) * DAY_MS)
    assert running.stays == (Stay("information_request", "0001/ULT/2023"),)
    over = Chosen(office, tmp_path, (decided, newer), later + (LAW_DAYS + 1) * DAY_MS)
    assert (over.stays, over.visits) == ((), [1, 2])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE casefile SET closed_at = 1800000000000 WHERE id = 1",
        "UPDATE visit SET day = '2024-01-02' WHERE id = 1",
        "INSERT INTO case_entry (case_id, at, kind) VALUES (1, 1800000000000, 'note')",
        "UPDATE ticket SET day = '2024-01-02' WHERE id = 1",
    ],
)
def test_what_was_touched_later_waits_for_that_year(office: Path, tmp_path: Path, change: str) -> None:
    chosen = Chosen(office, tmp_path, (change,))
    assert (chosen.visits, chosen.stays) == ([2], ())


def test_a_deviation_of_the_daily_check_is_told_by_its_day(office: Path, tmp_path: Path) -> None:
    lone: Values = {"step": 0, "kind": "equipment", "item": "Printer", "day": DAY}
    check = row("deviation", procedure_id="x", procedure_version=1, made_at=1, **lone)
    assert Chosen(office, tmp_path, (check,)).stays == (Stay("deviation", "2023-03-06 #1"),)
