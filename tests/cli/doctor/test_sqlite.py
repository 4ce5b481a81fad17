"""`doctor` names SQLite and its defects, and sees a schema that keeps no rule any more."""

from contextlib import closing

import pytest

from tests.cli.conftest import CommandLine
from tests.office import stranger
from ult_desktop.cli.doctor.checks import WAL_RESET, Version, check_sqlite


@pytest.mark.parametrize(
    ("version", "is_there"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_in_which_versions_the_wal_reset_bug_is(version: Version, is_there: bool) -> None:
    assert WAL_RESET.is_in(version) is is_there


def test_a_defect_that_the_program_avoids_is_a_warning() -> None:
    assert [check_sqlite(version).level for version in ((3, 40, 1), (3, 53, 4))] == ["warn", "ok"]
    line = check_sqlite((3, 45, 1))
    assert line.found.startswith("3.45.1; cacat yang dikenal: WAL-reset, CVE-2025-29087, CVE-2025-6965")


def test_a_trigger_or_an_index_that_is_gone_is_a_failure(desk: CommandLine) -> None:
    with closing(stranger(desk.path)) as link:
        link.execute("DROP TRIGGER event_is_append_only")
        link.execute("DROP INDEX turn_by_ticket")
    answer = desk.run("doctor", "--database", desk.path, "--json")
    (line,) = [row for row in answer.rows if row["check"] == "Skema"]
    assert (answer.code, line["level"]) == (1, "fail")
    assert "event_is_append_only" in line["found"]
    assert "turn_by_ticket" in line["found"]
