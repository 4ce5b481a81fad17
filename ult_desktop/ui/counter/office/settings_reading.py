"""Reading the settings, and jobs that change them on the worker thread."""

from collections.abc import Callable
from dataclasses import dataclass

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.settings import OfficeSettings, fingerprint
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office

Edit = Callable[[OfficeSettings], OfficeSettings]


@dataclass(frozen=True)
class SettingsChange:
    """What a change made of what."""

    before: OfficeSettings
    after: OfficeSettings


def read_settings(office: Office) -> OfficeSettings:
    return office.read(office_rows.load).settings


def change(edit: Edit, office: Office, actor: Actor) -> SettingsChange:
    """`edit` is applied to what holds now, not to what the page showed some time ago."""
    before = read_settings(office)
    ask = ChangeSettings(settings=edit(before), seen=fingerprint(before))
    return SettingsChange(before, office.perform(ask, actor))
