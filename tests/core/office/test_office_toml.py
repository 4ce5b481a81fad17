"""An office as TOML: reading it gives the same office, whatever somebody typed into it."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from tests.any_office import changed, offices
from tests.examples import examples
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.office.office_toml import toml_of
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.operations.office.office_files import load_office, office_names

OFFICE = load_office()


def read_again(text: str) -> OfficeTemplate:
    return msgspec.convert(tomllib.loads(text), OfficeTemplate)


@examples(50)
@given(offices())
def test_any_office_survives(office: OfficeTemplate) -> None:
    assert read_again(toml_of(office, {"": "Kepala\n\nberkas", "services": "Layanan"})) == office


@pytest.mark.parametrize("name", office_names())
def test_the_shipped_offices_survive_the_disk(name: str, tmp_path: Path) -> None:
    file = tmp_path / "kantor.toml"
    file.write_text(toml_of(load_office(name)), encoding="utf-8", newline="\n")
    assert read_settings(file, OfficeTemplate) == load_office(name)


def test_it_reads_well() -> None:
    lines = toml_of(OFFICE, {"": "Kantor kami.", "hours": "Jam layanan."}).splitlines()
    assert lines[0] == "# Kantor kami."
    assert "working_days = []" in lines
    assert lines[lines.index("[hours]") - 1] == "# Jam layanan."
    assert 'monday = ["07.30-12.00", "13.00-16.00"]' in lines
    assert "saturday = []" in lines
    assert 'related_unit = "Unit Terkait"' in lines, "what is as usual can be found and changed"
    assert '    { id = "Cetak Info GTK terbaru", en = "Latest Info GTK print-out" },' in lines
    assert lines.count("[[services]]") == 8
    assert not any(line.startswith("fee") for line in lines), "a service only says what is its own"


def test_words_that_break_lines_and_quotes() -> None:
    nasty = 'Jl. "Merdeka"\n\r\t\\ 5\x7f\x00 \u2028'
    office = changed(OFFICE, running_text=(nasty,))
    assert read_again(toml_of(office)) == office
