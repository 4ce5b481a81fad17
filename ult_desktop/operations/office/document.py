"""The living office as one document, in the form of the file that it was made from."""

import msgspec

from ult_desktop.core.access.roles import roles_from
from ult_desktop.core.office.settings import with_settings
from ult_desktop.core.office.template import CounterTemplate, OfficerTemplate, OfficeTemplate
from ult_desktop.core.queue.counter_names import own_name, plain_name
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.creation import ADMIN
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters
from ult_desktop.db.queue.counters import CounterRow
from ult_desktop.db.store.transaction import Transaction


def office_document(tx: Transaction) -> OfficeTemplate:
    """Settings, services and counters as they hold now; officers and procedures for whoever founds anew.

    The first admin is left out, `init` makes one, and so is an officer whose login no file may have.
    """
    settings = office.load(tx).settings
    rows = services.active(tx)
    prefixes = {row.id: row.definition.prefix for row in rows}
    plain = OfficeTemplate(
        office=settings.office,
        hours=settings.hours,
        categories=settings.categories,
        calling=settings.calling,
        services=tuple(row.definition for row in rows),
        counters=tuple(_counter(row, prefixes) for row in counters.all_counters(tx)),
        officers=tuple(found for row in officers.all_active(tx) if (found := _officer(row)) is not None),
        procedures=tuple(each.id for each in procedures.in_force(tx)),
    )
    return with_settings(plain, settings)


def normalise_template(template: OfficeTemplate) -> OfficeTemplate:
    """The same office as `office_document` would tell it: two that mean the same are equal."""
    prefixes = dict(enumerate(service.prefix for service in template.services))
    return msgspec.structs.replace(
        template,
        counters=tuple(
            _usual(counter, prefixes) for counter in sorted(template.counters, key=lambda each: each.number)
        ),
    )


def without_people(template: OfficeTemplate) -> OfficeTemplate:
    """What `ChangeOffice` changes: officers and procedures have commands of their own."""
    return msgspec.structs.replace(template, officers=(), procedures=())


def _counter(row: CounterRow, prefixes: dict[int, str]) -> CounterTemplate:
    served = tuple(prefix for service_id, prefix in prefixes.items() if service_id in row.serves)
    return _usual(
        CounterTemplate(number=row.number, name=row.name, serves=served, priority=row.priority), prefixes
    )


def _usual(counter: CounterTemplate, prefixes: dict[int, str]) -> CounterTemplate:
    """In the order of the services; one that serves all of them names none."""
    served = tuple(prefix for prefix in prefixes.values() if prefix in counter.serves)
    return msgspec.structs.replace(
        counter,
        name=own_name(counter.number, counter.name) or plain_name(counter.number),
        serves=() if len(served) == len(prefixes) else served,
    )


def _officer(row: OfficerRow) -> OfficerTemplate | None:
    if row.login == ADMIN:
        return None
    plain = {"login": row.login, "name": row.name, "roles": sorted(roles_from(row.roles))}
    try:
        return msgspec.convert(plain, OfficerTemplate)
    except msgspec.ValidationError:
        return None
