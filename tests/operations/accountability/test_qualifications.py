"""The head confirms who meets a procedure's qualifications; who works without is told, and works on."""

from datetime import date

import pytest

from tests.operations.accountability.accounting import TODAY, actor, by_letter
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import qualified_officers_part
from ult_desktop.core.command import Command
from ult_desktop.db.accountability import qualifications
from ult_desktop.operations.accountability.qualifications import required_of_everybody, unmet_today

HELPDESK = "kaltara-helpdesk"
SINCE = date(2026, 2, 2)


def confirmed(login: str = "siti", **other: object) -> ConfirmQualification:
    said = {"login": login, "procedure_id": HELPDESK, "since": SINCE, "evidence": "Sertifikat pelatihan"}
    return ConfirmQualification(**{**said, **other})  # type: ignore[arg-type]


def withdrawn(login: str = "siti", reason: str = "Sertifikat habis masa") -> WithdrawQualification:
    return WithdrawQualification(login=login, procedure_id=HELPDESK, reason=reason)


def lacking(scene: Scene) -> list[tuple[str, str]]:
    found = scene.office.read(lambda tx: unmet_today(tx, scene.clock.now))
    return [(each.officer.login, each.procedure.id) for each in found]


def met(scene: Scene) -> tuple[str, ...]:
    return qualified_officers_part(
        scene.office.read(lambda tx: qualifications.of_procedure(tx, HELPDESK))
    ).items


def test_the_head_confirms_and_withdraws(scene: Scene) -> None:
    head = actor(scene, "kepala")
    assert met(scene) == ("belum seorang pun dikonfirmasi",)
    found = scene.office.perform(confirmed(), head)
    assert (found.officer, found.confirmed_by, found.holds) == ("Siti Rahmawati", "Kepala BPMP", True)
    assert met(scene) == ("Siti Rahmawati, sejak 2 Februari 2026: Sertifikat pelatihan",)
    gone = scene.office.perform(withdrawn(), head)
    assert (gone.id, gone.holds, gone.reason) == (found.id, False, "Sertifikat habis masa")
    assert met(scene) == ("belum seorang pun dikonfirmasi",)
    asked = scene.office.read(lambda tx: required_of_everybody(tx, scene.clock.now))
    last = {each.id: each.last for each in asked}
    assert last[f"siti {HELPDESK}"] == gone
    assert scene.office.perform(confirmed(), head).id != found.id


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (confirmed("tiada"), "tidak ada"),
        (confirmed(procedure_id="pos-lain"), "tidak dijalankan"),
        (confirmed(evidence=" "), "belum ditulis"),
        (confirmed(since=date(2026, 11, 24)), "belum tiba"),
        (confirmed("nina"), "sudah dikonfirmasi"),
        (withdrawn(), "tidak sedang dikonfirmasi"),
        (withdrawn("nina", " "), "hanya dengan alasan"),
    ],
)
def test_what_is_refused(scene: Scene, command: Command, words: str) -> None:
    head = actor(scene, "kepala")
    scene.office.perform(confirmed("nina"), head)
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, head)


def test_only_the_head_confirms(scene: Scene) -> None:
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(confirmed(), actor(scene, "siti"))


def test_who_is_on_duty_without_is_told_and_nothing_is_blocked(scene: Scene) -> None:
    asked = scene.office.read(lambda tx: required_of_everybody(tx, scene.clock.now))
    wanted = {(each.officer.login, each.procedure.id) for each in asked if each.officer.login == "nina"}
    assert wanted.isdisjoint(lacking(scene))
    actor(scene, "nina")
    assert wanted <= set(lacking(scene))
    assert ("siti", HELPDESK) in lacking(scene)
    scene.office.perform(confirmed(), actor(scene, "kepala"))
    assert ("siti", HELPDESK) not in lacking(scene)


def test_who_stands_in_for_another_is_asked_for_the_others_task(scene: Scene) -> None:
    head = actor(scene, "kepala")
    actor(scene, "joko")
    before = lacking(scene)
    scene.office.perform(by_letter("siti", "joko", TODAY, TODAY), head)
    more = set(lacking(scene)) - set(before)
    assert {login for login, _procedure in more} == {"joko"}
    assert ("joko", HELPDESK) in more
