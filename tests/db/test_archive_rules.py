"""Every table has a rule for what becomes of it when a year is archived, and the rule fits the table."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ult_desktop.db import archive_rules
from ult_desktop.db.archive_rules import LINKS, ROOTS, RULES, Way

# SQLite's and sqlite-utils' own; the answer bank's index has its parts.
NOT_OURS = ("_sqlite_migrations", "faq_index_")


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as link:
        names = link.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {name for (name,) in names if not name.startswith(NOT_OURS)}


def test_every_table_has_a_rule_and_no_rule_is_left_over(office_file: Path) -> None:
    """A new table stays, is copied, or moves with what it hangs on: say so in `db/archive_rules.py`."""
    assert tables(office_file) == set(RULES)


@pytest.mark.parametrize("table", archive_rules.moving())
def test_what_moves_hangs_on_something_that_moves(office_file: Path, table: str) -> None:
    rule = RULES[table]
    with closing(sqlite3.connect(office_file)) as link:
        names = archive_rules.columns(link, table)
        if rule.parent:
            assert rule.by in names
            assert RULES[rule.parent].way is Way.MOVES
        if rule.alone:
            assert "day" in names
        assert archive_rules.key_of(table) in names
        if rule.open:
            assert archive_rules.root_of(table)
            values = {"law": 0, "now": 0}
            assert link.execute(f"SELECT count(*) FROM {table} WHERE {rule.open}", values).fetchone() == (0,)
            assert archive_rules.open_word(table)


def test_whatever_refers_to_a_row_that_moves_moves_with_it_or_is_joined_to_it(office_file: Path) -> None:
    """No foreign key may point from what stays to what went."""
    joined = {(table, column) for table, column, _parent in LINKS}
    # A visit, its ticket and its turns are one; so are a hop and its case; a data subject's comings all stay.
    joined |= {
        ("visit", "ticket_id"),
        ("ticket", "turn_id"),
        ("escalation", "parent_id"),
        ("case_document", "escalation_id"),
    }
    joined |= {("subject_visit", "visit_id"), ("subject_act", "visit_id"), ("online_request", "case_id")}
    unsettled = []
    with closing(sqlite3.connect(office_file)) as link:
        for table, rule in RULES.items():
            for _id, _seq, parent, column, *_rest in link.execute(
                f"PRAGMA foreign_key_list({table})"
            ).fetchall():
                hangs = rule.by == column and rule.way is Way.MOVES
                if RULES[parent].way is Way.MOVES and not hangs and (table, column) not in joined:
                    unsettled.append((table, column))
    assert unsettled == []


def test_what_moves_refers_only_to_what_can_be_read_in_the_archive(office_file: Path) -> None:
    blind = []
    with closing(sqlite3.connect(office_file)) as link:
        for table in archive_rules.moving():
            for _id, _seq, parent, *_rest in link.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                if RULES[parent].way is Way.STAYS and (table, parent) != ("erasure", "subject_request"):
                    blind.append((table, parent))
    assert blind == []


def test_every_row_is_found_through_an_index(office_file: Path) -> None:
    """The steps of an archive hold the office's lock: none of them walks through history."""
    scans = []
    with closing(sqlite3.connect(office_file)) as link:
        for table in archive_rules.moving():
            root = archive_rules.root_of(table)
            if root:
                sql = f"SELECT * FROM {table} WHERE {archive_rules.belongs(table, '?, ?')}"
                plan = link.execute(f"EXPLAIN QUERY PLAN {sql}", (1, 2)).fetchall()
                scans += [(table, row[3]) for row in plan if row[3].startswith("SCAN")]
    assert scans == []


def test_roots_hang_on_nothing() -> None:
    assert [archive_rules.root_of(root) for root in ROOTS] == list(ROOTS)
    assert archive_rules.root_of("objection") == "visit"
    assert archive_rules.root_of("desk_entry") == ""
