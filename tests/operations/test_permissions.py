"""Who may ask for what: every ask against every role. A new ask without a row fails here."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.office import cheap_hash
from tests.operations.scene import Scene
from ult_desktop.core import asks
from ult_desktop.core.asks import Ask
from ult_desktop.core.boards import CounterState
from ult_desktop.core.roles import PERMISSIONS, Actor, Permission, Role
from ult_desktop.core.ticket import PaperState
from ult_desktop.errors import UserError
from ult_desktop.operations.base import REGISTER

DESK = {Role.ADMIN, Role.FRONT_OFFICE}
QUEUE = DESK | {Role.RECEPTION}
ISSUERS = QUEUE | {Role.SECURITY, Role.STATION}
PAPER = QUEUE | {Role.STATION}

MAY: dict[Ask, set[Role]] = {
    asks.IssueTicket(service_id=1): ISSUERS,
    asks.ReportPaper(ticket_id=1, paper=PaperState.PRINTED): PAPER,
    asks.WalkIn(counter=1, service_id=1): DESK,
    asks.CallNext(counter=1): DESK,
    asks.CallTicket(counter=1, ticket_id=1): DESK,
    asks.Recall(counter=1): DESK,
    asks.Arrive(counter=1): DESK,
    asks.Finish(counter=1): DESK,
    asks.NoShow(counter=1): DESK,
    asks.Transfer(counter=1, to_service=2): DESK,
    asks.Undo(counter=1): DESK,
    asks.StaffCounter(counter=2): DESK,
    asks.LeaveCounter(counter=2): DESK,
    asks.SetCounter(counter=1, state=CounterState.OPEN): DESK,
    asks.Hold(ticket_id=1): QUEUE,
    asks.Resume(ticket_id=1): QUEUE,
    asks.ComeBack(ticket_id=1): QUEUE,
    asks.Cancel(ticket_id=1): QUEUE,
    asks.PauseKiosks(reason="Rapat"): QUEUE,
    asks.CloseDay(reason="Selesai"): DESK | {Role.HEAD},
    asks.AddOfficer(login="baru", name="Baru", roles=("security",), password_hash=""): {Role.ADMIN},
    asks.SetPassword(login="budi", password_hash="$argon2id$"): {Role.ADMIN},
    asks.RetireOfficer(login="budi"): {Role.ADMIN},
}
EVERY = [(ask, role) for ask in MAY for role in Role]


@pytest.fixture(scope="module")
def stage(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One office for the whole table, with an officer of every role."""
    scene = Scene(Path(shutil.copy(founded, tmp_path_factory.mktemp("roles"))))
    admin = scene.office.sign_in("admin", "rahasia-kita")
    for role in Role:
        add = asks.AddOfficer(login=f"si-{role}", name=role, roles=(role,), password_hash=cheap_hash())
        scene.office.perform(add, admin)
    yield scene
    scene.close()


def actor_of(stage: Scene, role: Role) -> Actor:
    if role is Role.STATION:
        return Actor(station="kiosk-1")
    return stage.office.sign_in(f"si-{role}", "rahasia-kita")


def test_the_table_has_a_row_for_every_ask() -> None:
    assert {type(ask) for ask in MAY} == set(Ask.__subclasses__()) == set(REGISTER)
    assert len(MAY) == len(REGISTER)


@pytest.mark.parametrize(("ask", "role"), EVERY, ids=[f"{type(ask).__name__}-{role}" for ask, role in EVERY])
def test_every_ask_by_every_role(stage: Scene, ask: Ask, role: Role) -> None:
    """Beyond the permission the desk's own rules may still refuse: that is another test's matter."""
    before = stage.dump()
    try:
        stage.office.perform(ask, actor_of(stage, role))
        permitted = True
    except UserError as refusal:
        permitted = "tidak berwenang" not in refusal.what
    assert permitted is (role in MAY[ask])
    assert permitted or stage.dump() == before


def test_an_admin_may_everything() -> None:
    assert PERMISSIONS[Role.ADMIN] == set(Permission)


def test_the_file_decides_and_not_what_the_window_carries(stage: Scene) -> None:
    guard = actor_of(stage, Role.SECURITY)
    forged = msgspec.structs.replace(guard, roles=frozenset({Role.ADMIN}))
    with pytest.raises(UserError, match="security tidak berwenang"):
        stage.office.perform(asks.CloseDay(reason="Selesai"), forged)


def test_a_stranger_is_not_an_officer(stage: Scene) -> None:
    stranger = Actor(station="x", officer_id=999, name="Entah", roles=frozenset({Role.ADMIN}))
    with pytest.raises(UserError, match="Entah tidak lagi terdaftar"):
        stage.office.perform(asks.CloseDay(reason="Selesai"), stranger)
