"""What a file would change in the living office, told before it is done."""

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.office.commands import ChangeOffice, ChangeSettings
from ult_desktop.core.office.difference import Change, differences
from ult_desktop.core.office.settings import fingerprint, settings_of
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.document import office_document, without_people
from ult_desktop.operations.office.limits import require_possible
from ult_desktop.operations.office.office_changes import changed


class OfficeChangePlan(msgspec.Struct, frozen=True, kw_only=True):
    """`ask` brings it about, as long as nobody else changes the office first; `notes` say what it leaves."""

    changes: tuple[Change, ...]
    ask: ChangeOffice | ChangeSettings
    notes: tuple[str, ...]


def plan_change(tx: Transaction, template: OfficeTemplate) -> OfficeChangePlan:
    """Raises UserError when the file's parts cannot be those of this office."""
    whole = office_document(tx)
    before = without_people(whole)
    after = _after(before, template)
    return OfficeChangePlan(
        changes=differences(before, after), ask=_ask(before, after), notes=_notes(whole, template)
    )


def _ask(before: OfficeTemplate, after: OfficeTemplate) -> ChangeOffice | ChangeSettings:
    """Services and counters are only written when they differ."""
    settings = settings_of(after)
    if (before.services, before.counters) == (after.services, after.counters):
        return ChangeSettings(settings=settings, seen=fingerprint(settings_of(before)))
    return ChangeOffice(
        settings=settings, services=after.services, counters=after.counters, seen=fingerprint(before)
    )


def require_plan(tx: Transaction, template: OfficeTemplate) -> None:
    """Raises UserError for what would be refused if the file were applied now."""
    before = without_people(office_document(tx))
    require_possible(tx, before, _after(before, template))


def _after(before: OfficeTemplate, template: OfficeTemplate) -> OfficeTemplate:
    return changed(before, settings_of(template), template.services, template.counters)


def _notes(office: OfficeTemplate, template: OfficeTemplate) -> tuple[str, ...]:
    here, named = ({each.login for each in found.officers} for found in (office, template))
    notes = []
    if strangers := sorted(named - here - {"admin"}):
        notes.append(
            _("Petugas tidak ditambahkan dari berkas: {logins}. Pakai officer add.").format(
                logins=", ".join(strangers)
            )
        )
    if unknown := [each for each in template.procedures if each not in office.procedures]:
        notes.append(
            _("Prosedur tidak dijalankan dari berkas: {names}. Pakai procedure adopt.").format(
                names=", ".join(unknown)
            )
        )
    return tuple(notes)
