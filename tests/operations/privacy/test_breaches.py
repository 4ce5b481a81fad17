"""Failures of data protection: known, described, told in writing within three days, closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.office import store_of
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base.errors import UserError
from ult_desktop.core.privacy.breaches import (
    Breach,
    CloseBreach,
    DescribeBreach,
    NoteBreachNotice,
    NoticeRecipient,
    RecordBreach,
)
from ult_desktop.core.privacy.subjects import DeadlineState
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches
from ult_desktop.operations.edits import limit_edit
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, incident_form
from ult_desktop.reports.sheet import sheet_pdf

LOST = RecordBreach(
    what="Disk cadangan hilang", happened="Jumat malam, dari lemari", data="Nama dan telepon tamu"
)


@pytest.fixture
def desks(office_file: Path) -> Iterator[Desks]:
    scene = Scene(office_file)
    yield Desks(scene)
    scene.close()


def letter(desks: Desks, breach_id: int, whom: NoticeRecipient) -> Sheet:
    return desks.scene.office.read(lambda tx: breach_letter(tx, breach_id, whom, desks.scene.clock.now))


def recorded(desks: Desks) -> Breach:
    found: Breach = desks.do(LOST, "kepala")
    return found


def noted(desks: Desks, breach_id: int, **said: Any) -> Breach:  # noqa: ANN401
    """Somebody who reads the breach as it is adds what they say."""
    command = DescribeBreach(breach_id=breach_id, **said)
    found: Breach = desks.do(limit_edit(desks.scene.office, command, said), "kepala")
    return found


def described(desks: Desks) -> Breach:
    found = recorded(desks)
    return noted(
        desks, found.id, persons=120, handling="Dilaporkan", recovery="Sandi diganti", contact="PPID"
    )


def test_it_is_written_down_with_its_clock(desks: Desks) -> None:
    found = recorded(desks)
    assert (found.number, found.due_at) == ("0001/INS/2026", found.known_at + 3 * DAY_MS)
    assert found.deadline(found.known_at) is DeadlineState.CALM
    assert found.deadline(found.due_at - 1) is DeadlineState.AMBER
    assert found.deadline(found.due_at) is DeadlineState.RED
    before = msgspec.structs.replace(LOST, known_at=found.known_at - DAY_MS)
    assert desks.do(before, "putri").due_at == found.due_at - DAY_MS
    for wrong, words in (
        ({"known_at": desks.scene.clock.now + DAY_MS}, "belum terjadi"),
        ({"what": " "}, "Apa yang terjadi"),
        ({"happened": ""}, "Kapan dan bagaimana"),
        ({"data": ""}, "Data yang terungkap"),
        ({"persons": -1}, "tidak masuk akal"),
    ):
        desks.refused(msgspec.structs.replace(LOST, **wrong), "kepala", words)
    desks.refused(LOST, "siti", "tidak berwenang")
    assert desks.scene.office.read(breaches.count_open) == 2
    assert [each.id for each in desks.scene.office.read(breaches.still_open)] == [2, 1]


def test_what_is_known_by_now_is_added_and_nothing_lost(desks: Desks) -> None:
    found = described(desks)
    assert (found.what, found.persons, found.missing_parts) == (LOST.what, 120, ())
    again = noted(desks, found.id, what="Disk dicuri")
    assert (again.what, again.persons, again.handling) == ("Disk dicuri", 120, "Dilaporkan")
    desks.refused(DescribeBreach(breach_id=99), "kepala", "tidak ada")


def test_the_letter_holds_what_the_law_lists(desks: Desks) -> None:
    bare = recorded(desks)
    for broken, words in ((bare.id, "upaya penanganan dan upaya pemulihan"), (99, "tidak ada")):
        with pytest.raises(UserError, match=words):
            letter(desks, broken, NoticeRecipient.SUBJECTS)
    found = described(desks)
    rows = {row.head: row.text for row in letter(desks, found.id, NoticeRecipient.SUBJECTS).rows}
    assert rows["Data pribadi yang terungkap"] == LOST.data
    assert rows["Kapan dan bagaimana data terungkap"] == LOST.happened
    assert (rows["Upaya penanganan"], rows["Upaya pemulihan"]) == ("Dilaporkan", "Sandi diganti")
    assert "Jumlah orang" not in rows
    agency = {row.head: row.text for row in letter(desks, found.id, NoticeRecipient.AGENCY).rows}
    assert agency["Jumlah orang"] == "120 orang"
    noted(desks, found.id, persons=0)
    agency = {row.head: row.text for row in letter(desks, found.id, NoticeRecipient.AGENCY).rows}
    assert agency["Jumlah orang"] == "belum diketahui"


@pytest.mark.parametrize(
    ("office", "dated", "signed"),
    [
        ({}, "23 November 2026", "Kepala kantor"),
        (
            {"city": "Tanjung Selor", "head": "Rina Wulandari", "head_nip": "197501012000032001"},
            "Tanjung Selor, 23 November 2026",
            "Kepala kantor, Rina Wulandari, NIP 197501012000032001",
        ),
    ],
)
def test_the_letter_has_its_place_and_date_and_who_signs(
    desks: Desks, office: dict[str, str], dated: str, signed: str
) -> None:
    settings = desks.scene.office.read(office_rows.load).settings
    told = msgspec.structs.replace(settings, office=msgspec.structs.replace(settings.office, **office))
    text = msgspec.json.encode(told).decode()
    store_of(desks.scene.office).write(lambda tx: tx.run("UPDATE office SET settings = ?", text))
    sheet = letter(desks, described(desks).id, NoticeRecipient.SUBJECTS)
    assert (sheet.notes[-1], sheet.signatures) == (dated, (signed,))


def form(desks: Desks, breach_id: int | None) -> dict[str, str]:
    sheet = desks.scene.office.read(lambda tx: incident_form(tx, breach_id, desks.scene.clock.now))
    assert pages_and_words(sheet_pdf(sheet))[0] == 1
    return {row.head: row.text for row in sheet.rows}


def test_the_report_to_the_csirt_has_its_four_parts(desks: Desks) -> None:
    found = described(desks)
    told = form(desks, found.id)
    assert list(told)[:4] == ["Kontak", "Deskripsi", "Kronologi", "Dampak"]
    assert "Narahubung: PPID" in told["Kontak"]
    assert told["Deskripsi"] == LOST.what
    assert "Penanganan: Dilaporkan" in told["Kronologi"]
    assert "Orang yang terkena: 120" in told["Dampak"]
    assert "subjek data pribadi: ...." in told["Batas waktu"]
    assert set(form(desks, None)) == set(told)
    with pytest.raises(UserError, match="tidak ada"):
        form(desks, 99)


def test_both_are_told_before_it_is_closed(desks: Desks) -> None:
    bare = recorded(desks)
    told = NoteBreachNotice(breach_id=bare.id, whom=NoticeRecipient.SUBJECTS, how="Surel")
    desks.refused(told, "kepala", "wajib memuat upaya penanganan")
    noted(desks, bare.id, handling="a", recovery="b", persons=3)
    desks.refused(msgspec.structs.replace(told, how=""), "kepala", "Cara pemberitahuan")
    close = CloseBreach(breach_id=bare.id, lesson="Disk dienkripsi")
    desks.do(told, "kepala")
    desks.refused(told, "kepala", "sudah dicatat")
    desks.refused(close, "kepala", "belum diberi tahu")
    desks.refused(msgspec.structs.replace(close, unfounded=True), "kepala", "mengenai 3 orang")
    desks.scene.later(4 * 24 * 60)
    done = desks.do(msgspec.structs.replace(told, whom=NoticeRecipient.AGENCY), "kepala")
    assert done.deadline(desks.scene.clock.now) is DeadlineState.CALM
    assert msgspec.json.decode(desks.scene.events()[-1].data) == {"whom": "lembaga", "late": True}
    desks.refused(msgspec.structs.replace(close, lesson=""), "kepala", "Perbaikan")
    assert desks.do(close, "kepala").closed_at is not None
    desks.refused(close, "kepala", "sudah ditutup")
    assert [each.number for each in desks.scene.office.read(lambda tx: breaches.of_year(tx, 2026))] == [
        "0001/INS/2026"
    ]


def test_a_false_alarm_tells_nobody(desks: Desks) -> None:
    close = CloseBreach(breach_id=recorded(desks).id, lesson="Disk ditemukan, segel utuh", unfounded=True)
    found = desks.do(close, "kepala")
    assert found.deadline(found.due_at + 1) is DeadlineState.CALM
