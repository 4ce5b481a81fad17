"""Keys of a settings record are found, read and written by their dotted names."""

import pytest
from msgspec import inspect

from ult_desktop.base.config import StationConfig
from ult_desktop.base.struct_keys import keys_of, value_at, with_value, with_values
from ult_desktop.core.office.template import OfficeTemplate, Weekly


def test_every_key_is_there_with_its_type() -> None:
    kinds = keys_of(OfficeTemplate, (Weekly,))
    assert isinstance(kinds["calling.digits"], inspect.IntType)
    assert isinstance(kinds["hours"], inspect.StructType)
    assert "hours.monday" not in kinds
    assert "hours.monday" in keys_of(OfficeTemplate)
    with pytest.raises(TypeError):
        keys_of(int)  # type: ignore[arg-type]


def test_values_are_read_and_written_alone() -> None:
    station = StationConfig(name="Kios lobi")
    changed = with_values(station, {"display.repeat": 3, "language": "en"})
    assert (value_at(changed, "display.repeat"), changed.language, changed.name) == (3, "en", "Kios lobi")
    assert with_value(changed, "display.repeat", 2).display == station.display
