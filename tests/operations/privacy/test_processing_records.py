"""The record of processing and the impact assessment say what this office has set; the rest is open."""

from msgspec.structs import replace

from tests.office import store_of
from tests.reports.pdf_words import pages_and_words
from ult_desktop.core.office.retention_schedule import RetentionKind
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.backup import upkeep
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.processing_records import BLANK, dpia_sheet, ropa_sheet
from ult_desktop.reports.sheet import sheet_pdf


def lines(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Every line of the sheet by its second cell, and how it fits on paper."""
    assert pages_and_words(sheet_pdf(sheet))[0] <= 3
    return {str(line.words[1]): tuple(map(str, line.words[2:])) for line in sheet.table[1:]}


def ropa(office: Office) -> dict[str, tuple[str, ...]]:
    return lines(office.read(lambda tx: ropa_sheet(tx, office.clock())))


def dpia(office: Office) -> dict[str, tuple[str, ...]]:
    return lines(office.read(lambda tx: dpia_sheet(tx, office.clock())))


def test_every_kind_of_data_is_told_with_its_fields_and_its_time(office: Office) -> None:
    told = ropa(office)
    assert all(told[kind.word][0] for kind in RetentionKind)
    assert "12 bulan" in told[RetentionKind.NAME.word][3]
    settings = office.read(office_rows.load).settings
    changed = replace(
        settings,
        retention=replace(settings.retention, name=7, identity=0),
        care=replace(settings.care, keep_days=11),
    )
    store_of(office).write(lambda tx: office_rows.set_settings(tx, changed))
    told = ropa(office)
    assert "7 bulan" in told[RetentionKind.NAME.word][3]
    assert told[RetentionKind.IDENTITY.word][3] == "sampai kunjungan dan permohonannya selesai"
    assert told["Kelompok rentan (data spesifik)"][3] == "11 hari"


def test_the_assessment_says_what_was_done_in_this_office(office: Office) -> None:
    before, now = dpia(office), office.clock()
    assert before["Data hilang"][0].startswith("Cadangan")
    assert before["Keputusan kepala, dan kapan ditinjau lagi"] == (BLANK,)
    if office.read(lambda tx: tx.engine.has_file):
        store_of(office).write(lambda tx: upkeep.record_success(tx, upkeep.DRILL, "loket-1", now))
        assert "uji pemulihan: belum pernah" in before["Data hilang"][0]
        assert "uji pemulihan: belum pernah" not in dpia(office)["Data hilang"][0]


def test_what_the_office_has_not_entered_is_a_line_for_a_pen(office: Office) -> None:
    facts = {row.head: row.text for row in office.read(lambda tx: ropa_sheet(tx, office.clock())).facts}
    assert facts["Penanggung jawab"] == BLANK
    assert facts["Pejabat pelindungan data"].endswith(BLANK)
    assert "Front Office" in facts["Yang boleh membuka"]
    assert "Petugas Keamanan" not in facts["Yang boleh membuka"]
