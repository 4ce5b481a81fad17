"""Which office `init` makes: a shipped one, or the file of an office's own."""

from pathlib import Path

import pytest

from ult_desktop.errors import UserError
from ult_desktop.operations.office_files import load_office, office_names
from ult_desktop.resources import resource


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
