"""Settings of an office come from its file and survive the office row."""

import msgspec
import pytest

from ult_desktop.core.office.settings import OfficeSettings, fingerprint, settings_of, with_settings
from ult_desktop.operations.office.office_files import load_office, office_names


@pytest.mark.parametrize("name", office_names())
def test_the_settings_survive_the_office_row(name: str) -> None:
    template = load_office(name)
    made = settings_of(template)
    assert msgspec.json.decode(msgspec.json.encode(made), type=OfficeSettings) == made
    assert all(getattr(made, field) == getattr(template, field) for field in OfficeSettings.__struct_fields__)


def test_other_settings_leave_services_and_counters_alone() -> None:
    template = load_office()
    other = msgspec.structs.replace(settings_of(template), running_text=("Libur",))
    changed = with_settings(template, other)
    assert settings_of(changed) == other
    assert (changed.services, changed.counters) == (template.services, template.counters)


def test_settings_that_the_services_contradict() -> None:
    template = load_office()
    calling = msgspec.structs.replace(template.calling, priority_series="A")
    with pytest.raises(ValueError, match="awalan dipakai dua kali: A"):
        with_settings(template, msgspec.structs.replace(settings_of(template), calling=calling))


def test_a_fingerprint_tells_documents_apart() -> None:
    template = load_office()
    assert fingerprint(template) == fingerprint(load_office())
    assert fingerprint(template) != fingerprint(load_office("bpmp-kepri"))
    assert fingerprint(settings_of(template)) != fingerprint(template)
