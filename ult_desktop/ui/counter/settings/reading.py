"""Reading the settings, and jobs that change them on the worker thread."""

from collections.abc import Callable
from dataclasses import dataclass

from ult_desktop.core.office_asks import ChangeSettings
from ult_desktop.core.roles import Actor
from ult_desktop.core.settings import OfficeSettings, fingerprint
from ult_desktop.db import office as office_rows
from ult_desktop.operations.office import Office

Edit = Callable[[OfficeSettings], OfficeSettings]


@dataclass(frozen=True)
class Changed:
    """What a change made of what."""

    before: OfficeSettings
    after: OfficeSettings


def read_settings(office: Office) -> OfficeSettings:
    return office.read(office_rows.load).settings


def change(edit: Edit, office: Office, actor: Actor) -> Changed:
    """`edit` is applied to what holds now, not to what the page showed some time ago."""
    before = read_settings(office)
    ask = ChangeSettings(settings=edit(before), seen=fingerprint(before))
    return Changed(before, office.perform(ask, actor))
