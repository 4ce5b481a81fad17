"""Every key of the office's file and of a station's file has a field in a window."""

from collections.abc import Iterable

from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.config import StationConfig
from ult_desktop.base.struct_keys import keys_of
from ult_desktop.core.office.template import (
    CategoryTemplate,
    CounterTemplate,
    OfficeTemplate,
    PauseReason,
    ServiceTemplate,
)
from ult_desktop.operations.office.office_changes import office_document
from ult_desktop.ui.counter.settings.form_group import WHOLE_TYPES, FormGroup, every_setting
from ult_desktop.ui.counter.settings.lists_groups import RowsGroup
from ult_desktop.ui.counter.settings.page import SettingsPage

OTHERWISE = {
    "officers": "the group Petugas",
    "procedures": "the group Prosedur",
    "closures": "the group Hari libur",
    "ramadan": "the same",
    "working_days": "the same",
    "services": "the group Layanan",
    "counters": "the group Loket",
    "categories": "the group Kategori",
    "pauses": "the group Alasan jeda",
}


def once(keys: Iterable[str]) -> set[str]:
    """Each stands in one place."""
    found = sorted(keys)
    assert len(found) == len(set(found)), found
    return set(found)


def test_every_key_has_one_field(bench: Bench) -> None:
    bench.sign_in("admin")
    page = bench.open(SettingsPage)
    office = bench.office.read(office_document)
    found: dict[type, list[str]] = {}
    for name in page.buttons.buttons:
        page.choose(name)
        group = page.chosen
        if isinstance(group, FormGroup):
            found.setdefault(group.document_type, []).extend(
                each.key for each in every_setting(group.settings())
            )
        elif isinstance(group, RowsGroup):
            found.setdefault(group.row_type, []).extend(
                each.key for each in every_setting(group.settings(office))
            )
    assert once(found.pop(OfficeTemplate)) == set(keys_of(OfficeTemplate, WHOLE_TYPES)) - set(OTHERWISE)
    assert set(found) == {StationConfig, ServiceTemplate, CategoryTemplate, CounterTemplate, PauseReason}
    for kind, keys in found.items():
        assert once(keys) == set(keys_of(kind, WHOLE_TYPES))
