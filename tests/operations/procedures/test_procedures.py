"""An office takes procedures over, gives them up, and edits its own."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.document import adapted_to_office
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.visits import visits
from ult_desktop.operations.procedures.procedures import load_procedure

HELPDESK = "kaltara-helpdesk"


@pytest.fixture
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", "rahasia-kita")


def adopt(scene: Scene, admin: Actor, procedure: Procedure) -> int:
    version: int = scene.office.perform(AdoptProcedure(procedure=procedure), admin)
    return version


def changed(**fields: object) -> Procedure:
    return msgspec.structs.replace(load_procedure(HELPDESK), **fields)


def test_a_new_office_runs_what_its_template_names(scene: Scene) -> None:
    running = scene.office.read(procedures.in_force)
    assert [each.id for each in running][:2] == [HELPDESK, "sumut-telepon"]
    assert [each.id for each in running if each.for_vulnerable] == ["dki-kelompok-rentan"]


def test_an_edited_procedure_is_the_next_version_and_what_began_stays(scene: Scene, admin: Actor) -> None:
    scene.sit(1)
    scene.take()
    before = scene.serve()
    assert adopt(scene, admin, changed(title="Layanan Helpdesk (baru)")) == 2
    scene.take()
    scene.sit(2)
    after = scene.serve(2)
    bound = [scene.office.read(lambda tx, t=t: visits.of_ticket(tx, t.id)) for t in (before, after)]  # type: ignore[misc]
    assert [visit and visit.procedure_version for visit in bound] == [1, 2]
    titles = [scene.office.read(lambda tx, n=n: procedures.load(tx, HELPDESK, n).title) for n in (1, 2)]  # type: ignore[misc]
    assert titles == ["Layanan Helpdesk", "Layanan Helpdesk (baru)"]


def test_a_key_that_no_procedure_has_is_a_mistake(scene: Scene) -> None:
    """Such a key is a mistake in the office file and in a journal."""
    shipped = adapted_to_office(load_procedure("sumut-telepon"), "BPMP Provinsi Kalimantan Utara")
    wrong = msgspec.json.encode({**msgspec.to_builtins(shipped), "kode": 1}).decode()
    store_of(scene.office).write(
        lambda tx: tx.run("UPDATE procedure SET document = ? WHERE id = ?", wrong, shipped.id)
    )
    with pytest.raises(DamagedFile, match="kode"):
        scene.office.read(lambda tx: procedures.load(tx, shipped.id, 1))
    with pytest.raises(msgspec.ValidationError, match="kode"):
        AdoptProcedure.read(f'{{"procedure": {wrong}}}')


def test_the_same_text_again_is_refused(scene: Scene, admin: Actor) -> None:
    with pytest.raises(UserError, match="versi 1 sudah berlaku"):
        adopt(scene, admin, load_procedure(HELPDESK))


def test_a_procedure_with_faults_is_refused(scene: Scene, admin: Actor) -> None:
    first = load_procedure(HELPDESK).steps[0]
    broken = msgspec.structs.replace(first, next=99)
    with pytest.raises(UserError, match="bercacat"):
        adopt(scene, admin, changed(steps=(broken, *load_procedure(HELPDESK).steps[1:])))


def test_a_retired_procedure_takes_no_more_visits_and_may_come_back(scene: Scene, admin: Actor) -> None:
    scene.office.perform(RetireProcedure(procedure_id=HELPDESK), admin)
    scene.sit(1)
    scene.take()
    served = scene.serve()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, served.id))
    assert visit is not None
    assert visit.procedure_id is None
    with pytest.raises(UserError, match="tidak sedang berlaku"):
        scene.office.perform(RetireProcedure(procedure_id=HELPDESK), admin)
    assert adopt(scene, admin, load_procedure(HELPDESK)) == 2
    versions = scene.office.read(procedures.every_version)
    assert [(row.version, row.retired_at is None) for row in versions if row.id == HELPDESK] == [
        (1, False),
        (2, True),
    ]
