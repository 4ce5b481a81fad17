"""What an office decides for itself comes from its file and survives the office row."""

import msgspec
import pytest

from ult_desktop.core.settings import OfficeSettings, settings_of
from ult_desktop.operations.office_files import load_office, office_names


@pytest.mark.parametrize("name", office_names())
def test_the_settings_survive_the_office_row(name: str) -> None:
    template = load_office(name)
    made = settings_of(template)
    assert msgspec.json.decode(msgspec.json.encode(made), type=OfficeSettings) == made
    assert all(getattr(made, field) == getattr(template, field) for field in OfficeSettings.__struct_fields__)
