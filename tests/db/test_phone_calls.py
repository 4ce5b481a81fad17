"""The telephone's snapshots: what the page shows an officer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import PASSWORD, copy_office, make_office
from tests.operations.scene import Scene
from ult_desktop.core.phone.commands import EndCall, ForwardCall, RecordCaller, StartCall
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.db import phone_calls
from ult_desktop.db.phone_calls import PhoneBoard


@pytest.fixture(scope="module")
def sumut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("sumut"), "bpmp-sumut")


@pytest.fixture
def scene(sumut: Path, tmp_path: Path) -> Iterator[Scene]:
    """An office that runs POS Sumut telepon; Monday 09.00 WIB."""
    scene = Scene(copy_office(sumut, tmp_path))
    scene.actors[1] = scene.office.sign_in("admin", PASSWORD)
    yield scene
    scene.close()


def board(scene: Scene) -> PhoneBoard:
    officer_id = scene.officer(1).officer_id or 0
    return scene.office.read(lambda tx: phone_calls.phone_board(tx, scene.clock.now, officer_id, "Siti"))


def test_before_a_call_the_words_are_those_of_the_procedure(scene: Scene) -> None:
    shown = board(scene)
    assert (shown.mine, shown.steps, shown.today, shown.waiting) == (None, None, (), ())
    assert shown.script.opening == (
        "Selamat pagi, Unit Layanan Terpadu BPMP Provinsi Sumatera Utara,"
        " dengan petugas Siti ada yang bisa dibantu?"
    )
    scene.set_time("2026-11-23 15:10")
    assert board(scene).script.closing.endswith(", selamat sore Bapak/Ibu")


def test_a_call_keeps_the_words_it_began_under(scene: Scene) -> None:
    scene.do(StartCall())
    scene.do(RetireProcedure(procedure_id="sumut-telepon"))
    shown = board(scene)
    assert "dengan petugas Siti ada" in shown.script.opening
    assert shown.mine is not None
    assert shown.steps is not None
    assert shown.steps.progress.running[0] == 1
    scene.do(EndCall(call_id=shown.mine.visit_id, lost=True))
    assert "dengan Siti, ada" in board(scene).script.opening


def test_the_call_back_list_counts_broken_promises(scene: Scene) -> None:
    call_id = scene.do(StartCall()).visit_id  # type: ignore[attr-defined]
    scene.do(RecordCaller(call_id=call_id, name="Rahmat", phone="081155501234", question="Kapan?"))
    scene.do(ForwardCall(call_id=call_id, promised_at=scene.clock.now + 1))
    assert board(scene).overdue == 0
    scene.later(1)
    shown = board(scene)
    assert shown.overdue == 1
    assert [call.state for call in (*shown.waiting, *shown.today)] == [CallState.PROMISED] * 2


def test_the_words_of_one_call(scene: Scene) -> None:
    call_id = scene.do(StartCall()).visit_id  # type: ignore[attr-defined]
    script = scene.office.read(
        lambda tx: phone_calls.script_of(tx, phone_calls.get(tx, call_id), "Siti", scene.clock.now)
    )
    assert script == board(scene).script
