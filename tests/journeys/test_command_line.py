"""The steps of the written procedures from the command line; the clocks tell the minutes that were played.

Time passes by moving what happened into the past: the program reads its real clock.
"""

import shlex
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, open_office
from tests.survey import KEYS
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.procedures.procedures import load_procedure

pytestmark = pytest.mark.slow
ANSWERS = " ".join(f"--answer {element}=4" for element in KEYS)
_OF_A_VISIT = {"visit_id", "case_id", "ticket_id", "call_id", "escalation_id"}
_THEIRS = {"visit", "ticket", "turn", "casefile"}


@dataclass
class Journey:
    """The way of the first visitor; `truth` holds the minutes that each step took by the script."""

    desk: CommandLine
    truth: dict[int, int] = field(default_factory=dict)

    def play(self, script: str) -> None:
        """Each line is who does what ("-" nobody), or the minutes that go by and the step whose they are."""
        for line in filter(None, map(str.strip, script.splitlines())):
            who, *words = shlex.split(line, comments=True)
            if who.startswith("+"):
                self._pass(int(who), [int(each) for each in words])
            else:
                self._do(who, words)

    def _do(self, officer: str, words: list[str]) -> None:
        who = () if officer == "-" else ("--officer", officer)
        answer = self.desk.run(*words, *who, "--database", self.desk.path)
        assert answer.code == 0, (words, answer.err)

    def _pass(self, minutes: int, steps: list[int]) -> None:
        for step in steps:
            self.truth[step] = self.truth.get(step, 0) + minutes
        store = Store(self.desk.path)
        store.write(lambda tx: _move_back(tx, minutes * MINUTE_MS))
        store.close()

    @property
    def states(self) -> dict[int, str]:
        return {step["step"]: step["state"] for step in self._steps()}

    def require_true(self, late: set[int]) -> None:
        """The program counts the script's minutes, and calls late what was late in it and nothing else."""
        spent = {step["step"]: step["spent_ms"] // MINUTE_MS for step in self._steps()}
        assert {step: spent[step] for step in self.truth} == self.truth
        assert {step for step, state in self.states.items() if state == "late"} == late

    def _steps(self) -> list[dict[str, Any]]:
        listed = self.desk.run("step", "list", 1, "--database", self.desk.path, "--json")
        steps: list[dict[str, Any]] = listed.row["steps"]
        return steps


def _move_back(tx: Transaction, ms: int) -> None:
    for table in tx.on_connection(tx.engine.tables):
        columns = tx.on_connection(partial(_columns_of, table=table))
        stamps = [each for each in columns if each in ("at", "since") or each.endswith("_at")]
        if stamps and (table in _THEIRS or columns & _OF_A_VISIT):
            tx.run(f"UPDATE {table} SET " + ", ".join(f"{each} = {each} - {ms}" for each in stamps))


def _columns_of(link: Link, table: str) -> set[str]:
    return {column[0] for column in link.execute(f"SELECT * FROM {table} WHERE false").description}


@pytest.fixture
def journey(office_file: Path, own_home: Path) -> Journey:
    return Journey(CommandLine(office_file))


@pytest.fixture
def sumut(journey: Journey) -> Journey:
    """The office runs the face-to-face POS of Sumut; everybody is on duty."""
    office = open_office(journey.desk.path)
    admin = office.sign_in("admin", PASSWORD)
    office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), admin)
    office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), admin)
    for login in ("joko", "nina", "siti", "backoffice", "unit"):
        office.sign_in(login, PASSWORD)
    office.close()
    return journey


def test_face_to_face_in_sumut_over_the_unit_and_back(sumut: Journey) -> None:
    sumut.play(
        """
        joko visit welcome
        +2 2
        nina visit purpose 1 informasi/Dapodik
        nina visit guest 1 "Maria Ulfa"
        +1 3
        - queue issue A
        nina visit join 1 A001
        nina step tick 1 4
        +20  # in the queue, which is nobody's
        siti queue call --counter 1
        +1 6
        siti queue arrive --counter 1
        +2 7
        siti visit identity 1 --kind ktp
        +2 8
        siti case open 1 "Data pokok sekolah"
        +1 9
        siti case outcome 1 tidak_tersedia --sub-reason fo_tidak_tahu
        +2 10
        siti case escalate 1 "Mohon dicek"
        +4 11  # of three
        backoffice case escalation receive 1
        +2 12
        backoffice case escalation assess 1 false
        +3 13
        backoffice case escalation refer 1 "Mohon datanya" --unit Pusdatin
        +4 14
        unit case escalation receive 2
        unit case escalation answer 2 "Ini datanya"
        backoffice case escalation acknowledge 2
        backoffice case escalation answer 1 "Ini datanya"
        +1 15
        siti case deliver 1 langsung --receipt
        +2 16
        siti case close 1 --survey
        """
    )
    sumut.require_true(late={11})
    assert set(sumut.states.values()) == {"in_time", "late"}


def test_a_telephone_call_that_is_called_back(journey: Journey) -> None:
    journey.play(
        """
        telepon phone start
        telepon phone greet 1
        +2 2
        telepon phone record 1 --name Ani --phone 081234567890 --question "Kapan cair?"
        +3 3
        telepon phone forward 1
        +9 5
        backoffice case escalation receive 1
        backoffice case escalation answer 1 "Minggu depan"
        +30  # the caller was promised a moment: nobody is on the line
        telepon phone attempt 1
        +4 6
        telepon phone tell 1
        +1 7
        telepon phone close 1
        """
    )
    journey.require_true(late=set())
    assert set(journey.states.values()) == {"in_time"}


def test_the_helpdesk_of_kaltara(journey: Journey) -> None:
    journey.play(
        """
        joko visit welcome
        +8 1
        nina visit guest 1 "Maria Ulfa"
        +11 2  # of ten
        nina visit identity 1 --kind ktp
        +5 3
        nina case to-helpdesk 1 helpdesk
        helpdesk case helpdesk-received 1
        helpdesk case open 1 Tunjangan
        helpdesk case outcome 1 tersedia
        helpdesk case answer 1 "Sudah diperbaiki"
        helpdesk case deliver 1 langsung
        helpdesk case close 1
        """
    )
    journey.require_true(late={2})
    journey.play("nina survey refuse --visit 1")
    assert journey.states[6] == "waived"


def test_a_request_from_afar_in_kepri(journey: Journey) -> None:
    year = journey.desk.year
    journey.play(
        f"""
        siti online add --name Budi --detail "Minta data" --phone 081300000009
        siti online reply D-0001/{year} --answer Terlampir --proof surel
        siti online close D-0001/{year}
        siti survey paper --visit 1 --date {journey.desk.now:%Y-%m-%d} {ANSWERS}
        """
    )
    journey.require_true(late=set())
    assert set(journey.states.values()) == {"in_time"}


def test_a_vulnerable_visitor_in_dki(journey: Journey) -> None:
    journey.play(
        f"""
        joko visit welcome
        joko care declare 1 lansia --help-wanted kursi_roda
        joko care escort 1 in
        +3 2
        joko care escort-done 1
        +2 3
        nina visit guest 1 "Pak Tua"
        - queue issue B --priority lansia
        nina visit join 1 P001
        nina care seat 1
        +10  # in the queue
        joko care escort 1 to_counter
        +1 4
        joko care escort-done 2
        siti queue call --counter 4
        siti queue arrive --counter 4
        +9 5
        siti case open 1 "Salinan ijazah"
        siti visit requirements 1
        siti case escalate 1 "Mohon salinannya" --to ppid
        ppid case escalation receive 1
        ppid case escalation answer 1 "Ini salinannya"
        siti case escalation acknowledge 1
        +4 7
        siti case deliver 1 langsung --receipt
        +6 8  # of five
        siti survey fill --visit 1 --assisted {ANSWERS}
        siti care call-security 1
        joko care escort 1 out
        +3 10
        joko care escort-done 3
        """
    )
    journey.require_true(late={8})
    assert set(journey.states.values()) == {"in_time", "late"}
