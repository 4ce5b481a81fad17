"""The office file's schema as append-only migrations. A landed migration is never edited.

STRICT tables, checks and foreign keys hold what no program may break; the partial unique indexes on
`turn` are what makes "two counters, one visitor" and "one officer serving two" impossible rather than
merely unlikely. Each index is argued where it stands; `tests/db/test_plans.py` holds the plans to it.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from ult_desktop.db.schema import accounts, care, cases, main_job, online, phone, survey, visits

MIGRATIONS = Migrations("ult_desktop")

APPLICATION_ID = 0x554C5431  # "ULT1": tells an office file from any other SQLite file


@MIGRATIONS()
def m0001_main_job(db: Database) -> None:
    """Office, queue, log: what the main job stands on."""
    for statement in _statements(main_job.OFFICE + main_job.QUEUE + main_job.LOG):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@MIGRATIONS()
def m0002_procedures(db: Database) -> None:
    """The written procedures: visits, cases, telephone, online, care, survey, accounts."""
    parts = (visits, cases, phone, online, care, survey, accounts)
    for statement in _statements("\n\n".join(part.TABLES for part in parts)):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """One statement each: `executescript` would commit the migration's transaction under it."""
    parts = [part.strip() for part in script.split(";\n\n")]
    return [line for part in parts for line in _split(part) if line]


def _split(part: str) -> list[str]:
    if "CREATE TRIGGER" in part:
        return [f"CREATE TRIGGER{piece}" for piece in part.split("CREATE TRIGGER")[1:]]
    return [piece.strip() for piece in part.split(";\n")]
