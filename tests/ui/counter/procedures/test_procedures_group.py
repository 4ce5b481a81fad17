"""Prosedur: run one, stop one, look at its flow, compare versions."""

import pytest
from msgspec.structs import replace

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.procedures.commands import AdoptProcedure
from ult_desktop.core.procedures.comparison import differences
from ult_desktop.core.procedures.procedure import StandardTime
from ult_desktop.db.procedures import procedures
from ult_desktop.ui.counter.procedures.procedures_group import ProceduresGroup, ScrollBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

PHONE = "sumut-telepon"


def opened(bench: Bench, contrast: Contrast = "light") -> ProceduresGroup:
    bench.sign_in("admin")
    group = bench.open(ProceduresGroup, contrast=contrast)  # type: ignore[type-var]
    bench.wait(lambda: group.list.count)
    return group


def choose(bench: Bench, group: ProceduresGroup, row: str, of: str) -> None:
    group.list.filters.chips[of].click()
    group.list.choose(row)
    bench.wait(lambda: not group.detail.is_empty and group.chosen is not None and group.chosen.id == row)


def running(bench: Bench) -> dict[str, int]:
    return {each.id: each.version for each in bench.office.read(procedures.in_force)}


def test_one_is_stopped_and_run_again(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, f"running:{PHONE}:1", "running")
    bench.act(group.detail, "stop")
    (button,) = (each for each in bench.box().findChildren(Button) if each.text() == "Hentikan")
    button.click()
    bench.wait(lambda: PHONE not in running(bench))
    choose(bench, group, f"shipped:{PHONE}:1", "shipped")
    bench.act(group.detail, "adopt")
    bench.wait(lambda: running(bench).get(PHONE) == 2)
    bench.wait(lambda: bench.toast.endswith("berlaku sebagai versi 2."))


def test_two_versions_stand_side_by_side(bench: Bench, picture: Picture) -> None:
    group = opened(bench)
    old = bench.office.read(lambda tx: procedures.load(tx, PHONE, 1))
    first = replace(old.steps[0], time=StandardTime(minutes=7))
    bench.do(AdoptProcedure(procedure=replace(old, steps=(first, *old.steps[1:]))))
    bench.wait(lambda: group.list.model.row_number(f"running:{PHONE}:2") >= 0)
    choose(bench, group, f"running:{PHONE}:2", "running")
    bench.act(group.detail, "compare")
    bench.box().keys["1"].click()
    bench.wait(lambda: bench.has_box() and isinstance(bench.box(), ScrollBox))
    picture(bench.box(), "prosedur-bandingkan")
    new = bench.office.read(lambda tx: procedures.load(tx, PHONE, 2))
    (found,) = differences(old, new)
    assert (found.part, "7 menit" in found.after, "7 menit" in found.before) == ("Langkah 1", True, False)
    longer = differences(old, replace(old, steps=old.steps[:-1]))
    assert longer[-1].after == ""


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    group = opened(bench, contrast)
    choose(bench, group, f"running:{PHONE}:1", "running")
    picture(bench.window, f"prosedur-1366x768-{contrast}")
    bench.act(group.detail, "flow")
    picture(bench.box(), f"prosedur-alur-{contrast}")
    bench.box().reject()
    bench.act(group.detail, "read")
    bench.wait(bench.has_box)


def test_times_that_are_filled_in_and_not_saved_come_back(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, f"running:{PHONE}:1", "running")
    bench.act(group.detail, "times")
    bench.box().form.field("1").show_value("7 menit")
    bench.box().reject()
    bench.act(group.detail, "times")
    bench.wait(lambda: bench.box().form.field("1").value() == "7 menit")
    assert bench.box().form.field("2").value(), "what was not touched stands as the office runs it"


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_other_standard_times_are_a_new_version_with_its_reason(
    bench: Bench, picture: Picture, language: str, contrast: Contrast
) -> None:
    use_language(language)
    group = opened(bench, contrast)
    choose(bench, group, f"running:{PHONE}:1", "running")
    old = bench.office.read(lambda tx: procedures.load(tx, PHONE, 1))
    before = bench.office.last_seq()
    bench.act(group.detail, "times")
    box = bench.box()
    form = box.form
    form.submit()
    assert not form.field("reason").error.isHidden()
    picture(box, f"prosedur-waktu-{language}")
    form.field("reason").show_value("Rapat evaluasi triwulan")
    form.submit()
    assert not form.refusal.isHidden(), "nothing has changed"
    form.field("1").show_value("besok")
    form.submit()
    assert form.field("1").error.text()
    form.field("1").show_value("± 7 menit")
    form.field("2").show_value("")
    form.submit()
    (question,) = (each for each in box.findChildren(Box) if each.isVisible())
    picture(question, f"prosedur-waktu-ubah-{language}")
    next(each for each in question.findChildren(Button) if each.text() in ("Simpan", "Save")).click()
    bench.wait(lambda: running(bench).get(PHONE) == 2)
    new = bench.office.read(lambda tx: procedures.load(tx, PHONE, 2))
    assert [step.time for step in new.steps[:2]] == [StandardTime(minutes=7, approximate=True), None]
    assert [step.time for step in new.steps[2:]] == [step.time for step in old.steps[2:]]
    (row,) = (
        each for each in bench.office.read(procedures.every_version) if (each.id, each.version) == (PHONE, 2)
    )
    assert row.reason == "Rapat evaluasi triwulan"
    assert bench.office.last_seq() == before + 1, "one save is one event"
