"""A new office: its folder is proven first, its admin can sign in, and it opens empty and whole."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.core.office.setup_answers import FirstOfficer
from ult_desktop.operations.office import office_files
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import create_office, load_office, require_trusted_location

pytestmark = pytest.mark.by_engine


@pytest.mark.slow
def test_a_new_office_opens_empty_and_its_admin_signs_in(tmp_path: Path) -> None:
    create_office(tmp_path / "office.db", load_office(), "kata-sandi-admin")
    assert [path.name for path in tmp_path.iterdir()] == ["office.db"], "no scratch file is left"
    office = Office(tmp_path / "office.db", "loket-1", tmp_path / "journal.db")
    assert office.sign_in("admin", "kata-sandi-admin").name == "Administrator"
    verdict = office.verify()
    assert (verdict.ok, verdict.events, verdict.tickets) == (True, 0, 0)
    assert [line.login for line in office.officers()] == ["admin"], "the others have no password yet"
    office.close()


@pytest.mark.slow
def test_an_office_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(b"milik orang lain")
    with pytest.raises(UserError, match="sudah ada"):
        create_office(path, load_office(), "kata-sandi-admin")
    assert path.read_bytes() == b"milik orang lain"


def test_a_sync_folder_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Kantor"
    folder.mkdir()
    with pytest.raises(UserError, match="Folder sinkronisasi"):
        create_office(folder / "office.db", load_office(), "kata-sandi-admin")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("guess", ["terpadu2026", "tampubolon88"])
def test_who_has_a_weak_password_is_named_and_no_office_is_made(tmp_path: Path, guess: str) -> None:
    path = tmp_path / "office.db"
    people = (
        FirstOfficer(login="rut", name="Rut Tampubolon", password="kopi-pagi-hari"),
        FirstOfficer(login="siti", name="Siti", password=guess),
    )
    with pytest.raises(UserError, match="Siti: Kata sandi itu mudah ditebak") as refusal:
        create_office(path, load_office(), "kata-sandi-admin", people)
    assert refusal.value.safe == "Kantor belum dibuat."
    assert not path.exists()


@pytest.mark.slow
def test_a_place_is_proven_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, own = tmp_path / "share" / "office.db", tmp_path / "own"
    office.parent.mkdir()
    require_trusted_location(office, own)
    assert not own.exists(), "no file, nothing to prove: the opening waits for it"
    create_office(office, load_office(), "kata-sandi-admin")
    require_trusted_location(office, own)
    assert len(list(own.iterdir())) == 1
    assert [path.name for path in office.parent.iterdir()] == ["office.db"], "no scratch file is left"
    monkeypatch.setattr(office_files, "prove_locks", lambda _folder: pytest.fail("proven again"))
    require_trusted_location(office, own)


def test_a_share_that_went_away_is_left_to_the_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a look at it raises what is no "not found"."""

    def gone(_path: Path) -> bool:
        raise OSError(22, "WinError 59")

    monkeypatch.setattr(Path, "is_file", gone)
    require_trusted_location(tmp_path / "office.db", tmp_path / "own")
    assert not (tmp_path / "own").exists()
