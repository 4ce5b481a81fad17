"""The page Penugasan: handing a task over by letter and by word of mouth, and ending it."""

from datetime import date

import msgspec
import pytest

from tests.operations.accountability.accounting import TODAY, by_letter
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.accountability.deviations import Delegation
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.db.accountability import delegations
from ult_desktop.ui.counter.accountability.delegations_page import DelegationsPage, days_words, stage_tag
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

LATER = date(2026, 11, 30)


def opened(bench: Bench, *given: Delegate, **look: object) -> DelegationsPage:
    """The head's page after these delegations; the first row is chosen."""
    bench.sign_in("kepala")
    for command in given:
        bench.do(command)
    page = bench.open(DelegationsPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page._board.officers)
    assert page.list.count == len(given)
    return page


def form(bench: Bench, page: DelegationsPage) -> FormBox:
    page.give_button.click()
    box = bench.box()
    assert isinstance(box, FormBox)
    return box


def latest(bench: Bench) -> Delegation:
    return bench.office.read(delegations.recent)[0]


def test_a_task_is_handed_over_by_letter(bench: Bench) -> None:
    page = opened(bench)
    box = form(bench, page)
    box.form.show_values({"absent": "siti", "delegate": "nina", "letter_number": "12/ST/2026"})
    box.form.field("letter_date").show_value(TODAY)
    box.form.submit()
    bench.wait(lambda: bench.toast == "Tugas dialihkan.")
    assert (latest(bench).absent, latest(bench).letter_number) == ("Siti Rahmawati", "12/ST/2026")
    bench.wait(lambda: page.list.count == 1)
    page.open_subject(1)
    assert page.chosen is not None
    assert days_words(page.chosen) == "23 November 2026"


def test_by_word_of_mouth_it_asks_who_said_so(bench: Bench) -> None:
    page = opened(bench)
    box = form(bench, page)
    box.form.show_values({"absent": "siti", "delegate": "nina", "form": "lisan"})
    assert not box.form.field("letter_number").is_shown
    box.form.show_values({"procedure_id": "kaltara-helpdesk", "ordered_by": "Kepala"})
    box.form.submit()
    bench.wait(lambda: bench.toast == "Tugas dialihkan.")
    assert (latest(bench).form, latest(bench).ordered_by) == ("lisan", "Kepala")


def test_where_no_procedure_allows_it_there_is_only_the_letter(bench: Bench) -> None:
    bench.sign_in("admin")
    bench.do(RetireProcedure(procedure_id="kaltara-helpdesk"))
    box = form(bench, opened(bench))
    assert box.form.values()["form"] == "surat_penugasan"
    assert "ordered_by" not in box.form.values()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"delegate": "siti"}, "delegate", "Pilih petugas lain."),
        ({"last_day": date(2026, 11, 1)}, "last_day", "Tidak boleh mendahului hari pertama."),
    ],
)
def test_what_the_form_refuses(bench: Bench, changes: dict[str, object], field: str, words: str) -> None:
    box = form(bench, opened(bench))
    box.form.show_values({"absent": "siti", "delegate": "nina", "letter_number": "1", "letter_date": TODAY})
    box.form.show_values(changes)
    box.form.submit()
    assert box.form.field(field).error.text() == words
    box.reject()


def test_the_head_ends_it(bench: Bench) -> None:
    page = opened(bench, by_letter())
    page.list.choose(1)
    bench.act(page.detail, "end")
    next(button for button in bench.box().findChildren(Button) if button.text() == "Akhiri").click()
    bench.wait(lambda: bench.toast == "Penugasan diakhiri.")
    bench.wait(lambda: page.chosen is not None and page.chosen.ended_at is not None)
    assert stage_tag(latest(bench), bench.now()).text == "berakhir"


def test_nothing_chosen_is_nothing_ended(bench: Bench) -> None:
    page = opened(bench)
    assert page.detail.is_empty
    assert page.detail.acts.buttons == {}
    assert [box for box in bench.frame.findChildren(Box) if box.isVisible()] == []


def test_stages(bench: Bench) -> None:
    ahead = by_letter(first=LATER, last=LATER)
    page = opened(bench, ahead, by_letter("budi", "dewi"))
    tags = [stage_tag(each, bench.now()).text for each in page._board.delegations]
    assert tags == ["berlaku", "akan datang"]


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    told = msgspec.structs.replace(by_letter(last=LATER), notes="Surat di map biru")
    page = opened(bench, told, by_letter("budi", "dewi", LATER, LATER), contrast=contrast)
    page.list.choose(1)
    picture(bench.window, f"penugasan-1366x768-{contrast}")
    page.give_button.click()
    picture(bench.box(), f"penugasan-formulir-{contrast}")
    bench.box().reject()
