"""What is found in archives, and what is wrong with them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.years import Years, some_years
from ult_desktop.db import archive_file, archives, backup_folder, salvage
from ult_desktop.db.archive_file import BadArchive
from ult_desktop.db.creation import bring_up_to_date
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.errors import UserError
from ult_desktop.operations import archive_reading, archiving
from ult_desktop.operations.archive_repair import bring_archive_back


@pytest.fixture(scope="module")
def archived(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office whose years 2023 and 2024 are archived, and its disk."""
    folder = tmp_path_factory.mktemp("archived")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archiving, "PAUSE_S", (0, 0))
        years = Years(Path(shutil.copy(founded, folder)), folder)
        some_years(years)
        years.archive(2023)
        years.archive(2024)
        years.scene.office.close()
    return folder


@pytest.fixture
def years(archived: Path, tmp_path: Path) -> Iterator[Years]:
    """A copy of that folder, with the office open."""
    folder = shutil.copytree(archived, tmp_path / "kantor")
    found = Years(folder / "office.db", folder, people=False)
    found.today()
    yield found
    found.scene.close()


def found(years: Years, text: str, year: int | None = None) -> list[str]:
    lines = archive_reading.search(years.scene.path, text, year).lines
    return [f"{line.year} {line.number} {line.name}" for line in lines]


def test_people_and_numbers_are_found_the_latest_first(years: Years) -> None:
    assert found(years, "guru") == ["2023 0001/ULT/2023 Ani Guru"]
    every = [
        "2024 0001/ULT/2024 Citra Operator",
        "2023 0002/ULT/2023 Budi Kepala",
        "2023 0001/ULT/2023 Ani Guru",
    ]
    assert found(years, "SDN 1") == every
    assert found(years, "SDN 1", 2024) == every[:1]
    assert found(years, "0001/") == [every[0], every[2]]
    assert found(years, "A001") == every[:2] + every[2:]
    assert found(years, "%") == found(years, "  ") == found(years, "Dewi") == []


def test_a_number_leads_to_its_case_and_its_timeline(years: Years) -> None:
    (line,) = archive_reading.numbered(years.scene.path, "0001/ult/2023")
    assert line.case_id is not None
    card = archive_reading.card(years.scene.path, 2023, line.case_id)
    assert card.guest is not None
    assert (card.guest.name, card.case.answer) == ("Ani Guru", "Sudah dicairkan")
    assert len(card.timeline) >= 4
    assert len(card.documents) == 1
    assert len(archive_reading.numbered(years.scene.path, "A001")) == 3
    assert len(archive_reading.numbered(years.scene.path, "A001", 2024)) == 1
    assert archive_reading.numbered(years.scene.path, "9999/ULT/2023") == ()
    with pytest.raises(UserError, match="tidak ada di arsip 2023"):
        archive_reading.card(years.scene.path, 2023, 999)


def test_an_office_without_archives_finds_nothing(office_file: Path) -> None:
    assert archive_reading.search(office_file, "ani") == archive_reading.Found()


def test_a_damaged_archive_hides_no_other(years: Years) -> None:
    ruin(archives.path_of(years.scene.path, 2024))
    answer = archive_reading.search(years.scene.path, "guru")
    assert [line.name for line in answer.lines] == ["Ani Guru"]
    assert "tidak utuh" in answer.unread[0]
    assert [finding.check for finding in archive_reading.findings(years.scene.office)] == ["archive"]


def ruin(path: Path) -> None:
    path.write_bytes(b"rusak" * 1000)


def test_a_foreign_file_is_no_archive(years: Years) -> None:
    path = archives.path_of(years.scene.path, 2024)
    shutil.copy(years.scene.path, path)
    for look in (archive_file.prove, lambda path: archive_file.opened(path).__enter__()):
        with pytest.raises(BadArchive, match="bukan arsip"):
            look(path)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE guest SET name = 'Orang Lain'", "isinya berubah"),
        ("UPDATE archive SET first_hash = last_hash", "chain"),
        ("DELETE FROM visit", "foreign_key"),
    ],
)
def test_a_changed_archive_is_told(years: Years, sql: str, words: str) -> None:
    change(years, 2023, sql)
    with pytest.raises(BadArchive, match=words):
        archive_file.prove(archives.path_of(years.scene.path, 2023))


def change(years: Years, year: int, sql: str) -> None:
    import sqlite3  # noqa: PLC0415
    from contextlib import closing  # noqa: PLC0415

    with closing(sqlite3.connect(archives.path_of(years.scene.path, year))) as link, link:
        link.execute(sql)


def test_another_archive_in_its_place_is_told(years: Years) -> None:
    """Whole in itself, and yet not the one that was made; and the log must go on from year to year."""
    change(years, 2023, "UPDATE archive SET token = 'lain'")
    (finding,) = archive_reading.findings(years.scene.office)
    assert "bukan arsip yang dibuat waktu itu" in finding.detail
    years.scene.office._store.write(
        lambda tx: tx.run("UPDATE archive SET first_seq = first_seq + 1 WHERE year = 2024")
    )
    found = [each.detail for each in archive_reading.findings(years.scene.office)]
    assert any("catatan 2024 tidak bersambung" in each for each in found)


def test_an_archive_comes_back_from_the_second_place(years: Years) -> None:
    path = archives.path_of(years.scene.path, 2023)
    whole = path.read_bytes()
    ruin(path)
    back, aside = bring_archive_back(years.scene.office, 2023, years.disk)
    assert (back, path.read_bytes()) == (path, whole)
    assert aside is not None
    assert aside.read_bytes().startswith(b"rusak")
    path.unlink()
    assert bring_archive_back(years.scene.office, 2023, years.disk) == (path, None)
    assert list(archive_reading.findings(years.scene.office)) == []


def test_no_whole_copy_is_no_way_back(years: Years) -> None:
    with pytest.raises(UserError, match="tidak punya arsip 2022"):
        bring_archive_back(years.scene.office, 2022, years.disk)
    (copy,) = years.disk.glob("*/arsip/2023-*.db")
    other = next(iter(years.disk.glob("*/arsip/2024-*.db")))
    shutil.copy(other, copy)
    with pytest.raises(BadArchive):
        bring_archive_back(years.scene.office, 2023, years.disk)
    copy.unlink()
    with pytest.raises(UserError, match="Tidak ada salinan arsip 2023"):
        bring_archive_back(years.scene.office, 2023, years.disk)


def test_a_backup_carries_every_archive_once_and_tells_of_a_lost_one(years: Years) -> None:
    copies = {path: path.stat().st_mtime_ns for path in years.disk.glob("*/arsip/*.db")}
    assert len(copies) == 2
    backup_folder.make(years.scene.path, years.disk, years.scene.clock.now + 60_000)
    assert {path: path.stat().st_mtime_ns for path in years.disk.glob("*/arsip/*.db")} == copies
    next(iter(copies)).unlink()
    for year in (2023, 2024):
        archives.path_of(years.scene.path, year).unlink()
    with pytest.raises(UserError, match="tidak utuh"):
        backup_folder.make(years.scene.path, years.disk, years.scene.clock.now + 120_000)
    for year in (2023, 2024):  # so that the office is whole again at the end
        shutil.copy(Path(__file__), archives.path_of(years.scene.path, year))


def test_what_a_damaged_archive_still_holds_can_be_saved(years: Years, tmp_path: Path) -> None:
    rows = salvage.salvage(archives.path_of(years.scene.path, 2023), tmp_path / "terbaca.sqlite")
    assert (rows["guest"], rows["casefile"]) == (2, 2)


def test_an_archive_of_an_older_program_is_read(years: Years, tmp_path: Path) -> None:
    """It is brought up to date in memory: the file itself is never written again."""
    path = archives.path_of(years.scene.path, 2023)
    before = path.read_bytes()
    MIGRATIONS(name="m9999_later")(lambda db: db.execute("CREATE TABLE later (a INTEGER) STRICT"))
    try:
        assert bring_up_to_date(years.scene.path, years.scene.clock.now, "uji") is not None
        with archive_file.opened(path) as tx:
            assert tx.value("SELECT count(*) FROM later") == 0
            assert tx.value("SELECT count(*) FROM guest") == 2
    finally:
        MIGRATIONS._migrations.pop()
    assert path.read_bytes() == before
    restore_schema(years)


def restore_schema(years: Years) -> None:
    years.scene.office._store.on_connection(
        lambda link: [
            link.execute(sql)
            for sql in ("DROP TABLE later", "DELETE FROM _sqlite_migrations WHERE name = 'm9999_later'")
        ]
    )
