"""The copy of a data subject: nothing that the schedule erases is left out of it."""

import re
from pathlib import Path

import pytest

from tests.db.rows import write_rows
from tests.office import open_office
from tests.operations.privacy.old_papers import SECRET, case, information, papers, visit
from ult_desktop.core import fields
from ult_desktop.core.privacy.subject_words import part_word
from ult_desktop.db.privacy import subjects
from ult_desktop.db.privacy.retention import FIELDS, RetentionField
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.procedures.procedures import load_procedure

COLUMNS = {
    part: {column.strip().removeprefix("x.") for column in columns.split(",")}
    for part, columns, _source in subjects.PARTS
}
# They find something again and say nothing themselves.
_NO_WORDS = {"phone_index", "sha256"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.kind}-{field.table}")
def test_what_is_erased_some_day_is_in_the_copy(field: RetentionField) -> None:
    assert set(re.findall(r"(\w+) = ", field.clear)) - _NO_WORDS <= COLUMNS[field.table]


@pytest.mark.parametrize("part", COLUMNS)
def test_every_part_and_field_has_a_word(part: str) -> None:
    assert part_word(part)
    assert not set(COLUMNS[part]) - set(fields.FIELDS)


def test_what_was_asked_told_and_tried_is_in_the_copy(office_file: Path) -> None:
    office = open_office(office_file)
    held = write_rows(office, _held)
    office.close()
    for part, field, value in (
        ("escalation", "instruction", SECRET),
        ("escalation", "answer", SECRET),
        ("handover", "remark", SECRET),
        ("ticket", "remark", SECRET),
        ("requirement_check", "missing", "KTP"),
        ("requirement_check", "missing", "Surat tugas"),
        ("call_attempt", "result", "tidak_diangkat"),
    ):
        assert (part, field, value) in held


def test_a_purpose_from_the_list_is_in_the_copy_in_its_words(office_file: Path) -> None:
    """Kept by its key; one that the visitor wrote himself stands as it is."""
    office = open_office(office_file)
    listed, written = write_rows(
        office, lambda tx: [_came_for(tx, "informasi/Dapodik"), _came_for(tx, "SPD")]
    )
    office.close()
    assert (listed, written) == ({"Informasi · Dapodik"}, {"SPD"})


def _came_for(tx: Transaction, purpose: str) -> set[str]:
    procedure = load_procedure("sumut-tatap-muka")
    if tx.value("SELECT count(*) FROM procedure WHERE id = ?", procedure.id) == 0:
        procedures.insert(tx, procedure, 1)
    visit_id = visit(tx, 1)
    tx.run(
        "UPDATE visit SET purpose = ?, procedure_id = ?, procedure_version = ? WHERE id = ?",
        purpose, procedure.id, procedure.version, visit_id,
    )  # fmt: skip
    return {each.value for each in subjects.records_of(tx, visit_id) if each.field == "purpose"}


def _held(tx: Transaction) -> set[tuple[str, str, str]]:
    visit_id = visit(tx, 1)
    papers(tx, visit_id, 1)
    information(tx, case(tx, visit_id, 1), 1)
    ticket_id = tx.insert(
        "ticket",
        code="abc",
        day="2020-01-02",
        series="A",
        number=1,
        label="A001",
        service_id=1,
        state="done",
        place="fresh",
        issued_at=1,
        queued_at=1,
        remark="RAHASIA",
    )
    tx.run("UPDATE visit SET ticket_id = ? WHERE id = ?", ticket_id, visit_id)
    missing = '["KTP", "Surat tugas"]'
    tx.run("INSERT INTO requirement_check (visit_id, at, missing) VALUES (?, 1, ?)", visit_id, missing)
    tx.run(
        "INSERT INTO call_attempt (visit_id, began_at, ended_at, officer_id, result)"
        " VALUES (?, 1, 2, 1, 'tidak_diangkat')",
        visit_id,
    )
    return {(each.part, each.field, each.value) for each in subjects.records_of(tx, visit_id)}
