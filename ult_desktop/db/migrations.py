"""The office file's schema as append-only migrations. A landed migration is never edited.

STRICT tables, checks and foreign keys hold what no program may break; the partial unique indexes on
`turn` are what makes "two counters, one visitor" and "one officer serving two" impossible rather than
merely unlikely. Each index is argued where it stands; `tests/db/test_plans.py` holds the plans to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.db.schema import accounts, archives, care, cases, figures, online, privacy, queue, visits

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    import sqlite_utils
    from sqlite_utils import migrations as library

    from ult_desktop.db.schema.privacy import Statements

    Migration = Callable[[Statements], None]
else:
    library = late("sqlite_utils.migrations")
    sqlite_utils = late("sqlite_utils")


class Migrations:
    """Migrations by name, in their order.

    Every open asks for their names; what carries them out is imported when there is one to carry out.
    """

    def __init__(self, name: str, by_name: dict[str, Migration]) -> None:
        self.name = name
        self.by_name = by_name

    @property
    def level(self) -> int:
        """Return the `PRAGMA user_version` of a file that has had them all: every write looks at it."""
        return len(self.by_name)

    def apply(self, link: sqlite3.Connection) -> None:
        """Carry out the migrations that the file has not had."""
        every = library.Migrations(self.name)
        for name, migration in self.by_name.items():
            every(name=name)(migration)
        every.apply(sqlite_utils.Database(link))
        link.execute(f"PRAGMA user_version = {self.level}")

    def repeat(self, names: frozenset[str], link: sqlite3.Connection) -> None:
        """Carry out the migrations of these names, without a record of it."""
        for migration in [each for name, each in self.by_name.items() if name in names]:
            migration(sqlite_utils.Database(link))


APPLICATION_ID = 0x554C5431  # "ULT1": tells an office file from any other SQLite file


def _mark_file(db: Statements) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _ship_rows(db: Statements) -> None:
    for statement, values in cases.shipped_rows():
        db.execute(statement, values)


def _renew_fingerprints(db: Statements) -> None:
    for request_id, renewed in privacy.new_fingerprints(db):
        db.execute("UPDATE OR IGNORE online_request SET fingerprint = ? WHERE id = ?", (renewed, request_id))


def _statements(script: str) -> list[str]:
    """Yield the statements one by one: `executescript` would commit the migration's transaction under it."""
    parts = [part.strip() for part in script.split(";\n\n")]
    return [line for part in parts for line in _split(part) if line]


def _split(part: str) -> list[str]:
    if "CREATE TRIGGER" in part:
        return [f"CREATE TRIGGER{piece}" for piece in part.split("CREATE TRIGGER")[1:]]
    return [piece.strip() for piece in part.split(";\n")]


def _of(*scripts: str, then: Migration = lambda _db: None) -> Migration:
    def migrate(db: Statements) -> None:
        for statement in _statements("\n\n".join(scripts)):
            db.execute(statement)
        then(db)

    return migrate


MIGRATIONS = Migrations(
    "ult_desktop",
    {
        # Office, queue, log: what the main job stands on.
        "m0001_main_job": _of(queue.OFFICE + queue.QUEUE + queue.LOG, then=_mark_file),
        # The written procedures: visits, cases, telephone, online, care, survey, accounts.
        "m0002_procedures": _of(
            *(visits.VISITS, visits.GUESTS, cases.CASES, cases.ANSWER_SEARCH, online.PHONE, online.ONLINE),
            *(care.CARE, accounts.SURVEY, accounts.ACCOUNTABILITY),
            then=_ship_rows,
        ),
        # Who backs the file up and checks it, and what came of it.
        "m0003_upkeep": _of(queue.UPKEEP),
        # Wrong passwords counted, and admins told of a reset password.
        "m0004_access": _of(privacy.SIGN_IN),
        # What a visitor declared goes out of the queue, into the one table that is forgotten in time.
        "m0005_declared_once": _of(care.DECLARED_ONCE),
        # Personal data at its end: schedule, data subjects' requests, breaches.
        "m0006_privacy": _of(privacy.PRIVACY),
        # Seats kept for vulnerable visitors.
        "m0007_seats": _of(queue.SEATS),
        # Closed years in files of their own, and where the log begins since then.
        "m0008_archives": _of(archives.ARCHIVES),
        # Who can open sealed personal text.
        "m0009_keys": _of(privacy.KEYS),
        # Rows for sealed text; what tells a request twice holds no telephone number any more.
        "m0010_personal": _of(privacy.SEALED_TEXT, then=_renew_fingerprints),
        # Where officers sit and how kiosks count, as far as stations that die or meet must know.
        "m0011_at_work": _of(queue.AT_WORK),
        # Retention and data subjects' requests reach into archives.
        "m0012_archive_changes": _of(archives.ARCHIVE_CHANGES),
        # No archives of closed years any more; a file that has some is never opened (`connection`).
        "m0013_one_file": _of(archives.ONE_FILE),
        # How often the office was rebuilt from a backup: its log says so, its stations' journals know it.
        "m0014_restored": _of(queue.RESTORED),
        # Clocks that tell whose time a minute is.
        "m0015_clocks": _of(visits.CLOCKS),
        # Who writes: stations by identity, the schema that a writer knows; numbers that are on two papers.
        "m0016_writers": _of(queue.WRITERS),
        # Journals on the backup disk, and how long a backup keeps the others waiting.
        "m0017_carried": _of(queue.CARRIED),
        # Each list of answers from outside can be taken back whole.
        "m0018_survey_imports": _of(accounts.SURVEY_IMPORTS),
        # Keys for those alone who may open personal data.
        "m0019_readers": _of(privacy.READERS),
        # A day that a wrong clock began can be found and taken back.
        "m0020_days": _of(queue.DAYS),
        # Deviations by their cause, and who was on duty.
        "m0021_causes": _of(accounts.CAUSES),
        # So can a day that an officer closed.
        "m0022_closings": _of(queue.CLOSINGS),
        # A visitor can be sent to an officer, wherever they sit.
        "m0023_sent_to": _of(queue.SENT_TO),
        # The wait after wrong passwords is measured, not told by a clock.
        "m0024_waits": _of(privacy.WAITS),
        # Appointments without a case, each for a service and a seat of its half-hour.
        "m0025_bookings": _of(cases.BOOKINGS),
        # Numbers that needed no case say what became of them.
        "m0026_outcomes": _of(queue.OUTCOMES),
        # Who meets the qualifications of a procedure, as the head confirmed it.
        "m0027_qualifications": _of(accounts.QUALIFICATIONS),
        # A password that somebody else chose is changed first; stations tell how they are, and are replaced.
        "m0028_people": _of(privacy.OWN_PASSWORDS, queue.REPLACED),
        # Visits that were written on paper say who typed them in.
        "m0029_on_paper": _of(visits.ON_PAPER),
        # Which station has or runs an update.
        "m0030_updates": _of(queue.UPDATES),
        # Several matters in one visit.
        "m0031_matters": _of(visits.MATTERS),
        # The figures of a day that has ended.
        "m0032_figures": _of(figures.FIGURES),
        # The office's own logo.
        "m0033_logo": _of(queue.LOGO),
        # Versions of a procedure say why.
        "m0034_adopted_for": _of(visits.ADOPTED_FOR),
        # A visitor who is served can be set aside, and goes on first.
        "m0035_aside": _of(queue.ASIDE),
        # Officers are called to a kiosk.
        "m0036_kiosk_calls": _of(care.KIOSK_CALLS),
        # What wait a visitor was told, and what came of it.
        "m0037_told_waits": _of(queue.TOLD_WAITS),
        # What is done about the low elements of the survey.
        "m0038_improvements": _of(accounts.IMPROVEMENTS),
        # The figures of months and years.
        "m0039_spans": _of(figures.SPANS),
        # What PPID accounts for once a year.
        "m0040_ppid_years": _of(cases.PPID_YEARS),
        # Reports that the program makes by itself.
        "m0041_made_reports": _of(figures.MADE_REPORTS),
        # Which column of a form outside says what.
        "m0042_survey_columns": _of(accounts.SURVEY_COLUMNS),
        # Where the office moved to.
        "m0043_moves": _of(queue.MOVES),
        # Where the visitors of months and years came from.
        "m0044_origins": _of(figures.ORIGINS),
    },
)
