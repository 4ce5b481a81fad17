"""An office with years behind it: what was closed, what is still open, and a disk for its backups."""

import sqlite3
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from tests.office import PASSWORD, open_office
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.core import asks
from ult_desktop.core.archive import Archive
from ult_desktop.core.case import Case, Outcome
from ult_desktop.core.case_asks import (
    AttachToCase,
    CloseCase,
    DeliverAnswer,
    GiveAnswer,
    OpenCase,
    SetOutcome,
)
from ult_desktop.core.command import Ask
from ult_desktop.core.custody_asks import LendCard
from ult_desktop.core.delivery import Way
from ult_desktop.core.identity import IdDocument
from ult_desktop.core.retention_schedule import Kind
from ult_desktop.core.survey import SurveyAnswers
from ult_desktop.core.survey_asks import FillSurvey
from ult_desktop.db import archives, documents, office
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations.archiving import Archived, Job, archive_year
from ult_desktop.operations.documents import attach
from ult_desktop.operations.survey_files import questionnaire

ANSWERS = SurveyAnswers(answers={each.key: 4 for each in questionnaire().elements})
NOW = "2026-11-23 09:00"


class Years:
    """Cases of 2023, 2024 and 2026 in one office; `desks` are its people."""

    def __init__(self, path: Path, folder: Path, *, people: bool = True) -> None:
        keep(path)
        self.scene = Scene(path, "2023-01-02 08:00")
        self.admin = self.scene.office.sign_in("admin", PASSWORD)
        self.disk = folder / "disk"
        self.disk.mkdir(exist_ok=True)
        self.scans = 0
        if people:
            self.scene.sit(1)
            self.desks = Desks(self.scene)
            self.desks.run_only()  # without procedures nothing deviates from them

    def closed_case(self, day: str, name: str, detail: str = "Tunjangan belum cair") -> Case:
        """Somebody who came on that day, and whose case was closed then; he left a letter and an opinion."""
        case = self.open_case(day, name, detail)
        do = self.desks.do
        do(SetOutcome(case_id=case.id, outcome=Outcome.AVAILABLE))
        do(GiveAnswer(case_id=case.id, answer="Sudah dicairkan"))
        do(DeliverAnswer(case_id=case.id, way=Way.DIRECT, receipt=True))
        do(FillSurvey(said=ANSWERS, visit_id=case.visit_id))
        do(CloseCase(case_id=case.id))
        self.scene.do(asks.Finish(counter=1))
        return self.desks.now(case)

    def open_case(self, day: str, name: str, detail: str = "Menunggu SK") -> Case:
        self.scene.set_time(f"{day} 09:00")
        visit = self.desks.visitor(name)
        case: Case = self.desks.do(OpenCase(visit_id=visit, detail=detail))
        self.scan(case)
        return case

    def scan(self, case: Case) -> None:
        """A letter of one page in the case."""
        self.scans += 1
        paper = self.disk.parent / "surat.pdf"
        paper.write_bytes(b"%PDF-1.4 surat " + str(self.scans).encode())
        kept = documents.store(self.scene.path, paper)
        document = self.desks.do(attach(kept, case.visit_id))
        self.desks.do(AttachToCase(case_id=case.id, document_id=document.id, title="Surat"))

    def hold_card(self, case: Case) -> None:
        self.desks.do(LendCard(visit_id=case.visit_id, kind=IdDocument.KTP, held=True))

    def no_show(self, day: str) -> None:
        """A number that nobody came for."""
        self.scene.set_time(f"{day} 10:00")
        self.scene.take("A")
        self.scene.miss(1)

    def close_day(self, day: str) -> None:
        self.scene.set_time(f"{day} 16:00")
        self.desks.do(asks.CloseDay(reason="Tutup"), "admin")
        self.scene.sit(1)

    def today(self, when: str = NOW) -> None:
        self.scene.set_time(when)

    def archive(self, year: int) -> Archived:
        return archive_year(self.scene.office, self.admin, Job(year=year, place=self.disk))

    def known(self) -> tuple[Archive, ...]:
        return self.scene.office.read(archives.every)

    def names(self) -> set[str]:
        """Who stands in the office file."""
        return {str(name) for (name,) in self.rows("SELECT name FROM guest")}

    def newest(self, table: str) -> object:
        return self.rows(f"SELECT max(id) FROM {table}")[0][0]

    def refused(self, ask: Ask, words: str) -> None:
        self.desks.refused(ask, "admin", words)

    def reopen(self) -> None:
        """After the office file was exchanged."""
        now = self.scene.clock.now
        self.scene.office = open_office(self.scene.path)
        self.scene.office.clock = self.scene.clock
        self.scene.clock.now = now

    def in_archive(self, year: int, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(archives.path_of(self.scene.path, year))) as link:
            return link.execute(sql).fetchall()

    def force(self, sql: str) -> None:
        """Change what no program may change."""
        with closing(sqlite3.connect(self.scene.path)) as link, link:
            watch = "SELECT sql FROM sqlite_master WHERE name = 'event_is_append_only'"
            (trigger,) = link.execute(watch).fetchone()
            link.execute("DROP TRIGGER event_is_append_only")
            link.execute(sql)
            link.execute(trigger)

    @staticmethod
    def zone_of(path: Path) -> ZoneInfo:
        with closing(sqlite3.connect(path)) as link:
            return office.load(Transaction(link)).settings.office.zone

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Of the office file, past the judge of its plans."""
        with closing(sqlite3.connect(self.scene.path)) as link:
            return link.execute(sql).fetchall()


def keep(path: Path, months: int = 600) -> None:
    """A schedule by which everything stands for so many months."""
    schedule = msgspec.json.encode(dict.fromkeys(Kind, months)).decode()
    with closing(sqlite3.connect(path)) as link, link:
        link.execute("UPDATE office SET settings = json_set(settings, '$.retention', json(?))", (schedule,))


def some_years(years: Years) -> None:
    """Two closed cases and a lost number in 2023, one closed and one open case in 2024, one of today."""
    years.closed_case("2023-03-06", "Ani Guru")
    years.closed_case("2023-08-14", "Budi Kepala")
    years.no_show("2023-08-15")
    years.close_day("2023-08-15")
    years.closed_case("2024-02-05", "Citra Operator")
    years.open_case("2024-05-06", "Dewi Dinas")
    years.close_day("2024-05-06")
    years.today()
    years.closed_case("2026-11-23", "Eka Guru")
