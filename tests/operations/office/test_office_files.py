"""Which office `init` makes: a shipped one, or the file of an office's own."""

from pathlib import Path

import msgspec
import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.operations.office.office_files import (
    load_office,
    office_names,
    office_toml,
    read_office,
    write_office,
)


def test_the_shipped_offices() -> None:
    assert office_names() == ("bpmp-dki", "bpmp-kaltara", "bpmp-kepri", "bpmp-sumut")


def test_the_demo_office_is_the_default() -> None:
    assert load_office().office.name == "BPMP Provinsi Kalimantan Utara"


def test_an_office_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "kantor.toml"
    shipped = resource("offices", "bpmp-kepri.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("BPMP Kepri", "Kantor Kami"), encoding="utf-8")
    assert load_office(str(own)).office.short_name == "Kantor Kami"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UserError, match=r"“bpmp-bali”.*bpmp-kaltara"):
        load_office("bpmp-bali")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak ada"):
        load_office(str(tmp_path / "kantor.toml"))


def test_an_office_that_was_written_is_read_again(tmp_path: Path) -> None:
    own, office = tmp_path / "kantor.toml", load_office()
    write_office(own, msgspec.structs.replace(office, procedures=(*office.procedures, "pos-kami")))
    assert read_office(own) == office, "init knows the shipped procedures alone by name"
    with pytest.raises(UserError, match="sudah ada"):
        write_office(own, office)
    write_office(own, load_office("bpmp-kepri"), force=True)
    assert read_office(own) == load_office("bpmp-kepri")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        write_office(tmp_path / "tidak" / "ada.toml", load_office())


@pytest.mark.parametrize("name", office_names())
def test_every_part_of_a_written_office_has_its_remark(name: str) -> None:
    lines = office_toml(load_office(name)).splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("[")]
    bare = [lines[n] for n in heads if not lines[n - 1].startswith("#") and lines.index(lines[n]) == n]
    assert bare == []
