"""The folder of proofs: what is in it, what never is, and what changed since it was made before."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw

from tests.operations.accountability.accounting import actor
from tests.operations.scene import KIOSK, Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.evidence.commands import NoteIndicator, RecordEvidence, WithdrawEvidence
from ult_desktop.core.evidence.proofs import FolderRecord
from ult_desktop.core.evidence.registers import Register
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.evidence import evidence
from ult_desktop.operations.evidence.folder import proof_folder, register_table
from ult_desktop.operations.evidence.instruments import shipped_instruments
from ult_desktop.operations.evidence.photos import photo_content, store_photo
from ult_desktop.operations.sheets import day_sheet
from ult_desktop.reports.proofs import RECORD, WrittenFolder, write_folder
from ult_desktop.reports.sheet import sheet_pdf

LOOKED_AT = Path("test-pictures/penilaian.pdf")
VISITOR = "Zuraida Pengunjung"
ITEMS = (
    *("parking.roof", "parking.split", "waiting.chairs", "waiting.cooling", "toilet.water"),
    "vulnerable.ramp",
)


def head_of(scene: Scene) -> Actor:
    return actor(scene, "kepala")


def photo(scene: Scene, tmp_path: Path, words: str) -> int:
    path = tmp_path / f"{words}.jpg"
    picture = Image.new("RGB", (1200, 900), "teal")
    ImageDraw.Draw(picture).text((60, 60), words, fill="white", font_size=90)
    picture.save(path)
    return store_photo(path, scene.office, head_of(scene))


def fill(scene: Scene, tmp_path: Path) -> None:
    """An office that served somebody, and recorded some of each register."""
    scene.sit(1)
    taken = scene.take()
    scene.kiosk.perform(SignGuestBook(ticket_id=taken.id, name=VISITOR, phone="081234567890"), KIOSK)
    scene.visit()
    head = head_of(scene)

    def record(register: Register, **said: object) -> None:
        scene.office.perform(RecordEvidence(register=register, **said), head)  # type: ignore[arg-type]

    for item in ITEMS:
        record(Register.FACILITY, item=item, document_id=photo(scene, tmp_path, item.replace(".", " ")))
    scan = tmp_path / "sk.pdf"
    scan.write_bytes(sheet_pdf(scene.office.read(lambda tx: day_sheet(tx, scene.clock()))))
    record(
        Register.DOCUMENT,
        item="documents.standard",
        title="SK 12/2026",
        document_id=store_photo(scan, scene.office, head),
    )
    everybody = tuple(f"participants.{each}" for each in ("users", "experts", "agencies"))
    record(Register.MEETING, title="FKP Standar Pelayanan", kinds=everybody, persons=24, note="Disepakati")
    for medium in ("print", "screen", "web"):
        record(Register.PUBLICATION, item=f"media.{medium}", kinds=("contents.components", "contents.post"))
    record(Register.REVIEW, service_id=1, item="reviews.kept")
    record(Register.TRAINING, item="motivation.training", title="Pelayanan prima", persons=4)
    record(Register.INNOVATION, item="innovation.running", title="Antrean daring")
    case = {"title": "0012/ULT/2026", "note": "Tiga hari kerja; berkas kurang"}
    record(Register.COMPENSATION, item="compensations.letter", **case)
    sp4n = {"received": 10, "settled": 9, "day": date(2025, 12, 31)}
    record(Register.ELSEWHERE, item="elsewhere.sp4n", **sp4n)
    said = NoteIndicator(
        instrument="pekppp", number=14, level=3, reason="Seragam, tanda nama, pin", responsible="Sari",
        due=date(2026, 12, 1),
    )  # fmt: skip
    scene.office.perform(said, head)


def written(scene: Scene, place: Path, instrument: str = "") -> WrittenFolder:
    found = proof_folder(scene.office, head_of(scene), instrument)
    return write_folder(found, place, lambda document: photo_content(document, scene.office))


def words_in(path: Path) -> str:
    return pages_and_words(path.read_bytes())[1]


def test_the_folder_has_a_page_for_each_indicator_and_all_as_one(scene: Scene, tmp_path: Path) -> None:
    fill(scene, tmp_path)
    made = written(scene, tmp_path)
    assert made.folder == tmp_path / "Penilaian 2026" / "pekppp"
    names = sorted(path.name for path in made.folder.iterdir())
    assert len(names) == made.files == 31 + 4 + 1  # cover, missing, all, the record; one scan
    parking = words_in(next(made.folder.glob("15 *.pdf")))
    assert "2dari5:Duasarana." in parking
    assert "Gambar2:Tempatparkir:" not in parking  # the item's name alone
    assert "Gambar2:" in parking
    standard = words_in(next(made.folder.glob("04 Standar Pelayanan ditinjau secara berkala dan ditindak*")))
    assert standard.count("ditinjausetahunterakhir(%):12") == 2, "as ground and as what lacks, not as proof"
    assert "SK12/2026" in words_in(next(made.folder.glob("01 *ketentuan.pdf")))
    assert next(made.folder.glob("01 * - lampiran 1.pdf")).read_bytes().startswith(b"%PDF")
    cover = words_in(made.folder / "00 Sampul.pdf")
    assert "PerkiraansendiriF-02:" in cover
    assert "bukannilaiIPP" not in cover
    assert "Sari" in words_in(made.folder / "98 Yang belum ada.pdf")
    bound = (made.folder / "99 Semua bukti.pdf").read_bytes()
    LOOKED_AT.parent.mkdir(exist_ok=True)
    LOOKED_AT.write_bytes(bound)
    whole_pages, whole = pages_and_words(bound)
    assert whole_pages >= 33
    assert all(each.title.replace(" ", "")[:30] in whole for each in shipped_instruments()[0].indicators)


def test_it_names_no_visitor_no_nik_and_no_officer(scene: Scene, tmp_path: Path) -> None:
    fill(scene, tmp_path)
    for instrument in shipped_instruments():
        made = written(scene, tmp_path, instrument.id)
        whole = words_in(made.folder / "99 Semua bukti.pdf")
        assert VISITOR.replace(" ", "") not in whole
        assert "081234567890" not in whole
        assert not re.search(r"\d{16}", whole)
        for officer in ("KepalaBPMP", "SitiRahma", "BudiSantoso"):
            assert officer not in whole.replace("KepalaBPMPProvinsi", "")


@pytest.mark.slow
def test_made_again_it_says_what_changed_and_takes_away_what_it_lacks(scene: Scene, tmp_path: Path) -> None:
    fill(scene, tmp_path)
    first = written(scene, tmp_path)
    assert first.changes == ()
    assert written(scene, tmp_path).changes == ("Tidak ada yang berubah sejak disusun 23 November 2026.",)
    roof, scan = (
        next(each for each in register_rows(scene, register) if each[1] == item)
        for register, item in ((Register.FACILITY, "parking.roof"), (Register.DOCUMENT, "documents.standard"))
    )
    for row, _item in (roof, scan):
        scene.office.perform(WithdrawEvidence(evidence_id=row), head_of(scene))
    again = written(scene, tmp_path)
    assert "15. Tempat parkir: perkiraan 2 → 1" in again.changes
    assert any("tidak ada lagi, Atap" in each for each in again.changes)
    assert list(again.folder.glob("01 * - lampiran 1.pdf")) == []
    assert "perkiraan2→1" in words_in(again.folder / "00 Sampul.pdf")
    record = msgspec.json.decode((again.folder / RECORD).read_bytes(), type=FolderRecord)
    assert record.instrument == "pekppp"
    (again.folder / RECORD).write_bytes(b"{")
    assert written(scene, tmp_path).changes == ()  # an unreadable record is as none


def register_rows(scene: Scene, register: Register) -> list[tuple[int, str]]:
    return [(each.id, each.item) for each in scene.office.read(evidence.every) if each.register is register]


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_leaves_nothing_half(scene: Scene, tmp_path: Path) -> None:
    place = tmp_path / "berkas"
    place.write_text("bukan folder")
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        written(scene, place)
    made = written(scene, tmp_path)
    last = made.folder / "99 Semua bukti.pdf"
    last.unlink()
    last.mkdir()  # as a file that another program holds
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        written(scene, tmp_path)
    assert words_in(made.folder / "00 Sampul.pdf")
    assert not list(made.folder.glob("*.part"))


def test_only_who_keeps_evidence_makes_a_folder(scene: Scene) -> None:
    with pytest.raises(UserError, match="tidak berwenang"):
        proof_folder(scene.office, actor(scene, "siti"))


@pytest.mark.slow
def test_a_register_is_a_table_with_its_own_fields(scene: Scene, tmp_path: Path) -> None:
    fill(scene, tmp_path)
    part = register_table(scene.office, Register.MEETING)
    assert [each.words for each in part.columns][:2] == ["Pokok pembicaraan", "Tanggal pertemuan"]
    assert part.rows[0][:4] == (
        "FKP Standar Pelayanan", "2026-11-23", "Pengguna layanan, Ahli, Instansi terkait", 24,
    )  # fmt: skip
