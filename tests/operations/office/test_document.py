"""The living office as one document: what it was made from comes out again."""

from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings

from tests.any_office import offices
from tests.office import cheap_hash, open_office
from tests.operations.scene import Scene
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.db.creation import create
from ult_desktop.operations.office.office_changes import (
    normalise_template,
    office_document,
    plan_change,
    without_people,
)
from ult_desktop.operations.office.office_files import load_office, office_names
from ult_desktop.operations.procedures.procedures import load_procedure


def made_of(folder: Path, template: OfficeTemplate) -> OfficeTemplate:
    """Return an office file that was made of `template`, as it describes itself."""
    path = folder / "office.db"
    path.unlink(missing_ok=True)
    create(path, template, "uid", cheap_hash(), [load_procedure(each) for each in template.procedures])
    office = open_office(path)
    try:
        return office.read(office_document)
    finally:
        office.close()


@pytest.mark.parametrize("name", office_names())
def test_a_shipped_office_comes_out_as_it_went_in(name: str, tmp_path: Path) -> None:
    template = load_office(name)
    found = made_of(tmp_path, template)
    assert without_people(found) == without_people(normalise_template(template))
    assert found.procedures == template.procedures
    assert {each.login for each in found.officers} == {each.login for each in template.officers} - {"admin"}
    assert made_of(tmp_path, found) == found, "an office that is founded again is the same"


@pytest.mark.slow
@settings(max_examples=6)
@given(office=offices())
def test_any_office_comes_out_as_it_went_in(office: OfficeTemplate, tmp_path: Path) -> None:
    plain = msgspec.structs.replace(office, procedures=(), officers=())
    assert made_of(tmp_path, plain) == normalise_template(plain)


def possible(old: OfficeTemplate, new: OfficeTemplate) -> OfficeTemplate:
    """The second office as the first may become it: every counter stays, helpdesk officers are there."""
    gone = [each for each in old.counters if each.number not in {own.number for own in new.counters}]
    kept = tuple(msgspec.structs.replace(each, serves=()) for each in gone)
    services = tuple(msgspec.structs.replace(each, helpdesk=(), back_office=()) for each in new.services)
    return msgspec.structs.replace(without_people(new), services=services, counters=(*new.counters, *kept))


@settings(max_examples=6)
@given(first=offices(), second=offices())
@pytest.mark.slow
def test_any_office_becomes_any_other(first: OfficeTemplate, second: OfficeTemplate, tmp_path: Path) -> None:
    old, new = without_people(first), possible(first, second)
    path = tmp_path / "office.db"
    path.unlink(missing_ok=True)
    create(path, old, uuid4().hex, cheap_hash())  # each is an office of its own to the station's journal
    office = open_office(path)
    planned = office.read(lambda tx: plan_change(tx, new, office.clock()))
    if planned.changes:
        admin = Actor(station="uji", roles=frozenset({Role.ADMIN}))
        office.perform(planned.command, admin)
    assert office.read(office_document) == normalise_template(new)
    assert office.read(lambda tx: plan_change(tx, new, office.clock())).changes == ()
    assert office.verify().ok
    office.close()


def test_an_officer_whom_no_file_can_name_is_left_out(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", "rahasia-kita")
    for login in ("Hadi", "hana"):
        add = commands.AddOfficer(login=login, name=login, roles=(Role.HELPDESK,), password_hash=cheap_hash())
        scene.office.perform(add, admin)
    logins = [each.login for each in scene.office.read(office_document).officers]
    assert "hana" in logins
    assert not {"Hadi", "admin"} & set(logins)
