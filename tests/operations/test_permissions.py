"""Permissions: every ask of the register against every role.

The tables say who carries each permission, and which one the queue's asks need; they are written here a
second time, so that a slip in the program is not believed by its test.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.office import cheap_hash, choose_password, copy_office
from tests.operations.scene import Scene
from tests.samples import KEY_COMMANDS, every_ask, sample_ask
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import PERMISSIONS, Actor, Permission, Role
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.operations.register import every_operation

OFFICERS = set(Role) - {Role.STATION}
SERVING = {Role.ADMIN, Role.FRONT_OFFICE, Role.HELPDESK}
DESK = SERVING | {Role.RECEPTION}
ANSWERING = {Role.ADMIN, Role.HEAD, Role.HELPDESK, Role.BACK_OFFICE, Role.RELATED_UNIT, Role.PPID}

WHO: dict[Permission, set[Role]] = {
    Permission.ISSUE_TICKETS: DESK | {Role.SECURITY, Role.STATION},
    Permission.REPORT_PAPER: DESK | {Role.STATION},
    Permission.SERVE: SERVING,
    Permission.MANAGE_QUEUE: DESK,
    Permission.CLOSE_DAY: DESK | {Role.HEAD},
    Permission.CLOSE_DAY_EARLY: {Role.ADMIN, Role.HEAD, Role.RECEPTION},
    Permission.MANAGE_OFFICE: {Role.ADMIN},
    Permission.BE_STATION: set(Role),
    Permission.GUARD_DOOR: {Role.ADMIN, Role.SECURITY},
    Permission.KEEP_DESK_BOOKS: DESK | {Role.SECURITY},
    Permission.SIGN_GUEST_BOOK: DESK | {Role.STATION},
    Permission.RECEIVE_VISITORS: DESK,
    Permission.END_VISITS: DESK | {Role.SECURITY},
    Permission.ASSIST_VULNERABLE: DESK | {Role.SECURITY},
    Permission.KEEP_APPOINTMENTS: DESK | {Role.PHONE},
    Permission.WORK_CASES: SERVING | {Role.PHONE},
    Permission.ANSWER_ESCALATIONS: ANSWERING,
    Permission.REGISTER_PPID: SERVING | {Role.PHONE, Role.PPID},
    Permission.HANDLE_PPID: {Role.ADMIN, Role.HEAD, Role.PPID},
    Permission.HANDLE_PHONE: SERVING | {Role.PHONE, Role.BACK_OFFICE},
    Permission.HANDLE_ONLINE: SERVING | {Role.BACK_OFFICE},
    Permission.TAKE_IN_REQUESTS: DESK | {Role.BACK_OFFICE},
    Permission.FILL_SURVEY: set(Role),
    Permission.RUN_SURVEY: DESK | {Role.PHONE},
    Permission.TICK_STEPS: OFFICERS,
    Permission.EXPLAIN_DEVIATIONS: OFFICERS,
    Permission.REVIEW_DEVIATIONS: {Role.ADMIN, Role.HEAD},
    Permission.KEEP_EVIDENCE: {Role.ADMIN, Role.HEAD},
    Permission.PLAN_IMPROVEMENTS: {Role.ADMIN, Role.HEAD, Role.RECEPTION},
    Permission.DELEGATE: {Role.ADMIN, Role.HEAD},
    Permission.CONFIRM_QUALIFICATIONS: {Role.ADMIN, Role.HEAD},
    Permission.SET_OFFICE: {Role.ADMIN, Role.HEAD},
    Permission.RUN_RETENTION: {Role.ADMIN, Role.HEAD, Role.ARCHIVIST},
    Permission.PROTECT_DATA: {Role.ADMIN, Role.HEAD, Role.PPID},
    Permission.HOLD_KEYS: OFFICERS,
    Permission.OPEN_PERSONAL: DESK | {Role.HEAD, Role.PHONE, Role.BACK_OFFICE, Role.PPID},
    Permission.REVIEW_OPENINGS: {Role.ADMIN, Role.HEAD},
    Permission.SEE_REPORTS: {Role.ADMIN, Role.HEAD, Role.RECEPTION},
}
QUEUE_MODULES = {commands.__name__, officer_commands.__name__}
QUEUE: dict[Permission, set[type[Command]]] = {
    Permission.ISSUE_TICKETS: {commands.IssueTicket},
    Permission.REPORT_PAPER: {commands.ReportPaper},
    Permission.SERVE: {
        *(
            commands.WalkIn,
            commands.CallNext,
            commands.CallTicket,
            commands.Recall,
            commands.Arrive,
            commands.NoteMismatch,
            commands.Finish,
            commands.NoShow,
        ),
        *(
            commands.Transfer,
            commands.Undo,
            commands.StaffCounter,
            commands.LeaveCounter,
            commands.SetCounter,
        ),
    },
    Permission.MANAGE_QUEUE: {
        commands.Hold,
        commands.Resume,
        commands.ComeBack,
        commands.Cancel,
        commands.PauseKiosks,
    },
    Permission.CLOSE_DAY: {commands.CloseDay, commands.TakeBackDay},
    Permission.MANAGE_OFFICE: {
        officer_commands.AddOfficer,
        officer_commands.EditOfficer,
        officer_commands.SetPassword,
        officer_commands.ReturnOfficer,
        officer_commands.ChangeRoles,
        officer_commands.RetireOfficer,
        officer_commands.ResetAdmin,
        officer_commands.SeeNotices,
    },
    Permission.HOLD_KEYS: {officer_commands.ChangeOwnPassword},
    Permission.ASSIST_VULNERABLE: {commands.TakeSeat, commands.GiveSeatBack},
}


@pytest.fixture(scope="module")
def stage(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One office for the whole table, with an officer of every role."""
    scene = Scene(copy_office(founded, tmp_path_factory.mktemp("roles")))
    admin = scene.office.sign_in("admin", "rahasia-kita")
    for role in Role:
        add = officer_commands.AddOfficer(
            login=f"si-{role}", name=role, roles=(role,), password_hash=cheap_hash()
        )
        scene.office.perform(add, admin)
        choose_password(scene.office, add.login)
    yield scene
    scene.close()


def actor_of(stage: Scene, role: Role) -> Actor:
    if role is Role.STATION:
        return Actor(station="kiosk-1")
    return stage.office.sign_in(f"si-{role}", "rahasia-kita")


def permitted(stage: Scene, command: Command, actor: Actor) -> bool:
    """Beyond the permission the desk's own rules may still refuse: that is another test's matter."""
    try:
        stage.office.perform(command, actor)
    except UserError as refusal:
        return "tidak berwenang" not in refusal.what
    return True


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_ask_what_its_permissions_say_and_else_changes_nothing(stage: Scene, role: Role) -> None:
    actor = actor_of(stage, role)
    forbidden = [kind for kind, how in every_operation().items() if role not in WHO[how.needs]]
    before = stage.dump()
    assert [kind for kind in forbidden if permitted(stage, sample_ask(kind), actor)] == []
    assert stage.dump() == before
    allowed = set(every_operation()) - set(forbidden)
    assert {kind for kind in allowed if not permitted(stage, sample_ask(kind), actor)} == set()


def test_every_ask_stands_in_the_register_with_a_permission_that_the_table_knows() -> None:
    assert set(every_ask()) == set(every_operation())
    assert set(WHO) == set(Permission)
    assert {how.needs for how in every_operation().values()} <= set(WHO)


def test_queue_and_sign_in_keep_to_their_permissions() -> None:
    found = {need: {kind for kind in QUEUE[need] if every_operation()[kind].needs is need} for need in QUEUE}
    assert found == QUEUE
    listed = {kind for kinds in QUEUE.values() for kind in kinds}
    assert listed == {kind for kind in every_ask() if kind.__module__ in QUEUE_MODULES} - KEY_COMMANDS


def test_an_admin_may_everything() -> None:
    assert PERMISSIONS[Role.ADMIN] == set(Permission)


def test_the_file_decides_and_not_what_the_window_carries(stage: Scene) -> None:
    guard = actor_of(stage, Role.SECURITY)
    forged = msgspec.structs.replace(guard, roles=frozenset({Role.ADMIN}))
    with pytest.raises(UserError, match="security tidak berwenang"):
        stage.office.perform(commands.CloseDay(reason="Selesai"), forged)


def test_a_stranger_is_not_an_officer(stage: Scene) -> None:
    stranger = Actor(station="x", officer_id=999, name="Entah", roles=frozenset({Role.ADMIN}))
    with pytest.raises(UserError, match="Entah tidak lagi terdaftar"):
        stage.office.perform(commands.CloseDay(reason="Selesai"), stranger)
