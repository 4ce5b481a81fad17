"""The registers of evidence: what a row needs, what is refused, and what an indicator makes of it."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.operations.accountability.accounting import actor
from tests.operations.desks import Desks
from tests.operations.scene import ELDERLY, Scene
from tests.survey import said
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.commands import AddDevice, BeginEscort, LendDevice, ReturnDevice
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases.case import CaseKind
from ult_desktop.core.cases.commands import GiveAnswer, OpenCase
from ult_desktop.core.command import Command
from ult_desktop.core.evidence.commands import (
    AdoptInstrument,
    ChangeEvidence,
    NoteIndicator,
    RecordEvidence,
    WithdrawEvidence,
)
from ult_desktop.core.evidence.figures import EvidenceFigure, EvidenceTable
from ult_desktop.core.evidence.registers import EvidenceRecord, Register, fields_of
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.survey.commands import EnterPaperSurvey
from ult_desktop.db.office import office
from ult_desktop.db.visits import documents
from ult_desktop.operations.evidence.board import IndicatorState, evidence_board, is_continuous, read_facts
from ult_desktop.operations.evidence.instruments import adopt_command, shipped_instruments
from ult_desktop.operations.evidence.photos import store_photo
from ult_desktop.operations.evidence.tables import table_source_of, tables_of
from ult_desktop.operations.figures.reports import period_report

SHIPPED = Path("resources/instruments/maklumat.toml")


@pytest.fixture
def head(scene: Scene) -> Actor:
    return actor(scene, "kepala")


def state(scene: Scene, number: int, instrument: str = "pekppp") -> IndicatorState:
    board = scene.office.read(lambda tx: evidence_board(tx, scene.clock(), instrument))
    return next(each for each in board.states if each.indicator.number == number)


def recorded(scene: Scene, by: Actor, register: Register, **said: object) -> EvidenceRecord:
    return scene.office.perform(RecordEvidence(register=register, **said), by)  # type: ignore[arg-type]


def test_a_row_counts_until_it_is_withdrawn_and_again_when_it_is_back(scene: Scene, head: Actor) -> None:
    made = recorded(scene, head, Register.FACILITY, item="parking.roof")
    assert (made.day, made.recorded_by, state(scene, 15).level) == ("2026-11-23", "Kepala BPMP", 1)
    scene.office.perform(WithdrawEvidence(evidence_id=made.id, retired=True), head)
    assert state(scene, 15).level == 0
    assert scene.office.perform(WithdrawEvidence(evidence_id=made.id, retired=False), head).retired is False
    assert state(scene, 15).level == 1


SAID: dict[str, dict[str, object]] = {
    "item": {"item": "documents.standard"},
    "title": {"title": "SK 12/2026"},
    "day": {"day": date(2026, 11, 2)},
    "kinds": {"kinds": ("participants.users", "participants.experts")},
    "note": {"note": "Disepakati"},
    "received": {"received": 3},
    "settled": {"settled": 2},
}
ITEMS = {
    Register.FACILITY: "toilet.water", Register.PUBLICATION: "media.web", Register.REVIEW: "reviews.kept",
    Register.TRAINING: "motivation.training", Register.INNOVATION: "innovation.running",
    Register.COMPENSATION: "compensations.letter", Register.ELSEWHERE: "elsewhere.sp4n",
}  # fmt: skip


@pytest.mark.parametrize("register", Register)
def test_every_register_takes_what_it_asks_for_and_refuses_what_is_missing(
    scene: Scene, head: Actor, register: Register
) -> None:
    said: dict[str, object] = {}
    for field in fields_of(register):
        if field.required:
            said |= SAID.get(field.name, {})
    said |= {"item": ITEMS[register]} if register in ITEMS else {}
    said |= {"kinds": ("contents.components",)} if register is Register.PUBLICATION else {}
    said |= {"service_id": 1} if register is Register.REVIEW else {}
    assert recorded(scene, head, register, **said).register is register
    for field in fields_of(register):
        if field.required and field.name != "day":
            with pytest.raises(UserError, match="belum diisi"):
                recorded(
                    scene, head, register, **{key: value for key, value in said.items() if key != field.name}
                )


def water(**said: object) -> RecordEvidence:
    return RecordEvidence(register=Register.FACILITY, **{"item": "toilet.water", **said})  # type: ignore[arg-type]


SP4N = RecordEvidence(register=Register.ELSEWHERE, item="elsewhere.sp4n", received=1, settled=2)
REFUSED: dict[str, tuple[Command, str]] = {
    "an item of another register": (water(item="documents.standard"), "tidak ada dalam daftar register"),
    "a field that it does not have": (water(persons=3), "tidak punya isian"),
    "a day that has not come": (water(day=date(2026, 11, 24)), "belum tiba"),
    "a NIK": (water(note="NIK 3171234567890123"), "tidak memuat NIK"),
    "a document that is not there": (water(document_id=99), "Berkas itu tidak ada"),
    "more settled than received": (SP4N, "lebih banyak"),
    "a level without a reason": (NoteIndicator(instrument="pekppp", number=14, level=3), "bersama alasannya"),
    "a level that the check does not have": (
        NoteIndicator(instrument="maklumat", number=1, level=3, reason="ada"),
        "tidak punya tingkat",
    ),
    "an instrument that is not there": (NoteIndicator(instrument="lain", number=1), "“lain” tidak ada"),
    "an instrument of another form": (AdoptInstrument(content="{}"), "tidak dapat dipakai"),
    "an instrument that is not newer": (adopt_command(SHIPPED), "sudah ada"),
}


@pytest.mark.parametrize(("command", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_words(
    scene: Scene, head: Actor, command: Command, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, head)


def test_two_people_change_a_row_and_the_note_says_who_brings_what(scene: Scene, head: Actor) -> None:
    made = recorded(scene, head, Register.DOCUMENT, item="documents.hours", title="SK 3/2026", note="lama")
    changed = scene.office.perform(
        ChangeEvidence(evidence_id=made.id, title="SK 4/2026", day=date(2026, 11, 2), note="baru"), head
    )
    assert (changed.title, changed.day, changed.note) == ("SK 4/2026", "2026-11-02", "baru")
    said = NoteIndicator(
        instrument="pekppp",
        number=14,
        level=3,
        reason="Seragam, nama, pin",
        responsible="Sari",
        due=date(2026, 12, 1),
    )
    scene.office.perform(said, head)
    found = state(scene, 14)
    assert (found.level, found.estimate.derived, found.note.responsible) == (3, 0, "Sari")
    assert found.estimate.following is not None
    assert found.estimate.following.level == 4


def test_a_photo_keeps_neither_place_nor_size_and_a_large_file_is_refused(
    scene: Scene, head: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "toilet.jpg"
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (3000, 2000), "teal").save(path, exif=exif)
    assert b"Kamera" in path.read_bytes()
    document = store_photo(path, scene.office, head)
    made = recorded(scene, head, Register.FACILITY, item="toilet.water", document_id=document)
    kept = documents.read(
        scene.office.path, scene.office.read(lambda tx: documents.get(tx, document)), scene.office.keyring
    )
    with Image.open(io.BytesIO(kept)) as picture:
        assert (max(picture.size), len(picture.getexif()), b"Kamera" in kept) == (1600, 0, False)
    assert (made.document_id, state(scene, 17).missing) == (document, ())
    large = tmp_path / "besar.jpg"
    with large.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(UserError, match="terlalu besar"):
        store_photo(large, scene.office, head)
    broken = tmp_path / "rusak.jpg"
    broken.write_bytes(b"\xff\xd8\xff" + bytes(500))
    with pytest.raises(UserError, match="tidak dapat dibaca sebagai gambar"):
        store_photo(broken, scene.office, head)
    with pytest.raises(UserError, match="tidak berwenang"):
        store_photo(path, scene.office, actor(scene, "siti"))


def test_the_office_puts_its_own_instrument_in_the_place_of_a_shipped_one(
    scene: Scene, head: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "maklumat.toml"
    path.write_text(
        SHIPPED.read_text("utf-8").replace("version = 1", "version = 2").replace("Pemeriksaan m", "M", 1)
    )
    assert scene.office.perform(adopt_command(path), head) == 2
    board = scene.office.read(lambda tx: evidence_board(tx, scene.clock(), "maklumat"))
    assert board.instrument.version == 2
    assert len(board.instruments) == len(shipped_instruments())


def test_figures_of_the_office_count_without_a_row(scene: Scene, head: Actor) -> None:
    """Seats, hours and complaints are proof by themselves."""
    before = state(scene, 18)
    assert any("Kursi prioritas: 4" in words for words in before.shown)
    assert is_continuous(scene.office.read(office.load).settings.hours)
    assert not is_continuous(Weekly(monday=("08.00-12.00", "13.00-15.00"), tuesday=("08.00-15.00",)))
    assert state(scene, 28).level == 0
    recorded(
        scene, head, Register.ELSEWHERE, item="elsewhere.sp4n", day=date(2025, 12, 31), received=10, settled=9
    )
    assert state(scene, 28).level == 5
    reviewed = {"item": "reviews.kept", "day": date(2026, 3, 2), "note": "Waktu dipercepat"}
    recorded(scene, head, Register.REVIEW, service_id=1, **reviewed)
    assert state(scene, 4).level == 4  # yearly, but not all services


@pytest.mark.slow
def test_its_figures_are_those_of_the_years_report(desks: Desks) -> None:
    """Six complaints, four of them answered, each visitor accompanied; seven respondents."""
    scene = desks.scene
    chair = desks.do(AddDevice(kind="Kursi roda", label="Kursi roda 1"))
    for n in range(6):
        visit_id = desks.visitor(priority=ELDERLY)
        desks.do(BeginEscort(visit_id=visit_id, leg=Leg.IN))
        lent = desks.do(LendDevice(device_id=chair.id, visit_id=visit_id))
        desks.do(ReturnDevice(loan_id=lent.loan_id))
        case = desks.do(
            OpenCase(
                visit_id=visit_id,
                detail="Lama menunggu",
                kind=CaseKind.COMPLAINT,
                complaint_class="pengaduan_biasa",
            )
        )
        if n < 4:
            desks.do(GiveAnswer(case_id=case.id, answer="Loket ditambah"))
    for _n in range(7):
        desks.do(EnterPaperSurvey(day=date(2026, 11, 23), said=said()))
    scene.set_time("2026-12-31 17:00")
    report = period_report(scene.office.read, parse_period("2026"), scene.clock())
    tables = tables_of(table_source_of(scene.office.read, scene.clock()), EvidenceTable)
    facts = scene.office.read(lambda tx: read_facts(tx, scene.clock())).figures
    visits, *care = tables[EvidenceTable.CARE][0].rows
    assert (visits[1], tuple(care)) == (6, report.part("care").rows)
    assert facts[EvidenceFigure.ESCORTS] == 1
    _last_year, survey = tables[EvidenceTable.SURVEY]
    assert (survey.rows, survey.rows[-1][1]) == (
        report.part("survey").rows,
        facts[EvidenceFigure.RESPONDENTS],
    )
    assert facts[EvidenceFigure.RESPONDENTS] == 7
    for table, keys in (
        (EvidenceTable.MEASURED, ["step"]),
        (EvidenceTable.DEVIATIONS, ["deviations", "causes"]),
    ):
        assert [part.rows for part in tables[table]] == [report.part(key).rows for key in keys]
    assert tables[EvidenceTable.VISITS][0].rows[-1][1] == report.tiles[0].value == 6
    counted = dict(zip(report.part("cases").keys, report.part("cases").rows, strict=True))
    scene.set_time("2027-01-04 09:00")
    (complaints,) = tables_of(table_source_of(scene.office.read, scene.clock()), (EvidenceTable.COMPLAINTS,))[
        EvidenceTable.COMPLAINTS
    ]
    facts = scene.office.read(lambda tx: read_facts(tx, scene.clock())).figures
    own = (counted["complaints"][1], counted["complaints_answered"][1])
    assert complaints.rows[0][1:] == own == (6, 4)
    assert (facts[EvidenceFigure.COMPLAINTS], facts[EvidenceFigure.COMPLAINTS_DONE]) == (6, 66)
