"""Evidence from the command line: recorded, estimated, checked, and laid into a folder."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD

SHIPPED = Path("resources/instruments/maklumat.toml")


def evidence(desk: CommandLine, *words: object) -> tuple[object, ...]:
    return ("evidence", *words, "--database", desk.path)


def as_head(desk: CommandLine, *words: object) -> tuple[object, ...]:
    return (*evidence(desk, *words), "--officer", "kepala")


@pytest.mark.slow
def test_a_photo_is_recorded_and_lies_in_the_folder(desk: CommandLine, tmp_path: Path) -> None:
    photo = tmp_path / "atap.jpg"
    Image.new("RGB", (300, 200), "teal").save(photo)
    words = as_head(desk, "record", "facility", "--item", "parking.roof", "--photo", photo, "--json")
    assert desk.run(*words, ULT_PASSWORD=PASSWORD).row["item"] == "parking.roof"
    rows = {row["number"]: row for row in desk.run(*evidence(desk, "list", "--json")).rows}
    assert (rows[15]["level"], rows[15]["missing"]) == (1, [])
    assert "Tempat parkir: 1 dari 2" in rows[15]["lacking"]
    told = desk.run(*as_head(desk, "folder", tmp_path), ULT_PASSWORD=PASSWORD)
    assert told.code == 0, told.err
    assert f"Tersimpan 35 berkas di {tmp_path / 'Penilaian 2026' / 'pekppp'}." in told.out
    again = desk.run(*as_head(desk, "folder", tmp_path, "--instrument", "pekppp"), ULT_PASSWORD=PASSWORD)
    assert "Tidak ada yang berubah" in again.out
    refused = desk.run(*as_head(desk, "folder", tmp_path, "--instrument", "lain"), ULT_PASSWORD=PASSWORD)
    assert (refused.code, "“lain” tidak ada" in refused.err) == (1, True)
    table = tmp_path / "sarana.csv"
    assert desk.run(*evidence(desk, "table", "facility", "--csv", table)).code == 0
    assert "Atap" in table.read_text("utf-8-sig")
    assert "Atap" in desk.run(*evidence(desk, "table", "facility")).out


@pytest.mark.slow
def test_a_photo_of_100_mb_and_an_instrument_without_its_source_are_refused_with_words(
    desk: CommandLine, tmp_path: Path
) -> None:
    large = tmp_path / "besar.jpg"
    with large.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(100 * 1024 * 1024)
    words = as_head(desk, "record", "facility", "--item", "parking.roof", "--photo", large)
    answer = desk.run(*words, ULT_PASSWORD=PASSWORD)
    assert (answer.code, "terlalu besar" in answer.err) == (1, True)
    assert desk.run(*evidence(desk, "records", "--json")).rows == []
    own = tmp_path / "sendiri.toml"
    own.write_text(SHIPPED.read_text("utf-8").replace('sources = ["f02"]', 'sources = ["lain"]', 1))
    checked = desk.run("evidence", "check", own)
    assert checked.code == 2
    assert "sendiri.toml, baris" in checked.err
    assert "lain" in checked.err
    assert desk.run(*as_head(desk, "adopt", own), ULT_PASSWORD=PASSWORD).code == 2
    assert desk.run("evidence", "check", SHIPPED).code == 0


def test_a_withdrawn_row_stays_marked_and_a_later_photo_is_kept(desk: CommandLine, tmp_path: Path) -> None:
    photo = tmp_path / "atap.jpg"
    Image.new("RGB", (30, 20), "teal").save(photo)
    words = as_head(desk, "record", "facility", "--item", "parking.roof", "--json")
    number = desk.run(*words, ULT_PASSWORD=PASSWORD).row["id"]
    changed = desk.run(*as_head(desk, "change", number, "--photo", photo, "--json"), ULT_PASSWORD=PASSWORD)
    assert changed.row["document_id"] is not None
    noted = desk.run(*as_head(desk, "change", number, "--note", "baru", "--json"), ULT_PASSWORD=PASSWORD)
    assert (noted.row["note"], noted.row["document_id"]) == ("baru", changed.row["document_id"])
    for words, retired in ((("withdraw", number), True), (("withdraw", number, "--back"), False)):
        assert desk.run(*as_head(desk, *words, "--json"), ULT_PASSWORD=PASSWORD).row["retired"] is retired
