"""A new office file: complete or not there at all, and nothing beside it."""

import os
from pathlib import Path

import msgspec
import pytest

from tests.db.privileges import public_folder, unprivileged
from ult_desktop.base.errors import UserError
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import OfficerTemplate
from ult_desktop.db.access import officers
from ult_desktop.db.creation import create
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.store import Store
from ult_desktop.operations.office.office_files import load_office

pytestmark = pytest.mark.usefixtures("windows_files")

TEMPLATE = load_office()


def test_the_file_holds_what_the_template_says(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    extra = (OfficerTemplate(login="admin", name="Orang lain"), *TEMPLATE.officers)
    create(path, msgspec.structs.replace(TEMPLATE, officers=extra), "u-1", "hash")
    assert [entry.name for entry in tmp_path.iterdir()] == ["office.db"]
    store = Store(path)
    row = store.read(office.load)
    assert (row.uid, row.settings, row.kiosk_pause) == ("u-1", settings_of(TEMPLATE), "")
    assert [s.definition for s in store.read(services.active)] == list(TEMPLATE.services)
    desks = {c.number: c for c in store.read(counters.all_counters)}
    assert set(desks) == {c.number for c in TEMPLATE.counters}
    assert len(desks[1].serves) == len(TEMPLATE.services)
    assert len(desks[3].serves) == len(TEMPLATE.counters[2].serves)
    people = {o.login: o for o in store.read(officers.all_active)}
    assert set(people) == {"admin", *(o.login for o in TEMPLATE.officers)}
    assert (people["admin"].name, people["admin"].password_hash) == ("Administrator", "hash")
    assert people["siti"].password_hash == ""
    store.close()


def test_a_counter_without_a_name_keeps_none_that_would_be_of_one_language(tmp_path: Path) -> None:
    unnamed = tuple(msgspec.structs.replace(c, name="") for c in TEMPLATE.counters)
    path = tmp_path / "office.db"
    create(path, msgspec.structs.replace(TEMPLATE, counters=unnamed), "u-1", "hash")
    store = Store(path)
    assert [c.name for c in store.read(counters.all_counters)] == ["", "", "", ""]
    store.close()


@pytest.mark.file_only("pages")
def test_an_existing_file_is_never_overwritten(office_file: Path) -> None:
    before = office_file.read_bytes()
    with pytest.raises(UserError, match="sudah ada") as refused:
        create(office_file, TEMPLATE, "u-2", "hash")
    assert refused.value.safe
    assert office_file.read_bytes() == before
    assert not list(office_file.parent.glob(".office*"))


@pytest.mark.parametrize("folder", ["tidak/ada", "berkas.txt"])
def test_a_folder_that_is_none(tmp_path: Path, folder: str) -> None:
    (tmp_path / "berkas.txt").touch()
    with pytest.raises(UserError, match="tidak dapat dibuat") as refused:
        create(tmp_path / folder / "office.db", TEMPLATE, "u-1", "hash")
    assert refused.value.todo


@pytest.mark.posix_only("modes")
def test_a_folder_without_the_right_to_write() -> None:
    with public_folder() as folder:
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(UserError, match="tidak dapat dibuat"):
            create(folder / "office.db", TEMPLATE, "u-1", "hash")


@pytest.mark.parametrize("taken", [False, True])
def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    def no_links(*_paths: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "office.db"
    if not taken:
        create(path, TEMPLATE, "u-1", "hash")
        assert [each.name for each in tmp_path.iterdir()] == ["office.db"]
        return
    path.write_bytes(b"milik orang lain")
    with pytest.raises(UserError, match="sudah ada"):
        create(path, TEMPLATE, "u-1", "hash")
    assert path.read_bytes() == b"milik orang lain"
